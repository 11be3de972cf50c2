import { Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { Failure } from '../../../shell/Failure.tsx'
import classes from './GapCurve.module.css'
import { gapsQuery } from './gapsQuery.ts'

const WIDTH = 600
const HEIGHT = 150
/** Below the curve: the days. */
const FOOT = 28

/**
 * How long the shop's customers take until their next order: the share of gaps still open after so many days, and where
 * the percentiles stand that limits are drawn by.
 */
export function GapCurve({ atRisk, lapsed }: { atRisk: number; lapsed: number }) {
  const { t } = useTranslation('settings')
  const { number } = useFormats()
  const { data, error, refetch } = useQuery(gapsQuery)
  if (error) return <Failure error={error} reset={() => void refetch()} />
  if (!data) return <Skeleton height={HEIGHT} aria-busy="true" />
  if (data.percentiles.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('thresholds.noCurve', { gaps: number(data.gaps), needed: number(data.needed) })}
      </Text>
    )
  const daysAt = (percentile: number) =>
    data.percentiles.find((one) => one.percentile === Math.round(percentile))?.days
  const marks = [
    { name: t('thresholds.limits.atRisk'), days: daysAt(atRisk) },
    { name: t('thresholds.limits.lapsed'), days: daysAt(lapsed) },
  ].flatMap(({ name, days }) => (days === undefined ? [] : [{ name, days }]))
  const longest = Math.max(daysAt(99) ?? 1, 1)
  const x = (days: number) => (Math.min(days, longest) / longest) * WIDTH
  // By percentiles: at the 75th, three quarters of the gaps that end have ended.
  const points = [{ percentile: 0, days: 0 }, ...data.percentiles].map(
    ({ percentile, days }) => `${x(days).toFixed(1)},${((percentile / 100) * HEIGHT).toFixed(1)}`,
  )
  const summary = marks.map(({ name, days }) =>
    t('thresholds.after', { name, days: number(Math.round(days)) }),
  )
  return (
    <figure className={classes.figure}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + FOOT}`}
        role="img"
        aria-label={summary.join(', ')}
        className={classes.picture}
      >
        <polygon className={classes.area} points={`0,${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}`} />
        <polyline className={classes.line} points={points.join(' ')} />
        {marks.map(({ name, days }) => {
          const place = x(days)
          return (
            <g key={name}>
              <line className={classes.mark} x1={place} x2={place} y1={0} y2={HEIGHT} />
              <text
                className={classes.text}
                x={Math.min(place + 4, WIDTH - 4)}
                y={16}
                textAnchor={place > WIDTH * 0.7 ? 'end' : 'start'}
                dx={place > WIDTH * 0.7 ? -8 : 0}
              >
                {name}
              </text>
              <text
                className={classes.text}
                x={place}
                y={HEIGHT + 20}
                textAnchor={place > WIDTH * 0.9 ? 'end' : 'middle'}
              >
                {number(Math.round(days))}
              </text>
            </g>
          )
        })}
        <line className={classes.axis} x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
      </svg>
      <Text component="figcaption" size="xs" c="dimmed">
        {t('thresholds.curve', { gaps: number(data.gaps) })}
      </Text>
    </figure>
  )
}
