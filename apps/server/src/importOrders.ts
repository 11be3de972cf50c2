import type { EventInput } from '@ciclo/engine'
import { z } from 'zod'
import type { IngestItem } from './ingest/ingestItem.ts'

/** One past order, as the import reads it from a file. Time is epoch milliseconds; the total a decimal, as written. */
export const ImportedOrderSchema = z
  .object({
    orderId: z.string().min(1).max(200),
    at: z.number().int(),
    total: z.string(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
    userId: z.string().min(1).max(512).optional(),
    email: z.string().min(3).max(254).optional(),
  })
  .refine(({ userId, email }) => userId !== undefined || email !== undefined, {
    message: 'expected a userId or an e-mail address',
  })

export type ImportedOrder = z.infer<typeof ImportedOrderSchema>

/** Import events carry their order's id, so that the same file twice is the same orders once. */
export function importItems(
  workspaceId: string,
  orders: readonly ImportedOrder[],
  receivedAt: number,
): IngestItem[] {
  return orders.map(({ orderId, at, total, currency, userId, email }) => {
    const input: EventInput = {
      kind: 'event',
      id: `import/order/${orderId}`,
      at: Math.min(at, receivedAt),
      receivedAt,
      source: 'import',
      event: {
        type: 'track',
        name: 'Order Completed',
        ...(userId === undefined ? {} : { userId }),
        properties: { order_id: orderId, total, ...(currency ? { currency } : {}) },
        traits: email === undefined ? {} : { email },
        context: {},
      },
    }
    return { workspaceId, input }
  })
}
