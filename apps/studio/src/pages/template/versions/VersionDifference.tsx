import { Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { Panel } from '../../../parts/Panel.tsx'
import {
  valueOf,
  versionQuery,
  type TemplateValue,
  type TemplateVersion,
} from '../../templates/templateQueries.ts'
import { textDifferences } from '../parts/describeDifference.ts'
import { TextsDifference } from './TextsDifference.tsx'

const CodeDifference = lazy(async () => ({
  default: (await import('./CodeDifference.tsx')).CodeDifference,
}))

/** What a version said, and what stands in the editor now. */
export function VersionDifference({
  name,
  version,
  now,
  action,
}: {
  name: string
  version: TemplateVersion
  now: TemplateValue
  action: ReactNode
}) {
  const { t } = useTranslation('template')
  const { data, error } = useQuery(versionQuery(name, version))
  const before = data ? valueOf(data.source) : undefined
  const texts = before ? textDifferences(before, now) : []
  return (
    <Panel title={t('versions.difference', { version: version.version })} actions={action}>
      {error ? <Text c="red">{messageOf(error)}</Text> : null}
      {!data && !error ? <Skeleton height={240} aria-busy="true" /> : null}
      {before && before.mjml === now.mjml && texts.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('difference.none')}
        </Text>
      ) : null}
      {before && before.mjml !== now.mjml ? (
        <Suspense fallback={<Skeleton height={240} aria-busy="true" />}>
          <CodeDifference before={before.mjml} after={now.mjml} label={t('versions.code')} />
        </Suspense>
      ) : null}
      {texts.length > 0 ? <TextsDifference texts={texts} /> : null}
    </Panel>
  )
}
