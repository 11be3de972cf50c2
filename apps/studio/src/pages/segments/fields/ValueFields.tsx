import { useTranslation } from 'react-i18next'
import type { Scalar } from '../rule/isShowable.ts'
import { OPERATORS, textOf, type Condition, type Operator } from '../rule/vocabulary.ts'
import type { SeenValues } from '../segmentQueries.ts'
import { AmountField } from './AmountField.tsx'
import { ChoiceField } from './ChoiceField.tsx'
import type { Fault } from './fieldProps.ts'
import { ScalarField } from './ScalarField.tsx'
import { ListField } from './ListField.tsx'
import { TextField } from './TextField.tsx'

const TEXT_OPERATORS: readonly Operator[] = ['is', 'isOneOf', 'contains', 'startsWith', 'exists']

/** Another comparison, with what of the value makes sense with it. */
function withOperator(condition: Condition, operator: Operator): Condition {
  const { value, values } = condition
  if (operator === 'exists') return { operator }
  if (operator === 'isOneOf') {
    const kept = values ?? (typeof value === 'string' || typeof value === 'number' ? [value] : [])
    return { operator, values: kept.filter((one) => one !== '') }
  }
  const one: unknown = value ?? values?.[0]
  if (operator === 'is') return { operator, value: one ?? '' }
  if (operator === 'contains' || operator === 'startsWith')
    return { operator, value: typeof one === 'string' ? one : '' }
  return { operator, value: typeof one === 'number' ? one : null }
}

/** What a place in a customer's traits, or in an event, has to be. */
export function ValueFields({
  condition,
  seen,
  onChange,
  fault,
}: {
  condition: Condition
  /** What has been seen at this place. */
  seen: SeenValues[number] | undefined
  onChange: (condition: Condition, field?: string) => void
  fault: Fault
}) {
  const { t } = useTranslation('segments')
  const { operator, value, values } = condition
  const isTextOnly = seen?.types.length === 1 && seen.types[0] === 'text'
  const offered = isTextOnly && TEXT_OPERATORS.includes(operator) ? TEXT_OPERATORS : OPERATORS
  const suggestions: readonly Scalar[] = seen?.values ?? []
  return (
    <>
      <ChoiceField
        label={t('fields.operator')}
        value={operator}
        choices={offered.map((name) => ({
          value: name,
          label: t(`operators.${name}`)
            .replace(/\{\w+\}/, '')
            .trim(),
        }))}
        onChange={(name) => onChange(withOperator(condition, name as Operator))}
        fault={fault('operator')}
      />
      {operator === 'is' ? (
        <ScalarField
          value={value}
          suggestions={suggestions}
          onChange={(next) => onChange({ operator, value: next }, 'value')}
          fault={fault('value')}
        />
      ) : null}
      {operator === 'isOneOf' ? (
        <ListField
          values={values ?? []}
          suggestions={suggestions}
          onChange={(next) => onChange({ operator, values: next })}
          fault={fault('values')}
        />
      ) : null}
      {operator === 'contains' || operator === 'startsWith' ? (
        <TextField
          value={textOf(value)}
          suggestions={suggestions}
          onChange={(next) => onChange({ operator, value: next }, 'value')}
          fault={fault('value')}
        />
      ) : null}
      {operator === 'above' || operator === 'atLeast' || operator === 'below' || operator === 'atMost' ? (
        <AmountField
          label={t('fields.value')}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => onChange({ operator, value: next }, 'value')}
          fault={fault('value')}
        />
      ) : null}
    </>
  )
}
