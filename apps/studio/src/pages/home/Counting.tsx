import { Skeleton, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../parts/Panel.tsx'

/** What stands where a part will be that is being counted for the first time. */
export function Counting({ rows, title }: { rows: number; title?: string }) {
  const { t } = useTranslation('home')
  const places = (
    <Stack aria-busy="true" aria-label={t('counting')} role="status">
      {Array.from({ length: rows }, (_, place) => (
        <Skeleton key={place} height={place === 0 ? 96 : 180} />
      ))}
    </Stack>
  )
  return title === undefined ? places : <Panel title={title}>{places}</Panel>
}
