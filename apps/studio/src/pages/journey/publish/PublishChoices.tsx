import { Alert, Checkbox, Group, NumberInput, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { Section } from '../panels/Section.tsx'
import { ChangeList } from '../panels/versions/ChangeList.tsx'
import { PublishProblems } from './PublishProblems.tsx'
import type { PublishChoice, PublishPreview, StepMapping } from './publishQueries.ts'
import { RunsChoice } from './RunsChoice.tsx'

const MOST_DAYS = 365
const USUAL_DAYS = 5

/** What publishing would do, part by part, and what can be chosen of it. */
export function PublishChoices({
  preview,
  choice,
  onChoice,
  onMapping,
  onClose,
}: {
  preview: PublishPreview
  choice: PublishChoice
  onChoice: (choice: PublishChoice) => void
  onMapping: (mapping: StepMapping) => void
  onClose: () => void
}) {
  const { t } = useTranslation('journey')
  const { number } = useFormats()
  const { problems, from, difference, mustCount, isPaused, runs, already } = preview
  return (
    <>
      {problems.length > 0 ? <PublishProblems problems={problems} onClose={onClose} /> : null}
      <Section
        title={from === null ? t('publish.first') : t('publish.changes', { version: from })}
        {...(from === null ? { text: t('publish.firstText') } : {})}
      >
        {from === null ? null : <ChangeList changes={difference} />}
      </Section>
      {runs.length > 0 ? (
        <RunsChoice
          runs={runs}
          choice={choice.runs}
          onChoice={(chosen) => onChoice({ ...choice, runs: chosen })}
          onMapping={onMapping}
        />
      ) : null}
      {already !== null && already > 0 ? (
        <Section title={t('publish.already.title')} text={t('publish.already.text')}>
          <Checkbox
            label={t('publish.already.label', { count: already, number: number(already) })}
            checked={choice.opening !== null}
            onChange={(event) =>
              onChoice({ ...choice, opening: event.currentTarget.checked ? { days: USUAL_DAYS } : null })
            }
          />
          {choice.opening ? (
            <Group gap="xs" align="center">
              <NumberInput
                label={t('publish.already.days')}
                description={t('publish.already.daysText')}
                min={0}
                max={MOST_DAYS}
                value={choice.opening.days}
                onChange={(days) =>
                  onChoice({
                    ...choice,
                    opening: { days: Math.min(MOST_DAYS, Math.max(0, Number(days) || 0)) },
                  })
                }
                hideControls
              />
            </Group>
          ) : null}
        </Section>
      ) : null}
      {mustCount ? (
        <Alert color="blue">
          <Text size="sm">{t('publish.mustCount')}</Text>
        </Alert>
      ) : null}
      {isPaused ? (
        <Alert color="orange">
          <Text size="sm">{t('publish.isPaused')}</Text>
        </Alert>
      ) : null}
    </>
  )
}
