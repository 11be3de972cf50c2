import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { NumberAt, SelectAt, TimeAt } from './fields.tsx'
import { RuleAt } from './RuleAt.tsx'
import { useField } from './useField.ts'
import { WEEKDAYS } from './WeekdaysAt.tsx'

const STARTS = {
  day: { unit: 'day' },
  week: { unit: 'week', weekday: 'mon' },
  month: { unit: 'month', day: 1 },
} as const

/** How often, when, and for whom. */
export function ScheduleFields() {
  const { t } = useTranslation('journey')
  const { value, set, error, isReadOnly } = useField<{ unit: keyof typeof STARTS }>(
    ['trigger', 'every'],
    false,
  )
  const unit = value?.unit ?? 'day'
  return (
    <>
      <Select
        label={t('form.every')}
        value={unit}
        error={error}
        readOnly={isReadOnly}
        allowDeselect={false}
        data={[
          { value: 'day', label: t('form.everyDay') },
          { value: 'week', label: t('form.everyWeek') },
          { value: 'month', label: t('form.everyMonth') },
        ]}
        onChange={(next) => next !== null && next !== unit && set(STARTS[next])}
      />
      {unit === 'week' ? (
        <SelectAt
          path={['trigger', 'every', 'weekday']}
          label={t('form.weekday')}
          choices={WEEKDAYS.map((day) => ({ value: day, label: t(`weekdays.${day}`) }))}
        />
      ) : null}
      {unit === 'month' ? (
        <NumberAt path={['trigger', 'every', 'day']} label={t('form.monthDay')} min={1} max={31} />
      ) : null}
      <TimeAt path={['trigger', 'at']} label={t('form.at')} />
      <RuleAt path={['trigger', 'rule']} label={t('form.scheduleRule')} />
    </>
  )
}
