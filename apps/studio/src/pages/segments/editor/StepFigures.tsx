import { Group, Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { useRuleEditing } from './ruleEditing.ts'

/** How many meet a condition, how many are left behind it, and what the segment would be without it. */
export function StepFigures({
  path,
  inner,
  join,
}: {
  path: string
  inner: string
  join: 'and' | 'or' | null
}) {
  const { t } = useTranslation('segments')
  const { number } = useFormats()
  const { figures, total } = useRuleEditing()
  const step = figures?.get(path)
  const whole = figures?.get('')
  const without = figures?.get(inner)?.without
  // While it is counted, the place is kept: what is being typed into must not move.
  if (!step || !whole || without === undefined || total === 0)
    return (
      <Text size="xs" aria-hidden>
        {'\u00a0'}
      </Text>
    )
  const cost = without - whole.customers
  return (
    <Group gap="xs" wrap="nowrap">
      <Progress
        value={(100 * step.customers) / total}
        size={4}
        w={64}
        aria-label={t('figures.label', { alone: number(step.customers), total: number(total) })}
        style={{ flexShrink: 0 }}
      />
      <Text size="xs" c="dimmed" className="figure">
        {[
          t('figures.alone', { number: number(step.customers) }),
          ...(join === null
            ? []
            : [t(join === 'and' ? 'figures.left' : 'figures.joined', { number: number(step.left) })]),
          ...(join === null || cost === 0
            ? []
            : [t(cost > 0 ? 'figures.takes' : 'figures.brings', { number: number(Math.abs(cost)) })]),
        ].join(' · ')}
      </Text>
    </Group>
  )
}
