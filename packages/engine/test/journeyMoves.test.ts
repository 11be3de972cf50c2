import { transition } from 'xstate'
import { describe, expect, it } from 'vitest'
import { compileJourney, createCustomer, SettingsSchema } from '../src/index.ts'
import { BEFORE } from '../src/journeys/compileJourney.ts'
import { HOUR, START } from './support/inputs.ts'
import { journeyOf } from './support/testJourneys.ts'

const everyKind = journeyOf({
  id: 'every-kind',
  name: 'Every kind',
  trigger: { kind: 'api' },
  reentry: { kind: 'always' },
  steps: [
    { kind: 'send', id: 'send', template: 'welcome', purpose: 'marketing' },
    { kind: 'delay', id: 'delay', duration: '2d' },
    { kind: 'until', id: 'until', at: '09:00' },
    { kind: 'untilDate', id: 'until-date', path: ['day'], onMissing: 'wait' },
    {
      kind: 'wait',
      id: 'wait',
      for: { kind: 'event', name: 'Answered' },
      timeout: '1d',
      onTimeout: 'branch',
    },
    {
      kind: 'branch',
      id: 'branch',
      ways: [{ when: { kind: 'trait', path: ['vip'], condition: { operator: 'exists' } }, to: 'split' }],
      otherwise: 'end',
    },
    {
      kind: 'split',
      id: 'split',
      ways: [
        { weight: 1, to: 'send' },
        { weight: 1, to: 'delay' },
      ],
    },
  ],
})

const customers = [{}, { vip: true }, { day: '2026-01-20' }, { vip: true, day: '2025-01-20' }].flatMap(
  (traits) =>
    ['a', 'b', 'c'].map((id) => ({
      ...createCustomer(id),
      traits,
      timeZone: id === 'a' ? ({ value: 'Asia/Tokyo', from: 'trait' } as const) : null,
    })),
)
const settings = SettingsSchema.parse({})
const steps = everyKind.steps.map(({ id }) => id)
const timers = steps.map((id) => `xstate.after.${id}.journey.${id}`)

describe('the moves of a journey that are remembered', () => {
  it.each([BEFORE, ...steps])('are the machine’s own, from %s, for everybody and at any time', (value) => {
    const { machine, move } = compileJourney(everyKind, 1)
    const events = [
      { type: 'next' },
      { type: 'met' },
      ...timers.map((type) => ({ type })),
      ...steps.map((step) => ({ type: 'go', step })),
    ]
    for (const hours of [0, 5, 700]) {
      for (const customer of customers) {
        const frame = { at: START + hours * HOUR, customer, settings }
        for (const event of events) {
          const told = { ...event, frame }
          const [snapshot, actions] = transition(machine, machine.resolveState({ value, context: {} }), told)
          expect(move(value, told)).toEqual({
            value: snapshot.value as unknown,
            actions: actions.map(({ type, params }) => ({ type, params })),
          })
        }
      }
    }
  })
})
