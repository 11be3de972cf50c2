import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useMemo, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { useJourneyEditing } from '../journeyEditing.ts'
import { backtestMarks } from './backtest/backtestMarks.ts'
import { backtests } from './backtest/backtests.ts'
import { BacktestSummary } from './backtest/BacktestSummary.tsx'
import { PeriodForm } from './backtest/PeriodForm.tsx'
import { PanelFrame } from './PanelFrame.tsx'
import { useStepMarks } from './useStepMarks.ts'

/** What the journey, as it is edited, would have done in the past: nothing is sent. */
export function BacktestPanel() {
  const { t } = useTranslation('journey')
  const { number } = useFormats()
  const { id, definition } = useJourneyEditing()
  const run = useSyncExternalStore(backtests.listen, () => backtests.of(id))
  const result = run?.result ?? null
  const marks = useMemo(
    () =>
      run && result
        ? backtestMarks(result, run.messages, (what, count) =>
            t(`panels.backtest.marks.${what}`, { count, number: number(count) }),
          )
        : null,
    [run, result, t, number],
  )
  useStepMarks(marks)
  const isRunning = run?.status === 'running'
  const { customers = 0, of = 0 } = run?.progress ?? {}
  return (
    <PanelFrame title={t('panels.backtest.title')} text={t('panels.backtest.text')}>
      <PeriodForm
        isBusy={isRunning}
        hasRun={run !== undefined}
        onStart={(period) => void backtests.start(definition, period)}
      />
      {isRunning ? (
        <Stack gap={6}>
          <Progress
            value={of === 0 ? 0 : (100 * customers) / of}
            aria-label={t('panels.backtest.progress')}
            animated
          />
          <Group justify="space-between">
            <Text size="sm" className="figure">
              {of === 0
                ? t('panels.backtest.begins')
                : t('panels.backtest.progressOf', { customers: number(customers), of: number(of) })}
            </Text>
            <Button size="compact-sm" variant="default" onClick={() => backtests.cancel(id)}>
              {t('panels.backtest.cancel')}
            </Button>
          </Group>
        </Stack>
      ) : null}
      {run?.status === 'cancelled' ? (
        <Text size="sm" role="status">
          {t('panels.backtest.cancelled')}
        </Text>
      ) : null}
      {run?.error ? (
        <Alert color="red" role="alert">
          <span className="any-text">{run.error.message}</span>
        </Alert>
      ) : null}
      {run && result && run.definition !== definition ? (
        <Alert color="orange" role="status">
          {t('panels.backtest.stale')}
        </Alert>
      ) : null}
      {run && result ? <BacktestSummary result={result} messages={run.messages} /> : null}
    </PanelFrame>
  )
}
