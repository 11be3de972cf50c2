import { Group, NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SubscriptionValues } from './subscriptionValues.ts'

type Condition = NonNullable<SubscriptionValues['when']>

const COMPARISONS = ['equals', 'atLeast', 'atMost'] as const satisfies readonly Condition['is'][]

/** One property of an event, and what it has to be. */
export function ConditionFields({
  value,
  onChange,
}: {
  value: Condition
  onChange: (value: Condition) => void
}) {
  const { t } = useTranslation('subscriptions')
  return (
    <Group gap="sm" maw={480} align="flex-end">
      <TextInput
        label={t('property')}
        required
        flex="1 1 120px"
        value={value.property}
        onChange={({ currentTarget }) => onChange({ ...value, property: currentTarget.value })}
      />
      <NativeSelect
        label={t('is')}
        flex="1 1 120px"
        value={value.is}
        onChange={({ currentTarget }) =>
          onChange({ ...value, is: COMPARISONS.find((one) => one === currentTarget.value) ?? 'equals' })
        }
        data={COMPARISONS.map((one) => ({ value: one, label: t(`comparisons.${one}`) }))}
      />
      <TextInput
        label={t('value')}
        required
        flex="1 1 90px"
        inputMode={value.is === 'equals' ? 'text' : 'decimal'}
        value={value.value}
        onChange={({ currentTarget }) => onChange({ ...value, value: currentTarget.value })}
      />
    </Group>
  )
}
