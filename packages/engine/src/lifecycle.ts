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
  lastOrderAt: number | null
  /** The last visit or human click, or the moment the customer became reachable. */
  engagedAt: number | null
  /** Marketing mails received since `engagedAt`. */
  received: number
}

/**
 * A change of the definition, or of what else a state keeps of the past, gets a new number: stored states of another
 * number are made anew from their events before they run. 3: time zones and open cases.
 */
export const LIFECYCLE_DEFINITION = 4

export type LifecycleEvent = Signal & SignalFrame

/** What ends a stage by the time since the last order, and is the name of the stage that follows. */
export type Limit = 'atRisk' | 'lapsed' | 'lost'

interface Moment {
  context: LifecycleContext
  event: LifecycleEvent
}

const sinceOrder = ({ context, event }: Moment) => {
  const lastOrderAt = 'lastOrderAt' in event ? event.lastOrderAt : context.lastOrderAt
  return event.at - (lastOrderAt ?? event.at)
}
const sinceEngaged = ({ context, event }: Moment) => event.at - (context.engagedAt ?? event.at)

/** What is left until a limit after the last order; 0 where it has passed already, so that the timer fires at once. */
const untilLimit = (limit: Limit) => (moment: Moment) =>
  Math.max(0, moment.event.limits[limit] - sinceOrder(moment))

const passed = (limit: Limit) => (moment: Moment) => sinceOrder(moment) >= moment.event.limits[limit]

const isSilentFor = (duration: 'warmFor' | 'coldAfter') => (moment: Moment) =>
  moment.context.engagedAt !== null && sinceEngaged(moment) >= moment.event[duration]

/** The order figures where the signal is about them: not one more order, but others than before. */
const figuresIn = ({ event }: Moment) =>
  event.type === 'ordersChanged' || event.type === 'rulesChanged' ? event : undefined

const spendIn = (moment: Moment) =>
  (moment.event.type === 'ordered' ? moment.event : figuresIn(moment))?.spend

const machine = setup({
  types: { context: {} as LifecycleContext, events: {} as LifecycleEvent },
  delays: {
    atRisk: untilLimit('atRisk'),
    lapsed: untilLimit('lapsed'),
    lost: untilLimit('lost'),
    silence: (moment) => Math.max(0, moment.event.warmFor - sinceEngaged(moment)),
    longSilence: (moment) => Math.max(0, moment.event.coldAfter - sinceEngaged(moment)),
    optInExpiry: ({ event }) => event.optInExpiry,
  },
  guards: {
    noOrders: (moment) => figuresIn(moment)?.orders === 0,
    noOrdersButReachable: (moment) => {
      const figures = figuresIn(moment)
      return figures?.orders === 0 && figures.reachable
    },
    oneOrder: (moment) => figuresIn(moment)?.orders === 1,
    stillReactivated: (moment) => (figuresIn(moment)?.orders ?? 0) > 1 && !passed('atRisk')(moment),
    vipSpend: (moment) => (spendIn(moment) ?? 0) >= moment.event.vipLine,
    atRiskPassed: passed('atRisk'),
    lapsedPassed: passed('lapsed'),
    lostPassed: passed('lost'),
    onceEngaged: ({ context }) => context.engagedAt !== null,
    silent: isSilentFor('warmFor'),
    longSilent: isSilentFor('coldAfter'),
    cold: (moment) =>
      isSilentFor('coldAfter')(moment) &&
      moment.context.received + (moment.event.type === 'received' ? 1 : 0) >= moment.event.coldReceived,
    promoter: ({ event }) => event.type === 'surveyed' && event.score >= event.promoterScore,
    elsewhere: ({ event }) =>
      (event.type === 'optedIn' || event.type === 'optInRequested') && event.elsewhere,
    wasSubscribed: ({ event }) => event.type === 'restored' && event.permission === 'subscribed',
    wasUnsubscribed: ({ event }) => event.type === 'restored' && event.permission === 'unsubscribed',
    detractor: ({ event }) => event.type === 'surveyed' && event.score <= event.detractorScore,
  },
  actions: {
    ordered: assign(({ event, context }) => ({
      lastOrderAt: 'lastOrderAt' in event ? event.lastOrderAt : context.lastOrderAt,
    })),
    engaged: assign(({ event }) => ({ engagedAt: event.at, received: 0 })),
    received: assign(({ context }) => ({ received: context.received + 1 })),
    /** Marks a deliberate re-entry as a fact of its own: journeys start from it as from a change. */
    entered: (_, _params: { region: Region; state: string }) => {},
  },
})

/** A state of a customer without orders. */
const beforeOrders = machine.createStateConfig({ on: { ordered: { target: 'new', actions: 'ordered' } } })

/**
 * A state of a customer with orders that its own next limit ends. Each order re-arms it. When the limit has meanwhile
 * been moved away, the timer that was armed for the old one only arms the new one.
 */
const untilPassed = (self: LifecycleValue['stage'], limit: Limit, onOrder: LifecycleValue['stage']) =>
  machine.createStateConfig({
    on: { ordered: { target: onOrder, reenter: true, actions: 'ordered' } },
    after: {
      [limit]: [
        { guard: `${limit}Passed` as const, target: limit },
        { target: self, reenter: true },
      ],
    },
  })

const untilAtRisk = untilPassed('reactivated', 'atRisk', 'active')

const untilNextOrder = {
  guard: 'stillReactivated',
  target: 'reactivated',
  reenter: true,
  actions: 'ordered',
} as const

const reactivated = machine.createStateConfig({
  ...untilAtRisk,
  on: { ...untilAtRisk.on, ordersChanged: untilNextOrder, rulesChanged: untilNextOrder },
})

/** What the orders say, at once and from wherever. */
const byOrders = [
  { guard: 'noOrdersButReachable', target: '.prospect', actions: 'ordered' },
  { guard: 'noOrders', target: '.visitor', actions: 'ordered' },
  { guard: 'lostPassed', target: '.lost', actions: 'ordered' },
  { guard: 'lapsedPassed', target: '.lapsed', actions: 'ordered' },
  { guard: 'atRiskPassed', target: '.atRisk', actions: 'ordered' },
  { guard: 'oneOrder', target: '.new', actions: 'ordered' },
  { target: '.active', actions: 'ordered' },
] as const

/**
 * The customer lifecycle: five parallel regions, run as pure transitions only. Every delay is named, because a numeric
 * one is part of its timer's id and would orphan it when it changes; every guarded `after` ends in a fallback that
 * re-enters and so re-arms. No `always`, history state, wildcard or `invoke`: they would run at unforeseen events.
 */
export const lifecycle = machine.createMachine({
  id: 'lifecycle',
  type: 'parallel',
  context: { lastOrderAt: null, engagedAt: null, received: 0 },
  options: { maxIterations: 100 },
  states: {
    stage: {
      initial: 'visitor',
      on: { ordersChanged: byOrders, rulesChanged: byOrders },
      states: {
        visitor: { on: { ...beforeOrders.on, reachable: 'prospect' } },
        prospect: beforeOrders,
        new: untilPassed('new', 'atRisk', 'active'),
        active: untilPassed('active', 'atRisk', 'active'),
        reactivated,
        atRisk: untilPassed('atRisk', 'lapsed', 'active'),
        lapsed: untilPassed('lapsed', 'lost', 'reactivated'),
        lost: { on: { ordered: { target: 'reactivated', actions: 'ordered' } } },
      },
    },
    value: {
      initial: 'standard',
      states: {
        standard: {
          on: {
            ordered: { guard: 'vipSpend', target: 'vip' },
            ordersChanged: { guard: 'vipSpend', target: 'vip' },
            rulesChanged: { guard: 'vipSpend', target: 'vip' },
          },
        },
        vip: {
          on: {
            ordersChanged: [{ guard: 'vipSpend' }, { target: 'standard' }],
            rulesChanged: [{ guard: 'vipSpend' }, { target: 'standard' }],
          },
        },
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
            rulesChanged: [
              { guard: 'cold', target: 'cold' },
              { guard: 'onceEngaged', target: 'unknown', reenter: true },
            ],
          },
          after: {
            longSilence: [
              { guard: 'cold', target: 'cold' },
              // Too few mails yet: the next ones decide.
              { guard: 'longSilent' },
              { target: 'unknown', reenter: true },
            ],
          },
        },
        warm: {
          on: {
            rulesChanged: { target: 'warm', reenter: true },
            reachable: { target: 'warm', reenter: true, actions: 'engaged' },
            engaged: { target: 'warm', reenter: true, actions: 'engaged' },
            received: { actions: 'received' },
          },
          after: {
            silence: [
              { guard: 'cold', target: 'cold' },
              { guard: 'silent', target: 'unknown' },
              { target: 'warm', reenter: true },
            ],
          },
        },
        cold: {
          on: {
            engaged: { target: 'warm', actions: 'engaged' },
            received: { actions: 'received' },
            rulesChanged: [{ guard: 'cold' }, { target: 'unknown' }],
          },
        },
      },
    },
    permission: {
      initial: 'none',
      states: {
        none: {
          on: {
            optInRequested: 'pending',
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
              actions: { type: 'entered', params: { region: 'permission', state: 'pending' } },
            },
            optedIn: 'subscribed',
            unsubscribed: 'unsubscribed',
            suppressed: 'suppressed',
          },
          // Not re-checked when the setting changes: the confirmation mail has promised this deadline.
          after: { optInExpiry: 'none' },
        },
        subscribed: {
          on: {
            // Told only where the policy no longer allows what the permission rests on.
            optInRequested: 'pending',
            unsubscribed: 'unsubscribed',
            suppressed: 'suppressed',
          },
        },
        unsubscribed: { on: { optInRequested: 'pending', optedIn: 'subscribed', suppressed: 'suppressed' } },
        suppressed: {
          on: {
            optInRequested: { guard: 'elsewhere', target: 'pending' },
            optedIn: { guard: 'elsewhere', target: 'subscribed' },
            restored: [
              { guard: 'wasSubscribed', target: 'subscribed' },
              { guard: 'wasUnsubscribed', target: 'unsubscribed' },
              { target: 'none' },
            ],
          },
        },
      },
    },
    advocacy: {
      initial: 'none',
      states: {
        none: { on: { surveyed: { guard: 'promoter', target: 'promoter' }, advocated: 'advocate' } },
        promoter: { on: { surveyed: { guard: 'detractor', target: 'none' }, advocated: 'advocate' } },
        advocate: { on: { surveyed: { guard: 'detractor', target: 'none' } } },
      },
    },
  },
})
