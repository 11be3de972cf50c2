import { Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'
import { JourneyDialog, type JourneyDialogProps } from './JourneyDialog.tsx'
import { useJourneyChange } from './useJourneyChange.ts'

/** Ends a journey for good; asks what becomes of those who are in it. */
export function ArchiveDialog({ journey: { id, runs }, name, onClose }: JourneyDialogProps) {
  const { t } = useTranslation('journeys')
  const [choice, setChoice] = useState<'finish' | 'end'>('finish')
  const archive = useJourneyChange(
    () => ask(api.journeys[':id'].archive.$post({ param: { id } }, withBody({ runs: choice }))),
    () => {
      onClose()
      return t('archive.done', { name })
    },
  )
  return (
    <JourneyDialog
      title={t('archive.title', { name })}
      label={t('actions.archive')}
      color="red"
      isBusy={archive.isPending}
      onConfirm={() => archive.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{t('archive.text')}</Text>
      {runs.running === 0 ? null : (
        <Radio.Group
          label={t('archive.runs', { count: runs.running })}
          value={choice}
          onChange={(value) => setChoice(value === 'end' ? 'end' : 'finish')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="finish" label={t('archive.finish')} description={t('archive.finishText')} />
            <Radio value="end" label={t('archive.end')} description={t('archive.endText')} />
          </Stack>
        </Radio.Group>
      )}
    </JourneyDialog>
  )
}
