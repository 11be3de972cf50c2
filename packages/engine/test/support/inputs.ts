import type { z } from 'zod'
import {
  compileRules,
  SettingsSchema,
  type EventInput,
  type Journey,
  type Rules,
  type RulesVersion,
  type Source,
} from '../../src/index.ts'
import { LIFE_JOURNEYS } from './testJourneys.ts'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
export const START = Date.UTC(2026, 0, 1)

/** Rules with a journey for each milestone of a life live, or others, and with the settings that a test is about. */
export const rulesWith = (
  settings: z.input<typeof SettingsSchema> = {},
  journeys: readonly Journey[] = LIFE_JOURNEYS,
  versions: readonly RulesVersion[] = [],
): Rules =>
  compileRules({
    version: 1,
    settings: SettingsSchema.parse({ currency: 'EUR', ...settings }),
    journeys: journeys.map((definition) => ({ definition, version: 1, status: 'live' })),
    versions,
  })

export const rules = rulesWith()

export interface EventSketch {
  day: number
  id?: string
  source?: Source
  type?: EventInput['event']['type']
  name?: string
  properties?: Record<string, unknown>
  traits?: Record<string, unknown>
  context?: Record<string, unknown>
  previousId?: string
  anonymousId?: string
  userId?: string
  receivedDay?: number
}

let count = 0

/** An event input from a few words; by default the shop's server says it, and it arrives when it happens. */
export function eventInput(sketch: EventSketch): EventInput {
  count += 1
  return {
    kind: 'event',
    id: sketch.id ?? `event-${String(count).padStart(6, '0')}`,
    at: START + sketch.day * DAY,
    receivedAt: START + (sketch.receivedDay ?? sketch.day) * DAY,
    source: sketch.source ?? 'secret',
    event: {
      type: sketch.type ?? 'track',
      properties: sketch.properties ?? {},
      traits: sketch.traits ?? {},
      context: sketch.context ?? {},
      ...(sketch.name ? { name: sketch.name } : {}),
      ...(sketch.anonymousId ? { anonymousId: sketch.anonymousId } : {}),
      ...(sketch.userId ? { userId: sketch.userId } : {}),
      ...(sketch.previousId ? { previousId: sketch.previousId } : {}),
    },
  }
}

export const order = (day: number, orderId: string, total = 10, more: Partial<EventSketch> = {}) =>
  eventInput({
    day,
    name: 'Order Completed',
    properties: { order_id: orderId, total, currency: 'EUR' },
    userId: 'u1',
    ...more,
  })

export const wake = (day: number) =>
  ({ kind: 'wake', at: START + day * DAY, receivedAt: START + day * DAY }) as const
