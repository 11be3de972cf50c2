import { Modal, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TryAnswer } from '../../../../api/contract.ts'
import classes from './TryMailPreview.module.css'
import type { TryCustomer } from './trySession.ts'

/** The mail of a try, as its reader would see it: a page of its own, in which nothing runs. */
export function TryMailPreview({
  mail,
  customer,
  onClose,
}: {
  mail: TryAnswer['messages'][number]
  customer: TryCustomer
  onClose: () => void
}) {
  const { t } = useTranslation('journey')
  const query = new URLSearchParams({
    template: mail.template,
    locale: mail.locale,
    ...('customerId' in customer ? { customerId: customer.customerId } : {}),
  })
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('panels.try.mail', { template: mail.template })}
      closeButtonProps={{ 'aria-label': t('publish.close') }}
    >
      <Text size="sm" c="dimmed" mb="sm">
        {t('customerId' in customer ? 'panels.try.mailOf' : 'panels.try.mailInvented')}
      </Text>
      <iframe
        className={classes['mail']}
        title={t('panels.try.mail', { template: mail.template })}
        sandbox=""
        referrerPolicy="no-referrer"
        src={`/api/settings/mail-preview?${query.toString()}`}
      />
    </Modal>
  )
}
