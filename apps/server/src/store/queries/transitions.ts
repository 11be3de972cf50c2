import { REGIONS, type Transition, type TransitionReason } from '@ciclo/engine'
import { and, desc, eq, inArray, lt, max } from 'drizzle-orm'
import { behind } from '../behind.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

export interface CustomerTransition extends Transition {
  customerId: string
  /** Its place among the customer's transitions, from 0. */
  position: number
  /** Written by a rebuild, not when it happened. */
  rebuilt: boolean
}

type Row = ReadTx['tables']['transitions']['$inferSelect']

const toTransition = (row: Row): CustomerTransition => ({
  ...row,
  region: row.region as Transition['region'],
  reason: row.reason as TransitionReason,
})

export async function insertTransitions(
  tx: Tx,
  workspaceId: string,
  added: readonly CustomerTransition[],
): Promise<void> {
  const rows = added.map((transition) => ({ workspaceId, ...transition }))
  if (rows.length > 0) await insertRows(tx, tx.tables.transitions, rows)
}

export async function deleteTransitions(
  tx: Tx,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<void> {
  const { transitions } = tx.tables
  await tx
    .delete(transitions)
    .where(
      and(eq(transitions.workspaceId, workspaceId), tx.dialect.isOneOf(transitions.customerId, customerIds)),
    )
}

/** One page of a customer's transitions, newest first. */
export async function pageOfTransitions(
  tx: ReadTx,
  workspaceId: string,
  customerId: string,
  before: number | undefined,
  limit: number,
): Promise<CustomerTransition[]> {
  const { transitions } = tx.tables
  const rows = await tx
    .select()
    .from(transitions)
    .where(
      and(
        eq(transitions.workspaceId, workspaceId),
        eq(transitions.customerId, customerId),
        before === undefined ? undefined : lt(transitions.position, before),
      ),
    )
    .orderBy(desc(transitions.position))
    .limit(limit)
  return rows.map(toTransition)
}

/** The newest transitions of a customer behind a place in time: all of them are one range of the key, and few. */
export async function transitionsBehind(
  tx: ReadTx,
  workspaceId: string,
  customerId: string,
  place: { at: number; id: number } | undefined,
  limit: number,
): Promise<CustomerTransition[]> {
  const { transitions } = tx.tables
  const rows = await tx
    .select()
    .from(transitions)
    .where(
      and(
        eq(transitions.workspaceId, workspaceId),
        eq(transitions.customerId, customerId),
        place && behind('descending', [transitions.at, place.at], [transitions.position, place.id]),
      ),
    )
    .orderBy(desc(transitions.at), desc(transitions.position))
    .limit(limit)
  return rows.map(toTransition)
}

/** The regions of which a customer always has one state; being in a segment is told by the segments. */
const STATE_REGIONS: readonly string[] = [...REGIONS, 'rfm']

/** The last transition of each region of a customer. Its transitions are one range of the key, read once. */
export async function lastTransitions(
  tx: ReadTx,
  workspaceId: string,
  customerId: string,
): Promise<CustomerTransition[]> {
  const { transitions } = tx.tables
  const ofCustomer = and(eq(transitions.workspaceId, workspaceId), eq(transitions.customerId, customerId))
  const positions = tx
    .select({ position: max(transitions.position) })
    .from(transitions)
    .where(and(ofCustomer, inArray(transitions.region, [...STATE_REGIONS])))
    .groupBy(transitions.region)
  const rows = await tx
    .select()
    .from(transitions)
    .where(and(ofCustomer, inArray(transitions.position, positions)))
  return rows.map(toTransition)
}
