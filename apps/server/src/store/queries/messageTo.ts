import type { Purpose } from '@ciclo/engine'
import { and, desc, eq, gt } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import type { OutboxMessage } from './messages.ts'

/** The last message that was given to a server for an address. */
export async function readLastMessageTo(
  tx: ReadTx,
  workspaceId: string,
  address: string,
): Promise<OutboxMessage | undefined> {
  const { messages } = tx.tables
  const [row] = await tx
    .select()
    .from(messages)
    .where(
      and(eq(messages.workspaceId, workspaceId), eq(messages.address, address), gt(messages.attempts, 0)),
    )
    .orderBy(desc(messages.createdAt))
    .limit(1)
  return row && { ...row, purpose: row.purpose as Purpose }
}
