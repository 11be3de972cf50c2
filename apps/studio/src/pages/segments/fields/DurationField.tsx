import { Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { COMMON_UNITS, joinDuration, splitDuration, unitText, type DurationUnit } from '../rule/durations.ts'
import { AmountField } from './AmountField.tsx'
import { ChoiceField } from './ChoiceField.tsx'

/** How long: a number and a unit. Nothing in it is 0, which no rule takes. */
export function DurationField({
  value,
  onChange,
  fault,
}: {
  value: number
  onChange: (value: number) => void
  fault: { error: boolean; 'aria-errormessage'?: string }
}) {
  const { t, i18n } = useTranslation('segments')
  // The unit that was chosen, also where the same is said in another: 14 days, and not 2 weeks.
  const [chosen, setChosen] = useState<DurationUnit>()
  const split = splitDuration(value)
  const unit = chosen ?? (value === 0 ? 'day' : split.unit)
  const amount = value / joinDuration({ amount: 1, unit })
  const shown = Number.isInteger(amount) ? { amount, unit } : split
  const units = (COMMON_UNITS as readonly DurationUnit[]).includes(shown.unit)
    ? COMMON_UNITS
    : [...COMMON_UNITS, shown.unit]
  return (
    <Group gap={4} wrap="nowrap">
      <AmountField
        label={t('fields.amount')}
        value={value === 0 ? null : shown.amount}
        width={56}
        onChange={(typed) => {
          setChosen(shown.unit)
          onChange(joinDuration({ amount: Math.max(0, typed ?? 0), unit: shown.unit }))
        }}
        fault={fault}
      />
      <ChoiceField
        label={t('fields.unit')}
        value={shown.unit}
        choices={units.map((name) => ({
          value: name,
          label: unitText({ amount: shown.amount, unit: name }, i18n.language),
        }))}
        onChange={(name) => {
          setChosen(name as DurationUnit)
          onChange(joinDuration({ amount: shown.amount, unit: name as DurationUnit }))
        }}
      />
    </Group>
  )
}
