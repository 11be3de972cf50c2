import { NO_FACTS, type EndReason, type Enrolment } from '@ciclo/engine'
import { and, eq } from 'drizzle-orm'
import { excluded } from '../excluded.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

export interface CustomerEnrolment extends Enrolment {
  customerId: string
}

/** What of a run has no column of its own. Older versions knew no more than value and visits. */
type Snapshot = Pick<Enrolment, 'value' | 'visits'> &
  Partial<Pick<Enrolment, 'since' | 'facts' | 'coupon' | 'unsent' | 'held'>>
type EnrolmentRow = ReadTx['tables']['enrolments']['$inferSelect']

export function enrolmentOf(row: EnrolmentRow): CustomerEnrolment {
  const { id, customerId, journeyId, version, causeId, key, startedAt, endedAt, goalAt } = row
  const { value, visits, since, facts, coupon, unsent, held } = row.snapshot as Snapshot
  return {
    id,
    customerId,
    journeyId,
    version,
    causeId,
    key,
    startedAt,
    endedAt,
    endReason: row.endReason as EndReason | null,
    goalAt,
    value,
    since: since ?? startedAt,
    visits,
    facts: facts ?? NO_FACTS,
    coupon: coupon ?? null,
    unsent: unsent ?? null,
    held: held ?? null,
  }
}

export async function readRunningEnrolments(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<CustomerEnrolment[]> {
  const { enrolments } = tx.tables
  if (customerIds.length === 0) return []
  const rows = await tx
    .select()
    .from(enrolments)
    .where(
      and(
        eq(enrolments.workspaceId, workspaceId),
        tx.dialect.isOneOf(enrolments.customerId, customerIds),
        eq(enrolments.status, 'running'),
      ),
    )
  return rows.map(enrolmentOf)
}

/** How runs among these have ended, by their ids. */
export async function readEnds(
  tx: ReadTx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, EndReason | null>> {
  const { enrolments } = tx.tables
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select({ id: enrolments.id, endReason: enrolments.endReason })
    .from(enrolments)
    .where(and(eq(enrolments.workspaceId, workspaceId), tx.dialect.isOneOf(enrolments.id, ids)))
  return new Map(rows.map(({ id, endReason }) => [id, endReason as EndReason | null]))
}

export async function saveEnrolments(
  tx: Tx,
  workspaceId: string,
  saved: readonly CustomerEnrolment[],
): Promise<void> {
  const { enrolments } = tx.tables
  const rows = saved
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ value, visits, since, facts, coupon, unsent, held, ...enrolment }) => ({
      workspaceId,
      ...enrolment,
      status: enrolment.endedAt === null ? ('running' as const) : ('ended' as const),
      step: value,
      heldSince: held?.dueAt ?? null,
      snapshot: { value, visits, since, facts, coupon, unsent, held } satisfies Snapshot,
    }))
  if (rows.length === 0) return
  await insertRows(tx, enrolments, rows).onConflictDoUpdate({
    target: [enrolments.workspaceId, enrolments.id],
    set: {
      status: excluded(enrolments.status),
      endReason: excluded(enrolments.endReason),
      version: excluded(enrolments.version),
      step: excluded(enrolments.step),
      heldSince: excluded(enrolments.heldSince),
      goalAt: excluded(enrolments.goalAt),
      snapshot: excluded(enrolments.snapshot),
      endedAt: excluded(enrolments.endedAt),
    },
  })
}
