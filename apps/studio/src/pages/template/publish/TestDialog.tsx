import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { messageOf } from '../../../api/apiProblem.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import { useSession } from '../../../session/useSession.ts'
import type { TemplateValue } from '../../templates/templateQueries.ts'
import { requestOf, type PreviewChoice } from '../preview/usePreview.ts'

/** Sends what stands in the editor, also what the preview has yet to show, to an address: no customer gets it. */
export function TestDialog({
  name,
  value,
  choice,
  onClose,
}: {
  name: string
  value: TemplateValue
  choice: PreviewChoice
  onClose: () => void
}) {
  const { t } = useTranslation('template')
  const { user } = useSession()
  const [to, setTo] = useState(user.email)
  const send = useMutation({
    mutationFn: () =>
      ask(
        api.templates[':name'].test.$post({ param: { name } }, withBody({ to, ...requestOf(value, choice) })),
      ),
    onSuccess: ({ taken, response, to: address }) => {
      if (!taken) {
        notifications.show({ message: t('test.refused', { response }), color: 'red', autoClose: 10_000 })
        return
      }
      notifications.show({ message: t('test.sent', { address }), color: 'green' })
      onClose()
    },
    onError: (error) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 8_000 }),
  })
  return (
    <Modal closeButtonProps={{ 'aria-label': t('cancel') }} opened onClose={onClose} title={t('test.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          send.mutate()
        }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('test.text')}
          </Text>
          <TextInput
            label={t('test.to')}
            type="email"
            required
            value={to}
            data-autofocus
            onChange={({ currentTarget }) => setTo(currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={send.isPending}>
              {t('test.send')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
