import { useTranslation } from 'react-i18next'
import type { Scalar } from '../rule/isShowable.ts'
import { textOf } from '../rule/vocabulary.ts'
import { AmountField } from './AmountField.tsx'
import { ChoiceField } from './ChoiceField.tsx'
import { TextField } from './TextField.tsx'

type Type = 'text' | 'number' | 'boolean'

const typeOf = (value: unknown): Type =>
  typeof value === 'boolean' ? 'boolean' : typeof value === 'number' || value === null ? 'number' : 'text'

function asType(value: unknown, type: Type): Scalar | null {
  if (type === 'boolean') return value !== false
  if (type === 'text') return typeof value === 'number' ? String(value) : textOf(value)
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  return Number.isFinite(number) ? number : null
}

/** One value, and of which kind it is: the text `5` is not the number. */
export function ScalarField({
  value,
  suggestions,
  onChange,
  fault,
}: {
  value: unknown
  suggestions: readonly Scalar[]
  onChange: (value: Scalar | null) => void
  fault: { error: boolean; 'aria-errormessage'?: string }
}) {
  const { t } = useTranslation('segments')
  const type = typeOf(value)
  return (
    <>
      {type === 'text' ? (
        <TextField value={textOf(value)} suggestions={suggestions} onChange={onChange} fault={fault} />
      ) : null}
      {type === 'number' ? (
        <AmountField
          label={t('fields.value')}
          value={typeof value === 'number' ? value : null}
          onChange={onChange}
          fault={fault}
        />
      ) : null}
      {type === 'boolean' ? (
        <ChoiceField
          label={t('fields.value')}
          value={value === false ? 'no' : 'yes'}
          choices={[
            { value: 'yes', label: t('values.yes') },
            { value: 'no', label: t('values.no') },
          ]}
          onChange={(chosen) => onChange(chosen === 'yes')}
          fault={fault}
        />
      ) : null}
      <ChoiceField
        label={t('fields.valueType')}
        value={type}
        choices={(['text', 'number', 'boolean'] as const).map((name) => ({
          value: name,
          label: t(`values.types.${name}`),
        }))}
        onChange={(next) => onChange(asType(value, next as Type))}
      />
    </>
  )
}
