import { DurationSchema } from '@ciclo/engine'
import type { JourneyChange } from '@ciclo/journeys/text'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { durationText } from '../../../segments/rule/durations.ts'
import { readField } from './changeField.ts'

const LONGEST = 120

const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)

/** A change of a journey in the reader's words: all of it, or what of it is said where its step is known anyway. */
export function useChangeWords(): (change: JourneyChange, where?: 'list' | 'step') => string {
  const { t, i18n } = useTranslation('journey')
  const locale = i18n.language
  return useCallback(
    (change, where = 'list') => {
      const valueOf = (value: unknown): string => {
        if (value === undefined || value === null) return t('panels.changes.nothing')
        if (typeof value === 'boolean') return t(value ? 'panels.changes.yes' : 'panels.changes.no')
        if (typeof value !== 'string') return cut(JSON.stringify(value))
        const duration = DurationSchema.safeParse(value)
        return duration.success ? durationText(duration.data, locale) : `“${cut(value)}”`
      }
      const bare = () => {
        if (change.kind !== 'changed') return t(`panels.changes.${change.kind}`)
        const { named, rest } = readField(change.field ?? '')
        const name = named === null ? rest : t(`panels.fields.${named}`)
        const field = named === null || rest === '' ? name : `${name} (${rest})`
        return t('panels.changes.changed', { field, from: valueOf(change.from), to: valueOf(change.to) })
      }
      return where === 'step' || change.step === null ? bare() : `${change.step}: ${bare()}`
    },
    [t, locale],
  )
}
