import { useTranslation } from 'react-i18next'
import { Sentence } from '../editor/Sentence.tsx'
import { ChoiceField } from './ChoiceField.tsx'
import { DurationField } from './DurationField.tsx'
import type { FieldsProps } from './fieldProps.ts'
import { MOMENTS } from '../rule/vocabulary.ts'

/** At least so long ago. */
export function AgoFields({ leaf, change, fault }: FieldsProps) {
  const { t } = useTranslation('segments')
  return (
    <Sentence
      pattern={t('sentences.ago')}
      fields={{
        of: (
          <ChoiceField
            label={t('fields.moment')}
            value={String(leaf['of'])}
            choices={MOMENTS.map((value) => ({ value, label: t(`moments.${value}`) }))}
            onChange={(of) => change({ of })}
            fault={fault('of')}
          />
        ),
        atLeast: (
          <DurationField
            value={Number(leaf['atLeast'])}
            onChange={(atLeast) => change({ atLeast }, 'atLeast')}
            fault={fault('atLeast')}
          />
        ),
      }}
    />
  )
}
