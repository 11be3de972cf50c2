import { Hono } from 'hono'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import { EXPORTED } from '../exports/exported.ts'
import { writeExported } from '../exports/writeExported.ts'
import { insertAudit } from '../store/queries/audit.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { describer, query } from './describeApi.ts'
import { streamOf } from './streamOf.ts'

const describe = describer('export', 'There is nothing of that name')

const ExportQuerySchema = z.object({
  /** `json`: an object on each line. */
  format: z
    .enum(['csv', 'json', 'jsonl'])
    .default('csv')
    .transform((format) => (format === 'csv' ? format : ('jsonl' as const))),
})

const TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/x-ndjson; charset=utf-8',
} as const

/** Everything that a workspace has, to be taken elsewhere: a file for each kind of thing. */
export function createExportRoutes({
  store,
  now,
  newId,
}: {
  store: Store
  now: () => number
  newId: () => string
}) {
  return new Hono<ApiEnvironment>().get(
    '/:what',
    describe(`Everything of one kind as CSV or as JSON lines: ${EXPORTED.join(', ')}`, z.string()),
    query(ExportQuerySchema),
    async (context) => {
      const workspaceId = context.get('workspaceId')
      const { format } = context.req.valid('query')
      const given = context.req.param('what')
      const what = EXPORTED.find((one) => one === given)
      if (!what) throw new CicloError('not-found', `Given ${given}, expected one of ${EXPORTED.join(', ')}`)
      const pieces = writeExported(store, workspaceId, what, format)
      await store.write((tx) =>
        insertAudit(tx, workspaceId, [
          auditEntry(context, { now, newId }, { action: 'data.exported', details: { what, format } }),
        ]),
      )
      return context.body(streamOf(pieces), 200, {
        'content-type': TYPES[format],
        'content-disposition': `attachment; filename="${what}.${format}"`,
        'cache-control': 'no-store',
      })
    },
  )
}
