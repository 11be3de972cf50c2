import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { transition } from 'xstate'
import { DAY, REGIONS, STATES, type LifecycleValue } from '../src/index.ts'
import { lifecycle, type LifecycleContext, type LifecycleEvent } from '../src/lifecycle.ts'
import { regionsFor } from '../src/regionMachines.ts'
import { check, runs, seed } from './support/histories.ts'
import { START } from './support/inputs.ts'

const moment = fc.option(fc.integer({ min: START - 400 * DAY, max: START }))

const arbitraryContext: fc.Arbitrary<LifecycleContext> = fc.record({
  lastOrderAt: moment,
  engagedAt: moment,
  received: fc.integer({ min: 0, max: 8 }),
})

const arbitraryValue = fc.record(
  Object.fromEntries(REGIONS.map((region) => [region, fc.constantFrom(...STATES[region])])),
) as fc.Arbitrary<LifecycleValue>

/** Every signal and every timer that the lifecycle listens to, with all the numbers that any of them may bring. */
const arbitraryEvent = fc
  .record({
    type: fc.constantFrom(...(lifecycle.events as string[])),
    orders: fc.integer({ min: 0, max: 3 }),
    lastOrderAt: moment,
    spend: fc.constantFrom(0, 40_000, 60_000),
    reachable: fc.boolean(),
    elsewhere: fc.boolean(),
    score: fc.integer({ min: 0, max: 10 }),
    rating: fc.option(fc.integer({ min: 1, max: 5 })),
    atRisk: fc.integer({ min: 1, max: 90 }),
  })
  .map(
    ({ atRisk, ...event }) =>
      ({
        ...event,
        at: START,
        limits: {
          atRisk: atRisk * DAY,
          lapsed: (atRisk + 30) * DAY,
          lost: (atRisk + 60) * DAY,
          basis: 'shop',
          expectedGap: null,
          gaps: 0,
        },
        vipLine: 50_000,
        lineFrom: 'settings',
        currency: 'EUR',
        warmFor: 30 * DAY,
        coldAfter: 90 * DAY,
        coldReceived: 5,
        optInExpiry: 7 * DAY,
        promoterScore: 9,
        detractorScore: 6,
      }) as unknown as LifecycleEvent,
  )

function runRegions(value: LifecycleValue, context: LifecycleContext, event: LifecycleEvent) {
  const actions: { type: string; params?: unknown }[] = []
  let after = { value, context }
  for (const { region, run } of regionsFor(event.type)) {
    const result = run(after.value[region], after.context, event)
    after = { value: { ...after.value, [region]: result.state }, context: result.context }
    actions.push(...result.actions)
  }
  return { ...after, actions }
}

/** What counts of an action; those that assign are part of the context already. */
const factsOf = (actions: readonly { type: string; params?: unknown }[]) =>
  actions
    .filter(({ type }) => ['xstate.raise', 'xstate.cancel', 'entered'].includes(type))
    .map(({ type, params }) => JSON.stringify([type, params]))
    .toSorted()

describe(`the regions of the lifecycle, one after the other (seed ${seed}, ${runs} runs)`, () => {
  it('do what XState does with the whole machine', () => {
    check(
      fc.property(arbitraryValue, arbitraryContext, arbitraryEvent, (value, context, event) => {
        const [whole, actions] = transition(lifecycle, lifecycle.resolveState({ value, context }), event)
        const found = runRegions(value, context, event)
        expect(found.value).toEqual(whole.value)
        expect(found.context).toEqual(whole.context)
        expect(factsOf(found.actions)).toEqual(factsOf(actions))
      }),
    )
  })

  it('leave alone what none of them listens to', () => {
    expect(regionsFor('noise')).toEqual([])
    expect(regionsFor('engaged').map(({ region }) => region)).toEqual(['engagement'])
    expect(regionsFor('ordered').map(({ region }) => region)).toEqual(['stage', 'value'])
  })
})
