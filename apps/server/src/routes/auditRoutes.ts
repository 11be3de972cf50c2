import { normaliseEmail } from '@ciclo/engine'
import { Hono } from 'hono'
import { z } from 'zod'
import type { HashText } from '../ingest/erasedNames.ts'
import { CicloError } from '../errors.ts'
import { pageOfAudit, type AuditEntry } from '../store/queries/audit.ts'
import { readPeople } from '../store/queries/people.ts'
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
      /**
       * `user <id>` for a person, `key <prefix>` for a secret key, `cli` for the command line on the server's machine,
       * `nobody` for who tried to sign in.
       */
      actor: z.string(),
      /** What a person is called, for as long as they work here. */
      actorName: z.string().nullable(),
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

const personIn = ({ actor }: AuditEntry): string[] =>
  actor.startsWith('user ') ? [actor.slice('user '.length)] : []

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
      const { found, names } = await store.read(async (tx) => {
        const entries = await pageOfAudit(tx, workspaceId, { subject, after, limit: limit + 1 })
        return { found: entries, names: await readPeople(tx, entries.flatMap(personIn)) }
      })
      const nameOf = (entry: AuditEntry) => names.get(personIn(entry)[0] ?? '') ?? null
      const { rows, next } = pageOf(found, limit, ({ at, id }) => ({ at, id }))
      return context.json({
        entries: rows.map((entry) => ({
          ...entry,
          at: new Date(entry.at).toISOString(),
          actorName: nameOf(entry),
        })),
        next,
      })
    },
  )
}
