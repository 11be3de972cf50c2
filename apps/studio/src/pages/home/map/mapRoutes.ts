import type { Stage } from '../homeQuery.ts'

/** Where each stage stands in the picture: columns from the left, rows from the top. People go round it clockwise. */
export const PLACES: Readonly<Record<Stage, readonly [column: number, row: number]>> = {
  visitor: [0, 0],
  prospect: [1, 0],
  new: [2, 0],
  active: [3, 0],
  reactivated: [3, 1],
  atRisk: [2, 1],
  lapsed: [1, 1],
  lost: [0, 1],
}

export const COLUMNS = 4

/** The ways that people usually take; others come by corrections, and are told in words only. */
export const ROUTES: readonly { from: Stage; to: Stage; way: 'straight' | 'there' | 'back' | 'arc' }[] = [
  { from: 'visitor', to: 'prospect', way: 'straight' },
  { from: 'visitor', to: 'new', way: 'arc' },
  { from: 'prospect', to: 'new', way: 'straight' },
  { from: 'new', to: 'active', way: 'straight' },
  { from: 'new', to: 'atRisk', way: 'straight' },
  { from: 'active', to: 'atRisk', way: 'there' },
  { from: 'atRisk', to: 'active', way: 'back' },
  { from: 'atRisk', to: 'lapsed', way: 'straight' },
  { from: 'lapsed', to: 'lost', way: 'straight' },
  { from: 'lapsed', to: 'reactivated', way: 'arc' },
  { from: 'lost', to: 'reactivated', way: 'arc' },
  { from: 'reactivated', to: 'active', way: 'straight' },
  { from: 'reactivated', to: 'atRisk', way: 'straight' },
]
