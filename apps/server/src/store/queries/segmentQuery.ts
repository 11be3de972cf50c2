import type { SegmentLeaf, SegmentRule } from '@ciclo/engine'
import { and, count, sql } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { livingCustomers, pageOfIds } from './customers.ts'
import { segmentCondition, type SegmentFrame } from './segmentCondition.ts'

export type SegmentMoment = Omit<SegmentFrame, 'customers'>

/** How many customers a rule is true of. It looks at everybody: off the event loop. */
export async function countSegment(tx: ReadTx, rule: SegmentRule, moment: SegmentMoment): Promise<number> {
  const condition = segmentCondition(tx, rule, { ...moment, customers: 'all' })
  const [row] = await tx
    .select({ customers: count() })
    .from(tx.tables.customers)
    .where(and(livingCustomers(tx, moment.workspaceId), condition))
  return row?.customers ?? 0
}

/** One page of the ids of those a rule is true of, in their order. It may look at everybody: off the event loop. */
export async function pageOfSegment(
  tx: ReadTx,
  rule: SegmentRule,
  frame: SegmentFrame,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<string[]> {
  return await pageOfIds(tx, frame.workspaceId, after ?? '', limit, () => segmentCondition(tx, rule, frame))
}

/** How many customers each combination of answers to a rule's leaves has: `101` is yes, no, yes. */
async function countAnswers(
  tx: ReadTx,
  leaves: readonly SegmentLeaf[],
  moment: SegmentMoment,
): Promise<{ answers: string; customers: number }[]> {
  const { customers } = tx.tables
  const frame: SegmentFrame = { ...moment, customers: 'all' }
  const letters = leaves.map(
    (leaf) => sql`case when ${segmentCondition(tx, leaf, frame)} then '1' else '0' end`,
  )
  const answered = tx
    .select({ answers: sql<string>`${sql.join(letters, sql` || `)}`.as('answers') })
    .from(customers)
    .where(livingCustomers(tx, moment.workspaceId))
    .as('answered')
  return await tx
    .select({ answers: answered.answers, customers: count() })
    .from(answered)
    .groupBy(sql`${answered.answers}`)
}

/** What a part of a rule does to the segment. */
export interface SegmentPart {
  /** Where it stands in the rule, as `rules.0.rule`. */
  path: string
  leaf: SegmentLeaf
  /** How many customers it is true of by itself. */
  customers: number
  /** How many the segment would have without it. */
  without: number
}

interface Place {
  path: (string | number)[]
  leaf: SegmentLeaf
}

function placesOf(rule: SegmentRule, path: (string | number)[] = []): Place[] {
  if ('rule' in rule) return placesOf(rule.rule, [...path, 'rule'])
  if ('rules' in rule) return rule.rules.flatMap((part, index) => placesOf(part, [...path, 'rules', index]))
  return [{ path, leaf: rule }]
}

/**
 * Whether the rule is true for these answers to its leaves, in their order; undefined stands for a leaf that is left
 * out, and a rule of which nothing is left.
 */
function decide(rule: SegmentRule, next: () => boolean | undefined): boolean | undefined {
  if ('rule' in rule) {
    const inner = decide(rule.rule, next)
    return inner === undefined ? undefined : !inner
  }
  if (!('rules' in rule)) return next()
  const parts = rule.rules.map((part) => decide(part, next)).filter((part) => part !== undefined)
  if (parts.length === 0) return undefined
  return rule.kind === 'and' ? parts.every(Boolean) : parts.some(Boolean)
}

function isIn(rule: SegmentRule, answers: string, leftOut?: number): boolean {
  let place = -1
  const next = () => {
    place += 1
    return place === leftOut ? undefined : answers[place] === '1'
  }
  // A rule without parts excludes nobody.
  return decide(rule, next) ?? true
}

/** How many customers a rule is true of, and what each of its parts does to that. Off the event loop. */
export async function weighSegment(
  tx: ReadTx,
  rule: SegmentRule,
  moment: SegmentMoment,
): Promise<{ customers: number; parts: SegmentPart[] }> {
  const places = placesOf(rule)
  const groups = await countAnswers(
    tx,
    places.map(({ leaf }) => leaf),
    moment,
  )
  const countOf = (isCounted: (answers: string) => boolean) =>
    groups.reduce((sum, { answers, customers }) => sum + (isCounted(answers) ? customers : 0), 0)
  return {
    customers: countOf((answers) => isIn(rule, answers)),
    parts: places.map(({ path, leaf }, index) => ({
      path: path.join('.'),
      leaf,
      customers: countOf((answers) => answers[index] === '1'),
      without: countOf((answers) => isIn(rule, answers, index)),
    })),
  }
}
