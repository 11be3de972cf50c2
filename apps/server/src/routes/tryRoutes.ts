import { DAY, DurationSchema, EVENT_NAMES, normaliseEmail, ownEvent, type EventInput } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import type { z } from 'zod'
import { CicloError } from '../errors.ts'
import { readWireEvent } from '../ingest/wireEvent.ts'
import { parseInstant } from '../ingest/parseInstant.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import { invalidJourney, readDefinition } from '../journeys/readDefinition.ts'
import type { TryWanted } from '../journeys/tryJourney.ts'
import { suppressionHashesOf, type HashAddress } from '../sending/policyFactsOf.ts'
import { readCustomer } from '../store/queries/customers.ts'
import { readSettings } from '../store/queries/settings.ts'
import { readSuppressed } from '../store/queries/suppressions.ts'
import type { ReadTx, Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { bodyOf } from './bodyOf.ts'
import { describer, query } from './describeApi.ts'
import { presentTry } from './presentTry.ts'
import { LocaleQuerySchema, reasonLanguage } from './reasonLanguage.ts'
import { TryRequestSchema, TrySchema } from './trySchemas.ts'

const describe = describer('journeys', 'There is no such customer')

const LONGEST = 2 * 365 * DAY
/** A try takes some milliseconds; what takes longer goes round in circles. */
const TIME_LIMIT = 20_000

type Request = z.infer<typeof TryRequestSchema>

function instantOf(text: string, begin: number | undefined, place: string): number {
  const after = begin === undefined ? undefined : DurationSchema.safeParse(text)
  const at = begin !== undefined && after?.success ? begin + after.data : parseInstant(text)
  if (at !== undefined) return at
  const more = begin === undefined ? '' : ', or how long after the beginning, such as 3d'
  throw new CicloError('bad-request', `${place}: given "${text}", expected a time of ISO 8601${more}`)
}

function periodOf({ begin: given, until: text }: Request, now: number): { begin: number; until: number } {
  const begin = given === undefined ? now : instantOf(given, undefined, 'begin')
  const until = instantOf(text, begin, 'until')
  if (until < begin)
    throw new CicloError('bad-request', `until: given "${text}", expected a time after the beginning`)
  if (until - begin > LONGEST)
    throw new CicloError('bad-request', `until: given "${text}", expected at most two years`)
  return { begin, until }
}

/** What happens, as the engine takes it. An error names the action. */
function inputsOf({ actions }: Request, journey: string, begin: number): EventInput[] {
  return actions.map((action, index) => {
    const place = `actions.${index}`
    const at = instantOf(action.at, begin, `${place}.at`)
    if (at < begin)
      throw new CicloError('bad-request', `${place}.at: given "${action.at}", expected no time before begin`)
    // In the order in which they are given, where several happen at once.
    const name = `try-${String(index).padStart(3, '0')}`
    if (!action.event) {
      const properties = { journey, because: 'api' }
      return ownEvent(`journey-request/${name}`, at, EVENT_NAMES.journeyRequested, properties)
    }
    const read = readWireEvent(
      // Of the one customer that is tried with, whoever else it names.
      { anonymousId: 'try', ...action.event },
      {
        source: action.from === 'server' ? 'secret' : 'public',
        receivedAt: at,
        sentAt: undefined,
        context: {},
        newMessageId: () => name,
      },
    )
    if (!read.ok) throw new CicloError('bad-request', `${place}.${read.message}`)
    return read.input
  })
}

/** For what the suppression list closes an address, in the engine's words. */
const closedFor = (reason: string) =>
  reason === 'unsubscribed'
    ? 'unsubscribed'
    : reason === 'complaint' || reason === 'erased'
      ? 'complaint'
      : 'bounce'

export interface TryRoutesOptions {
  store: Store
  insight: InsightRunner
  hash: HashAddress
  now: () => number
}

/** A journey as it is edited, lived through with one customer by a clock that only this answer knows. */
export function createTryRoutes({ store, insight, hash, now }: TryRoutesOptions) {
  const customerOf = async (
    tx: ReadTx,
    workspaceId: string,
    { customer }: Request,
  ): Promise<TryWanted['customer']> => {
    if (!('customerId' in customer)) {
      const { locale, timeZone, country, email: given, ...invented } = customer
      const email = normaliseEmail(given)
      if (email === undefined)
        throw new CicloError('bad-request', `customer.email: given "${given}", expected one address`)
      return { ...invented, email, locale, timeZone, country }
    }
    const record = await readCustomer(tx, workspaceId, customer.customerId)
    if (!record) throw new CicloError('not-found', `There is no customer ${customer.customerId}`)
    const { id: customerId, email } = record.customer
    const hashes = email === null ? [] : suppressionHashesOf(workspaceId, email, hash)
    const suppressed = await readSuppressed(tx, workspaceId, hashes)
    return { customerId, email, closed: [...suppressed.values()].map(({ reason }) => closedFor(reason)) }
  }

  const answer = async (context: Context<ApiEnvironment>, locale: string | undefined) => {
    const workspaceId = context.get('workspaceId')
    const request = await bodyOf(context, TryRequestSchema)
    const read = readDefinition({ value: request.definition })
    if ('problems' in read) throw invalidJourney('This is no journey', read.problems)
    const definition = read.journey
    const period = periodOf(request, now())
    const inputs = inputsOf(request, definition.id, period.begin)
    const { customer, settings } = await store.read(async (tx) => ({
      customer: await customerOf(tx, workspaceId, request),
      settings: await readSettings(tx, workspaceId),
    }))
    const language = reasonLanguage(context, locale, settings)
    const limit = AbortSignal.timeout(TIME_LIMIT)
    try {
      const tried = await insight.run(
        'journeyTry',
        { workspaceId, definition, customer, inputs, ...period, language },
        { signal: AbortSignal.any([limit, context.req.raw.signal]) },
      )
      if ('problems' in tried) throw invalidJourney('This journey cannot be lived through', tried.problems)
      return presentTry(tried, period)
    } catch (error) {
      if (!limit.aborted) throw error
      const most = `${TIME_LIMIT / 1_000} seconds`
      throw new CicloError(
        'bad-request',
        `until: living through it took more than ${most}, expected less time or fewer rounds`,
        { cause: error },
      )
    }
  }

  return new Hono<ApiEnvironment>().post(
    '/',
    describe(
      'Lives through what one customer does with a journey as it is edited, by a clock of its own: sends nothing, writes nothing',
      TrySchema,
      TryRequestSchema,
    ),
    query(LocaleQuerySchema),
    async (context) => context.json(await answer(context, context.req.valid('query').locale)),
  )
}
