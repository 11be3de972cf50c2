import { and, count, desc, eq, inArray, max, sql, type Column, type SQL } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { toRecord, type CustomerRecord } from './customers.ts'
import {
  readFilter,
  type CustomerFilter,
  type Judged,
  type ReadFilter,
  type Source,
} from './customerFilter.ts'

export const LIST_SORTS = ['changed', 'lastOrder', 'revenue', 'created'] as const
export type ListSort = (typeof LIST_SORTS)[number]

/** Where a customer stands in the list, the highest value first, and of two with the same the later id. */
export interface ListPlace {
  at: number
  id: string
}

export interface ListQuery {
  workspaceId: string
  filter: CustomerFilter
  sort: ListSort
  after?: ListPlace | undefined
  limit: number
}

/** More than so many are not counted. */
export const MOST_COUNTED = 10_000

/** How far an index is followed for each stage, and how many customers are looked up one by one. */
export interface SearchReach {
  steps: number
  lookUps: number
}

/** Some 20 ms at the most. */
export const SHORT_REACH: SearchReach = { steps: 10_000, lookUps: 2_000 }
/** Some 100 ms. */
export const LONG_REACH: SearchReach = { steps: 60_000, lookUps: 5_000 }
/** More single look-ups would take longer than following an index to its end. */
export const ANY_REACH: SearchReach = { steps: Infinity, lookUps: 300_000 }

/** Looking up whether somebody is in a source takes as long as so many steps along an index. */
const STEPS_PER_LOOK_UP = 10

const judgedOf = ({ tables: { listings } }: Pick<ReadTx, 'tables'>, sort: ListSort) => ({
  id: listings.customerId,
  standing: listings.standing,
  country: listings.country,
  locale: listings.locale,
  at: {
    changed: listings.changedAt,
    lastOrder: listings.lastOrderAt,
    revenue: listings.revenue,
    created: listings.createdAt,
  }[sort],
})

const isAfter = ({ at, id }: Judged & { at: Column }, after: ListPlace | undefined) =>
  after && sql`(${at}, ${id}) < (${after.at}, ${after.id})`

/** How those who are looked for are found: one by one out of a source, or by following the list so far. */
type Way = { source: Source } | { steps: number }

/** Whether more customers than `most` stand in these ranges of the list. */
async function holdsMore(
  tx: ReadTx,
  workspaceId: string,
  ranges: readonly string[],
  most: number,
): Promise<boolean> {
  const { listings } = tx.tables
  const some = tx
    .select({ id: listings.customerId })
    .from(listings)
    .where(and(eq(listings.workspaceId, workspaceId), inArray(listings.stage, [...ranges])))
    .limit(most + 1)
    .as('some')
  const [row] = await tx.select({ count: count() }).from(some)
  return (row?.count ?? 0) > most
}

/**
 * The shorter way: out of the source with the fewest customers, unless fewer stand in the ranges of the list.
 *
 * @returns undefined where it is longer than `reach`
 */
async function chooseWay(
  tx: ReadTx,
  workspaceId: string,
  { sources, stages, isAnyStage }: ReadFilter,
  reach: SearchReach,
): Promise<Way | undefined> {
  if (sources.length === 0) return { steps: reach.steps }
  let found: Source | undefined
  let size = reach.lookUps + 1
  for (const source of sources) {
    const [row] = await tx.select({ size: count() }).from(source.ids(size))
    if ((row?.size ?? 0) < size) [found, size] = [source, row?.size ?? 0]
  }
  if (found && (isAnyStage || (await holdsMore(tx, workspaceId, stages, size)))) return { source: found }
  // Who is in several sources may come late, however many each of them has.
  if (sources.length > 1 && reach.steps !== Infinity) return undefined
  return { steps: Math.ceil(reach.steps / STEPS_PER_LOOK_UP) }
}

/** Whether a customer of one source is looked for: all that the filter asks besides. */
function isAlso(
  tx: ReadTx,
  { workspaceId, sort, after }: Omit<ListQuery, 'limit'>,
  { sources, stages, isAnyStage, isWanted }: ReadFilter,
  source: Source,
): SQL | undefined {
  const { listings } = tx.tables
  const judged = judgedOf(tx, sort)
  const { id } = source.ids()
  return and(
    // Of the source alone: whoever is in no other one needs not be looked up.
    ...sources.filter((other) => other !== source).map(({ holds }) => holds(id)),
    eq(listings.workspaceId, workspaceId),
    eq(listings.customerId, id),
    isAnyStage ? undefined : inArray(listings.stage, [...stages]),
    isWanted(judged),
    isAfter(judged, after),
  )
}

/** The first listings of one stage in their order: so many of them. */
const firstOfStage = (tx: ReadTx, query: Omit<ListQuery, 'limit'>, stage: string, steps: number) => {
  const { listings } = tx.tables
  const judged = judgedOf(tx, query.sort)
  return tx
    .select(judged)
    .from(listings)
    .where(
      and(
        eq(listings.workspaceId, query.workspaceId),
        eq(listings.stage, stage),
        isAfter(judged, query.after),
      ),
    )
    .orderBy(desc(judged.at), desc(judged.id))
    .limit(steps)
    .as('first')
}

/** Whether a stage has more listings than were looked at. */
async function goesOn(
  tx: ReadTx,
  query: Omit<ListQuery, 'limit'>,
  stage: string,
  steps: number,
): Promise<boolean> {
  const [row] = await tx.select({ seen: count() }).from(firstOfStage(tx, query, stage, steps))
  return (row?.seen ?? 0) >= steps
}

/** Those of a stage who are looked for, in their order: of all, or of the first ones. */
function foundInStage(
  tx: ReadTx,
  query: Omit<ListQuery, 'limit'>,
  { isWanted, sources }: ReadFilter,
  stage: string,
  steps: number,
) {
  const whoHolds = (id: Column) => sources.map(({ holds }) => holds(id))
  if (steps === Infinity) {
    const { listings } = tx.tables
    const judged = judgedOf(tx, query.sort)
    return tx
      .select({ at: judged.at, id: judged.id })
      .from(listings)
      .where(
        and(
          eq(listings.workspaceId, query.workspaceId),
          eq(listings.stage, stage),
          isAfter(judged, query.after),
          isWanted(judged),
          ...whoHolds(judged.id),
        ),
      )
      .orderBy(desc(judged.at), desc(judged.id))
  }
  const first = firstOfStage(tx, query, stage, steps)
  return tx
    .select({ at: first.at, id: first.id })
    .from(first)
    .where(and(isWanted(first), ...whoHolds(first.id)))
    .orderBy(desc(first.at), desc(first.id))
}

const isHigher = (one: ListPlace, other: ListPlace) =>
  one.at === other.at ? one.id > other.id : one.at > other.at

/**
 * One page of the list: the places of those who are looked for, the highest first.
 *
 * A stage is a range of the index that the list is sorted by; who is looked for is found by following each, or by
 * looking up everybody of a short source (whoever has a word that begins so, the members of a segment).
 *
 * @returns undefined where that takes longer than `reach`
 */
export async function searchCustomers(
  tx: ReadTx,
  query: ListQuery,
  reach: SearchReach,
): Promise<ListPlace[] | undefined> {
  const { listings } = tx.tables
  const filter = readFilter(tx, query.workspaceId, query.filter)
  const way = await chooseWay(tx, query.workspaceId, filter, reach)
  if (!way) return undefined
  if ('source' in way) {
    const { source } = way
    const { at, id } = judgedOf(tx, query.sort)
    // SQLite joins in the order in which a cross join is written.
    return await tx
      .select({ at, id })
      .from(source.ids())
      .crossJoin(listings)
      .where(isAlso(tx, query, filter, source))
      .orderBy(desc(at), desc(id))
      .limit(query.limit)
  }
  const { steps } = way
  const found: ListPlace[] = []
  for (const stage of filter.stages) {
    const rows = await foundInStage(tx, query, filter, stage, steps).limit(query.limit)
    if (rows.length < query.limit && steps !== Infinity && (await goesOn(tx, query, stage, steps)))
      return undefined
    found.push(...rows)
  }
  return found.toSorted((one, other) => (isHigher(one, other) ? -1 : 1)).slice(0, query.limit)
}

/**
 * How many are looked for: exactly up to `MOST_COUNTED`, one more than that where there are more.
 *
 * @returns undefined where that takes longer than `reach`
 */
export async function countFound(
  tx: ReadTx,
  workspaceId: string,
  wanted: CustomerFilter,
  reach: SearchReach,
): Promise<number | undefined> {
  const { listings } = tx.tables
  const filter = readFilter(tx, workspaceId, wanted)
  const { sources, stages, isOpen } = filter
  const query = { workspaceId, filter: wanted, sort: 'created' as const }
  const [only] = sources
  if (only && sources.length === 1 && isOpen) {
    const [row] = await tx.select({ count: count() }).from(only.ids(MOST_COUNTED + 1))
    return row?.count ?? 0
  }
  const way = await chooseWay(tx, workspaceId, filter, reach)
  if (!way) return undefined
  const one = sql<number>`1`.as('one')
  if ('source' in way) {
    const { source } = way
    const some = tx
      .select({ one })
      .from(source.ids())
      .crossJoin(listings)
      .where(isAlso(tx, query, filter, source))
      .limit(MOST_COUNTED + 1)
      .as('some')
    const [row] = await tx.select({ count: count() }).from(some)
    return row?.count ?? 0
  }
  // Everybody is counted as far as is counted at all.
  const steps = isOpen && sources.length === 0 ? Math.max(way.steps, MOST_COUNTED + 1) : way.steps
  let sum = 0
  for (const stage of stages) {
    const some = foundInStage(tx, query, filter, stage, steps)
      .limit(MOST_COUNTED + 1 - sum)
      .as('some')
    const [row] = await tx.select({ count: count() }).from(some)
    sum += row?.count ?? 0
    if (sum > MOST_COUNTED) return sum
    if (steps !== Infinity && (await goesOn(tx, query, stage, steps))) return undefined
  }
  return sum
}

export interface Listed extends CustomerRecord {
  /** Since when it is in its stage; null where it has never changed it. */
  stageSince: number | null
  /** When its place in the list changed last. */
  changedAt: number
}

/** These customers in this order; who is not there any more is left out. */
export async function readListed(tx: ReadTx, workspaceId: string, ids: readonly string[]): Promise<Listed[]> {
  const { transitions, listings, customers } = tx.tables
  // By a join: for a list of ids alone SQLite would look through an index of the list that has all that is asked for.
  const rows = await tx
    .select({ customer: customers, changedAt: listings.changedAt })
    .from(customers)
    .innerJoin(listings, and(eq(listings.workspaceId, workspaceId), eq(listings.customerId, customers.id)))
    .where(and(eq(customers.workspaceId, workspaceId), tx.dialect.isOneOf(customers.id, ids)))
  const found = new Map(rows.map((row) => [row.customer.id, row]))
  const stages = await tx
    .select({ id: transitions.customerId, since: max(transitions.at) })
    .from(transitions)
    .where(
      and(
        eq(transitions.workspaceId, workspaceId),
        tx.dialect.isOneOf(transitions.customerId, ids),
        eq(transitions.region, 'stage'),
      ),
    )
    .groupBy(transitions.customerId)
  const since = new Map(stages.map((row) => [row.id, row.since]))
  return ids.flatMap((id) => {
    const row = found.get(id)
    if (!row) return []
    return [{ ...toRecord(row.customer), stageSince: since.get(id) ?? null, changedAt: row.changedAt }]
  })
}
