import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSeen } from '../editor/ruleEditing.ts'
import { Sentence } from '../editor/Sentence.tsx'
import type { FieldsProps } from './fieldProps.ts'
import { WordsField } from './WordsField.tsx'
import { textsOf } from './textsOf.ts'
import { withSeenFirst } from './withSeenFirst.ts'
import { listedLanguages } from './listedCodes.ts'

/** Which languages somebody speaks, of whom it is known. */
export function LanguageFields({ leaf, change, fault }: FieldsProps) {
  const { t, i18n } = useTranslation('segments')
  const seen = useSeen()
  const choices = useMemo(
    () => withSeenFirst(listedLanguages(i18n.language), seen.languages),
    [i18n.language, seen.languages],
  )
  return (
    <Sentence
      pattern={t('sentences.language')}
      fields={{
        languages: (
          <WordsField
            label={t('fields.languages')}
            values={textsOf(leaf['languages'])}
            choices={choices}
            onChange={(languages) => change({ languages })}
            fault={fault('languages')}
          />
        ),
      }}
    />
  )
}
