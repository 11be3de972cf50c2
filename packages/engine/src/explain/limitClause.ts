import { wholeIn, type ReasonNumbers } from './reasonNumbers.ts'
import type { Sentences } from './sentences.ts'

/** The limit that a stage has passed, or that ends it next. */
const LIMIT_OF: Partial<Record<string, string>> = {
  new: 'atRiskAfterDays',
  active: 'atRiskAfterDays',
  reactivated: 'atRiskAfterDays',
  atRisk: 'atRiskAfterDays',
  lapsed: 'lapsedAfterDays',
  lost: 'lostAfterDays',
}

/** What the limit of a stage is, and where it comes from. */
export function limitClause({ limit }: Sentences, numbers: ReasonNumbers, stage: string): string | undefined {
  const name = LIMIT_OF[stage]
  const days = name === undefined ? undefined : wholeIn(numbers, name)
  if (days === undefined) return undefined
  const orders = wholeIn(numbers, 'orders')
  const { basis } = numbers
  if (basis === 'own') return orders ? limit.own(days, orders) : limit.ownUncounted(days)
  if (basis === 'shop') return limit.shop(days)
  if (basis === 'settings') return limit.fixed(days)
  if (basis === 'cold-start') return limit.coldStart(days)
  return limit.plain(days)
}
