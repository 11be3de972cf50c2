import { createExplainer, runFactsOf, type Explainer, type Rules } from '@ciclo/engine'
import { Hono } from 'hono'
import type { z } from 'zod'
import { CicloError } from '../errors.ts'
import type { RulesCache } from '../ingest/rulesCache.ts'
import { readCustomer } from '../store/queries/customers.ts'
import { findProducts } from '../store/queries/products.ts'
import { readSegmentNames } from '../store/queries/segments.ts'
import { pageOfTimeline, readOrderEvents, type TimelineItem } from '../store/queries/timeline.ts'
import type { ReadTx, Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { describer, query } from './describeApi.ts'
import { iso } from './iso.ts'
import { presentEvent, presentMessage, presentTransition } from './present.ts'
import { presentRun } from './presentRun.ts'
import { reasonLanguage } from './reasonLanguage.ts'
import {
  OrderLinesSchema,
  TimelinePlaceSchema,
  TimelineQuerySchema,
  TimelineSchema,
  type TimelineEntrySchema,
} from './timelineSchemas.ts'

const describe = describer('customers', 'There is no such customer')

/** What a transition's region begins with, if it is a segment: its id follows. */
const SEGMENT = 'segment:'

async function segmentNamesOf(tx: ReadTx, workspaceId: string, items: readonly TimelineItem[]) {
  const ids = items.flatMap((item) =>
    item.kind === 'transition' && item.transition.region.startsWith(SEGMENT)
      ? [item.transition.region.slice(SEGMENT.length)]
      : [],
  )
  return await readSegmentNames(tx, workspaceId, [...new Set(ids)])
}

function presentItem(
  item: TimelineItem,
  explainer: Explainer,
  journeyNames: ReadonlyMap<string, string>,
): z.infer<typeof TimelineEntrySchema> {
  const placed = { id: item.id, at: iso(item.at) }
  if (item.kind === 'event') return { kind: 'event', ...placed, event: presentEvent(item.event) }
  if (item.kind === 'message') return { kind: 'message', ...placed, message: presentMessage(item.message) }
  if (item.kind === 'transition') {
    const { transition } = item
    const sentence = explainer.transition(transition)
    return { kind: 'transition', ...placed, transition: presentTransition(transition, sentence) }
  }
  const { run, what } = item
  const name = journeyNames.get(run.journeyId) ?? run.journeyId
  return { kind: 'run', ...placed, what, name, run: presentRun(run) }
}

const namesOf = ({ journeys }: Rules) =>
  new Map([...journeys.values()].map(({ definition }) => [definition.id, definition.name]))

async function found(tx: ReadTx, workspaceId: string, id: string) {
  const record = await readCustomer(tx, workspaceId, id)
  if (!record) throw new CicloError('not-found', `There is no customer ${id}`)
  return record.customer
}

export interface CustomerTimelineOptions {
  store: Store
  rules: RulesCache
  now: () => number
}

/** Below a customer: all that happened, in one list; and what was in the orders. */
export function createCustomerTimelineRoutes({ store, rules, now }: CustomerTimelineOptions) {
  return new Hono<ApiEnvironment>()
    .get(
      '/timeline',
      describe('Events, changes of state, journeys and mails in one list, newest first', TimelineSchema),
      query(TimelineQuerySchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const { kinds, cursor, limit, locale } = context.req.valid('query')
        const after = decodeCursor(TimelinePlaceSchema, cursor)
        return await store.read(async (tx) => {
          const { id } = await found(tx, workspaceId, context.req.param('id') ?? '')
          const current = (await rules.rulesFor(tx, [workspaceId]))(workspaceId)
          const wanted = { kinds: new Set(kinds), after, limit: limit + 1 }
          const items = await pageOfTimeline(tx, workspaceId, id, wanted)
          const { rows, next } = pageOf(items, limit, ({ at, kind, id: itemId }) => ({
            at,
            kind,
            id: itemId,
          }))
          const explainer = createExplainer({
            language: reasonLanguage(context, locale, current.settings),
            timeZone: current.settings.shop.timeZone,
            now: now(),
            rules: current,
            segmentNames: await segmentNamesOf(tx, workspaceId, rows),
          })
          const names = namesOf(current)
          return context.json({ entries: rows.map((item) => presentItem(item, explainer, names)), next })
        })
      },
    )
    .get(
      '/order-lines',
      describe(
        'What was in each order, as its newest event tells: 20 lines of each at most',
        OrderLinesSchema,
      ),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        return await store.read(async (tx) => {
          const { id } = await found(tx, workspaceId, context.req.param('id') ?? '')
          const { settings } = (await rules.rulesFor(tx, [workspaceId]))(workspaceId)
          const told = (await readOrderEvents(tx, workspaceId, id)).map((event) => ({
            event,
            facts: runFactsOf(event, settings),
          }))
          const products = await findProducts(
            tx,
            workspaceId,
            told.flatMap(({ facts }) => facts.lines),
          )
          const names = new Map(
            products.flatMap(({ id: productId, sku, name }) => [
              [productId, name] as const,
              ...(sku === null ? [] : [[sku, name] as const]),
            ]),
          )
          // Newest first: what an order's last event says of its lines is what it is.
          const orders: z.infer<typeof OrderLinesSchema>['orders'] = Object.create(null) as Record<
            string,
            never
          >
          for (const { facts } of told) {
            const { orderId, lines } = facts
            if (orderId === null || lines.length === 0 || Object.hasOwn(orders, orderId)) continue
            orders[orderId] = lines.map((line) => ({
              ...line,
              name: names.get(line.productId ?? '') ?? names.get(line.sku ?? '') ?? null,
            }))
          }
          return context.json({ orders })
        })
      },
    )
}
