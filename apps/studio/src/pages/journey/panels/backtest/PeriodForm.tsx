import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BacktestPeriod } from './backtestRuns.ts'

const PERIODS = ['30d', '90d', '180d', '365d', 'own'] as const
type Choice = (typeof PERIODS)[number]

const DAY = 86_400_000
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

/** The past that is lived through again. */
export function PeriodForm({
  isBusy,
  hasRun,
  onStart,
}: {
  isBusy: boolean
  hasRun: boolean
  onStart: (period: BacktestPeriod) => void
}) {
  const { t } = useTranslation('journey')
  const [choice, setChoice] = useState<Choice>('90d')
  const [since, setSince] = useState(() => dayOf(Date.now() - 90 * DAY))
  const [until, setUntil] = useState(() => dayOf(Date.now()))
  const periodOf = (): BacktestPeriod => {
    if (choice !== 'own') return { since: choice }
    const end = new Date(`${until}T23:59:59.999Z`).getTime()
    return {
      since: `${since}T00:00:00Z`,
      ...(end < Date.now() ? { until: new Date(end).toISOString() } : {}),
    }
  }
  const isReady = choice !== 'own' || (since !== '' && until !== '' && since <= until)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) onStart(periodOf())
      }}
    >
      <Group gap="xs" align="flex-end">
        <NativeSelect
          label={t('panels.backtest.period')}
          value={choice}
          onChange={({ currentTarget }) =>
            setChoice(PERIODS.find((one) => one === currentTarget.value) ?? '90d')
          }
          data={PERIODS.map((value) => ({ value, label: t(`panels.backtest.periods.${value}`) }))}
        />
        {choice === 'own' ? (
          <>
            <TextInput
              type="date"
              label={t('panels.backtest.since')}
              value={since}
              max={until}
              onChange={(event) => setSince(event.currentTarget.value)}
            />
            <TextInput
              type="date"
              label={t('panels.backtest.until')}
              value={until}
              min={since}
              onChange={(event) => setUntil(event.currentTarget.value)}
            />
          </>
        ) : null}
        <Button
          type="submit"
          loading={isBusy}
          disabled={!isReady}
          leftSection={<IconPlayerPlay size={16} stroke={1.6} aria-hidden />}
        >
          {t(hasRun ? 'panels.backtest.again' : 'panels.backtest.start')}
        </Button>
      </Group>
    </form>
  )
}
