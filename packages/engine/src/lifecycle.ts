import { assign, setup } from 'xstate'
import type { Signal, SignalFrame } from './signal.ts'

export const REGIONS = ['stage', 'value', 'engagement', 'permission', 'advocacy'] as const
export type Region = (typeof REGIONS)[number]

/** The states of each region, in design order: the table that no sequence of inputs may leave. */
export const STATES = {
  stage: ['visitor', 'prospect', 'new', 'active', 'reactivated', 'atRisk', 'lapsed', 'lost'],
  value: ['standard', 'vip'],
  engagement: ['unknown', 'warm', 'cold'],
  permission: ['none', 'pending', 'subscribed', 'unsubscribed', 'suppressed'],
  advocacy: ['none', 'promoter', 'advocate'],
} as const satisfies Record<Region, readonly string[]>

export type LifecycleValue = { [R in Region]: (typeof STATES)[R][number] }

export interface LifecycleContext {
  frame: SignalFrame
  lastOrderAt: number | null
  /** The last visit or human click, or the moment the customer became reachable. */
  engagedAt: number | null
  /** Marketing mails received since `engagedAt`. */
  received: number
}

/** A change of the definition gets a new number: stored states of another number are migrated before they run. */
export const LIFECYCLE_DEFINITION = 1

const EMPTY_FRAME: SignalFrame = {
  at: 0,
  limits: { atRisk: 0, lapsed: 0, lost: 0 },
  vipLine: 0,
  coldAfter: 0,
  coldReceived: 0,
  optInExpiry: 0,
}

export type LifecycleEvent = Signal & SignalFrame

const sinceOrder = (context: LifecycleContext, at: number) => at - (context.lastOrderAt ?? at)
const sinceEngaged = (context: LifecycleContext, at: number) => at - (context.engagedAt ?? at)

const frameOf = (event: SignalFrame): SignalFrame => ({
  at: event.at,
  limits: event.limits,
  vipLine: event.vipLine,
  coldAfter: event.coldAfter,
  coldReceived: event.coldReceived,
  optInExpiry: event.optInExpiry,
})

/** What is left until a limit after the last order; 0 where it has passed already, so that the timer fires at once. */
const untilLimit =
  (limit: 'atRisk' | 'lapsed' | 'lost') =>
  ({ context }: { context: LifecycleContext }) =>
    Math.max(0, context.frame.limits[limit] - sinceOrder(context, context.frame.at))

const passed =
  (limit: 'atRisk' | 'lapsed' | 'lost') =>
  ({ context, event }: { context: LifecycleContext; event: LifecycleEvent }) =>
    sinceOrder(context, event.at) >= event.limits[limit]

const isCold = ({ context, event }: { context: LifecycleContext; event: LifecycleEvent }) =>
  context.received + (event.type === 'received' ? 1 : 0) >= event.coldReceived &&
  context.engagedAt !== null &&
  sinceEngaged(context, event.at) >= event.coldAfter

/**
 * The customer lifecycle: five parallel regions, run as pure transitions only. Every delay is named, because a numeric
 * one is part of its timer's id and would orphan it when it changes; every guarded `after` ends in a fallback that
 * re-enters and so re-arms. No `always`, history state, wildcard or `invoke`: they would run at unforeseen events.
 */
export const lifecycle = setup({
  types: { context: {} as LifecycleContext, events: {} as LifecycleEvent },
  delays: {
    atRisk: untilLimit('atRisk'),
    lapsed: untilLimit('lapsed'),
    lost: untilLimit('lost'),
    silence: ({ context }) => Math.max(0, context.frame.coldAfter - sinceEngaged(context, context.frame.at)),
    optInExpiry: ({ context }) => context.frame.optInExpiry,
  },
  guards: {
    firstOrder: ({ event }) => event.type === 'ordered' && event.orders === 1,
    noOrders: ({ event }) => event.type === 'ordersChanged' && event.orders === 0,
    vipSpend: ({ event }) =>
      (event.type === 'ordered' || event.type === 'ordersChanged') && event.spend >= event.vipLine,
    atRiskPassed: passed('atRisk'),
    lapsedPassed: passed('lapsed'),
    lostPassed: passed('lost'),
    cold: isCold,
    promoter: ({ event }) => event.type === 'surveyed' && event.score >= 9,
    detractor: ({ event }) => event.type === 'surveyed' && event.score <= 6,
  },
  actions: {
    frame: assign(({ event }) => ({ frame: frameOf(event) })),
    ordered: assign(({ event, context }) => ({
      frame: frameOf(event),
      lastOrderAt: 'lastOrderAt' in event ? event.lastOrderAt : context.lastOrderAt,
    })),
    engaged: assign(({ event }) => ({ frame: frameOf(event), engagedAt: event.at, received: 0 })),
    received: assign(({ event, context }) => ({ frame: frameOf(event), received: context.received + 1 })),
    /** Marks a deliberate re-entry as a fact of its own: journeys start from it as from a change. */
    entered: (_, _params: { region: Region; state: string }) => {},
  },
}).createMachine({
  id: 'lifecycle',
  type: 'parallel',
  context: { frame: EMPTY_FRAME, lastOrderAt: null, engagedAt: null, received: 0 },
  options: { maxIterations: 100 },
  states: {
    stage: {
      initial: 'visitor',
      states: {
        visitor: {
          on: {
            reachable: 'prospect',
            ordered: [
              { guard: 'firstOrder', target: 'new', actions: 'ordered' },
              { target: 'active', actions: 'ordered' },
            ],
          },
        },
        prospect: {
          on: {
            ordered: [
              { guard: 'firstOrder', target: 'new', actions: 'ordered' },
              { target: 'active', actions: 'ordered' },
            ],
          },
        },
        new: {
          on: {
            ordered: { target: 'active', actions: 'ordered' },
            ordersChanged: [
              { guard: 'noOrders', target: 'prospect', actions: 'ordered' },
              { target: 'new', reenter: true, actions: 'ordered' },
            ],
          },
          after: {
            atRisk: [
              { guard: 'atRiskPassed', target: 'atRisk', actions: 'frame' },
              { target: 'new', reenter: true, actions: 'frame' },
            ],
          },
        },
        active: {
          on: {
            ordered: { target: 'active', reenter: true, actions: 'ordered' },
            ordersChanged: [
              { guard: 'noOrders', target: 'prospect', actions: 'ordered' },
              { target: 'active', reenter: true, actions: 'ordered' },
            ],
          },
          after: {
            atRisk: [
              { guard: 'atRiskPassed', target: 'atRisk', actions: 'frame' },
              { target: 'active', reenter: true, actions: 'frame' },
            ],
          },
        },
        reactivated: {
          on: {
            ordered: { target: 'active', actions: 'ordered' },
            ordersChanged: [
              { guard: 'noOrders', target: 'prospect', actions: 'ordered' },
              { target: 'reactivated', reenter: true, actions: 'ordered' },
            ],
          },
          after: {
            atRisk: [
              { guard: 'atRiskPassed', target: 'atRisk', actions: 'frame' },
              { target: 'reactivated', reenter: true, actions: 'frame' },
            ],
          },
        },
        atRisk: {
          on: {
            ordered: { target: 'active', actions: 'ordered' },
            ordersChanged: [
              { guard: 'noOrders', target: 'prospect', actions: 'ordered' },
              { target: 'atRisk', reenter: true, actions: 'ordered' },
            ],
          },
          after: {
            lapsed: [
              { guard: 'lapsedPassed', target: 'lapsed', actions: 'frame' },
              { target: 'atRisk', reenter: true, actions: 'frame' },
            ],
          },
        },
        lapsed: {
          on: {
            ordered: { target: 'reactivated', actions: 'ordered' },
            ordersChanged: [
              { guard: 'noOrders', target: 'prospect', actions: 'ordered' },
              { target: 'lapsed', reenter: true, actions: 'ordered' },
            ],
          },
          after: {
            lost: [
              { guard: 'lostPassed', target: 'lost', actions: 'frame' },
              { target: 'lapsed', reenter: true, actions: 'frame' },
            ],
          },
        },
        lost: {
          on: {
            ordered: { target: 'reactivated', actions: 'ordered' },
            ordersChanged: { guard: 'noOrders', target: 'prospect', actions: 'ordered' },
          },
        },
      },
    },
    value: {
      initial: 'standard',
      states: {
        standard: {
          on: {
            ordered: { guard: 'vipSpend', target: 'vip' },
            ordersChanged: { guard: 'vipSpend', target: 'vip' },
          },
        },
        vip: { on: { ordersChanged: [{ guard: 'vipSpend' }, { target: 'standard' }] } },
      },
    },
    engagement: {
      initial: 'unknown',
      states: {
        unknown: {
          on: {
            reachable: { target: 'warm', actions: 'engaged' },
            engaged: { target: 'warm', actions: 'engaged' },
            received: [{ guard: 'cold', target: 'cold', actions: 'received' }, { actions: 'received' }],
          },
        },
        warm: {
          on: {
            reachable: { target: 'warm', reenter: true, actions: 'engaged' },
            engaged: { target: 'warm', reenter: true, actions: 'engaged' },
            received: { actions: 'received' },
          },
          after: {
            silence: [
              { guard: 'cold', target: 'cold', actions: 'frame' },
              { target: 'unknown', actions: 'frame' },
            ],
          },
        },
        cold: { on: { engaged: { target: 'warm', actions: 'engaged' }, received: { actions: 'received' } } },
      },
    },
    permission: {
      initial: 'none',
      states: {
        none: {
          on: {
            optInRequested: { target: 'pending', actions: 'frame' },
            optedIn: 'subscribed',
            unsubscribed: 'unsubscribed',
            suppressed: 'suppressed',
          },
        },
        pending: {
          on: {
            optInRequested: {
              target: 'pending',
              reenter: true,
              actions: ['frame', { type: 'entered', params: { region: 'permission', state: 'pending' } }],
            },
            optedIn: 'subscribed',
            unsubscribed: 'unsubscribed',
            suppressed: 'suppressed',
          },
          after: { optInExpiry: 'none' },
        },
        subscribed: { on: { unsubscribed: 'unsubscribed', suppressed: 'suppressed' } },
        unsubscribed: {
          on: {
            optInRequested: { target: 'pending', actions: 'frame' },
            optedIn: 'subscribed',
            suppressed: 'suppressed',
          },
        },
        suppressed: {},
      },
    },
    advocacy: {
      initial: 'none',
      states: {
        none: { on: { surveyed: { guard: 'promoter', target: 'promoter' }, advocated: 'advocate' } },
        promoter: { on: { surveyed: { guard: 'detractor', target: 'none' }, advocated: 'advocate' } },
        advocate: {},
      },
    },
  },
})
