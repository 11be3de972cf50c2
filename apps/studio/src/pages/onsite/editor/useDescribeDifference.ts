import type { OnsiteMessage } from '@ciclo/engine'
import { useTranslation } from 'react-i18next'

const PART_OF: Readonly<
  Record<
    Exclude<keyof OnsiteMessage, 'id' | 'kind'>,
    'words' | 'fields' | 'offer' | 'when' | 'who' | 'frequency' | 'looks' | 'name' | 'live'
  >
> = {
  name: 'name',
  live: 'live',
  priority: 'who',
  position: 'looks',
  texts: 'words',
  fields: 'fields',
  topic: 'who',
  link: 'offer',
  code: 'offer',
  from: 'when',
  endsAt: 'when',
  scale: 'fields',
  rules: 'who',
  frequency: 'frequency',
  colours: 'looks',
  stages: 'who',
}

/** In which parts two versions of a message differ, a line each. */
export function useDescribeDifference() {
  const { t } = useTranslation('onsite')
  return (mine: OnsiteMessage, theirs: OnsiteMessage): string[] => {
    const names = Object.keys(PART_OF) as (keyof typeof PART_OF)[]
    const parts = names
      .filter((name) => JSON.stringify(mine[name]) !== JSON.stringify(theirs[name]))
      .map((name) => PART_OF[name])
    return [...new Set(parts)].map((part) => t('editor.differs', { part: t(`parts.${part}`) }))
  }
}
