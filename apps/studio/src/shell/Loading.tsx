import { Skeleton, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** What stands where a page will be, for as long as it loads. */
export function Loading() {
  const { t } = useTranslation('shell')
  return (
    <Stack aria-busy="true" aria-label={t('loading')} role="status">
      <Skeleton height={28} width="40%" />
      <Skeleton height={120} />
      <Skeleton height={240} />
    </Stack>
  )
}
