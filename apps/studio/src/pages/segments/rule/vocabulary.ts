import type { LifecycleValue, Region, SegmentLeaf } from '@ciclo/engine'

type LeafOf<Kind extends SegmentLeaf['kind']> = Extract<SegmentLeaf, { kind: Kind }>

/** The states of the lifecycle, in the order of a customer's life. */
export const STATES = {
  stage: ['visitor', 'prospect', 'new', 'active', 'reactivated', 'atRisk', 'lapsed', 'lost'],
  value: ['standard', 'vip'],
  engagement: ['unknown', 'warm', 'cold'],
  permission: ['none', 'pending', 'subscribed', 'unsubscribed', 'suppressed'],
  advocacy: ['none', 'promoter', 'advocate'],
} as const satisfies { [R in Region]: readonly LifecycleValue[R][] }

export const PURPOSES = [
  'marketing-email',
  'tracking',
] as const satisfies readonly LeafOf<'consent'>['purpose'][]
export const STATUSES = [
  'granted',
  'asked',
  'refused',
  'none',
] as const satisfies readonly LeafOf<'consent'>['statuses'][number][]
export const RFM = [
  'champions',
  'loyal',
  'recent',
  'needsAttention',
  'atRisk',
  'inactive',
] as const satisfies readonly LeafOf<'rfm'>['groups'][number][]
export const ORDER_FIGURES = [
  'count',
  'revenue',
  'average',
] as const satisfies readonly LeafOf<'orders'>['figure'][]
export const FORECASTS = [
  'alive',
  'orders',
  'spend',
  'lifetimeValue',
] as const satisfies readonly LeafOf<'prediction'>['figure'][]
export const MOMENTS = [
  'lastOrder',
  'firstOrder',
  'engagement',
] as const satisfies readonly LeafOf<'ago'>['of'][]
export const EVENT_TYPES = [
  'track',
  'page',
  'screen',
  'identify',
  'group',
  'alias',
] as const satisfies readonly LeafOf<'event'>['type'][]
/** The calls that are told apart by a name. */
export const isNamed = (type: string) => type === 'track' || type === 'page' || type === 'screen'

export const OPERATORS = [
  'is',
  'isOneOf',
  'contains',
  'startsWith',
  'above',
  'atLeast',
  'below',
  'atMost',
  'exists',
] as const satisfies readonly LeafOf<'trait'>['condition']['operator'][]
export type Operator = (typeof OPERATORS)[number]

/** What a place in a rule must be, as it is edited. */
export interface Condition {
  operator: Operator
  value?: unknown
  values?: readonly (string | number)[]
}

export const isOneOf = <Word extends string>(words: readonly Word[], word: unknown): word is Word =>
  (words as readonly unknown[]).includes(word)

/** A text, and nothing where there is something else. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
