import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../../api/contract.ts'

const FIELDS = [
  'name',
  'audience',
  'exclude',
  'template',
  'strings',
  'variants',
  'topic',
  'sender',
  'schedule',
  'expiresAfter',
  'onCap',
] as const satisfies readonly (keyof Campaign)[]

/** In what two versions of a campaign differ, a line each. */
export function useDescribeDifference() {
  const { t } = useTranslation('campaigns')
  return (mine: Campaign, theirs: Campaign): string[] =>
    FIELDS.filter((name) => JSON.stringify(mine[name]) !== JSON.stringify(theirs[name])).map((name) =>
      t(`fields.${name}`),
    )
}
