import type { Region } from './useStateNames.ts'

/** Where a state stands in the picture of its region: columns and rows from 0. */
interface Place {
  state: string
  column: number
  row: number
}

/** What leads from one state to another; its words are `chart.by.<by>`. */
const LEADS = [
  'reachable',
  'firstOrder',
  'nextOrder',
  'limit',
  'spend',
  'lessSpend',
  'life',
  'silence',
  'optIn',
  'confirm',
  'expiry',
  'unsubscribe',
  'suppress',
  'restore',
  'promote',
  'advocate',
  'detract',
] as const

export interface Arrow {
  from: string
  to: string
  by: (typeof LEADS)[number]
  /** How far its middle stands off the straight line, to the left of its direction, in units of the picture. */
  bend?: number
}

export interface RegionChart {
  region: Region
  places: readonly Place[]
  arrows: readonly Arrow[]
}

const inRow = (...states: string[]): Place[] => states.map((state, column) => ({ state, column, row: 0 }))

/**
 * The five regions of the lifecycle as they are drawn. What new settings or late events move, they may move from any
 * state to any other: such a step is drawn where it was taken.
 */
export const STATE_CHART: readonly RegionChart[] = [
  {
    region: 'stage',
    places: [
      ...inRow('visitor', 'prospect', 'new', 'active'),
      { state: 'lost', column: 0, row: 1 },
      { state: 'lapsed', column: 1, row: 1 },
      { state: 'atRisk', column: 2, row: 1 },
      { state: 'reactivated', column: 3, row: 1 },
    ],
    arrows: [
      { from: 'visitor', to: 'prospect', by: 'reachable' },
      { from: 'visitor', to: 'new', by: 'firstOrder', bend: 46 },
      { from: 'prospect', to: 'new', by: 'firstOrder' },
      { from: 'new', to: 'active', by: 'nextOrder' },
      { from: 'new', to: 'atRisk', by: 'limit' },
      { from: 'active', to: 'atRisk', by: 'limit', bend: 12 },
      { from: 'atRisk', to: 'active', by: 'nextOrder', bend: 12 },
      { from: 'atRisk', to: 'lapsed', by: 'limit' },
      { from: 'lapsed', to: 'lost', by: 'limit' },
      { from: 'lapsed', to: 'reactivated', by: 'nextOrder', bend: -46 },
      { from: 'lost', to: 'reactivated', by: 'nextOrder', bend: -74 },
      { from: 'reactivated', to: 'active', by: 'nextOrder' },
      { from: 'reactivated', to: 'atRisk', by: 'limit' },
    ],
  },
  {
    region: 'value',
    places: inRow('standard', 'vip'),
    arrows: [
      { from: 'standard', to: 'vip', by: 'spend', bend: 10 },
      { from: 'vip', to: 'standard', by: 'lessSpend', bend: 10 },
    ],
  },
  {
    region: 'engagement',
    places: inRow('unknown', 'warm', 'cold'),
    arrows: [
      { from: 'unknown', to: 'warm', by: 'life', bend: 10 },
      { from: 'warm', to: 'unknown', by: 'silence', bend: 10 },
      { from: 'warm', to: 'cold', by: 'silence', bend: 10 },
      { from: 'cold', to: 'warm', by: 'life', bend: 10 },
      { from: 'unknown', to: 'cold', by: 'silence', bend: 44 },
    ],
  },
  {
    region: 'permission',
    places: [
      { state: 'none', column: 0, row: 0 },
      { state: 'pending', column: 1, row: 0 },
      { state: 'subscribed', column: 2, row: 0 },
      { state: 'suppressed', column: 1, row: 1 },
      { state: 'unsubscribed', column: 3, row: 0 },
    ],
    arrows: [
      { from: 'none', to: 'pending', by: 'optIn', bend: 10 },
      { from: 'pending', to: 'none', by: 'expiry', bend: 10 },
      { from: 'none', to: 'subscribed', by: 'confirm', bend: 44 },
      { from: 'pending', to: 'subscribed', by: 'confirm' },
      { from: 'subscribed', to: 'unsubscribed', by: 'unsubscribe', bend: 10 },
      { from: 'unsubscribed', to: 'subscribed', by: 'confirm', bend: 10 },
      { from: 'subscribed', to: 'suppressed', by: 'suppress', bend: 10 },
      { from: 'suppressed', to: 'subscribed', by: 'restore', bend: 10 },
      { from: 'none', to: 'suppressed', by: 'suppress' },
      { from: 'unsubscribed', to: 'suppressed', by: 'suppress' },
    ],
  },
  {
    region: 'advocacy',
    places: inRow('none', 'promoter', 'advocate'),
    arrows: [
      { from: 'none', to: 'promoter', by: 'promote', bend: 10 },
      { from: 'promoter', to: 'none', by: 'detract', bend: 10 },
      { from: 'promoter', to: 'advocate', by: 'advocate' },
      { from: 'none', to: 'advocate', by: 'advocate', bend: 44 },
    ],
  },
]
