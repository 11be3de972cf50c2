import { describe, expect, it } from 'vitest'
import { JOURNEY_PROBLEMS } from '../src/journeys/journeyProblem.ts'
import { validateJourney } from '../src/journeys/validateJourney.ts'
import { FLOW_FAULTS } from './support/flowFaults.ts'
import { mail, pause, second } from './support/journeyFault.ts'
import { journeyWith, worldWith } from './support/journeyWorld.ts'
import { MANNER_FAULTS } from './support/mannerFaults.ts'
import { NAME_FAULTS } from './support/nameFaults.ts'
import { RULE_FAULTS } from './support/ruleFaults.ts'

/** Every kind of problem. */
const ROWS = [...FLOW_FAULTS, ...NAME_FAULTS, ...RULE_FAULTS, ...MANNER_FAULTS]
const plan = { kind: 'trait', path: ['plan'], condition: { operator: 'exists' } }

describe('a journey in a shop', () => {
  it.each(ROWS)('is found fault with for %s', (_what, { code, at, step = null, says, journey, world }) => {
    const problems = validateJourney(journeyWith(journey), worldWith(world)).filter(
      (one) => one.code === code,
    )
    expect(problems.map(({ path }) => path.join('.'))).toContain(at)
    const problem = problems.find(({ path }) => path.join('.') === at)
    expect(problem).toMatchObject({ severity: JOURNEY_PROBLEMS[code], step })
    expect(problem?.message).toMatch(says)
    expect(problem?.message.endsWith(`expected ${problem.expected}`)).toBe(true)
  })

  it.each(ROWS)(
    'is right again without %s',
    (_what, { journey, world, mended = journey, mendedWorld = world }) => {
      expect(validateJourney(journeyWith(mended), worldWith(mendedWorld))).toEqual([])
    },
  )

  it('is told which languages a template lacks', () => {
    const world = worldWith({
      templates: new Map([['win-back', new Set(['en', 'pl'])]]),
      locales: ['en', 'es', 'pl-PL', 'pt-BR'],
    })
    expect(validateJourney(journeyWith({}), world)).toMatchObject([
      { code: 'missing-locale', locales: ['es', 'pt-BR'] },
    ])
  })

  it('is held to every kind of problem', () => {
    expect(new Set(ROWS.map(([, { code }]) => code))).toEqual(new Set(Object.keys(JOURNEY_PROBLEMS)))
  })

  it.each(ROWS.filter(([, { code }]) => JOURNEY_PROBLEMS[code] === 'error'))(
    'has that one error only, with %s',
    (_what, { code, journey, world }) => {
      const errors = validateJourney(journeyWith(journey), worldWith(world)).filter(
        ({ severity }) => severity === 'error',
      )
      expect(new Set(errors.map((one) => one.code))).toEqual(new Set([code]))
    },
  )

  it('tells errors before warnings, each in the order of the definition', () => {
    const journey = journeyWith({
      entry: { kind: 'or', rules: [plan, { kind: 'not', rule: plan }] },
      trigger: { kind: 'event', name: 'Nothing' },
      steps: [mail, { ...pause, next: 'second' }, { ...mail, id: 'never' }, { ...second, template: 'none' }],
    })
    expect(validateJourney(journey, worldWith()).map(({ code }) => code)).toEqual([
      'unknown-event',
      'unreachable-step',
      'missing-template',
      'always-true',
      'no-exit',
    ])
  })

  it('is not told off for what a new shop has not sent yet', () => {
    const journey = journeyWith({
      trigger: { kind: 'event', name: 'Quiz Finished' },
      entry: plan,
    })
    const world = worldWith({ events: new Set(), traits: new Set() })
    expect(validateJourney(journey, world).map(({ severity, code }) => [severity, code])).toEqual([
      ['warning', 'unknown-event'],
      ['warning', 'unknown-trait'],
    ])
  })

  it.each(['Order Completed', 'Completed Order', 'order_delivered', 'Order Delivered', 'Survey Answered'])(
    'may wait for %s before the first has come in, if that is a name of it',
    (name) => {
      const journey = journeyWith({ trigger: { kind: 'event', name } })
      const isKnown = name !== 'order_delivered'
      expect(validateJourney(journey, worldWith()).length).toBe(isKnown ? 0 : 1)
    },
  )
})
