import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileJourney } from '../src/journeys/compileJourney.ts'
import { compileRules, simulate, type Rules } from '../src/index.ts'
import { JourneySchema, type Journey } from '../src/journeys/journey.ts'
import type { JourneyStep } from '../src/journeys/journeyStep.ts'
import { validateJourney } from '../src/journeys/validateJourney.ts'
import { ARBITRARY_WORLD, arbitraryForwardJourney, arbitraryJourney } from './support/arbitraryJourney.ts'
import { arbitraryInputs, check, seed } from './support/histories.ts'
import { DAY, eventInput, rules, START } from './support/inputs.ts'

const isSound = (journey: Journey) =>
  validateJourney(journey, ARBITRARY_WORLD).every(({ severity }) => severity === 'warning')

const rulesOf = (definition: Journey): Rules =>
  compileRules({
    version: 1,
    settings: rules.settings,
    journeys: [{ definition, version: 1, status: 'live' }],
  })

/** Begun by whatever happens: of the others drawn here, most lives begin none. */
const arbitraryBegun = arbitraryForwardJourney.map((journey) =>
  JourneySchema.parse({ ...journey, trigger: { kind: 'event' }, entry: undefined }),
)

/** The states of its machine that can be come to from the first step, by whatever guards. */
function reachedIn(journey: Journey): Set<string> {
  const { states } = compileJourney(journey, 1).machine
  const seen = new Set<string>()
  const open = [journey.steps[0]?.id ?? '']
  for (const id of open) {
    if (seen.has(id)) continue
    seen.add(id)
    for (const one of [...(states[id]?.transitions.values() ?? [])].flat())
      open.push(...(one.target ?? []).map(({ key }) => key))
  }
  return seen
}

describe(`any journey without errors (seed ${seed})`, () => {
  it('compiles, and each of its steps is come to', () => {
    let sound = 0
    check(
      fc.property(fc.oneof(arbitraryForwardJourney, arbitraryJourney), (journey) => {
        if (!isSound(journey)) return
        sound += 1
        const reached = reachedIn(journey)
        expect(journey.steps.map(({ id }) => id).filter((id) => !reached.has(id))).toEqual([])
      }),
    )
    expect(sound).toBeGreaterThan(10)
  })

  it('is lived through by any customer, and none of its runs goes in a circle', () => {
    let runs = 0
    check(
      fc.property(fc.oneof(arbitraryForwardJourney, arbitraryBegun), arbitraryInputs, (journey, inputs) => {
        if (!isSound(journey)) return
        const history = inputs
          .filter((one) => one.kind === 'event')
          .toSorted((one, other) => one.at - other.at)
        const lived = simulate(history, rulesOf(journey), { customerId: 'c1', until: START + 60 * DAY })
        runs += lived.runs.length
      }),
    )
    expect(runs).toBeGreaterThan(0)
  })

  it('is not begun anew by what it does itself, for ever', () => {
    const journey = JourneySchema.parse({
      id: 'tested',
      name: 'Tested',
      trigger: { kind: 'event' },
      reentry: { kind: 'always' },
      repeat: 'restart',
      steps: [{ kind: 'update', id: 'stop', stopMarketing: true }],
    })
    expect(isSound(journey)).toBe(true)
    const history = [eventInput({ day: 0, name: 'Anything', userId: 'u1' })]
    const { runs } = simulate(history, rulesOf(journey), { customerId: 'c1', until: START + DAY })
    expect(runs.map(({ endReason }) => endReason)).toEqual(['completed'])
  })

  it('has an error as soon as a step is put behind its end', () => {
    check(
      fc.property(arbitraryForwardJourney, (journey) => {
        const end: JourneyStep = { kind: 'end', id: 'the-end' }
        const behind: JourneyStep = { kind: 'startJourney', id: 'behind', journey: 'other' }
        const problems = validateJourney(
          { ...journey, steps: [...journey.steps, end, behind] },
          ARBITRARY_WORLD,
        )
        expect(problems.filter(({ code }) => code === 'unreachable-step').map(({ step }) => step)).toContain(
          'behind',
        )
      }),
    )
  })

  it('has an error as soon as a circle at once is put before it', () => {
    check(
      fc.property(arbitraryForwardJourney, fc.integer({ min: 1, max: 4 }), (journey, length) => {
        const circle = Array.from({ length }, (_, index): JourneyStep => {
          return { kind: 'update', id: `circle-${index}`, traits: {}, stopMarketing: true }
        })
        const back: JourneyStep = {
          kind: 'split',
          id: 'back',
          ways: [
            { weight: 1, to: 'circle-0' },
            { weight: 1, to: journey.steps[0]?.id ?? 'end' },
          ],
        }
        const problems = validateJourney(
          { ...journey, steps: [...circle, back, ...journey.steps] },
          ARBITRARY_WORLD,
        )
        expect(problems.filter(({ code }) => code === 'loop-without-delay').map(({ step }) => step)).toEqual([
          'circle-0',
        ])
      }),
    )
  })
})
