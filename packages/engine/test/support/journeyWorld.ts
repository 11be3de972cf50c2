import type { JourneyWorld } from '../../src/journeys/journeyWorld.ts'
import { JourneySchema, type Journey } from '../../src/journeys/journey.ts'

const LOCALES = ['en', 'es', 'pl', 'ro']

/** A shop in which all templates are there that are named, in four languages, and much has happened. */
export const worldWith = (changes: Partial<JourneyWorld> = {}): JourneyWorld => ({
  templates: new Map(['welcome', 'win-back', 'cart-reminder'].map((id) => [id, new Set(LOCALES)])),
  locales: LOCALES,
  segments: new Set(['keen']),
  journeys: new Map(),
  pools: new Set(['summer']),
  events: new Set(['Quiz Finished', 'Order Completed']),
  traits: new Set(['plan', 'shoe_size']),
  ...changes,
})

const MAIL = { kind: 'send', id: 'mail', template: 'win-back', purpose: 'marketing' }

/** A journey of one mail, where nothing else is said. */
export const journeyWith = (changes: object = {}): Journey =>
  JourneySchema.parse({
    id: 'tested',
    name: 'Tested',
    trigger: { kind: 'transition', region: 'stage', to: 'lapsed' },
    reentry: { kind: 'after', duration: '180d' },
    steps: [MAIL],
    ...changes,
  })
