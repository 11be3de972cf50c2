import type { Enrolment } from '@ciclo/engine'
import { and, eq, inArray } from 'drizzle-orm'
import { excluded } from '../excluded.ts'
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
  const found: CustomerEnrolment[] = []
  for (const chunk of tx.dialect.inChunks(customerIds, 1)) {
    const rows = await tx
      .select()
      .from(enrolments)
      .where(
        and(
          eq(enrolments.workspaceId, workspaceId),
          inArray(enrolments.customerId, chunk),
          eq(enrolments.status, 'running'),
        ),
      )
    for (const { workspaceId: _workspace, status: _status, snapshot, ...enrolment } of rows) {
      found.push({ ...enrolment, ...(snapshot as Snapshot) })
    }
  }
  return found
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
  for (const chunk of tx.dialect.inChunks(rows, 11)) {
    await tx
      .insert(enrolments)
      .values(chunk)
      .onConflictDoUpdate({
        target: [enrolments.workspaceId, enrolments.id],
        set: {
          status: excluded(enrolments.status),
          endReason: excluded(enrolments.endReason),
          snapshot: excluded(enrolments.snapshot),
          endedAt: excluded(enrolments.endedAt),
        },
      })
  }
}
