import { Alert } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** Says why nothing can be changed here. */
export function ReadOnlyNote() {
  const { t } = useTranslation('settings')
  return (
    <Alert variant="light" color="gray" icon={<IconLock size={18} stroke={1.6} aria-hidden />} mb="md" p="sm">
      {t('readOnly')}
    </Alert>
  )
}
