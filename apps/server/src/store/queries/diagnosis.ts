import { eq, inArray, max } from 'drizzle-orm'
import type { Source } from '@ciclo/engine'
import type { ReadTx } from '../store.ts'

export interface Lease {
  holder: string
  /** Epoch milliseconds. */
  until: number
}

/** Who runs the loops, or ran them last. */
export async function readLease(tx: ReadTx, name: string): Promise<Lease | undefined> {
  const { leases } = tx.tables
  const [row] = await tx
    .select({ holder: leases.holder, until: leases.until })
    .from(leases)
    .where(eq(leases.name, name))
  return row
}

/** When the newest event of each source arrived, epoch milliseconds. Reads every event: not for a running server. */
export async function lastEvents(tx: ReadTx): Promise<Map<Source, number>> {
  const { events } = tx.tables
  const rows = await tx
    .select({ source: events.source, at: max(events.receivedAt) })
    .from(events)
    .where(inArray(events.source, ['secret', 'public', 'import']))
    .groupBy(events.source)
  return new Map(rows.flatMap(({ source, at }) => (at === null ? [] : [[source, at] as const])))
}

export async function workspaceIds(tx: ReadTx): Promise<string[]> {
  const { workspaces } = tx.tables
  return (await tx.select({ id: workspaces.id }).from(workspaces).orderBy(workspaces.createdAt)).map(
    ({ id }) => id,
  )
}
