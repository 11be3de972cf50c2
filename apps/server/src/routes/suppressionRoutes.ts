import { EVENT_NAMES, normaliseEmail, ownEvent } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import { expectValid } from '../expectValid.ts'
import { erasedMark } from '../ingest/erasedNames.ts'
import type { Ingest } from '../ingest/ingest.ts'
import { readTextBody } from '../ingest/readBody.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { readIdentities } from '../store/queries/identities.ts'
import {
  findSuppression,
  pageOfSuppressions,
  removeSuppression,
  type ListedSuppression,
} from '../store/queries/suppressionList.ts'
import type { Store } from '../store/store.ts'
import { importSuppressions } from '../suppressions/importSuppressions.ts'
import { readSuppressionFile, type SuppressionFile } from '../suppressions/readSuppressionFile.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { bodyOf } from './bodyOf.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { describer, query } from './describeApi.ts'
import { presentSuppression } from './presentSuppression.ts'
import { streamOf } from './streamOf.ts'
import {
  NewSuppressionSchema,
  RemovalSchema,
  RemovedSchema,
  SuppressionExportQuerySchema,
  SuppressionImportQuerySchema,
  SuppressionImportSchema,
  SuppressionSchema,
  SuppressionsQuerySchema,
  SuppressionsSchema,
} from './suppressionSchemas.ts'
import { SUPPRESSION_FORMATS } from './writeSuppressions.ts'

const describe = describer('suppressions', 'The address is not on the list')

/** A hundred thousand rows with what servers said. */
const MOST_BYTES = 32 * 1024 * 1024
const MOST_ROWS = 200_000
const REFUSALS_TOLD = 100

const PlaceSchema = z.object({ at: z.int(), addressHash: z.string() })

function expectAddress(value: string): string {
  const address = normaliseEmail(value)
  if (address === undefined)
    throw new CicloError(
      'bad-request',
      `address: given "${value.slice(0, 200)}", expected one e-mail address`,
    )
  return address
}

async function readList(context: Context): Promise<SuppressionFile> {
  const { reason } = expectValid(SuppressionImportQuerySchema, context.req.query(), 'query')
  const text = await readTextBody(context.req.raw, MOST_BYTES)
  try {
    return readSuppressionFile(text, reason)
  } catch (cause) {
    throw new CicloError('bad-request', `The body is neither CSV nor JSON: ${(cause as Error).message}`, {
      cause,
    })
  }
}

/** What takes more than a wish to be undone, and why. */
const KEPT: Record<string, string> = {
  complaint: 'its owner has called a mail spam',
  erased: 'its owner was erased on request',
}

export interface SuppressionRoutesOptions {
  store: Store
  ingest: Ingest
  hashAddress: (workspaceId: string, address: string) => string
  now: () => number
  newId: () => string
}

/** The suppression list: to which addresses not everything is sent, and why. */
export function createSuppressionRoutes({
  store,
  ingest,
  hashAddress,
  now,
  newId,
}: SuppressionRoutesOptions) {
  const auditOf = (
    context: Context<ApiEnvironment>,
    action: 'suppression.added' | 'suppression.removed' | 'suppressions.imported' | 'suppressions.exported',
    details: Record<string, unknown>,
    subject?: string,
  ) => auditEntry(context, { now, newId }, { action, details, ...(subject ? { subject } : {}) })

  const found = async (workspaceId: string, address: string): Promise<ListedSuppression> => {
    const listed = await store.read(
      async (tx) =>
        (await findSuppression(tx, workspaceId, hashAddress(workspaceId, address))) ??
        (await findSuppression(tx, workspaceId, erasedMark(workspaceId, address, hashAddress))),
    )
    if (!listed) throw new CicloError('not-found', `The address ${address} is not on the list`)
    return listed
  }

  /** Who bounced may be written to again: the customer is told before the list, so that asked again it is done. */
  const restore = async (workspaceId: string, address: string): Promise<string | null> => {
    const owners = await store.read((tx) =>
      readIdentities(tx, workspaceId, [{ kind: 'email', value: address }]),
    )
    const [customerId] = owners.values()
    if (customerId === undefined) return null
    const input = ownEvent(`restored/${newId()}`, now(), EVENT_NAMES.emailAddressRestored, { address })
    await ingest.submit([{ workspaceId, customerId, input }])
    return customerId
  }

  return new Hono<ApiEnvironment>()
    .get(
      '/',
      describe('The list, the newest first; with `address` that one alone', SuppressionsSchema),
      query(SuppressionsQuerySchema),
      async (context) => {
        const { cursor, limit, reason, address } = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        if (address !== undefined) {
          const listed = await found(workspaceId, expectAddress(address))
          return context.json({ suppressions: [presentSuppression(listed)], next: null })
        }
        const after = decodeCursor(PlaceSchema, cursor)
        const listed = await store.read((tx) =>
          pageOfSuppressions(tx, workspaceId, { reason, after, limit: limit + 1 }),
        )
        const { rows, next } = pageOf(listed, limit, ({ at, addressHash }) => ({ at, addressHash }))
        return context.json({ suppressions: rows.map(presentSuppression), next })
      },
    )
    .post(
      '/',
      describe(
        'Puts an address on the list; a stronger reason that it has stays',
        SuppressionSchema,
        NewSuppressionSchema,
      ),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const given = await bodyOf(context, NewSuppressionSchema)
        const address = expectAddress(given.address)
        const addressHash = hashAddress(workspaceId, address)
        const { reason, because } = given
        const added = [{ address, reason, at: now(), detail: because }]
        const entry = auditOf(context, 'suppression.added', { reason, because }, addressHash)
        await importSuppressions({ store, hashAddress, now: now() }, workspaceId, added, (tx) =>
          insertAudit(tx, workspaceId, [entry]),
        )
        return context.json(presentSuppression(await found(workspaceId, address)))
      },
    )
    .post(
      '/remove',
      describe(
        'Takes an address off the list; `force` where its owner has complained or was erased',
        RemovedSchema,
        RemovalSchema,
      ),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const given = await bodyOf(context, RemovalSchema)
        const address = expectAddress(given.address)
        const listed = await found(workspaceId, address)
        const { addressHash, reason } = listed
        const kept = KEPT[reason]
        if (kept !== undefined && !given.force)
          throw new CicloError(
            'conflict',
            `The address ${address} is on the list since ${kept}, expected force: true from who answers for it`,
          )
        const customerId = reason === 'bounce' ? await restore(workspaceId, address) : null
        const left = await store.write(async (tx) => {
          const { because, force } = given
          const under = await removeSuppression(tx, workspaceId, listed, { force })
          const details = { reason, because, force, ...(under === null ? {} : { left: under }) }
          const entry = auditOf(context, 'suppression.removed', details, addressHash)
          await insertAudit(tx, workspaceId, [entry])
          return under
        })
        return context.json({ removed: presentSuppression(listed), customerId, left })
      },
    )
    .post(
      '/import',
      describe(
        `Adds a list: CSV by its heads, or JSON; ${MOST_ROWS} rows at most. With ?reason= for rows that do not say`,
        SuppressionImportSchema,
      ),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const { suppressions, refusals } = await readList(context)
        if (suppressions.length + refusals.length > MOST_ROWS)
          throw new CicloError(
            'too-large',
            `Given ${suppressions.length + refusals.length} rows, expected at most ${MOST_ROWS} at once`,
          )
        const byReason: Record<string, number> = {}
        for (const { reason } of suppressions) byReason[reason] = (byReason[reason] ?? 0) + 1
        const counts = { read: suppressions.length, byReason, refused: refusals.length }
        const entry = auditOf(context, 'suppressions.imported', counts)
        await importSuppressions({ store, hashAddress, now: now() }, workspaceId, suppressions, (tx) =>
          insertAudit(tx, workspaceId, [entry]),
        )
        return context.json({ ...counts, refusals: refusals.slice(0, REFUSALS_TOLD) })
      },
    )
    .get(
      '/export',
      describe('The whole list as CSV or as JSON lines', z.string()),
      query(SuppressionExportQuerySchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const { format } = context.req.valid('query')
        const { type, write } = SUPPRESSION_FORMATS[format]
        await store.write((tx) =>
          insertAudit(tx, workspaceId, [auditOf(context, 'suppressions.exported', { format })]),
        )
        return context.body(streamOf(write(store, workspaceId)), 200, { 'content-type': type })
      },
    )
}
