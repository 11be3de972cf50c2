import { createExplainer, normaliseEmail, reasonsOf, type Rules } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import type { RulesCache } from '../ingest/rulesCache.ts'
import { findCustomers, memberIds, pageOfCustomers, readCustomer } from '../store/queries/customers.ts'
import { pageOfEvents, readMergeEvents } from '../store/queries/events.ts'
import { readLastOpen } from '../store/queries/opens.ts'
import { identitiesOfCustomer } from '../store/queries/identities.ts'
import { pageOfMessages } from '../store/queries/messages.ts'
import { pageOfOrders } from '../store/queries/orders.ts'
import { readSegmentNames } from '../store/queries/segments.ts'
import { lastTransitions, pageOfTransitions } from '../store/queries/transitions.ts'
import type { ReadTx, Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import {
  CustomerAtSchema,
  CustomerDetailSchema,
  CustomersQuerySchema,
  CustomersSchema,
  EventsSchema,
  MessagesSchema,
  OrdersSchema,
  PageQuerySchema,
  TransitionsSchema,
} from './apiSchemas.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { describer, query } from './describeApi.ts'
import {
  presentCarts,
  presentCustomer,
  presentEvent,
  presentMerge,
  presentMessage,
  presentOrder,
  presentTransition,
} from './present.ts'
import { isoOrNull } from './iso.ts'
import { presentStanding } from './presentStanding.ts'
import { presentReasons } from './presentReasons.ts'
import { LocaleQuerySchema, reasonLanguage } from './reasonLanguage.ts'

const describe = describer('customers', 'There is no such customer')

const InstantQuerySchema = z.object({ at: z.iso.datetime({ offset: true }) })

const EventPlaceSchema = z.object({ at: z.int(), messageId: z.string() })
const OrderPlaceSchema = z.object({ at: z.int(), id: z.string() })
const MessagePlaceSchema = z.object({ createdAt: z.int(), id: z.string() })

async function found(tx: ReadTx, workspaceId: string, id: string) {
  const record = await readCustomer(tx, workspaceId, id)
  if (!record) throw new CicloError('not-found', `There is no customer ${id}`)
  return record
}

/** What a transition's region begins with, if it is a segment: its id follows. */
const SEGMENT = 'segment:'

export interface CustomerRoutesOptions {
  store: Store
  rules: RulesCache
  insight: InsightRunner
  now: () => number
}

/** The customers, and why each of them is where it is. */
export function createCustomerRoutes({ store, rules, insight, now }: CustomerRoutesOptions) {
  const explainerFor = (
    context: Context,
    asked: string | undefined,
    current: Rules,
    segmentNames: ReadonlyMap<string, string> = new Map(),
  ) =>
    createExplainer({
      language: reasonLanguage(context, asked, current.settings),
      timeZone: current.settings.shop.timeZone,
      now: now(),
      rules: current,
      segmentNames,
    })

  return new Hono<ApiEnvironment>()
    .get(
      '/',
      describe('Customers, by e-mail or userId, or all of them', CustomersSchema),
      query(CustomersQuerySchema),
      async (context) => {
        const { email, userId, parked, cursor, limit } = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        if (email === undefined && userId === undefined) {
          const after = decodeCursor(z.string(), cursor)
          const records = await store.read((tx) =>
            pageOfCustomers(tx, workspaceId, { after, parkedOnly: parked === 'true', limit: limit + 1 }),
          )
          const { rows, next } = pageOf(records, limit, ({ customer }) => customer.id)
          return context.json({ customers: rows.map(presentCustomer), next })
        }
        const wanted =
          userId === undefined
            ? { kind: 'email' as const, value: normaliseEmail(email) ?? '' }
            : { kind: 'userId' as const, value: userId }
        const records = await store.read((tx) => findCustomers(tx, workspaceId, wanted))
        return context.json({ customers: records.map(presentCustomer), next: null })
      },
    )
    .get(
      '/:id',
      describe('One customer, and why it is in each of its states', CustomerDetailSchema),
      query(LocaleQuerySchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const { locale } = context.req.valid('query')
        return await store.read(async (tx) => {
          const record = await found(tx, workspaceId, context.req.param('id'))
          const { customer } = record
          const identities = await identitiesOfCustomer(tx, workspaceId, customer.id)
          const members = await memberIds(tx, workspaceId, customer.id)
          // Most were never merged with anybody: their whole history need not be looked through for it.
          const merges = members.length > 1 ? await readMergeEvents(tx, workspaceId, members) : []
          const last = await lastTransitions(tx, workspaceId, customer.id)
          const current = (await rules.rulesFor(tx, [workspaceId]))(workspaceId)
          const explainer = explainerFor(context, locale, current)
          // Time does nothing to a customer to whom nothing is applied.
          const segmentNames = await readSegmentNames(tx, workspaceId, Object.keys(customer.segments))
          const standing = record.parked === null ? customer : { ...customer, timers: {} }
          const reasons = reasonsOf(standing, last, current, now())
          return context.json({
            ...presentCustomer(record),
            ...presentStanding(customer, current, segmentNames, now()),
            reasons: presentReasons(reasons, explainer),
            lastOpenAt: isoOrNull(await readLastOpen(tx, workspaceId, members)),
            carts: presentCarts(customer),
            identities,
            merges: merges.map(presentMerge),
          })
        })
      },
    )
    .get(
      '/:id/at',
      describe('One customer as it was at an instant, by all that is known today', CustomerAtSchema),
      query(InstantQuerySchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const customerId = context.req.param('id')
        const at = Date.parse(context.req.valid('query').at)
        if (at > now())
          throw new CicloError(
            'bad-request',
            `at: given "${context.req.query('at')}", expected a time that has passed`,
          )
        const input = { workspaceId, customerId, at }
        const { signal } = context.req.raw
        const replayed = await insight.run('customerAt', input, { signal })
        if (!replayed) throw new CicloError('not-found', `There is no customer ${customerId}`)
        const { customer, transitions } = replayed
        const { current, segmentNames } = await store.read(async (tx) => ({
          current: (await rules.rulesFor(tx, [workspaceId]))(workspaceId),
          segmentNames: await readSegmentNames(tx, workspaceId, Object.keys(customer.segments)),
        }))
        const { lifecycle, orders, nextDeadlineAt } = presentCustomer({
          customer,
          createdAt: at,
          parked: null,
          mergedInto: null,
        })
        return context.json({
          at: new Date(at).toISOString(),
          lifecycle,
          orders,
          nextDeadlineAt,
          ...presentStanding(customer, current, segmentNames, at),
          transitions: transitions.length,
        })
      },
    )
    .get(
      '/:id/events',
      describe('What happened, newest first', EventsSchema),
      query(PageQuerySchema),
      async (context) => {
        const { cursor, limit } = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        const events = await store.read(async (tx) => {
          const { customer } = await found(tx, workspaceId, context.req.param('id'))
          const members = await memberIds(tx, workspaceId, customer.id)
          return await pageOfEvents(
            tx,
            workspaceId,
            members,
            decodeCursor(EventPlaceSchema, cursor),
            limit + 1,
          )
        })
        const { rows, next } = pageOf(events, limit, ({ at, id }) => ({ at, messageId: id }))
        return context.json({ events: rows.map(presentEvent), next })
      },
    )
    .get(
      '/:id/transitions',
      describe('Every change of the lifecycle with its reason, newest first', TransitionsSchema),
      query(PageQuerySchema.extend(LocaleQuerySchema.shape)),
      async (context) => {
        const { cursor, limit, locale } = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        return await store.read(async (tx) => {
          const { customer } = await found(tx, workspaceId, context.req.param('id'))
          const before = decodeCursor(z.int(), cursor)
          const page = await pageOfTransitions(tx, workspaceId, customer.id, before, limit + 1)
          const { rows, next } = pageOf(page, limit, ({ position }) => position)
          const current = (await rules.rulesFor(tx, [workspaceId]))(workspaceId)
          const ids = rows.flatMap(({ region }) =>
            region.startsWith(SEGMENT) ? [region.slice(SEGMENT.length)] : [],
          )
          const names = await readSegmentNames(tx, workspaceId, [...new Set(ids)])
          const explainer = explainerFor(context, locale, current, names)
          const transitions = rows.map((row) => presentTransition(row, explainer.transition(row)))
          return context.json({ transitions, next })
        })
      },
    )
    .get(
      '/:id/orders',
      describe('Every order, newest first', OrdersSchema),
      query(PageQuerySchema),
      async (context) => {
        const { cursor, limit } = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        const orders = await store.read(async (tx) => {
          const { customer } = await found(tx, workspaceId, context.req.param('id'))
          const after = decodeCursor(OrderPlaceSchema, cursor)
          return await pageOfOrders(tx, workspaceId, customer.id, after, limit + 1)
        })
        const { rows, next } = pageOf(orders, limit, ({ at, id }) => ({ at, id }))
        return context.json({ orders: rows.map(presentOrder), next })
      },
    )
    .get(
      '/:id/messages',
      describe('Every mail with its state and reason, newest first', MessagesSchema),
      query(PageQuerySchema),
      async (context) => {
        const { cursor, limit } = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        const messages = await store.read(async (tx) => {
          const { customer } = await found(tx, workspaceId, context.req.param('id'))
          return await pageOfMessages(
            tx,
            workspaceId,
            customer.id,
            decodeCursor(MessagePlaceSchema, cursor),
            limit + 1,
          )
        })
        const { rows, next } = pageOf(messages, limit, ({ createdAt, id }) => ({ createdAt, id }))
        return context.json({ messages: rows.map(presentMessage), next })
      },
    )
}
