import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import { messageOf } from '../../../api/apiProblem.ts'
import { segmentsQuery, type SegmentListed } from '../segmentQueries.ts'
import { UsedBy } from './UsedBy.tsx'

/** Asks before a segment is deleted, and says what uses it. The server refuses what is still at work. */
export function DeleteDialog({
  segment: { id, name, usedBy },
  isOpen,
  onClose,
  onDeleted,
}: {
  segment: SegmentListed
  isOpen: boolean
  onClose: () => void
  onDeleted?: () => void
}) {
  const { t } = useTranslation('segments')
  const queryClient = useQueryClient()
  const removal = useMutation({
    mutationFn: () => ask(api.segments[':id'].$delete({ param: { id } })),
    onSuccess: async () => {
      onClose()
      notifications.show({ message: t('remove.done', { name }) })
      onDeleted?.()
      queryClient.removeQueries({ queryKey: ['segments', 'one', id] })
      await queryClient.invalidateQueries({ queryKey: segmentsQuery.queryKey, exact: true })
      await queryClient.invalidateQueries({ queryKey: ['customers', 'segments'] })
    },
  })
  const isHeld = usedBy.some(({ isHolding }) => isHolding)
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('remove.title', { name })}
      closeButtonProps={{ 'aria-label': t('actions.cancel') }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('remove.text')}</Text>
        {usedBy.length > 0 ? (
          <Alert color="orange" variant="light">
            <Text size="sm" fw={600}>
              {t('remove.used')}
            </Text>
            <UsedBy uses={usedBy} />
            {isHeld ? (
              <Text size="sm" mt="xs">
                {t('remove.holding')}
              </Text>
            ) : null}
          </Alert>
        ) : null}
        {removal.error ? (
          <Alert color="red" role="alert">
            {messageOf(removal.error)}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('actions.cancel')}
          </Button>
          <Button color="red" onClick={() => removal.mutate()} loading={removal.isPending} disabled={isHeld}>
            {t('actions.delete')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
