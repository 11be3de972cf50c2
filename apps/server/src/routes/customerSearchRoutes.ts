import { Hono } from 'hono'
import { z } from 'zod'
import { countInList, findInList } from '../customerList/findInList.ts'
import { CicloError } from '../errors.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { MOST_COUNTED } from '../store/queries/customerSearch.ts'
import { readSegment } from '../store/queries/segments.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import {
  CustomerCountSchema,
  CustomerFilterSchema,
  CustomerListSchema,
  CustomerSearchQuerySchema,
} from './customerSearchSchemas.ts'
import { describer, query } from './describeApi.ts'
import { presentListed } from './presentListed.ts'
import { streamOf } from './streamOf.ts'
import { writeList } from './writeList.ts'

const describe = describer('customers', 'There is no such segment')

const ListPlaceSchema = z.object({ at: z.int(), id: z.string() })

export interface CustomerSearchRoutesOptions {
  store: Store
  insight: InsightRunner
  now: () => number
  newId: () => string
}

/** The list of customers: filtered, sorted, counted and exported. */
export function createCustomerSearchRoutes({ store, insight, now, newId }: CustomerSearchRoutesOptions) {
  const expectSegment = async (workspaceId: string, segment: string | undefined) => {
    if (segment === undefined) return
    if (!(await store.read((tx) => readSegment(tx, workspaceId, segment))))
      throw new CicloError('not-found', `There is no segment ${segment}`)
  }

  return new Hono<ApiEnvironment>()
    .get(
      '/',
      describe('The customers who are looked for, in the order that is asked for', CustomerListSchema),
      query(CustomerSearchQuerySchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const { sort, cursor, limit, ...filter } = context.req.valid('query')
        const after = decodeCursor(ListPlaceSchema, cursor)
        await expectSegment(workspaceId, filter.segment)
        const { places, listed } = await findInList(
          { store, insight, signal: context.req.raw.signal },
          { workspaceId, filter, sort, after, limit: limit + 1 },
        )
        const { rows, next } = pageOf(places, limit, (place) => place)
        const shown = new Set(rows.map(({ id }) => id))
        return context.json({
          customers: listed.filter(({ customer }) => shown.has(customer.id)).map(presentListed),
          next,
        })
      },
    )
    .get(
      '/count',
      describe('How many customers are looked for: exactly up to 10,000', CustomerCountSchema),
      query(CustomerFilterSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const filter = context.req.valid('query')
        await expectSegment(workspaceId, filter.segment)
        const found = await countInList(
          { store, insight, signal: context.req.raw.signal },
          workspaceId,
          filter,
        )
        return context.json({ customers: Math.min(found, MOST_COUNTED), isMore: found > MOST_COUNTED })
      },
    )
    .get(
      // `/customers/:id/export` is what is kept of one customer.
      '/csv',
      describe('Everybody who is looked for, as CSV', z.string()),
      query(CustomerFilterSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const filter = context.req.valid('query')
        await expectSegment(workspaceId, filter.segment)
        // What was typed may name somebody who has to be forgotten.
        const { text, ...details } = filter
        await store.write((tx) =>
          insertAudit(tx, workspaceId, [
            auditEntry(
              context,
              { now, newId },
              { action: 'customers.exported', details: { ...details, hasText: text !== undefined } },
            ),
          ]),
        )
        return context.body(streamOf(writeList({ store, insight }, { workspaceId, filter })), 200, {
          'content-type': 'text/csv; charset=utf-8; header=present',
          'content-disposition': 'attachment; filename="customers.csv"',
          'cache-control': 'no-store',
        })
      },
    )
}
