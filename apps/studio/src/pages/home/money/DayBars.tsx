import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { HomeMoney } from '../homeQuery.ts'
import { useDayWords } from '../useDayWords.ts'
import { useMoney } from '../useMoney.ts'
import classes from './DayBars.module.css'

const HEIGHT = 132
const STEP = 10

/** Revenue by day as bars, with its best day in words. */
export function DayBars({
  days,
  currency,
  nothing,
}: {
  days: HomeMoney['days']
  currency: string
  /** What is said of days on which nothing was sold. */
  nothing?: string
}) {
  const { t } = useTranslation('home')
  const money = useMoney()
  const dayWords = useDayWords()
  const amounts = days.map(({ day, revenue }) => ({ day, amount: revenue[currency] ?? 0 }))
  const best = amounts.reduce((most, one) => (one.amount > most.amount ? one : most), { day: '', amount: 0 })
  const first = days[0]?.day
  const last = days.at(-1)?.day
  if (best.amount === 0 || first === undefined || last === undefined)
    return (
      <Text size="sm" c="dimmed">
        {nothing ?? t('money.nothingSold')}
      </Text>
    )
  const said = t('money.chart', {
    from: dayWords(first),
    to: dayWords(last),
    best: money({ [currency]: best.amount }) ?? '',
    day: dayWords(best.day),
  })
  return (
    <figure className={classes.figure}>
      <svg
        className={classes.bars}
        viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={said}
      >
        {amounts.map(({ day, amount }, place) => {
          const height = Math.max(amount > 0 ? 2 : 0.75, (Math.max(0, amount) / best.amount) * HEIGHT)
          return (
            <g key={day}>
              <rect
                className={classes.bar}
                data-some={amount > 0 || undefined}
                x={place * STEP + 1}
                y={HEIGHT - height}
                width={STEP - 2}
                height={height}
              />
              <rect className={classes.over} x={place * STEP} y={0} width={STEP} height={HEIGHT}>
                <title>{`${dayWords(day)}: ${money({ [currency]: amount }) ?? '0'}`}</title>
              </rect>
            </g>
          )
        })}
      </svg>
      <Group component="figcaption" justify="space-between" gap="xs">
        <Text size="xs" c="dimmed">
          {dayWords(first)}
        </Text>
        <Text size="xs" c="dimmed">
          {t('money.best', { best: money({ [currency]: best.amount }) ?? '', day: dayWords(best.day) })}
        </Text>
        <Text size="xs" c="dimmed">
          {dayWords(last)}
        </Text>
      </Group>
    </figure>
  )
}
