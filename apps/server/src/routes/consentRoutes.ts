import {
  COUNTRY_POLICIES,
  EVENT_NAMES,
  lawfulBases,
  usableBases,
  type ConsentBasis,
  type EventInput,
  type Settings,
  OWN_ID_PREFIX,
} from '@ciclo/engine'
import { Hono } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import type { Ingest } from '../ingest/ingest.ts'
import { pageOfConsents } from '../store/queries/consents.ts'
import { memberIds, readCustomer } from '../store/queries/customers.ts'
import { readSettings } from '../store/queries/settings.ts'
import { readWorkspace } from '../store/queries/workspaces.ts'
import type { ReadTx, Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { PageQuerySchema } from './apiSchemas.ts'
import { bodyOf } from './bodyOf.ts'
import { ConsentPolicySchema, ConsentsSchema, NewConsentSchema, RecordedSchema } from './consentSchemas.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { describer, query } from './describeApi.ts'
import { presentConsent, presentConsentState } from './presentConsent.ts'

export interface ConsentRoutesOptions {
  store: Store
  ingest: Ingest
  now: () => number
  newId: () => string
}

const describe = describer('consent', 'There is no such customer')

const PlaceSchema = z.object({ recordedAt: z.int(), at: z.int(), id: z.string() })

async function found(tx: ReadTx, workspaceId: string, id: string | undefined) {
  const record = id === undefined ? undefined : await readCustomer(tx, workspaceId, id)
  if (!record) throw new CicloError('not-found', `There is no customer ${id}`)
  return record.customer
}

/** A topic that nobody has would leave nothing, or everything: neither is what was said. */
function expectTopic({ purpose, topic }: z.infer<typeof NewConsentSchema>, { topics }: Settings): void {
  if (topic === undefined) return
  if (purpose !== 'marketing-email')
    throw new CicloError('bad-request', `topic: given with ${purpose}, expected it with marketing-email only`)
  if (topics.some(({ id }) => id === topic)) return
  const known = topics.map(({ id }) => id).join(', ') || 'none: the settings name no topics'
  throw new CicloError('bad-request', `topic: there is no topic ${topic}, expected one of ${known}`)
}

function inputOf(
  told: z.infer<typeof NewConsentSchema>,
  newId: () => string,
  receivedAt: number,
): EventInput {
  const { status, at, messageId, basis, ...properties } = told
  if (messageId?.startsWith(OWN_ID_PREFIX)) {
    throw new CicloError('bad-request', `messageId: expected an id that does not begin with ${OWN_ID_PREFIX}`)
  }
  return {
    kind: 'event',
    id: messageId ?? newId(),
    at: at === undefined ? receivedAt : Math.min(Date.parse(at), receivedAt),
    receivedAt,
    source: 'secret',
    event: {
      type: 'track',
      name: status === 'granted' ? EVENT_NAMES.consentGiven : EVENT_NAMES.consentWithdrawn,
      properties: status === 'granted' ? { ...properties, basis } : properties,
      traits: {},
      context: {},
    },
  }
}

/** Below a customer: every change of its consents, and the way to record one as an event. */
export function createConsentRoutes({ store, ingest, now, newId }: ConsentRoutesOptions) {
  return new Hono<ApiEnvironment>()
    .get(
      '/',
      describe('Every change of what a customer consents to, the last recorded first', ConsentsSchema),
      query(PageQuerySchema),
      async (context) => {
        const { cursor, limit } = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        const after = decodeCursor(PlaceSchema, cursor)
        const records = await store.read(async (tx) => {
          const { id } = await found(tx, workspaceId, context.req.param('id'))
          return await pageOfConsents(tx, workspaceId, await memberIds(tx, workspaceId, id), after, limit + 1)
        })
        const { rows, next } = pageOf(records, limit, ({ recordedAt, at, id }) => ({ recordedAt, at, id }))
        return context.json({ consents: rows.map(presentConsent), next })
      },
    )
    .post(
      '/',
      describe('Records a consent that was given to the shop, or withdrawn', RecordedSchema),
      describeRoute({
        requestBody: { content: { 'application/json': { schema: resolver(NewConsentSchema) } } },
      }),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const told = await bodyOf(context, NewConsentSchema, { whole: 'consent' })
        const input = inputOf(told, newId, now())
        const before = await store.read(async (tx) => {
          expectTopic(told, await readSettings(tx, workspaceId))
          return await found(tx, workspaceId, context.req.param('id'))
        })
        const [verdict] = await ingest.submit([{ workspaceId, customerId: before.id, input }])
        const after = await store.read((tx) => found(tx, workspaceId, before.id))
        return context.json({
          messageId: input.id,
          verdict: verdict === 'duplicate' || verdict === 'parked' ? verdict : 'applied',
          consent: presentConsentState(after),
        } satisfies z.infer<typeof RecordedSchema>)
      },
    )
}

function usesOf(code: string | null, settings: Settings) {
  const lawful = lawfulBases(code, settings)
  const usable = usableBases(code, settings)
  const useOf = (basis: ConsentBasis) =>
    usable.includes(basis)
      ? ('allowed' as const)
      : lawful.includes(basis)
        ? ('not-used' as const)
        : ('not-lawful' as const)
  return {
    consent: useOf('consent'),
    'existing-customer': useOf('existing-customer'),
    'opt-out-regime': useOf('opt-out-regime'),
  }
}

/** What marketing e-mail may rest on, country by country, and why. */
export function createConsentPolicyRoutes({ store }: Pick<ConsentRoutesOptions, 'store'>) {
  return new Hono<ApiEnvironment>().get(
    '/',
    describe('What marketing e-mail may rest on, country by country', ConsentPolicySchema),
    async (context) => {
      const workspace = await store.read((tx) => readWorkspace(tx, context.get('workspaceId')))
      if (!workspace) throw new CicloError('not-found', 'There is no such workspace')
      const { settings } = workspace
      const { consent } = settings
      const countries = [
        ...new Set([...Object.keys(COUNTRY_POLICIES), ...Object.keys(consent.countries)]),
      ].toSorted()
      return context.json({
        country: consent.country ?? null,
        bases: consent.bases,
        tracking: consent.tracking,
        countries: countries.map((country) => ({
          country,
          bases: usesOf(country, settings),
          source: Object.hasOwn(consent.countries, country)
            ? null
            : (COUNTRY_POLICIES[country]?.source ?? null),
        })),
        others: { bases: usesOf(null, settings) },
      } satisfies z.infer<typeof ConsentPolicySchema>)
    },
  )
}
