import type { Journey, JourneyStep } from '@ciclo/engine'
import { freshId } from './freshId.ts'
import { END } from './ways.ts'

export type StepKind = JourneyStep['kind']

/** The kinds of steps, in the order in which they are offered. */
export const STEP_KINDS = [
  'send',
  'delay',
  'wait',
  'branch',
  'split',
  'until',
  'untilDate',
  'coupon',
  'update',
  'webhook',
  'startJourney',
  'endJourney',
  'end',
] as const satisfies readonly StepKind[]

/** What the shop has that a new step may name. */
export interface ShopNames {
  templates: readonly string[]
  pools: readonly string[]
  journeys: readonly string[]
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

const IDS: Readonly<Record<StepKind, string>> = {
  send: 'mail',
  delay: 'pause',
  wait: 'wait',
  branch: 'branch',
  split: 'split',
  until: 'time-of-day',
  untilDate: 'day',
  coupon: 'coupon',
  update: 'update',
  webhook: 'webhook',
  startJourney: 'start-journey',
  endJourney: 'end-journey',
  end: 'finish',
}

/** A step as it begins: always one that can be stored, and which somebody then makes their own. */
export function newStep(kind: StepKind, journey: Journey, names: ShopNames): JourneyStep {
  const id = freshId(journey, IDS[kind])
  const ways = [END, END]
  const used = new Set(journey.steps.flatMap((step) => (step.kind === 'send' ? [step.template] : [])))
  const other = names.journeys.find((name) => name !== journey.id) ?? 'welcome'
  switch (kind) {
    case 'send':
      return {
        kind,
        id,
        // Whatever fits the journey by its name, else the first that it does not send yet.
        template:
          names.templates.find((name) => name === journey.id && !used.has(name)) ??
          names.templates.find((name) => !used.has(name)) ??
          names.templates[0] ??
          journey.id,
        purpose: 'marketing',
        to: 'customer',
        onCap: 'postpone',
      }
    case 'delay':
      return { kind, id, duration: DAY }
    case 'wait':
      return {
        kind,
        id,
        for: { kind: 'event', type: 'track', name: 'Order Completed', where: [], about: 'run' },
        timeout: DAY,
      }
    case 'branch':
      return {
        kind,
        id,
        ways: [{ when: { kind: 'lifecycle', region: 'engagement', states: ['warm'] }, to: END }],
      }
    case 'split':
      return { kind, id, ways: ways.map((to) => ({ weight: 50, to })) }
    case 'until':
      return { kind, id, at: '09:00' }
    case 'untilDate':
      return { kind, id, path: ['birthday'], yearly: true, days: 0, at: '09:00' }
    case 'coupon': {
      const [pool] = names.pools
      return { kind, id, from: pool === undefined ? { code: 'WELCOME-10' } : { pool } }
    }
    case 'update':
      return { kind, id, traits: {}, stopMarketing: false }
    case 'webhook':
      return { kind, id, url: 'https://shop.example/hook' }
    case 'startJourney':
    case 'endJourney':
      return { kind, id, journey: other }
    case 'end':
      break
  }
  return { kind, id }
}
