import type { BoughtOrder } from '@ciclo/engine'
import { and, eq } from 'drizzle-orm'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

type Row = ReadTx['tables']['orderLines']['$inferSelect']

/** What one event says was bought in an order. */
export interface OrderLines extends BoughtOrder {
  customerId: string
  at: number
  trusted: boolean
}

interface Known {
  /** When it was ordered, as far as anybody has said, and when what is known of it was told. */
  at: number
  toldAt: number
  trusted: boolean
}

/** The shop's own word overrules a browser's, and a newer one an older one. */
const overrules = (told: OrderLines, known: Known | undefined) =>
  known === undefined || (told.trusted === known.trusted ? told.at >= known.toldAt : told.trusted)

/** Keeps what was bought: of each order the newest word as a whole, in whatever order they are told. */
export async function saveOrderLines(
  tx: Tx,
  workspaceId: string,
  told: readonly OrderLines[],
): Promise<void> {
  if (told.length === 0) return
  const { orderLines } = tx.tables
  const ids = [...new Set(told.map(({ orderId }) => orderId))].toSorted()
  const rows = await tx.dialect.forUpdate(
    tx
      .select()
      .from(orderLines)
      .where(and(eq(orderLines.workspaceId, workspaceId), tx.dialect.isOneOf(orderLines.orderId, ids))),
  )
  const known = new Map<string, Known>(
    rows.map(({ orderId, at, toldAt, trusted }) => [orderId, { at, toldAt, trusted }]),
  )
  const next = new Map<string, Row[]>()
  for (const order of told) {
    const before = known.get(order.orderId)
    const at = Math.min(before?.at ?? order.at, order.at)
    if (overrules(order, before)) {
      const { orderId, customerId, trusted, at: toldAt } = order
      known.set(orderId, { at, toldAt, trusted })
      next.set(
        orderId,
        order.lines.map((line, place) => ({
          workspaceId,
          orderId,
          line: place,
          customerId,
          ...line,
          at,
          toldAt,
          trusted,
        })),
      )
    } else if (before && at < before.at) {
      // An older word says only when it was ordered.
      known.set(order.orderId, { ...before, at })
      const kept = next.get(order.orderId) ?? rows.filter(({ orderId }) => orderId === order.orderId)
      next.set(
        order.orderId,
        kept.map((row) => ({ ...row, at })),
      )
    }
  }
  const changed = [...next.keys()].toSorted()
  if (changed.length === 0) return
  await tx
    .delete(orderLines)
    .where(and(eq(orderLines.workspaceId, workspaceId), tx.dialect.isOneOf(orderLines.orderId, changed)))
  const lines = changed.flatMap((id) => next.get(id) ?? [])
  if (lines.length > 0) await insertRows(tx, orderLines, lines).onConflictDoNothing()
}
