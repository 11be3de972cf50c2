import { List, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { useFormats } from '../../formats/useFormats.ts'
import { JourneyDialog, type JourneyDialogProps } from './JourneyDialog.tsx'
import { journeyQuery } from './journeysQuery.ts'
import { useJourneyChange } from './useJourneyChange.ts'

/** Shows what has become due in a pause, before all of it goes on. */
export function ResumeDialog({ journey: { id }, name, onClose }: JourneyDialogProps) {
  const { t } = useTranslation('journeys')
  const { date } = useFormats()
  const { data } = useQuery({ ...journeyQuery(id), staleTime: 0 })
  const resume = useJourneyChange(
    () => ask(api.journeys[':id'].resume.$post({ param: { id } })),
    ({ due }) => {
      onClose()
      const count = due.reduce((sum, { held }) => sum + held, 0)
      return count === 0 ? t('resume.done', { name }) : t('resume.doneDue', { name, count })
    },
  )
  const held = data?.runs.filter((one) => one.held > 0) ?? []
  return (
    <JourneyDialog
      title={t('resume.title', { name })}
      label={t('actions.resume')}
      isBusy={resume.isPending}
      isDisabled={!data}
      onConfirm={() => resume.mutate()}
      onClose={onClose}
    >
      {data ? (
        <>
          <Text size="sm">{held.length === 0 ? t('resume.nothingDue') : t('resume.due')}</Text>
          {held.length === 0 ? null : (
            <List size="sm">
              {held.map((one) => (
                <List.Item key={`${one.version} ${one.step}`}>
                  {t('resume.dueAt', {
                    count: one.held,
                    step: one.step ?? '',
                    since: one.heldSince === null ? '' : date(one.heldSince),
                  })}
                </List.Item>
              ))}
            </List>
          )}
        </>
      ) : (
        <Skeleton height={48} aria-busy="true" />
      )}
    </JourneyDialog>
  )
}
