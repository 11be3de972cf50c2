import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { JourneyDialog, type JourneyDialogProps } from './JourneyDialog.tsx'
import { useJourneyChange } from './useJourneyChange.ts'

/** Nobody comes in any more, and whoever is in it waits. */
export function PauseDialog({ journey: { id, runs }, name, onClose }: JourneyDialogProps) {
  const { t } = useTranslation('journeys')
  const pause = useJourneyChange(
    () => ask(api.journeys[':id'].pause.$post({ param: { id } })),
    () => {
      onClose()
      return t('pause.done', { name })
    },
  )
  return (
    <JourneyDialog
      title={t('pause.title', { name })}
      label={t('actions.pause')}
      isBusy={pause.isPending}
      onConfirm={() => pause.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{t('pause.text')}</Text>
      <Text size="sm">{t('pause.runs', { count: runs.running })}</Text>
    </JourneyDialog>
  )
}
