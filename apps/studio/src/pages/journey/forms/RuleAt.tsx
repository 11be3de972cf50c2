import { useTranslation } from 'react-i18next'
import { RuleField } from '../../segments/editor/RuleField.tsx'
import type { FieldAt } from './fields.tsx'
import { useField } from './useField.ts'

/** A rule over customers at a place of the journey. */
export function RuleAt({ path, label, about }: FieldAt) {
  const { t } = useTranslation('journey')
  const { value, set, error, isReadOnly } = useField<unknown>(path)
  return (
    <RuleField
      label={label}
      {...(about === undefined ? {} : { about })}
      value={value}
      onChange={set}
      error={error}
      isReadOnly={isReadOnly}
      words={{ open: t('form.ruleOpen'), done: t('form.ruleClose'), incomplete: t('form.ruleIncomplete') }}
    />
  )
}
