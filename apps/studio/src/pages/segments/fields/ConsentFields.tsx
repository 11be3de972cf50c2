import { useTranslation } from 'react-i18next'
import { Sentence } from '../editor/Sentence.tsx'
import { ChoiceField } from './ChoiceField.tsx'
import type { FieldsProps } from './fieldProps.ts'
import { WordsField } from './WordsField.tsx'
import { textsOf } from './textsOf.ts'
import { PURPOSES, STATUSES } from '../rule/vocabulary.ts'

/** How a customer stands to a purpose. */
export function ConsentFields({ leaf, change, fault }: FieldsProps) {
  const { t } = useTranslation('segments')
  return (
    <Sentence
      pattern={t('sentences.consent')}
      fields={{
        purpose: (
          <ChoiceField
            label={t('fields.purpose')}
            value={String(leaf['purpose'])}
            choices={PURPOSES.map((value) => ({ value, label: t(`purposes.${value}`) }))}
            onChange={(purpose) => change({ purpose })}
            fault={fault('purpose')}
          />
        ),
        statuses: (
          <WordsField
            label={t('fields.statuses')}
            values={textsOf(leaf['statuses'])}
            choices={STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) }))}
            onChange={(statuses) => change({ statuses })}
            fault={fault('statuses')}
          />
        ),
      }}
    />
  )
}
