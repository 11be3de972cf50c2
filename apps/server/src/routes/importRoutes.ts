import { Hono } from 'hono'
import { z } from 'zod'
import { importItems, ImportedOrderSchema } from '../importOrders.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { bodyOf } from './bodyOf.ts'

const BodySchema = z.object({ orders: z.array(ImportedOrderSchema).max(500) })

/** The shop's past: orders in event time, for which nothing is mailed. */
export function createImportRoutes({ ingest, now }: { ingest: Ingest; now: () => number }) {
  return new Hono<ApiEnvironment>().post('/orders', async (context) => {
    const { orders } = await bodyOf(context, BodySchema, { whole: 'orders' })
    const verdicts = await ingest.submit(importItems(context.get('workspaceId'), orders, now()))
    const count = (wanted: string) => verdicts.filter((verdict) => verdict === wanted).length
    return context.json({
      applied: count('applied'),
      duplicate: count('duplicate'),
      parked: count('parked'),
      // Of customers who were erased: nothing of them is taken in again.
      erased: count('erased'),
    })
  })
}
