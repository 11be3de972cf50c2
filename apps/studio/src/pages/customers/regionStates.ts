import type { Region, STATES } from '@ciclo/engine'

/** The states of each region, in the order in which they are offered. */
export const REGION_STATES = {
  stage: ['visitor', 'prospect', 'new', 'active', 'reactivated', 'atRisk', 'lapsed', 'lost'],
  value: ['standard', 'vip'],
  engagement: ['unknown', 'warm', 'cold'],
  permission: ['none', 'pending', 'subscribed', 'unsubscribed', 'suppressed'],
  advocacy: ['none', 'promoter', 'advocate'],
} as const satisfies typeof STATES

export const REGION_NAMES = [
  'stage',
  'value',
  'engagement',
  'permission',
  'advocacy',
] as const satisfies readonly Region[]
