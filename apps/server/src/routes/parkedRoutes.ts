import type { Input } from '@ciclo/engine'
import { Hono } from 'hono'
import { z } from 'zod'
import type { HashText } from '../ingest/erasedNames.ts'
import { parkedAudit, retryItems, type ParkedShell } from '../dataRights/retryParked.ts'
import { unparkCustomer } from '../dataRights/unparkCustomer.ts'
import { CicloError } from '../errors.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { IngestVerdict } from '../ingest/ingestItem.ts'
import type { RulesCache } from '../ingest/rulesCache.ts'
import { holdRules } from '../store/queries/holdRules.ts'
import { insertAudit } from '../store/queries/audit.ts'
import {
  deleteParked,
  pageOfParked,
  parkedOfCustomers,
  parkedUntil,
  readParked,
  type ParkedInput,
} from '../store/queries/parked.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { PageQuerySchema } from './apiSchemas.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { describer, query } from './describeApi.ts'
import { iso } from './iso.ts'

export interface ParkedRoutesOptions {
  store: Store
  ingest: Ingest
  rules: RulesCache
  hash: HashText
  now: () => number
  newId: () => string
  /** A customer is fed again: its mails and timers may be due. */
  onUnparked: () => void
}

const ITEMS_AT_ONCE = 500

const describe = describer('parked', 'Nothing is parked under this id')
const time = z.iso.datetime()

/** What an input is, without what it says. */
const SummarySchema = z.object({
  kind: z.enum(['event', 'wake']),
  type: z.string().nullable(),
  name: z.string().nullable(),
  source: z.string().nullable(),
  at: time,
  receivedAt: time,
})
const ParkedSchema = z.object({
  id: z.string(),
  customerId: z.string().nullable(),
  error: z.string(),
  /** When it failed last. */
  at: time,
  input: SummarySchema,
})
const ParkedPageSchema = z.object({ parked: z.array(ParkedSchema), next: z.string().nullable() })
const ParkedDetailSchema = ParkedSchema.extend({
  /** The whole event. */
  event: z.record(z.string(), z.unknown()).nullable(),
})
const RetrySchema = z.object({
  verdict: z.enum(['applied', 'duplicate', 'parked', 'refused', 'erased', 'claim-lost']),
  /** Why it is parked again. */
  error: z.string().nullable(),
})
const CountsSchema = z.object({
  tried: z.int(),
  applied: z.int(),
  parked: z.int(),
  next: z.string().nullable(),
})
const UnparkSchema = z.object({
  customerId: z.string(),
  /** Why the customer's history cannot be told anew; null where it is fed again. */
  error: z.string().nullable(),
  tried: z.int(),
  applied: z.int(),
  parked: z.int(),
})
const ListQuerySchema = PageQuerySchema.extend({ customerId: z.string().optional() })

const PlaceSchema = z.object({ at: z.int(), id: z.string() })
const RetryPlaceSchema = PlaceSchema.extend({ until: z.int() })

const summaryOf = (input: Input): z.infer<typeof SummarySchema> => ({
  kind: input.kind,
  type: input.kind === 'event' ? input.event.type : null,
  name: input.kind === 'event' ? (input.event.name ?? null) : null,
  source: input.kind === 'event' ? input.source : null,
  at: iso(input.at),
  receivedAt: iso(input.receivedAt),
})

const present = ({ id, customerId, error, at, input }: ParkedInput): z.infer<typeof ParkedSchema> => ({
  id,
  customerId,
  error,
  at: iso(at),
  input: summaryOf(input),
})

const missing = () => new CicloError('not-found', 'Nothing is parked under this id')
const count = (verdicts: readonly string[], wanted: string) =>
  verdicts.filter((verdict) => verdict === wanted).length

/** Inputs that could not be applied, and customers to whom nothing is applied any more: seen, tried again, dropped. */
export function createParkedRoutes(options: ParkedRoutesOptions) {
  const { store, ingest, rules, hash, now, newId, onUnparked } = options
  const shellOf = (context: { get(name: 'workspaceId' | 'actor'): string }): ParkedShell => ({
    workspaceId: context.get('workspaceId'),
    actor: context.get('actor'),
    now: now(),
    newId,
    hash,
  })
  /** In portions, so that a customer with a long queue does not fill that of everybody. */
  const retry = async (parked: readonly ParkedInput[], shell: ParkedShell) => {
    const items = retryItems(parked, shell)
    const verdicts: IngestVerdict[] = []
    for (let start = 0; start < items.length; start += ITEMS_AT_ONCE)
      verdicts.push(...(await ingest.submit(items.slice(start, start + ITEMS_AT_ONCE))))
    return verdicts
  }

  return new Hono<ApiEnvironment>()
    .get(
      '/parked',
      describe('Inputs that could not be applied, the last failure first', ParkedPageSchema),
      query(ListQuerySchema),
      async (context) => {
        const { customerId, cursor, limit } = context.req.valid('query')
        const after = decodeCursor(PlaceSchema, cursor)
        const found = await store.read((tx) =>
          pageOfParked(tx, context.get('workspaceId'), { customerId, after, limit: limit + 1 }),
        )
        const { rows, next } = pageOf(found, limit, ({ at, id }) => ({ at, id }))
        return context.json({ parked: rows.map(present), next })
      },
    )
    .post(
      '/parked/retry',
      describe('Tries a page of what is parked again, in the order in which it came', CountsSchema),
      query(PageQuerySchema),
      async (context) => {
        const { cursor, limit } = context.req.valid('query')
        const shell = shellOf(context)
        // What fails again is newer than `until`: it is not met twice.
        const place = decodeCursor(RetryPlaceSchema, cursor)
        const until = place?.until ?? shell.now
        const found = await store.read((tx) =>
          parkedUntil(tx, shell.workspaceId, { until, after: place, limit: limit + 1 }),
        )
        const { rows, next } = pageOf(found, limit, ({ at, id }) => ({ at, id, until }))
        const verdicts = await retry(rows, shell)
        const [applied, parked] = [count(verdicts, 'applied'), count(verdicts, 'parked')]
        return context.json({ tried: rows.length, applied, parked, next })
      },
    )
    .get(
      '/parked/:id',
      describe('One input that could not be applied', ParkedDetailSchema),
      async (context) => {
        const parked = await store.read((tx) =>
          readParked(tx, context.get('workspaceId'), context.req.param('id')),
        )
        if (!parked) throw missing()
        return context.json({
          ...present(parked),
          event: parked.input.kind === 'event' ? parked.input.event : null,
        })
      },
    )
    .post('/parked/:id/retry', describe('Tries it again', RetrySchema), async (context) => {
      const shell = shellOf(context)
      const id = context.req.param('id')
      const parked = await store.read((tx) => readParked(tx, shell.workspaceId, id))
      if (!parked) throw missing()
      const [verdict = 'applied'] = await retry([parked], shell)
      const again =
        verdict === 'parked' ? await store.read((tx) => readParked(tx, shell.workspaceId, id)) : undefined
      return context.json({ verdict, error: again?.error ?? null })
    })
    .delete('/parked/:id', describe('Drops it, for good', ParkedSchema), async (context) => {
      const shell = shellOf(context)
      const dropped = await store.write(async (tx) => {
        const parked = await readParked(tx, shell.workspaceId, context.req.param('id'))
        if (!parked) throw missing()
        await deleteParked(tx, shell.workspaceId, parked.id)
        await insertAudit(tx, shell.workspaceId, [parkedAudit(parked, 'parked.dropped', shell)])
        return parked
      })
      return context.json(present(dropped))
    })
    .post(
      '/customers/:id/unpark',
      describe("Tells a customer's history anew, and applies what is parked of it", UnparkSchema),
      async (context) => {
        const shell = shellOf(context)
        const unparked = await store.write(async (tx) => {
          await holdRules(tx, [shell.workspaceId], 'use')
          const rulesOf = await rules.rulesFor(tx, [shell.workspaceId])
          return await unparkCustomer(tx, context.req.param('id'), rulesOf(shell.workspaceId), shell)
        })
        if (!unparked) throw new CicloError('not-found', `There is no customer ${context.req.param('id')}`)
        const { customerId, memberIds, error } = unparked
        const answer = (tried: number, verdicts: readonly string[]) =>
          context.json({
            customerId,
            error,
            tried,
            applied: count(verdicts, 'applied'),
            parked: count(verdicts, 'parked'),
          })
        if (error !== null) return answer(0, [])
        const waiting = await store.read((tx) => parkedOfCustomers(tx, shell.workspaceId, memberIds))
        const verdicts = await retry(waiting, shell)
        onUnparked()
        return answer(waiting.length, verdicts)
      },
    )
}
