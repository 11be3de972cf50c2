import { useTranslation } from 'react-i18next'
import words from '../../../words/en/states.json' with { type: 'json' }

export const REGIONS = ['stage', 'value', 'engagement', 'permission', 'advocacy'] as const
export type Region = (typeof REGIONS)[number]

const NAMES: Record<Region, Readonly<Record<string, string>>> = words

/** What a state is called; by its own name where another version of Ciclo knew it. */
export function useStateNames(): (region: Region, state: string) => string {
  const { t } = useTranslation('states')
  return (region, state) =>
    Object.hasOwn(NAMES[region], state) ? t(`${region}.${state}` as 'stage.visitor') : state
}

export const isRegion = (text: string): text is Region => (REGIONS as readonly string[]).includes(text)
