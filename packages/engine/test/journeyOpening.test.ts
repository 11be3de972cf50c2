import { describe, expect, it } from 'vitest'
import { compileRules, ownEvent, SettingsSchema, type Input } from '../src/index.ts'
import type { JourneyStatus } from '../src/journeys/compileJourney.ts'
import { DAY, order, START, wake } from './support/inputs.ts'
import { live } from './support/live.ts'
import { journeyOf } from './support/testJourneys.ts'

const rulesAs = (status: JourneyStatus) =>
  compileRules({
    version: 1,
    settings: SettingsSchema.parse({ currency: 'EUR' }),
    journeys: [
      {
        definition: journeyOf({
          id: 'opened',
          name: 'Opened',
          trigger: { kind: 'transition', region: 'stage', to: 'new' },
          reentry: { kind: 'never' },
          steps: [{ kind: 'delay', id: 'rest', duration: '300d' }],
        }),
        version: 1,
        status,
      },
    ],
  })

const [working, paused, finishing] = [rulesAs('live'), rulesAs('paused'), rulesAs('finishing')]
const asked = (day: number, delay: number) =>
  ownEvent('opening', START + day * DAY, 'Journey Requested', {
    journey: 'opened',
    because: 'publish',
    delay: delay * DAY,
  })

/** When the customer came in, in days; each part of the story is lived by rules of its own. */
function cameIn(...parts: [Parameters<typeof live>[1], ...Input[]][]) {
  let customer = live([order(0, 'o1')], finishing).customer
  for (const [rules, ...inputs] of parts) ({ customer } = live(inputs, rules, customer))
  return Object.values(customer.enrolments).map(({ startedAt }) => (startedAt - START) / DAY)
}

describe('a journey that is opened to those already there', () => {
  it('lets them in at their turn', () => {
    expect(cameIn([working, asked(1, 3), wake(9)])).toEqual([4])
  })

  it('lets in nobody who has moved on meanwhile', () => {
    expect(cameIn([working, asked(1, 3), order(2, 'o2'), wake(9)])).toEqual([])
  })

  it('forgets nobody whose turn comes in a pause: they are looked at every day until it is over', () => {
    expect(cameIn([working, asked(1, 3)], [paused, wake(7.5)], [working, wake(9)])).toEqual([8])
  })

  it.each([
    ['at once', 0, 4],
    ['later', 5, 6],
  ])('forgets nobody who was asked in just when it was paused, to come %s', (_name, delay, day) => {
    expect(cameIn([paused, asked(1, delay), wake(3.5)], [working, wake(9)])).toEqual([day])
  })

  it('asks nobody any more where it has ended', () => {
    expect(cameIn([working, asked(1, 3)], [finishing, wake(7.5)], [working, wake(9)])).toEqual([])
  })
})
