import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DurationAt, NumberAt, SwitchAt, TimeAt } from './fields.tsx'
import { PathAt } from './PathAt.tsx'
import { useField } from './useField.ts'

const STARTS = {
  trait: { of: 'trait', path: ['birthday'], yearly: true },
  nextOrder: { of: 'nextOrder' },
  lastOrder: { of: 'lastOrder', after: 30 * 86_400_000 },
} as const

/** A day in the customer's life, and how long before or after it. */
export function DateFields() {
  const { t } = useTranslation('journey')
  const { value, set, error, isReadOnly } = useField<{ of: keyof typeof STARTS }>(['trigger', 'date'], false)
  const of = value?.of ?? 'trait'
  return (
    <>
      <Select
        label={t('form.dateOf')}
        value={of}
        error={error}
        readOnly={isReadOnly}
        allowDeselect={false}
        data={[
          { value: 'trait', label: t('form.dateTrait') },
          { value: 'nextOrder', label: t('form.dateNext') },
          { value: 'lastOrder', label: t('form.dateLast') },
        ]}
        onChange={(next) => next !== null && next !== of && set(STARTS[next])}
      />
      {of === 'trait' ? (
        <>
          <PathAt path={['trigger', 'date', 'path']} label={t('form.path')} about={t('form.pathAbout')} />
          <SwitchAt path={['trigger', 'date', 'yearly']} label={t('form.yearly')} />
        </>
      ) : null}
      {of === 'lastOrder' ? <DurationAt path={['trigger', 'date', 'after']} label={t('form.after')} /> : null}
      <NumberAt
        path={['trigger', 'days']}
        label={t('form.days')}
        about={t('form.daysAbout')}
        min={-365}
        max={365}
      />
      <TimeAt path={['trigger', 'at']} label={t('form.at')} about={t('form.atAbout')} />
    </>
  )
}
