import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { importCodes } from '../coupons/importCodes.ts'
import { parseCodes, type ListedCode } from '../coupons/parseCodes.ts'
import { CicloError } from '../errors.ts'
import { expectValid } from '../expectValid.ts'
import { readTextBody } from '../ingest/readBody.ts'
import { parseJson } from '../parseJson.ts'
import { insertAudit } from '../store/queries/audit.ts'
import {
  deleteFreeCoupons,
  pageOfCoupons,
  readPools,
  type CouponPool,
  type CouponRow,
} from '../store/queries/coupons.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import {
  CodeImportSchema,
  CodesQuerySchema,
  CodesRequestSchema,
  CodesSchema,
  DeletedCodesSchema,
  PoolNameSchema,
  PoolsSchema,
} from './couponSchemas.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { describer, query } from './describeApi.ts'
import { iso, isoOrNull } from './iso.ts'

const describe = describer('coupons', 'There is no such pool')

const MOST_CODES = 100_000
/** So many of the longest codes, in JSON. */
const MOST_BYTES = 16 * 1024 * 1024
/** What one transaction removes. */
const CODES_AT_ONCE = 1_000

const present = ({ code, customerId, takenAt, createdAt }: CouponRow) => ({
  code,
  state: takenAt === null ? ('free' as const) : ('taken' as const),
  customerId,
  takenAt: isoOrNull(takenAt),
  createdAt: iso(createdAt),
})

function listOf(text: string): ListedCode[] {
  const body = parseJson(text)
  const { codes } = expectValid(CodesRequestSchema, Array.isArray(body) ? { codes: body } : body, 'body')
  return codes.map((code, place) => ({ line: place + 1, code }))
}

function linesOf(text: string): ListedCode[] {
  try {
    return parseCodes(text)
  } catch (cause) {
    throw new CicloError('bad-request', `The body is not CSV: ${(cause as Error).message}`, { cause })
  }
}

async function readCodes({ req }: Context): Promise<ListedCode[]> {
  const text = await readTextBody(req.raw, MOST_BYTES)
  // Many clients call JSON plain text, too.
  const type = req.header('content-type') ?? ''
  const isCsv = /^text\/csv\b/i.test(type) || (/^text\/plain\b/i.test(type) && !/^\s*[[{]/.test(text))
  const codes = isCsv ? linesOf(text) : listOf(text)
  if (codes.length > MOST_CODES)
    throw new CicloError('too-large', `Given ${codes.length} codes, expected at most ${MOST_CODES} at once`)
  return codes
}

export interface CouponRoutesOptions {
  store: Store
  now: () => number
  newId: () => string
}

/** Pools of coupon codes: imported by the shop, and given by journeys, each to one run only. */
export function createCouponRoutes({ store, now, newId }: CouponRoutesOptions) {
  const poolOf = async (workspaceId: string, pool: string): Promise<CouponPool> => {
    const [known] = await store.read((tx) => readPools(tx, workspaceId, pool))
    return known ?? { pool, free: 0, taken: 0 }
  }
  const found = async (workspaceId: string, pool: string): Promise<CouponPool> => {
    const known = await poolOf(workspaceId, pool)
    if (known.free + known.taken === 0) throw new CicloError('not-found', `There is no pool ${pool}`)
    return known
  }
  const audit = async (
    context: Context<ApiEnvironment>,
    action: 'coupons.imported' | 'coupons.deleted',
    details: Record<string, unknown>,
  ) => {
    const entry = auditEntry(context, { now, newId }, { action, details })
    await store.write((tx) => insertAudit(tx, context.get('workspaceId'), [entry]))
  }

  return new Hono<ApiEnvironment>()
    .get(
      '/',
      describe('Every pool, with how many of its codes are free and taken', PoolsSchema),
      async (context) =>
        context.json({ pools: await store.read((tx) => readPools(tx, context.get('workspaceId'))) }),
    )
    .post(
      '/:pool',
      describe(
        `Adds codes to a pool, new or not: as JSON, or as text/csv with one a line; ${MOST_CODES} at most`,
        CodeImportSchema,
        CodesRequestSchema,
      ),
      async (context) => {
        const pool = expectValid(PoolNameSchema, context.req.param('pool'), 'pool')
        const workspaceId = context.get('workspaceId')
        const codes = await readCodes(context)
        const { refusals, ...counts } = await importCodes(store, workspaceId, { pool, codes, now: now() })
        await audit(context, 'coupons.imported', { pool, ...counts })
        return context.json({ ...(await poolOf(workspaceId, pool)), ...counts, refusals })
      },
    )
    .get(
      '/:pool/codes',
      describe('The codes of a pool, and who has them, by the code', CodesSchema),
      query(CodesQuerySchema),
      async (context) => {
        const { cursor, limit, state } = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        const { pool } = await found(workspaceId, context.req.param('pool'))
        const after = decodeCursor(z.string(), cursor)
        const codes = await store.read((tx) =>
          pageOfCoupons(tx, workspaceId, { pool, state, after, limit: limit + 1 }),
        )
        const { rows, next } = pageOf(codes, limit, ({ code }) => code)
        return context.json({ codes: rows.map(present), next })
      },
    )
    .delete(
      '/:pool',
      describe('Deletes the free codes of a pool; those that somebody has stay', DeletedCodesSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const { pool } = await found(workspaceId, context.req.param('pool'))
        let deleted = 0
        for (let more = true; more;) {
          const removed = await store.write((tx) => deleteFreeCoupons(tx, workspaceId, pool, CODES_AT_ONCE))
          deleted += removed
          more = removed === CODES_AT_ONCE
        }
        await audit(context, 'coupons.deleted', { pool, deleted })
        return context.json({ ...(await poolOf(workspaceId, pool)), deleted })
      },
    )
}
