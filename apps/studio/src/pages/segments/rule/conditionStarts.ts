import type { Leaf } from './isShowable.ts'

const DAY = 86_400_000

/** What can be added, each as it begins: by what somebody wants to say, not by how a rule is built. */
export const CONDITION_STARTS = {
  doing: {
    ordered: {
      kind: 'event',
      type: 'track',
      name: 'Order Completed',
      atLeast: 1,
      within: 90 * DAY,
      where: [],
    },
    clicked: {
      kind: 'event',
      type: 'track',
      name: 'Email Link Clicked',
      atLeast: 1,
      within: 30 * DAY,
      where: [],
    },
    viewed: { kind: 'event', type: 'track', name: 'Product Viewed', atLeast: 1, within: 30 * DAY, where: [] },
    visited: { kind: 'event', type: 'page', atLeast: 1, within: 30 * DAY, where: [] },
    happened: { kind: 'event', type: 'track', name: '', atLeast: 1, within: 30 * DAY, where: [] },
  },
  orders: {
    count: { kind: 'orders', figure: 'count', condition: { operator: 'atLeast', value: 1 } },
    revenue: { kind: 'orders', figure: 'revenue', condition: { operator: 'atLeast', value: null } },
    average: { kind: 'orders', figure: 'average', condition: { operator: 'atLeast', value: null } },
    lastOrder: { kind: 'ago', of: 'lastOrder', atLeast: 60 * DAY },
    firstOrder: { kind: 'ago', of: 'firstOrder', atLeast: 365 * DAY },
  },
  life: {
    stage: { kind: 'lifecycle', region: 'stage', states: [] },
    value: { kind: 'lifecycle', region: 'value', states: ['vip'] },
    engagement: { kind: 'lifecycle', region: 'engagement', states: ['warm'] },
    permission: { kind: 'lifecycle', region: 'permission', states: ['subscribed'] },
    advocacy: { kind: 'lifecycle', region: 'advocacy', states: ['promoter'] },
    seen: { kind: 'ago', of: 'engagement', atLeast: 90 * DAY },
  },
  person: {
    trait: { kind: 'trait', path: [], condition: { operator: 'is', value: '' } },
    language: { kind: 'language', languages: [] },
    country: { kind: 'country', countries: [] },
    reachable: { kind: 'reachable' },
    consent: { kind: 'consent', purpose: 'marketing-email', statuses: ['granted'] },
  },
  forecasts: {
    rfm: { kind: 'rfm', groups: ['champions'] },
    alive: { kind: 'prediction', figure: 'alive', condition: { operator: 'atLeast', value: 0.5 } },
    expectedOrders: { kind: 'prediction', figure: 'orders', condition: { operator: 'atLeast', value: 2 } },
    expectedSpend: { kind: 'prediction', figure: 'spend', condition: { operator: 'atLeast', value: null } },
    lifetimeValue: {
      kind: 'prediction',
      figure: 'lifetimeValue',
      condition: { operator: 'atLeast', value: null },
    },
  },
} as const satisfies Record<string, Record<string, Leaf | object>>

type Starts = typeof CONDITION_STARTS
export type StartGroup = keyof Starts
export type StartName = { [Group in StartGroup]: keyof Starts[Group] }[StartGroup]

/** A condition to begin with. Money is in the shop's currency. */
export function startOf(name: StartName, currency: string): Leaf {
  const starts = Object.assign({}, ...Object.values(CONDITION_STARTS)) as Record<StartName, Leaf>
  const start = structuredClone(starts[name])
  const isMoney = start.kind === 'orders' && start['figure'] !== 'count'
  return isMoney ? { ...start, currency } : start
}
