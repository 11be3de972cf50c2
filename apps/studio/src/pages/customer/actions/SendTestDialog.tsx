import { Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import { useSession } from '../../../session/useSession.ts'
import { templatesQuery, type CustomerDetail } from '../customerQueries.ts'
import { DialogButtons } from './DialogButtons.tsx'
import { sayDone, useCustomerChange } from './useCustomerChange.ts'

/** Sends a template with this customer's data to whoever asks for it: the customer gets nothing. */
export function SendTestDialog({ customer, onClose }: { customer: CustomerDetail; onClose: () => void }) {
  const { t } = useTranslation('customer')
  const { user } = useSession()
  const { data: templates = [] } = useQuery(templatesQuery)
  const [name, setName] = useState<string | null>(null)
  const [to, setTo] = useState(user.email)
  const usable = templates.filter(({ uses, draft }) => uses !== null || draft !== null)
  const send = useCustomerChange(
    customer.id,
    (template: string) =>
      ask(
        api.templates[':name'].test.$post(
          { param: { name: encodeURIComponent(template) } },
          withBody({ customerId: customer.id, to }),
        ),
      ),
    ({ taken, response, to: address }) => {
      if (taken) {
        sayDone(t('test.sent', { address }))
        onClose()
      } else notifications.show({ message: t('test.refused', { response }), color: 'red', autoClose: 10_000 })
    },
  )
  return (
    <Modal opened onClose={onClose} title={t('test.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name !== null) send.mutate(name)
        }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('test.text')}
          </Text>
          <Select
            label={t('test.template')}
            data={usable.map((template) => template.name)}
            value={name}
            onChange={setName}
            searchable
            required
            data-autofocus
            nothingFoundMessage={t('test.noTemplate')}
          />
          <TextInput
            label={t('test.to')}
            type="email"
            required
            value={to}
            onChange={({ currentTarget }) => setTo(currentTarget.value)}
          />
        </Stack>
        <DialogButtons
          label={t('test.send')}
          isBusy={send.isPending}
          isDisabled={name === null}
          onCancel={onClose}
        />
      </form>
    </Modal>
  )
}
