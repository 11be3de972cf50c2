import type { SegmentLeaf, SegmentRule } from '@ciclo/engine'
import { and, count, sql, type SQL } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { livingCustomers } from './customers.ts'
import { segmentCondition, type SegmentFrame } from './segmentCondition.ts'
import type { SegmentMoment } from './segmentQuery.ts'

/** One place in a rule: a condition, or what joins those below it. */
interface Place {
  /** Where it stands, as `rules.0.rule`; empty for the whole rule. */
  path: string
  rule: SegmentRule
  /** Which of the rule's conditions it is; undefined for what joins others. */
  leaf: number | undefined
  parts: Place[]
}

function placeOf(rule: SegmentRule, path: readonly (string | number)[], leaves: SegmentLeaf[]): Place {
  const whole = { path: path.join('.'), rule }
  if ('rule' in rule)
    return { ...whole, leaf: undefined, parts: [placeOf(rule.rule, [...path, 'rule'], leaves)] }
  if ('rules' in rule) {
    const parts = rule.rules.map((part, index) => placeOf(part, [...path, 'rules', index], leaves))
    return { ...whole, leaf: undefined, parts }
  }
  return { ...whole, leaf: leaves.push(rule) - 1, parts: [] }
}

const placesIn = (place: Place): Place[] => [place, ...place.parts.flatMap(placesIn)]

/**
 * Whether what stands at a place is true for these answers to the rule's conditions (`101`: yes, no, yes); undefined
 * where nothing is left of it without what is left out.
 */
function decide(place: Place, answers: string, leftOut?: Place): boolean | undefined {
  if (place === leftOut) return undefined
  if (place.leaf !== undefined) return answers[place.leaf] === '1'
  return join(place, place.parts, answers, leftOut)
}

function join({ rule: { kind } }: Place, parts: readonly Place[], answers: string, leftOut?: Place) {
  const decided = parts.map((part) => decide(part, answers, leftOut)).filter((part) => part !== undefined)
  if (decided.length === 0) return undefined
  if (kind === 'not') return !decided[0]
  return kind === 'and' ? decided.every(Boolean) : decided.some(Boolean)
}

/** A customer's answers to conditions, in their order: `101` is yes, no, yes. */
function answersTo(tx: ReadTx, leaves: readonly SegmentLeaf[], frame: SegmentFrame): SQL<string> {
  const letters = leaves.map(
    (leaf) => sql`case when ${segmentCondition(tx, leaf, frame)} then '1' else '0' end`,
  )
  return sql<string>`${sql.join(letters, sql` || `)}`
}

/** How many customers each combination of answers to a rule's conditions has. */
async function countAnswers(
  tx: ReadTx,
  leaves: readonly SegmentLeaf[],
  moment: SegmentMoment,
): Promise<{ answers: string; customers: number }[]> {
  const { customers } = tx.tables
  const answered = tx
    .select({ answers: answersTo(tx, leaves, { ...moment, customers: 'all' }).as('answers') })
    .from(customers)
    .where(livingCustomers(tx, moment.workspaceId))
    .as('answered')
  return await tx
    .select({ answers: answered.answers, customers: count() })
    .from(answered)
    .groupBy(sql`${answered.answers}`)
}

/** What a condition of a rule does to the segment. */
export interface SegmentPart {
  path: string
  leaf: SegmentLeaf
  /** How many customers it is true of by itself. */
  customers: number
  /** How many the segment would have without it. */
  without: number
}

/** One step of the way through a rule: a condition, a group or a `not`. */
export interface SegmentStep {
  path: string
  /** How many customers it is true of by itself. */
  customers: number
  /** How many customers it and those before it in its group make together. */
  left: number
  /** How many the segment would have without it. */
  without: number
}

export interface WeighedSegment {
  customers: number
  /** Everybody, in the segment or not. */
  total: number
  parts: SegmentPart[]
  /** Every place in the rule, each before those below it. */
  steps: SegmentStep[]
}

/** How many customers a rule is true of, and what each of its parts does to that. Off the event loop. */
export async function weighSegment(
  tx: ReadTx,
  rule: SegmentRule,
  moment: SegmentMoment,
): Promise<WeighedSegment> {
  const leaves: SegmentLeaf[] = []
  const root = placeOf(rule, [], leaves)
  const groups = await countAnswers(tx, leaves, moment)
  // A rule without parts excludes nobody.
  const countOf = (isCounted: (answers: string) => boolean | undefined) =>
    groups.reduce((sum, { answers, customers }) => sum + ((isCounted(answers) ?? true) ? customers : 0), 0)
  const stepOf = (place: Place, left: number): SegmentStep => ({
    path: place.path,
    customers: countOf((answers) => decide(place, answers)),
    left,
    without: countOf((answers) => decide(root, answers, place)),
  })
  const below = (place: Place): SegmentStep[] =>
    place.parts.flatMap((part, index) => {
      const sofar = place.parts.slice(0, index + 1)
      // What a `not` turns counts for itself.
      const left = countOf((answers) =>
        place.rule.kind === 'not' ? decide(part, answers) : join(place, sofar, answers),
      )
      return [stepOf(part, left), ...below(part)]
    })
  const customers = countOf((answers) => decide(root, answers))
  const steps = [stepOf(root, customers), ...below(root)]
  const stepAt = new Map(steps.map((step) => [step.path, step]))
  return {
    customers,
    total: groups.reduce((sum, group) => sum + group.customers, 0),
    parts: placesIn(root).flatMap(({ leaf, path }) => {
      const [condition, step] = [leaves[leaf ?? -1], stepAt.get(path)]
      return condition && step
        ? [{ path, leaf: condition, customers: step.customers, without: step.without }]
        : []
    }),
    steps,
  }
}

/** Which conditions of a rule are true of each of these customers, by their places in the rule. */
export async function readAnswers(
  tx: ReadTx,
  rule: SegmentRule,
  moment: SegmentMoment,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const { customers } = tx.tables
  const leaves: SegmentLeaf[] = []
  const asked = placesIn(placeOf(rule, [], leaves)).filter(({ leaf }) => leaf !== undefined)
  const rows = await tx
    .select({ id: customers.id, answers: answersTo(tx, leaves, { ...moment, customers: 'some' }) })
    .from(customers)
    .where(and(livingCustomers(tx, moment.workspaceId), tx.dialect.isOneOf(customers.id, ids)))
  return new Map(
    rows.map(({ id, answers }) => [
      id,
      asked.filter(({ leaf }) => answers[leaf ?? -1] === '1').map(({ path }) => path),
    ]),
  )
}
