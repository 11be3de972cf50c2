import { Alert, Code, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CopyValue } from '../CopyValue.tsx'
import type { Connection } from './connectionsQuery.ts'

/** What is to be set in the shop's system. */
export function ConnectionSteps({
  connection: { platform, url, topics },
  secret = null,
}: {
  connection: Pick<Connection, 'platform' | 'url' | 'topics'>
  /** Where it was made here: shown this once. */
  secret?: string | null
}) {
  const { t } = useTranslation('connections')
  return (
    <Stack gap="sm">
      {secret === null ? null : (
        <Alert color="orange" variant="light" title={t('secretOnce')}>
          <CopyValue label={t('secret')} value={secret} />
        </Alert>
      )}
      <Text size="sm">{t(`steps.${platform}`)}</Text>
      <CopyValue label={t('url')} value={url} />
      {topics.length === 0 ? null : (
        <>
          <Text size="sm">{t('topics')}</Text>
          <Group gap={6}>
            {topics.map((topic) => (
              <Code key={topic}>{topic}</Code>
            ))}
          </Group>
        </>
      )}
    </Stack>
  )
}
