import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSeen } from '../editor/ruleEditing.ts'
import { Sentence } from '../editor/Sentence.tsx'
import type { FieldsProps } from './fieldProps.ts'
import { WordsField } from './WordsField.tsx'
import { textsOf } from './textsOf.ts'
import { withSeenFirst } from './withSeenFirst.ts'
import { listedCountries } from './listedCodes.ts'

/** Where somebody lives, of whom it is known. */
export function CountryFields({ leaf, change, fault }: FieldsProps) {
  const { t, i18n } = useTranslation('segments')
  const seen = useSeen()
  const choices = useMemo(
    () => withSeenFirst(listedCountries(i18n.language), seen.countries),
    [i18n.language, seen.countries],
  )
  return (
    <Sentence
      pattern={t('sentences.country')}
      fields={{
        countries: (
          <WordsField
            label={t('fields.countries')}
            values={textsOf(leaf['countries'])}
            choices={choices}
            onChange={(countries) => change({ countries })}
            fault={fault('countries')}
          />
        ),
      }}
    />
  )
}
