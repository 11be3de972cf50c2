import { Hono } from 'hono'
import { importItems } from '../importOrders.ts'
import { guessColumns } from '../imports/guessColumns.ts'
import { customerItems } from '../imports/importCustomers.ts'
import { FIELDS, SYNONYMS } from '../imports/orderColumns.ts'
import { CUSTOMER_SYNONYMS, readCustomer } from '../imports/readCustomer.ts'
import { readOrder } from '../imports/readOrder.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { IngestItem, IngestVerdict } from '../ingest/ingestItem.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { bodyOf } from './bodyOf.ts'
import { describer } from './describeApi.ts'
import {
  ColumnsRequestSchema,
  ColumnsSchema,
  ImportedSchema,
  ImportRequestSchema,
  RowsRequestSchema,
  RowsSchema,
} from './importSchemas.ts'

const describe = describer('import', 'There is nothing')

const NEEDED = { orders: ['order_id', 'date', 'total'], customers: [] } as const

const COLUMNS = Object.fromEntries(FIELDS.map((field, place) => [field, place]))

/** What became of the rows, of which each is one event or several: a row is applied where any of its events was. */
function countRows(verdicts: readonly IngestVerdict[], widths: readonly number[]) {
  const counts = { applied: 0, duplicate: 0, parked: 0, erased: 0 }
  let place = 0
  for (const width of widths) {
    const own = verdicts.slice(place, (place += width))
    if (own.includes('parked')) counts.parked += 1
    else if (own.includes('erased')) counts.erased += 1
    else if (own.includes('applied')) counts.applied += 1
    else counts.duplicate += 1
  }
  return counts
}

/** The shop's past: orders in event time and customers, for which nothing is mailed. */
export function createImportRoutes({ ingest, now }: { ingest: Ingest; now: () => number }) {
  const submit = async (rows: readonly IngestItem[][]) => {
    const verdicts = await ingest.submit(rows.flat())
    return countRows(
      verdicts,
      rows.map(({ length }) => length),
    )
  }

  return new Hono<ApiEnvironment>()
    .post(
      '/orders',
      describe('Imports past orders; at most 500 at a time', ImportedSchema, ImportRequestSchema),
      async (context) => {
        const { orders } = await bodyOf(context, ImportRequestSchema, { whole: 'orders' })
        const items = importItems(context.get('workspaceId'), orders, now())
        return context.json(await submit(items.map((item) => [item])))
      },
    )
    .post(
      '/columns',
      describe('Which column of a file holds what, by its header', ColumnsSchema, ColumnsRequestSchema),
      async (context) => {
        const { kind, header } = await bodyOf(context, ColumnsRequestSchema)
        const guesses: Record<string, number | null> =
          kind === 'orders' ? guessColumns(header, SYNONYMS) : guessColumns(header, CUSTOMER_SYNONYMS)
        const needed: readonly string[] = NEEDED[kind]
        const fields = Object.entries(guesses).map(([field, column]) => ({
          field,
          column,
          isNeeded: needed.includes(field),
        }))
        return context.json({ fields })
      },
    )
    .post(
      '/rows',
      describe(
        'Imports rows of a file of orders or customers, or says which of them it would refuse',
        RowsSchema,
        RowsRequestSchema,
      ),
      async (context) => {
        const { kind, dryRun, currency, rows } = await bodyOf(context, RowsRequestSchema)
        const workspaceId = context.get('workspaceId')
        const items: IngestItem[][] = []
        const refused: { row: number; reason: string }[] = []
        for (const { row, cells } of rows) {
          if (kind === 'orders') {
            const read = readOrder(
              FIELDS.map((field) => cells[field] ?? ''),
              COLUMNS,
              currency,
            )
            if (read.ok) items.push(importItems(workspaceId, [read.order], now()))
            else refused.push({ row, reason: read.reason })
          } else {
            const read = readCustomer(cells)
            if (read.ok) items.push(customerItems(workspaceId, read.customer, now()))
            else refused.push({ row, reason: read.reason })
          }
        }
        const done = dryRun ? { applied: 0, duplicate: 0, parked: 0, erased: 0 } : await submit(items)
        return context.json({ dryRun, read: items.length, refused, ...done })
      },
    )
}
