import { normaliseEmail } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { eraseCustomer, previewErasure, type Erasure } from '../dataRights/eraseCustomer.ts'
import { subjectHash } from '../dataRights/keyedHashes.ts'
import type { HashText } from '../ingest/erasedNames.ts'
import { CicloError } from '../errors.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { readNamedCustomers } from '../store/queries/erasure.ts'
import { findSubjects, type Wanted } from '../store/queries/subjects.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { bodyOf } from './bodyOf.ts'
import { describer, query } from './describeApi.ts'
import { ExportSchema } from './exportSchema.ts'
import { streamOf } from './streamOf.ts'
import { writeExport } from './writeExport.ts'

export interface DataRightsOptions {
  store: Store
  hash: HashText
  now: () => number
  newId: () => string
  /** Removes what the embedded mailbox keeps of these addresses; returns how many mails. */
  eraseMails: (addresses: readonly string[]) => Promise<number>
}

const describe = describer('data rights', 'Nothing is stored about this customer')

const flag = z.enum(['true', 'false']).default('false')
const NamesSchema = z.object({
  email: z.string().optional(),
  userId: z.string().optional(),
  id: z.string().optional(),
})
const ErasureRequestSchema = NamesSchema.extend({ dryRun: z.boolean().default(false) })

const ErasureSchema = z.object({
  /** Nothing was removed: these are the numbers of what would be. */
  dryRun: z.boolean(),
  /** Whose data it is: each has proven the address or userId, or only claims it. */
  customers: z.array(z.object({ id: z.string(), relation: z.enum(['proven', 'claimed']) })),
  /** Rows removed, by table. */
  removed: z.record(z.string(), z.int()),
  /** Ids of events received that became keyed hashes, so that the same events stay known. */
  receipts: z.int(),
  /** Customers who are somebody else, and lost what they said of the address. */
  others: z.int(),
  /** Keyed hashes of addresses and userIds that stay. */
  suppressed: z.int(),
  /** Mails removed from the embedded mailbox. */
  mails: z.int(),
  /** Whether the deleted bytes are gone from the database's files as well. */
  purged: z.boolean(),
})

function wantedOf({ email, userId, id }: z.infer<typeof NamesSchema>): Wanted {
  const given = [email, userId, id].filter((name) => name !== undefined)
  if (given.length !== 1) {
    throw new CicloError('bad-request', `Given ${given.length} names, expected one: email, userId or id`)
  }
  if (userId !== undefined) return { userId }
  if (id !== undefined) return { id }
  const address = normaliseEmail(email)
  if (address === undefined) throw new CicloError('bad-request', 'email: expected an e-mail address')
  return { email: address }
}

const present = (
  { subjects, removed, receipts, others, suppressed }: Erasure,
  done: { dryRun: boolean; mails: number; purged: boolean },
): z.infer<typeof ErasureSchema> => ({
  dryRun: done.dryRun,
  customers: subjects.map(({ id, relation }) => ({ id, relation })),
  removed,
  receipts,
  others,
  suppressed,
  mails: done.mails,
  purged: done.purged,
})

/** What is stored of one person: all of it as JSON (GDPR, articles 15 and 20), or removed (article 17). */
export function createDataRightsRoutes(options: DataRightsOptions) {
  const { store, hash, now, newId, eraseMails } = options

  const exportOf = async (context: Context<ApiEnvironment>, wanted: Wanted): Promise<Response> => {
    const workspaceId = context.get('workspaceId')
    const subjects = await store.write(async (tx) => {
      const found = await findSubjects(tx, workspaceId, wanted)
      if (found.length === 0) throw new CicloError('not-found', 'Nothing is stored about this customer')
      const [known] = await readNamedCustomers(
        tx,
        workspaceId,
        found.flatMap(({ id, relation }) => (relation === 'proven' ? [id] : [])),
      )
      await insertAudit(tx, workspaceId, [
        auditEntry(context, options, {
          action: 'customer.exported',
          subject: subjectHash(workspaceId, known?.email, wanted, hash),
          details: { customers: found.length },
        }),
      ])
      return found
    })
    return context.body(streamOf(writeExport({ store, workspaceId, hash }, subjects, now())), 200, {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="customer.json"',
      'cache-control': 'no-store',
    })
  }

  const erase = async (context: Context<ApiEnvironment>, wanted: Wanted, dryRun: boolean) => {
    const workspaceId = context.get('workspaceId')
    const expectKnown = (erasure: Erasure) => {
      // An address that nobody has is still remembered as erased: a backup or a list may bring it back.
      if ('id' in wanted && erasure.subjects.length === 0) {
        throw new CicloError('not-found', 'Nothing is stored about this customer')
      }
      return erasure
    }
    if (dryRun) {
      const erasure = expectKnown(await store.read((tx) => previewErasure(tx, workspaceId, wanted)))
      return context.json(present(erasure, { dryRun, mails: 0, purged: false }))
    }
    const shell = { hash, actor: context.get('actor'), now: now(), newId }
    const erasure = await store.write(async (tx) =>
      expectKnown(await eraseCustomer(tx, workspaceId, wanted, shell)),
    )
    const mails = await eraseMails(erasure.addresses)
    const purged = await store.purge()
    return context.json(present(erasure, { dryRun, mails, purged }))
  }

  return new Hono<ApiEnvironment>()
    .get(
      '/customers/:id/export',
      describe('Everything that is stored about one customer', ExportSchema),
      async (context) => await exportOf(context, { id: context.req.param('id') }),
    )
    .get(
      '/export',
      describe('Everything that is stored about whoever has or claims an e-mail or userId', ExportSchema),
      query(NamesSchema),
      async (context) => await exportOf(context, wantedOf(context.req.valid('query'))),
    )
    .delete(
      '/customers/:id',
      describe('Erases one customer, or with dryRun=true says what that would remove', ErasureSchema),
      query(z.object({ dryRun: flag })),
      async (context) =>
        await erase(context, { id: context.req.param('id') }, context.req.valid('query').dryRun === 'true'),
    )
    .post(
      '/erasures',
      describe('Erases whoever has or claims an e-mail or userId', ErasureSchema, ErasureRequestSchema),
      async (context) => {
        const request = await bodyOf(context, ErasureRequestSchema)
        return await erase(context, wantedOf(request), request.dryRun)
      },
    )
}
