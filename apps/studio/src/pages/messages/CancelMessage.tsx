import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/useSession.ts'
import { Failure } from '../../shell/Failure.tsx'
import { cancelMessage, type MessageDetail } from './messageQueries.ts'

/** Who may keep a mail from being sent; the server asks the same. */
const ROLES: readonly string[] = ['owner', 'marketer']

/** Cancels a mail that waits, after having asked once more. */
export function CancelMessage({ message: { id, to, canCancel } }: { message: MessageDetail }) {
  const { t } = useTranslation('messages')
  const { role } = useSession()
  const [isOpen, { open, close }] = useDisclosure(false)
  const client = useQueryClient()
  const cancel = useMutation({
    mutationFn: () => cancelMessage(id),
    onSuccess: () => {
      close()
      notifications.show({ message: t('cancel.done'), withCloseButton: false })
    },
    // Also where it was too late: then it has another state by now.
    onSettled: () => client.invalidateQueries({ queryKey: ['messages'] }),
  })
  if (!ROLES.includes(role)) return null
  if (!canCancel && !isOpen) return null
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('cancel.button')}
      </Button>
      <Modal opened={isOpen} onClose={close} title={t('cancel.title')} centered>
        <Stack>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {t('cancel.text', { address: to.address })}
          </Text>
          {cancel.error ? <Failure error={cancel.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {t('cancel.keep')}
            </Button>
            <Button color="red" loading={cancel.isPending} onClick={() => cancel.mutate()}>
              {t('cancel.do')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
