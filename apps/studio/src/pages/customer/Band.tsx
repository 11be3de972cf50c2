import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const WIDTH = 160
const HEIGHT = 14

/** A figure that is expected, and the band in which it is likely to be: as words, and as a picture of them. */
export function Band({
  band,
  show,
  label,
}: {
  band: { low: number; expected: number; high: number }
  show: (value: number) => string
  label: string
}) {
  const { t } = useTranslation('customer')
  const { low, expected, high } = band
  const most = Math.max(high, expected, 1e-9)
  const x = (value: number) => 4 + (Math.max(0, value) / most) * (WIDTH - 8)
  const words = t('prediction.band', { low: show(low), high: show(high) })
  return (
    <>
      {show(expected)}{' '}
      <Text component="span" size="xs" c="dimmed">
        {words}
      </Text>
      <svg
        width={WIDTH}
        height={HEIGHT}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${label}: ${show(expected)}, ${words}`}
        style={{ display: 'block', maxWidth: '100%' }}
      >
        <line
          x1={4}
          x2={WIDTH - 4}
          y1={7}
          y2={7}
          stroke="var(--mantine-color-default-border)"
          strokeWidth={2}
        />
        <line
          x1={x(low)}
          x2={x(high)}
          y1={7}
          y2={7}
          stroke="var(--mantine-primary-color-filled)"
          strokeOpacity={0.45}
          strokeWidth={6}
          strokeLinecap="round"
        />
        <circle cx={x(expected)} cy={7} r={4} fill="var(--mantine-primary-color-filled)" />
      </svg>
    </>
  )
}
