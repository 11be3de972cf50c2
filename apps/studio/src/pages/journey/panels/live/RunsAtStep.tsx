import { Alert, Button, Group, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../../api/apiProblem.ts'
import { useFormats } from '../../../../formats/useFormats.ts'
import type { JourneyDetail } from '../../../journeys/journeysQuery.ts'
import { useJourneyEditing } from '../../journeyEditing.ts'
import { Figures } from '../Figures.tsx'
import { runsQuery, type StepsOfJourney } from '../panelQueries.ts'
import { StepName } from '../StepName.tsx'
import { mailsOf } from './liveMarks.ts'
import { RunRow } from './RunRow.tsx'
import { JOURNEY } from '../../model/selection.ts'

/** One step: its figures, and who stands there. */
export function RunsAtStep({
  step,
  versions,
}: {
  step: StepsOfJourney['steps'][number]
  /** Where the runs are, by version. */
  versions: JourneyDetail['runs']
}) {
  const { t } = useTranslation('journey')
  const { number } = useFormats()
  const { id, select } = useJourneyEditing()
  const [status, setStatus] = useState<'running' | 'ended'>('running')
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    runsQuery(id, step.id, status),
  )
  const runs = data?.pages.flatMap((page) => page.runs) ?? []
  const mails = mailsOf(step)
  const here = versions.filter((one) => one.step === step.id)
  return (
    <Stack gap="sm">
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <StepName id={step.id} />
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconArrowLeft size={14} aria-hidden />}
          onClick={() => select(JOURNEY)}
          style={{ flexShrink: 0 }}
        >
          {t('panels.live.all')}
        </Button>
      </Group>
      <Figures
        figures={[
          { label: t('panels.live.came'), value: number(step.runs) },
          { label: t('panels.live.here'), value: number(step.waiting) },
          { label: t('panels.live.left'), value: number(step.left) },
          ...(step.kind === 'send'
            ? [
                { label: t('panels.live.mailsSent'), value: number(mails.sent) },
                { label: t('panels.live.mailsNotSent'), value: number(mails.notSent + mails.queued) },
                { label: t('panels.live.mailsFailed'), value: number(mails.failed), isBad: mails.failed > 0 },
              ]
            : []),
        ]}
      />
      {here.length > 1
        ? here.map((one) => (
            <Text size="sm" key={one.version}>
              {t('panels.live.byVersion', { version: one.version, count: one.runs })}
            </Text>
          ))
        : null}
      <SegmentedControl
        size="xs"
        aria-label={t('panels.live.which')}
        value={status}
        onChange={(value) => setStatus(value === 'ended' ? 'ended' : 'running')}
        data={[
          { value: 'running', label: t('panels.live.areHere') },
          { value: 'ended', label: t('panels.live.endedHere') },
        ]}
      />
      {error && !data ? <Alert color="red">{messageOf(error)}</Alert> : null}
      {!data && !error ? <Skeleton height={120} aria-busy="true" /> : null}
      {data && runs.length === 0 ? (
        <Text size="sm" c="dimmed" role="status">
          {t(status === 'running' ? 'panels.live.nobodyHere' : 'panels.live.nobodyEnded')}
        </Text>
      ) : null}
      <Stack gap={0} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} />
        ))}
      </Stack>
      {hasNextPage ? (
        <Button
          size="xs"
          variant="default"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('panels.more')}
        </Button>
      ) : null}
    </Stack>
  )
}
