import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shownAt } from '../../../../formats/zoneTime.ts'
import { useSession } from '../../../../session/useSession.ts'
import { dayStart } from '../../../messages/dayStart.ts'
import type { BacktestPeriod } from './createBacktests.ts'

const PERIODS = ['30d', '90d', '180d', '365d', 'own'] as const
type Choice = (typeof PERIODS)[number]

const DAY = 86_400_000

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
  const { timeZone } = useSession().workspace
  const dayOf = (at: number) => shownAt(at, timeZone).slice(0, 10)
  const [choice, setChoice] = useState<Choice>('90d')
  const [since, setSince] = useState(() => dayOf(Date.now() - 90 * DAY))
  const [until, setUntil] = useState(() => dayOf(Date.now()))
  const periodOf = (): BacktestPeriod => {
    if (choice !== 'own') return { since: choice }
    const end = dayStart(until, timeZone, 1)
    // A day that is not over yet ends now.
    return { since: dayStart(since, timeZone), ...(end < new Date().toISOString() ? { until: end } : {}) }
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
