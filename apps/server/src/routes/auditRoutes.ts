import { normaliseEmail } from '@ciclo/engine'
import { Hono } from 'hono'
import { z } from 'zod'
import type { HashText } from '../ingest/erasedNames.ts'
import { CicloError } from '../errors.ts'
import { pageOfAudit } from '../store/queries/audit.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { PageQuerySchema } from './apiSchemas.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { describer, query } from './describeApi.ts'

const AuditSchema = z.object({
  entries: z.array(
    z.object({
      id: z.string(),
      at: z.iso.datetime(),
      /** `key <prefix>` for a secret key, `cli` for the command line on the server's machine. */
      actor: z.string(),
      action: z.string(),
      /** Whom it concerns, as a keyed hash: of the address where there is one, as in the suppressions. */
      subject: z.string().nullable(),
      details: z.record(z.string(), z.unknown()),
    }),
  ),
  next: z.string().nullable(),
})
const AuditQuerySchema = PageQuerySchema.extend({ email: z.string().optional() })
const PlaceSchema = z.object({ at: z.int(), id: z.string() })

const describe = describer('audit', 'There is nothing')

/** Who did what to whose data. */
export function createAuditRoutes({ store, hash }: { store: Store; hash: HashText }) {
  return new Hono<ApiEnvironment>().get(
    '/',
    describe(
      'Who did what to whose data, newest first; with email, what concerned that address',
      AuditSchema,
    ),
    query(AuditQuerySchema),
    async (context) => {
      const { cursor, limit, email } = context.req.valid('query')
      const workspaceId = context.get('workspaceId')
      const address = normaliseEmail(email)
      if (email !== undefined && address === undefined)
        throw new CicloError('bad-request', 'email: expected an e-mail address')
      const subject = address === undefined ? undefined : hash(workspaceId, address)
      const after = decodeCursor(PlaceSchema, cursor)
      const found = await store.read((tx) =>
        pageOfAudit(tx, workspaceId, { subject, after, limit: limit + 1 }),
      )
      const { rows, next } = pageOf(found, limit, ({ at, id }) => ({ at, id }))
      return context.json({
        entries: rows.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() })),
        next,
      })
    },
  )
}
