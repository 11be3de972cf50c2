import { useTranslation } from 'react-i18next'
import { Sentence } from '../editor/Sentence.tsx'
import type { FieldsProps } from './fieldProps.ts'
import { WordsField } from './WordsField.tsx'
import { textsOf } from './textsOf.ts'
import { RFM } from '../rule/vocabulary.ts'

/** Groups of recency, frequency and value. */
export function RfmFields({ leaf, change, fault }: FieldsProps) {
  const { t } = useTranslation('segments')
  return (
    <Sentence
      pattern={t('sentences.rfm')}
      fields={{
        groups: (
          <WordsField
            label={t('fields.groups')}
            values={textsOf(leaf['groups'])}
            choices={RFM.map((value) => ({ value, label: t(`rfm.${value}`) }))}
            onChange={(groups) => change({ groups })}
            fault={fault('groups')}
          />
        ),
      }}
    />
  )
}
