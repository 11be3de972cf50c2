import { Alert, Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../../api/apiProblem.ts'
import { useFormats } from '../../../../formats/useFormats.ts'
import { useJourneyEditing } from '../../journeyEditing.ts'
import { useStepMarks } from '../useStepMarks.ts'
import { TryClock } from './TryClock.tsx'
import { TryDeeds } from './TryDeeds.tsx'
import { tryMarks } from './tryMarks.ts'
import { tryQuery } from './tryQuery.ts'
import { takeBack, type TryHistory } from './trySession.ts'
import { TryTimeline } from './TryTimeline.tsx'

const REGIONS = ['stage', 'value', 'engagement', 'permission', 'advocacy'] as const

/** A try that has begun: its clock, what can be done, and all that has come of it so far. */
export function TryStage({
  history,
  onHistory,
  onEnd,
}: {
  history: TryHistory
  onHistory: (history: TryHistory) => void
  onEnd: () => void
}) {
  const { t, i18n } = useTranslation(['journey', 'states'])
  const { dateTime } = useFormats()
  const { definition } = useJourneyEditing()
  const { now, before } = history
  const { data, error, isFetching } = useQuery({
    ...tryQuery(definition, now, i18n.language),
    placeholderData: (shown) => shown,
  })
  const marks = useMemo(
    () =>
      data
        ? tryMarks(data, definition.id, (what, at) => t(`panels.try.marks.${what}`, { when: dateTime(at) }))
        : null,
    [data, definition.id, t, dateTime],
  )
  useStepMarks(marks)
  const sent = data?.messages.filter(({ outcome }) => outcome === 'sent').at(-1)
  return (
    <Stack gap="md" aria-busy={isFetching}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text size="sm" fw={600} className="any-text" miw={0}>
          {now.name}
        </Text>
        <Group gap={4} wrap="nowrap" style={{ flexShrink: 0 }}>
          <Button
            size="compact-xs"
            variant="default"
            disabled={before.length === 0}
            onClick={() => onHistory(takeBack(history))}
          >
            {t('panels.try.back')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={onEnd}>
            {t('panels.try.anew')}
          </Button>
        </Group>
      </Group>
      <TryClock history={history} next={data?.next ?? null} onHistory={onHistory} />
      <TryDeeds history={history} mail={sent?.id} onHistory={onHistory} />
      {error ? (
        <Alert color="red" role="alert">
          <span className="any-text">{messageOf(error)}</span>
        </Alert>
      ) : null}
      {!data && !error ? <Skeleton height={160} aria-busy="true" /> : null}
      {data ? (
        <>
          <Group gap={6} role="group" aria-label={t('panels.try.state')}>
            {REGIONS.map((region) => (
              <Badge
                key={region}
                variant="default"
                tt="none"
                radius="sm"
                fw={500}
                title={t(`region.${region}`, { ns: 'states' })}
              >
                {t(`${region}.${data.lifecycle[region]}` as 'stage.visitor', { ns: 'states' })}
              </Badge>
            ))}
          </Group>
          <TryTimeline answer={data} customer={now.customer} />
        </>
      ) : null}
    </Stack>
  )
}
