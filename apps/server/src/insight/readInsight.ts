import {
  createFunnel,
  lifetimeValueOf,
  metricsOf,
  type FunnelFigure,
  type LifetimeValue,
  type Metrics,
  type OrderCounts,
  type Settings,
} from '@ciclo/engine'
import type { Period } from '../store/queries/countedOrders.ts'
import { sumOrders } from '../store/queries/creditableOrders.ts'
import { funnelMoments } from '../store/queries/funnelMoments.ts'
import { countOrders } from '../store/queries/orderCounts.ts'
import { readSettings } from '../store/queries/settings.ts'
import { readCreditedOrders } from './readCreditedOrders.ts'
import { countSources, type TouchKind } from '../store/queries/touchSources.ts'
import type { ReadTx, Store } from '../store/store.ts'

interface WorkspaceInput {
  workspaceId: string
}
interface PeriodInput extends WorkspaceInput {
  period: Period
}

/** Reads on one snapshot, by the workspace's settings. */
const readBy =
  <Input extends WorkspaceInput, Result>(
    read: (tx: ReadTx, input: Input, settings: Settings) => Promise<Result>,
  ) =>
  async (store: Store, input: Input): Promise<Result> =>
    await store.read(async (tx) => await read(tx, input, await readSettings(tx, input.workspaceId)))

/** The five figures of a period, and what they were counted from. */
export const readMetrics = readBy(
  async (
    tx,
    { workspaceId, period }: PeriodInput,
    settings,
  ): Promise<{ activeFor: number; counts: OrderCounts; metrics: Metrics }> => {
    const counts = await countOrders(tx, workspaceId, period, settings)
    return { activeFor: settings.metrics.activeFor, counts, metrics: metricsOf(counts) }
  },
)

export const readFunnel = readBy(
  async (tx, { workspaceId, period }: PeriodInput): Promise<FunnelFigure[]> => {
    const funnel = createFunnel()
    for await (const moments of funnelMoments(tx, workspaceId, period)) funnel.add(moments)
    return funnel.figures()
  },
)

export interface SourceFigures {
  source: string | null
  medium: string | null
  customers: number
  buyers: number
  lifetimeValue: Record<string, LifetimeValue>
}

/** Anybody may invent sources: of more than these only the number is told. */
const MOST_SOURCES = 200

export const readSources = readBy(
  async (
    tx,
    { workspaceId, touch }: WorkspaceInput & { touch: TouchKind },
    settings,
  ): Promise<{ sources: SourceFigures[]; left: number }> => {
    const counted = await countSources(tx, workspaceId, touch, settings)
    const sources = counted.slice(0, MOST_SOURCES).map(({ lifetime, predicted, ...source }) => ({
      ...source,
      lifetimeValue: Object.fromEntries(
        Object.entries(lifetime).map(([currency, sales]) => [
          currency,
          lifetimeValueOf(sales, currency === settings.currency ? predicted : undefined),
        ]),
      ),
    }))
    return { sources, left: counted.length - sources.length }
  },
)

/** What mails of one template in one journey brought; `journeyId` is null for mails of no journey, and of others. */
export interface CreditedMail {
  journeyId: string | null
  template: string | null
  orders: number
  customers: number
  revenue: Record<string, number>
}

export interface Attribution {
  /** Milliseconds. */
  window: number
  /** All orders of the period, credited or not. */
  all: { orders: number; revenue: Record<string, number> }
  mails: CreditedMail[]
}

export const readAttribution = readBy(
  async (tx, { workspaceId, period }: PeriodInput, settings): Promise<Attribution> => {
    const { window } = settings.attribution
    const placed = await readCreditedOrders(tx, { workspaceId, period }, settings)
    const byMail = Map.groupBy(placed, ({ journeyId, template }) => JSON.stringify([journeyId, template]))
    const mails = [...byMail.values()].map((credits): CreditedMail => {
      const revenue: Record<string, number> = {}
      for (const { order } of credits)
        revenue[order.currency] = (revenue[order.currency] ?? 0) + order.revenue
      const [first] = credits
      return {
        journeyId: first?.journeyId ?? null,
        template: first?.template ?? null,
        orders: credits.length,
        customers: new Set(credits.map(({ customerId }) => customerId)).size,
        revenue,
      }
    })
    mails.sort(
      (one, other) =>
        other.orders - one.orders ||
        (`${one.journeyId}/${one.template}` < `${other.journeyId}/${other.template}` ? -1 : 1),
    )
    return { window, all: await sumOrders(tx, workspaceId, period, settings), mails }
  },
)
