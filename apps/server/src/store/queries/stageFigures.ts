import { STATES, type LifecycleValue, type Region, type Settings } from '@ciclo/engine'
import { and, count, countDistinct, desc, eq, gte, inArray, lt, ne, type SQL } from 'drizzle-orm'
import { countedMove } from '../schema.ts'
import type { ReadTx } from '../store.ts'
import { isBelieved, isCountedIn, netOf, sumOf, type Period } from './countedOrders.ts'
import { livingCustomers } from './customers.ts'
import { rangesOf } from './listings.ts'

export type Stage = LifecycleValue['stage']
export const STAGES: readonly Stage[] = STATES.stage

/** Revenue in integer minor units, per currency. */
export type Money = Record<string, number>

const stageOf = (text: string): Stage => STAGES.find((stage) => stage === text) ?? 'visitor'

function moneyByStage(rows: readonly { stage: string; currency: string; revenue: number }[]) {
  const byStage = new Map<Stage, Money>()
  for (const { stage, currency, revenue } of rows) {
    const known = byStage.get(stageOf(stage)) ?? {}
    byStage.set(stageOf(stage), { ...known, [currency]: revenue })
  }
  return byStage
}

/** How many customers are in which stage, with which permission. Along one index, without a row of the table. */
export async function countStages(tx: ReadTx, workspaceId: string) {
  const { customers } = tx.tables
  const { stage, permission } = customers
  const rows = await tx
    .select({ stage, permission, customers: count() })
    .from(customers)
    .where(livingCustomers(tx, workspaceId))
    .groupBy(stage, permission)
  return rows.map((row) => ({ ...row, stage: stageOf(row.stage) }))
}

/** What the customers who are in a stage now have spent in a period. */
export async function sumSpendByStage(tx: ReadTx, workspaceId: string, period: Period, settings: Settings) {
  const { customers, orders } = tx.tables
  const { stage } = customers
  const { currency } = orders
  const rows = await tx
    .select({ stage, currency, revenue: sumOf(netOf(tx)) })
    .from(orders)
    .innerJoin(customers, and(livingCustomers(tx, workspaceId), eq(customers.id, orders.customerId)))
    .where(and(isCountedIn(tx, workspaceId, period), isBelieved(tx, settings.browserOrdersAreRevenue)))
    .groupBy(stage, currency)
  return moneyByStage(rows)
}

function movesIn(
  { tables: { transitions } }: ReadTx,
  workspaceId: string,
  region: Region,
  { from, to }: Period,
): SQL | undefined {
  return and(
    eq(transitions.workspaceId, workspaceId),
    countedMove(transitions.region),
    eq(transitions.region, region),
    gte(transitions.at, from),
    lt(transitions.at, to),
    ne(transitions.from, transitions.to),
  )
}

interface StageMove {
  from: Stage
  to: Stage
  moves: number
}

/** How often customers moved from which stage to which in a period. */
export async function countStageMoves(tx: ReadTx, workspaceId: string, period: Period): Promise<StageMove[]> {
  const { transitions } = tx.tables
  const { from, to } = transitions
  const rows = await tx
    .select({ from, to, moves: count() })
    .from(transitions)
    .where(movesIn(tx, workspaceId, 'stage', period))
    .groupBy(from, to)
  return rows.map((row) => ({ from: stageOf(row.from), to: stageOf(row.to), moves: row.moves }))
}

/** When customers gave their permission back in a period. */
export async function unsubscribesIn(tx: ReadTx, workspaceId: string, period: Period): Promise<number[]> {
  const { transitions } = tx.tables
  const rows = await tx
    .select({ at: transitions.at })
    .from(transitions)
    .where(and(movesIn(tx, workspaceId, 'permission', period), eq(transitions.to, 'unsubscribed')))
  return rows.map(({ at }) => at)
}

/**
 * By how many there are more visitors than there were at an instant. Everybody begins as one, without a move: it is who
 * came since and has stayed one, less who was there and is none any more.
 */
export async function growthOfVisitors(tx: ReadTx, workspaceId: string, { from, to }: Period) {
  const { listings, transitions } = tx.tables
  const [came] = await tx
    .select({ people: count() })
    .from(listings)
    .where(
      and(
        eq(listings.workspaceId, workspaceId),
        inArray(listings.stage, rangesOf('visitor', false)),
        gte(listings.createdAt, from),
      ),
    )
  const [left] = await tx
    .select({ people: countDistinct(transitions.customerId) })
    .from(transitions)
    .innerJoin(
      listings,
      and(eq(listings.workspaceId, workspaceId), eq(listings.customerId, transitions.customerId)),
    )
    .where(
      and(
        movesIn(tx, workspaceId, 'stage', { from, to }),
        eq(transitions.from, 'visitor'),
        lt(listings.createdAt, from),
      ),
    )
  return (came?.people ?? 0) - (left?.people ?? 0)
}

/** Who came into a stage in a period and is still there. */
export interface Arrivals {
  people: number
  /** What they have spent in the year before the end of the period. */
  spend: Money
}

/** Who came into which stage in a period and is still there, and what they spent in another one. */
export async function readArrivals(
  tx: ReadTx,
  workspaceId: string,
  period: Period,
  spent: Period,
  settings: Settings,
): Promise<Map<Stage, Arrivals>> {
  const { customers, orders, transitions } = tx.tables
  const arrived = tx
    .selectDistinct({ customerId: transitions.customerId, to: transitions.to })
    .from(transitions)
    .where(movesIn(tx, workspaceId, 'stage', period))
    .as('arrived')
  const isThere = and(
    livingCustomers(tx, workspaceId),
    eq(customers.id, arrived.customerId),
    eq(customers.stage, arrived.to),
  )
  const counted = await tx
    .select({ stage: customers.stage, people: count() })
    .from(arrived)
    .innerJoin(customers, isThere)
    .groupBy(customers.stage)
  const sums = await tx
    .select({ stage: customers.stage, currency: orders.currency, revenue: sumOf(netOf(tx)) })
    .from(arrived)
    .innerJoin(customers, isThere)
    .innerJoin(orders, and(isCountedIn(tx, workspaceId, spent), eq(orders.customerId, arrived.customerId)))
    .where(isBelieved(tx, settings.browserOrdersAreRevenue))
    .groupBy(customers.stage, orders.currency)
  const spend = moneyByStage(sums)
  return new Map(
    counted.map(({ stage, people }) => {
      const at = stageOf(stage)
      return [at, { people, spend: spend.get(at) ?? {} }] as const
    }),
  )
}

/** Who came into which stage in a period, the last one first: for shops in which everybody is known by name. */
export async function readArrived(tx: ReadTx, workspaceId: string, period: Period) {
  const { transitions } = tx.tables
  const rows = await tx
    .select({ id: transitions.customerId, to: transitions.to })
    .from(transitions)
    .where(movesIn(tx, workspaceId, 'stage', period))
    .orderBy(desc(transitions.at))
  return rows.map(({ id, to }) => ({ id, stage: stageOf(to) }))
}

interface NamedCustomer {
  id: string
  stage: Stage
  name: string
}

/** The customers of a small shop by name, who changed last first. */
export async function nameCustomers(tx: ReadTx, workspaceId: string, most: number): Promise<NamedCustomer[]> {
  const { customers } = tx.tables
  const trait = (name: string) => tx.dialect.jsonText(customers.state, ['traits', name])
  const rows = await tx
    .select({
      id: customers.id,
      stage: customers.stage,
      email: customers.email,
      userId: customers.userId,
      firstName: trait('firstName'),
      lastName: trait('lastName'),
      whole: trait('name'),
    })
    .from(customers)
    .where(livingCustomers(tx, workspaceId))
    .orderBy(desc(customers.updatedAt), desc(customers.id))
    .limit(most)
  return rows.map(({ id, stage, email, userId, firstName, lastName, whole }) => {
    const name = [firstName, lastName].filter(Boolean).join(' ') || whole || email || userId || id
    return { id, stage: stageOf(stage), name }
  })
}
