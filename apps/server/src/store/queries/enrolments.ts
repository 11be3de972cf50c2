import type { Enrolment } from '@ciclo/engine'
import { and, eq } from 'drizzle-orm'
import { excluded } from '../excluded.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

export interface CustomerEnrolment extends Enrolment {
  customerId: string
}

interface Snapshot {
  value: unknown
  visits: Record<string, number>
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
  return rows.map(({ workspaceId: _workspace, status: _status, snapshot, ...enrolment }) => ({
    ...enrolment,
    ...(snapshot as Snapshot),
  }))
}

export async function saveEnrolments(
  tx: Tx,
  workspaceId: string,
  saved: readonly CustomerEnrolment[],
): Promise<void> {
  const { enrolments } = tx.tables
  const rows = saved
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ value, visits, ...enrolment }) => ({
      workspaceId,
      ...enrolment,
      status: enrolment.endedAt === null ? ('running' as const) : ('ended' as const),
      snapshot: { value, visits },
    }))
  if (rows.length === 0) return
  await insertRows(tx, enrolments, rows).onConflictDoUpdate({
    target: [enrolments.workspaceId, enrolments.id],
    set: {
      status: excluded(enrolments.status),
      endReason: excluded(enrolments.endReason),
      snapshot: excluded(enrolments.snapshot),
      endedAt: excluded(enrolments.endedAt),
    },
  })
}
