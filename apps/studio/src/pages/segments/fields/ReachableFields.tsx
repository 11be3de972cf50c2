import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** Has a proven address: nothing to choose. */
export function ReachableFields() {
  const { t } = useTranslation('segments')
  return <Text size="sm">{t('sentences.reachable')}</Text>
}
