import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { JourneyDialog, type JourneyDialogProps } from './JourneyDialog.tsx'
import { isOnlyDraft } from './journeysQuery.ts'
import { useJourneyChange } from './useJourneyChange.ts'

/** Throws a draft away; a journey that was never published goes with it. */
export function DeleteDraftDialog({
  journey,
  name,
  onClose,
  onDeleted,
}: JourneyDialogProps & { onDeleted?: () => void }) {
  const { t } = useTranslation('journeys')
  const { id } = journey
  const isAll = isOnlyDraft(journey)
  const removal = useJourneyChange(
    () => ask(api.journeys[':id'].draft.$delete({ param: { id } })),
    () => {
      onClose()
      onDeleted?.()
      return t(isAll ? 'delete.doneAll' : 'delete.done', { name })
    },
  )
  return (
    <JourneyDialog
      title={t(isAll ? 'delete.titleAll' : 'delete.title', { name })}
      label={t(isAll ? 'actions.delete' : 'actions.deleteDraft')}
      color="red"
      isBusy={removal.isPending}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{t(isAll ? 'delete.textAll' : 'delete.text')}</Text>
    </JourneyDialog>
  )
}
