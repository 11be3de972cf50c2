import { useTranslation } from 'react-i18next'
import { Sentence } from '../editor/Sentence.tsx'
import { useRuleWords } from '../rule/useRuleWords.ts'
import { ChoiceField } from './ChoiceField.tsx'
import type { FieldsProps } from './fieldProps.ts'
import { WordsField } from './WordsField.tsx'
import { textsOf } from './textsOf.ts'
import { regionWord, stateWord } from '../rule/describeLeaf.ts'
import { STATES } from '../rule/vocabulary.ts'

/** A region of the lifecycle, and in which states it has to be. */
export function LifecycleFields({ leaf, change, fault }: FieldsProps) {
  const { t } = useTranslation('segments')
  const { words } = useRuleWords()
  const region = String(leaf['region'])
  const states: readonly string[] = Object.hasOwn(STATES, region) ? STATES[region as keyof typeof STATES] : []
  return (
    <Sentence
      pattern={t('sentences.lifecycle')}
      fields={{
        region: (
          <ChoiceField
            label={t('fields.region')}
            value={region}
            choices={Object.keys(STATES).map((value) => ({ value, label: regionWord(words, value) }))}
            onChange={(next) => change({ region: next, states: [] })}
            fault={fault('region')}
          />
        ),
        states: (
          <WordsField
            label={t('fields.states')}
            values={textsOf(leaf['states'])}
            choices={states.map((value) => ({ value, label: stateWord(words, region, value) }))}
            onChange={(next) => change({ states: next })}
            fault={fault('states')}
          />
        ),
      }}
    />
  )
}
