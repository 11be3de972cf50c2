import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import { makeKey, type Keys } from '../keys.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { insertKey, readKeys, revokeKey, type ShownKey } from '../store/queries/keys.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { bodyOf } from './bodyOf.ts'
import { describer } from './describeApi.ts'
import { iso } from './iso.ts'

const describe = describer('keys', 'There is no such key, or it was revoked before')

const KeySchema = z.object({
  id: z.string(),
  /** A write key only sends events, and stands in the shop's pages; a secret key opens the API. */
  kind: z.enum(['write', 'secret']),
  /** How the key begins. */
  prefix: z.string(),
  createdAt: z.iso.datetime(),
})
const KeysSchema = z.object({ keys: z.array(KeySchema) })
const MadeKeySchema = KeySchema.extend({ key: z.string().describe('Shown this once, and kept nowhere') })
const RevokedKeySchema = z.object({ revoked: z.string() })
const KeyRequestSchema = z.strictObject({ kind: z.enum(['write', 'secret']) })

const present = ({ id, kind, prefix, createdAt }: ShownKey) => ({
  id,
  kind,
  prefix,
  createdAt: iso(createdAt),
})

export interface KeyRoutesOptions {
  store: Store
  secret: string
  keys: Pick<Keys, 'forget'>
  now: () => number
  newId: () => string
}

/** The keys of the workspace: listed by how they begin, made, and revoked. */
export function createKeyRoutes({ store, secret, keys, now, newId }: KeyRoutesOptions) {
  const auditOf = (context: Context<ApiEnvironment>, action: string, { kind, prefix }: ShownKey) =>
    auditEntry(context, { now, newId }, { action, details: { kind, prefix } })

  return new Hono<ApiEnvironment>()
    .get('/', describe('The keys that work', KeysSchema), async (context) => {
      const found = await store.read((tx) => readKeys(tx, context.get('workspaceId')))
      return context.json({ keys: found.map(present) })
    })
    .post(
      '/',
      describe('Makes a key, and shows it this once', MadeKeySchema, KeyRequestSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const { kind } = await bodyOf(context, KeyRequestSchema)
        const { key, record } = makeKey(secret, kind)
        const made = { ...record, createdAt: now() }
        await store.write(async (tx) => {
          await insertKey(tx, workspaceId, record, made.createdAt)
          await insertAudit(tx, workspaceId, [auditOf(context, 'key.made', made)])
        })
        return context.json({ ...present(made), key })
      },
    )
    .delete(
      '/:id',
      describe(
        'Revokes a key: other processes of the installation take it for up to 10 s more',
        RevokedKeySchema,
      ),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const id = context.req.param('id')
        const revoked = await store.write(async (tx) => {
          const key = await revokeKey(tx, workspaceId, id, now())
          if (!key) throw new CicloError('not-found', `There is no key ${id}, or it was revoked before`)
          await insertAudit(tx, workspaceId, [auditOf(context, 'key.revoked', key)])
          return key
        })
        keys.forget(revoked.id)
        return context.json({ revoked: revoked.id })
      },
    )
}
