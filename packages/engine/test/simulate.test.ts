import { describe, expect, it } from 'vitest'
import {
  beginSimulation,
  createSimulator,
  historyInOrder,
  JourneySchema,
  pastUntil,
  simulate,
  type EventInput,
  type Journey,
} from '../src/index.ts'
import { DAY, eventInput, HOUR, rulesWith, START } from './support/inputs.ts'

const SINCE = START + 10 * DAY
const UNTIL = START + 60 * DAY

const mailOn = (id: string, trigger: Record<string, unknown>, more: Record<string, unknown> = {}): Journey =>
  JourneySchema.parse({
    id,
    name: id,
    trigger,
    reentry: { kind: 'always' },
    steps: [{ kind: 'send', id: 'mail', template: id, purpose: 'marketing' }],
    ...more,
  })

const onEvent = (name: string) => ({ kind: 'event', name })
const signUp = (traits: Record<string, unknown> = {}) => [
  eventInput({ day: 0, type: 'identify', userId: 'u1', traits: { email: 'ann@x.org', ...traits } }),
  eventInput({ day: 0, name: 'Subscribed', userId: 'u1', properties: { email: 'ann@x.org' } }),
]
const told = (day: number, name: string) => eventInput({ day, name, userId: 'u1' })

const run = (journeys: readonly Journey[], inputs: readonly EventInput[], settings = {}) =>
  simulate(inputs, rulesWith(settings, journeys), { customerId: 'c1', since: SINCE, until: UNTIL })

describe('a simulation', () => {
  it('starts nothing for what was before it', () => {
    const { runs } = run(
      [mailOn('asked', onEvent('Asked'))],
      [...signUp(), told(5, 'Asked'), told(20, 'Asked')],
    )
    expect(runs.map(({ startedAt }) => startedAt)).toEqual([START + 20 * DAY])
  })

  it('knows the days of those to whom nothing happens any more', () => {
    const birthday = { kind: 'date', date: { of: 'trait', path: ['birthday'], yearly: true }, at: '09:00' }
    const { messages } = run([mailOn('birthday', birthday)], signUp({ birthday: '1990-01-25' }))
    expect(messages.map(({ at, outcome }) => [at, outcome])).toEqual([[Date.UTC(2026, 0, 25, 9), 'sent']])
  })

  it('lets go what has waited longest, and names what had used up the cap', () => {
    const journeys = [
      mailOn('third', onEvent('A')),
      mailOn('second', onEvent('B')),
      mailOn('first', onEvent('C')),
    ]
    const { messages } = run(
      journeys.map((journey) => ({
        ...journey,
        steps: journey.steps.map(
          (step) => ({ ...step, expiresAfter: 5 * DAY }) as (typeof journey.steps)[number],
        ),
      })),
      [...signUp(), told(20, 'C'), told(20.1, 'B'), told(20.2, 'A')],
      { cap: { perDay: 1, perWeek: null } },
    )
    const sent = messages.map(({ message, at, cappedBy }) => [
      message.journeyId,
      (at - START) / DAY,
      cappedBy,
    ])
    expect(sent).toEqual([
      ['first', 20, []],
      ['second', 21, ['first']],
      ['third', 22, ['first', 'second']],
    ])
  })

  it('counts marketing mails of the week before for the cap', () => {
    const sent = eventInput({
      day: 9.9,
      source: 'own',
      name: 'Email Sent',
      properties: { purpose: 'marketing' },
    })
    const [message] = run(
      [mailOn('asked', onEvent('Asked'))],
      [...signUp(), { ...sent, event: { ...sent.event, userId: 'u1' } }, told(10.1, 'Asked')],
      { cap: { perDay: 1, perWeek: null } },
    ).messages
    expect(message).toMatchObject({ outcome: 'sent', at: sent.at + DAY, cappedBy: [null] })
  })

  it.each([{ id: 'a-1' }, { id: 'event-1' }])(
    'tells a run of its mail that leaves at the instant at which $id began it',
    ({ id }) => {
      const track = { kind: 'event', type: 'track', atLeast: 2, within: HOUR, where: [] }
      const { runs } = run(
        [
          mailOn('asked', onEvent('Asked'), {
            steps: [
              { kind: 'send', id: 'mail', template: 'asked', purpose: 'marketing' },
              { kind: 'wait', id: 'wait', for: { kind: 'condition', rule: track }, timeout: DAY },
            ],
          }),
        ],
        [...signUp(), { ...told(20, 'Asked'), id }],
      )
      expect(runs.map(({ endedAt }) => endedAt)).toEqual([START + 20 * DAY])
    },
  )

  it('goes on from one beginning by several rules, and leaves it as it is', () => {
    const once = (delay: string) =>
      mailOn('once', onEvent('Asked'), {
        steps: [
          { kind: 'delay', id: 'wait', duration: delay },
          { kind: 'send', id: 'mail', template: 'once', purpose: 'marketing' },
        ],
      })
    const history = historyInOrder([...signUp(), told(20, 'Asked')], UNTIL)
    const [early, late] = [rulesWith({}, [once('1h')]), rulesWith({}, [once('2h')])]
    const beginning = beginSimulation(history.slice(0, 2), early, { customerId: 'c1', since: SINCE })
    const before = JSON.stringify(beginning.customer)
    const sentAt = (rules: typeof early) =>
      createSimulator(rules)(beginning, history.slice(2), { since: SINCE, until: UNTIL }).messages.map(
        ({ at }) => at,
      )
    expect(sentAt(early)).toEqual([START + 20 * DAY + HOUR])
    expect(sentAt(late)).toEqual([START + 20 * DAY + 2 * HOUR])
    expect(JSON.stringify(beginning.customer)).toBe(before)
  })

  it.each([
    ['lets nobody in again who was in before', START + 2 * DAY, 0],
    ['knows nothing of runs that began later', START + 30 * DAY, 1],
  ])('%s', (_, startedAt, runs) => {
    const rules = rulesWith({}, [mailOn('once', onEvent('Asked'), { reentry: { kind: 'never' } })])
    const history = historyInOrder([...signUp(), told(20, 'Asked')], UNTIL)
    const past = pastUntil([{ journeyId: 'once', key: null, startedAt, endedAt: null }], SINCE)
    const beginning = beginSimulation(history.slice(0, 2), rules, { customerId: 'c1', since: SINCE, past })
    const lived = createSimulator(rules)(beginning, history.slice(2), { since: SINCE, until: UNTIL })
    expect(lived.runs).toHaveLength(runs)
  })
})
