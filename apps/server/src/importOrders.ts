import { normaliseEmail, type EventInput, OWN_ID_PREFIX } from '@ciclo/engine'
import { z } from 'zod'
import type { IngestItem } from './ingest/ingestItem.ts'

/** PostgreSQL keeps neither NUL nor half a surrogate pair. */
const text = (minimum: number, maximum: number) =>
  z
    .string()
    .min(minimum)
    .max(maximum)
    .refine((value) => !value.includes('\u0000') && value.isWellFormed(), {
      message: 'expected text without NUL or lone surrogates',
    })

/** The range of a JavaScript date. */
const LATEST = 8.64e15

/**
 * One past order, as the import reads it from a file. Time is epoch milliseconds; the total a decimal with a dot, as
 * written, since a number could not say 0.1.
 */
export const ImportedOrderSchema = z
  .object({
    orderId: text(1, 200),
    at: z.number().int().min(-LATEST).max(LATEST),
    total: z.string().regex(/^\d{1,12}(\.\d{1,10})?$/, { message: 'expected a decimal such as "1234.50"' }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
    userId: text(1, 512).optional(),
    email: text(3, 254).optional(),
  })
  .refine(({ userId, email }) => userId !== undefined || normaliseEmail(email) !== undefined, {
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
      id: `${OWN_ID_PREFIX}import/order/${orderId}`,
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
