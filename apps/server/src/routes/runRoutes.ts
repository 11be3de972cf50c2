import {
  createJourneyExplainer,
  EVENT_NAMES,
  normaliseEmail,
  ownEvent,
  type JourneyExplainer,
  type Rules,
  type SentenceLanguage,
} from '@ciclo/engine'
import { Hono } from 'hono'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { RulesCache } from '../ingest/rulesCache.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import { enrolCustomer, type Enrolled } from '../journeys/enrolCustomer.ts'
import { standingVersion } from '../journeys/lifeOfVersion.ts'
import { sumUpJourney } from '../journeys/sumUpJourney.ts'
import type { HashAddress } from '../sending/policyFactsOf.ts'
import { findCustomers, readCustomer, readCustomers } from '../store/queries/customers.ts'
import { readVersions } from '../store/queries/journeys.ts'
import { nameOf } from '../store/queries/listingWords.ts'
import { pageOfRuns, readRun } from '../store/queries/runs.ts'
import { readSegmentNames } from '../store/queries/segments.ts'
import type { ReadTx, Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { bodyOf } from './bodyOf.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { describer, query } from './describeApi.ts'
import { presentRefusal, presentRun, presentRunDetail } from './presentRun.ts'
import { LocaleQuerySchema, reasonLanguage } from './reasonLanguage.ts'
import {
  EnrolledSchema,
  EnrolRequestSchema,
  RunDetailSchema,
  RunSchema,
  RunsQuerySchema,
  RunsSchema,
  StepsSchema,
} from './runSchemas.ts'

const describe = describer('journeys', 'There is no such journey, run or customer')

const PlaceSchema = z.object({ startedAt: z.int(), id: z.string() })

export interface RunRoutesOptions {
  store: Store
  ingest: Ingest
  rules: RulesCache
  insight: InsightRunner
  hash: HashAddress
  now: () => number
  newId: () => string
}

/** What the sentences of a workspace's journeys are told with. */
export async function explainerFor(
  tx: ReadTx,
  workspaceId: string,
  rules: Rules,
  { language, now }: { language: SentenceLanguage; now: number },
): Promise<JourneyExplainer> {
  const definitions = [...rules.journeys.values()].map(({ definition }) => definition)
  const segmentIds = definitions.flatMap(({ trigger }) =>
    trigger.kind === 'segment' ? [trigger.segment] : [],
  )
  return createJourneyExplainer({
    language,
    timeZone: rules.settings.shop.timeZone,
    now,
    journeyNames: new Map(definitions.map(({ id, name }) => [id, name])),
    segmentNames: await readSegmentNames(tx, workspaceId, [...new Set(segmentIds)]),
  })
}

type Requested = z.infer<typeof EnrolRequestSchema>

/** The customer who is named: by an address or a userId that several claim, none. */
async function customerNamed(tx: ReadTx, workspaceId: string, { customerId, email, userId }: Requested) {
  if (customerId !== undefined) {
    const record = await readCustomer(tx, workspaceId, customerId)
    if (record) return record.customer
    throw new CicloError('not-found', `There is no customer ${customerId}`)
  }
  const wanted =
    userId === undefined
      ? { kind: 'email' as const, value: normaliseEmail(email) ?? '' }
      : { kind: 'userId' as const, value: userId }
  const [found, ...others] = await findCustomers(tx, workspaceId, wanted)
  if (!found)
    throw new CicloError('not-found', `There is no customer with the ${wanted.kind} ${email ?? userId}`)
  if (others.length === 0) return found.customer
  throw new CicloError(
    'conflict',
    `${others.length + 1} customers claim the ${wanted.kind} ${email ?? userId}, and none has proven it: name one by customerId`,
  )
}

/** A journey by its id, as it is now. */
async function journeyNamed(tx: ReadTx, workspaceId: string, id: string) {
  const shown = standingVersion(await readVersions(tx, workspaceId, id))
  if (!shown) throw new CicloError('not-found', `There is no journey ${id}`)
  return shown
}

function presentEnrolled(
  { run, refusal }: Enrolled,
  explainer: JourneyExplainer,
): z.infer<typeof EnrolledSchema> {
  return {
    began: run !== null,
    run: run && presentRun(run),
    refusal: refusal && presentRefusal(refusal, explainer),
  }
}

/** Below a journey: its runs, asking somebody in, and how its steps are going. */
export function createJourneyRunRoutes(options: RunRoutesOptions) {
  const { store, rules, insight, hash, now, newId } = options
  return new Hono<ApiEnvironment>()
    .get(
      '/runs',
      describe('The runs of a journey, the last begun first', RunsSchema),
      query(RunsQuerySchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const { cursor, limit, status, step, customer } = context.req.valid('query')
        const wanted = await store.read(async (tx) => {
          const { id } = await journeyNamed(tx, workspaceId, context.req.param('id') ?? '')
          // Whoever was merged into another has its runs there.
          const known = customer === undefined ? undefined : await readCustomer(tx, workspaceId, customer)
          return { journeyId: id, customerId: known?.customer.id ?? customer }
        })
        const after = decodeCursor(PlaceSchema, cursor)
        const page = { ...wanted, status, step, after, limit: limit + 1 }
        const found =
          step === undefined
            ? await store.read((tx) => pageOfRuns(tx, workspaceId, page))
            : await insight.run('journeyRuns', { workspaceId, ...page }, { signal: context.req.raw.signal })
        const { rows, next } = pageOf(found, limit, ({ startedAt, id }) => ({ startedAt, id }))
        const ids = [...new Set(rows.map(({ customerId }) => customerId))]
        const names = await store.read(
          async (tx) =>
            new Map(
              (await readCustomers(tx, workspaceId, ids)).map(({ customer: one }) => [
                one.id,
                nameOf(one) ?? one.email ?? one.userId,
              ]),
            ),
        )
        const runs = rows.map((run) => ({
          ...presentRun(run),
          customerName: names.get(run.customerId) ?? null,
        }))
        return context.json({ runs, next })
      },
    )
    .post(
      '/runs',
      describe(
        'Asks a customer into a journey; the answer says whether a run began',
        EnrolledSchema,
        EnrolRequestSchema,
      ),
      query(LocaleQuerySchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const journeyId = context.req.param('id') ?? ''
        const request = await bodyOf(context, EnrolRequestSchema)
        const customer = await store.read(async (tx) => {
          const { status, definition } = await journeyNamed(tx, workspaceId, journeyId)
          if (status !== 'live')
            throw new CicloError(
              'conflict',
              `The journey ${journeyId} is ${status}, expected one that is live`,
            )
          if (request.key !== undefined && definition.key === undefined)
            throw new CicloError('bad-request', `key: the journey ${journeyId} has none`)
          return await customerNamed(tx, workspaceId, request)
        })
        const { key, event, properties, idempotencyKey = newId() } = request
        const enrolled = await enrolCustomer(options, {
          workspaceId,
          customerId: customer.id,
          journeyId,
          requestId: idempotencyKey,
          key,
          event,
          properties,
          audit: auditEntry(context, options, {
            action: 'journey.enrolled',
            subject: hash(workspaceId, customer.id),
            details: { journey: journeyId },
          }),
        })
        return await store.read(async (tx) => {
          const current = (await rules.rulesFor(tx, [workspaceId]))(workspaceId)
          const { locale } = context.req.valid('query')
          const language = reasonLanguage(context, locale, current.settings)
          const explainer = await explainerFor(tx, workspaceId, current, { language, now: now() })
          return context.json(presentEnrolled(enrolled, explainer))
        })
      },
    )
    .get(
      '/steps',
      describe('How the runs of a journey are going, in all and at each step', StepsSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const { definition } = await store.read((tx) =>
          journeyNamed(tx, workspaceId, context.req.param('id') ?? ''),
        )
        const wanted = { workspaceId, journeyId: definition.id }
        const { runs, messages } = await insight.run('journeyCounts', wanted, {
          signal: context.req.raw.signal,
        })
        return context.json(sumUpJourney(definition, runs, messages))
      },
    )
}

/** One run, wherever it is. */
export function createRunRoutes({ store, ingest, hash, now, newId }: RunRoutesOptions) {
  const found = async (workspaceId: string, id: string) => {
    const run = await store.read((tx) => readRun(tx, workspaceId, id))
    if (!run) throw new CicloError('not-found', `There is no run ${id}`)
    return run
  }
  return new Hono<ApiEnvironment>()
    .get('/:id', describe('One run', RunDetailSchema), async (context) =>
      context.json(presentRunDetail(await found(context.get('workspaceId'), context.req.param('id')))),
    )
    .delete(
      '/:id',
      describe('Ends a run by hand: what it has not sent yet is withdrawn', RunSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const run = await found(workspaceId, context.req.param('id'))
        if (run.endedAt !== null)
          throw new CicloError('conflict', `The run ${run.id} has ended already: ${run.endReason}`)
        const input = ownEvent(`journey-removal/${newId()}`, now(), EVENT_NAMES.journeyRunRemoved, {
          enrolment: run.id,
        })
        const audit = auditEntry(
          context,
          { now, newId },
          {
            action: 'journey.run-removed',
            subject: hash(workspaceId, run.customerId),
            details: { journey: run.journeyId },
          },
        )
        const [verdict] = await ingest.submit([{ workspaceId, customerId: run.customerId, input, audit }])
        if (verdict === 'parked')
          throw new CicloError(
            'conflict',
            `The customer ${run.customerId} is parked: nothing is applied to it`,
          )
        return context.json(presentRun(await found(workspaceId, run.id)))
      },
    )
}
