import { useTranslation } from 'react-i18next'
import { useSeen } from '../editor/ruleEditing.ts'
import { Sentence } from '../editor/Sentence.tsx'
import type { Condition } from '../rule/vocabulary.ts'
import { seenAt } from './EventFields.tsx'
import { faultBelow, type FieldsProps } from './fieldProps.ts'
import { PathField } from './PathField.tsx'
import { ValueFields } from './ValueFields.tsx'

/** Something that is known of a customer, and what it has to be. */
export function TraitFields({ leaf, change, fault }: FieldsProps) {
  const { t } = useTranslation('segments')
  const seen = useSeen()
  const path = leaf['path'] as string[]
  return (
    <Sentence
      pattern={t('sentences.trait')}
      fields={{
        path: (
          <PathField
            path={path}
            seen={seen.traits}
            onChange={(next) => change({ path: next }, 'path')}
            fault={fault('path')}
          />
        ),
        condition: (
          <ValueFields
            condition={leaf['condition'] as Condition}
            seen={seenAt(seen.traits, path)}
            onChange={(condition, field) => change({ condition }, field)}
            fault={faultBelow(fault, 'condition')}
          />
        ),
      }}
    />
  )
}
