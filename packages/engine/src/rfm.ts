import { z } from 'zod'
import type { OrderFigures } from './orderFigures.ts'
import type { Settings } from './settings.ts'
import { shareLine } from './shareLine.ts'

/** Klaviyo's published groups of recency, frequency and monetary value, best first. */
export const RFM_GROUPS = ['champions', 'loyal', 'recent', 'needsAttention', 'atRisk', 'inactive'] as const
export type RfmGroup = (typeof RFM_GROUPS)[number]

/** Where the middle third of the shop's buyers begins, and the top third. */
export const RfmLinesSchema = z.object({
  buyers: z.number().int(),
  /** Orders of a positive value. */
  frequency: z.object({ middle: z.number(), top: z.number() }),
  /** Minor units of the workspace's currency, net of refunds. */
  monetary: z.object({ middle: z.number(), top: z.number() }),
})
export type RfmLines = z.infer<typeof RfmLinesSchema>

/** A customer's scores for recency, frequency and value, as `321`, and the group they make. */
export interface RfmScores {
  scores: string
  group: RfmGroup
}

const GROUPS: Record<RfmGroup, string> = {
  champions: '333 332 323',
  loyal: '321 322 331 232 233',
  recent: '311 312 313 222 223',
  needsAttention: '213 221 123 132 133',
  atRisk: '231 212 122 131 211',
  inactive: '111 112 113 121',
}

const groupOf: ReadonlyMap<string, RfmGroup> = new Map(
  RFM_GROUPS.flatMap((group) => GROUPS[group].split(' ').map((scores) => [scores, group] as const)),
)

/** Thirds of fewer buyers say little. */
export const FEWEST_RFM_BUYERS = 30

/** What recency, frequency and value are measured by: orders of a positive value, and the spend in all of them. */
interface RfmFacts {
  positive: number
  spend: number
}

function thirdsOf(numbers: readonly number[]): { middle: number; top: number } {
  const values = Float64Array.from(numbers).toSorted()
  return {
    middle: shareLine(values, Math.ceil(values.length / 3)),
    top: shareLine(values, Math.ceil((2 * values.length) / 3)),
  }
}

/**
 * The lines between the thirds of the shop's buyers, of those with an order of a positive value; null below
 * `FEWEST_RFM_BUYERS` of them. Equal buyers get equal scores: where more than a third have ordered once, all of them are
 * in the bottom third, and the others share what is left.
 */
export function rfmLines(buyers: Iterable<RfmFacts>): RfmLines | null {
  const frequency: number[] = []
  const monetary: number[] = []
  for (const { positive, spend } of buyers) {
    if (positive <= 0) continue
    frequency.push(positive)
    monetary.push(spend)
  }
  if (frequency.length < FEWEST_RFM_BUYERS) return null
  return {
    buyers: frequency.length,
    frequency: thirdsOf(frequency),
    monetary: thirdsOf(monetary),
  }
}

const scoreOf = (value: number, { middle, top }: { middle: number; top: number }) =>
  value >= top ? 3 : value >= middle ? 2 : 1

type Recency = Settings['rfm']

const recencyOf = (since: number, { recentFor, middleFor }: Recency) =>
  since <= recentFor ? 3 : since <= middleFor ? 2 : 1

/** The scores of a customer at an instant; null without an order of a positive value, or without lines. */
export function rfmOf(
  { positive, lastAt, spend }: RfmFacts & Pick<OrderFigures, 'lastAt'>,
  lines: RfmLines | null,
  recency: Recency,
  at: number,
): RfmScores | null {
  if (!lines || positive <= 0 || lastAt === null) return null
  const scores = `${recencyOf(at - lastAt, recency)}${scoreOf(positive, lines.frequency)}${scoreOf(spend, lines.monetary)}`
  return { scores, group: groupOf.get(scores) as RfmGroup }
}

/** When, after `at`, the passing of time alone changes the score next: the first instant of the lower one. */
export function nextRfmAt(
  { positive, lastAt }: Pick<OrderFigures, 'positive' | 'lastAt'>,
  { recentFor, middleFor }: Recency,
  at: number,
): number | null {
  if (positive <= 0 || lastAt === null) return null
  return [lastAt + recentFor + 1, lastAt + middleFor + 1].find((change) => change > at) ?? null
}
