import { Alert, Skeleton, Text } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { Empty } from '../../../parts/Empty.tsx'
import { journeyQuery } from '../../journeys/journeysQuery.ts'
import { useJourneyEditing } from '../journeyEditing.ts'
import { LiveSteps } from './live/LiveSteps.tsx'
import { LiveTotals } from './live/LiveTotals.tsx'
import { liveMarks } from './live/liveMarks.ts'
import { RunsAtStep } from './live/RunsAtStep.tsx'
import { PanelFrame } from './PanelFrame.tsx'
import { stepsQuery } from './panelQueries.ts'
import { useStepMarks } from './useStepMarks.ts'

/** How the journey is going now: figures on its steps, and the people who stand at one of them. */
export function LivePanel() {
  const { t } = useTranslation('journey')
  const { number } = useFormats()
  const { id, selected } = useJourneyEditing()
  const journey = useQuery(journeyQuery(id))
  const isPublished = journey.data?.versions.some(({ status }) => status !== 'draft') ?? false
  const { data, error } = useQuery({ ...stepsQuery(id), enabled: isPublished })
  const marks = useMemo(
    () =>
      data
        ? liveMarks(data.steps, (what, count) =>
            t(`panels.live.marks.${what}`, { count, number: number(count) }),
          )
        : null,
    [data, t, number],
  )
  useStepMarks(marks)
  const step = data?.steps.find((one) => one.id === selected)
  return (
    <PanelFrame title={t('panels.live.title')} text={t('panels.live.text')}>
      {journey.data && !isPublished ? (
        <Empty
          icon={<IconRoute size={22} stroke={1.6} aria-hidden />}
          title={t('panels.live.never')}
          text={t('panels.live.neverText')}
        />
      ) : null}
      {error && !data ? <Alert color="red">{messageOf(error)}</Alert> : null}
      {!data && !error && (isPublished || journey.isPending) ? (
        <Skeleton height={220} aria-busy="true" />
      ) : null}
      {data && step ? (
        <RunsAtStep key={step.id} step={step} versions={journey.data?.runs ?? []} />
      ) : data ? (
        <>
          <LiveTotals totals={data.totals} />
          {data.totals.entered === 0 ? (
            <Text size="sm">{t('panels.live.nobody')}</Text>
          ) : (
            <LiveSteps steps={data.steps} />
          )}
        </>
      ) : null}
    </PanelFrame>
  )
}
