import { describe, expect, it } from 'vitest'
import {
  compileRules,
  createCustomer,
  JourneySchema,
  rebuild,
  SegmentRuleSchema,
  type EventInput,
  type Input,
} from '../src/index.ts'
import { DAY, eventInput, order, rules, wake } from './support/inputs.ts'
import { live } from './support/live.ts'

const LIKED = { kind: 'event', name: 'Liked', atLeast: 2, within: 10 * DAY }

const journey = (to: 'in' | 'out') =>
  JourneySchema.parse({
    id: `journey-${to}`,
    name: to,
    trigger: { kind: 'segment', segment: 'Keen_1', to },
    reentry: { kind: 'always' },
    steps: [{ kind: 'delay', id: 'wait', duration: 1_000 * DAY }],
  })

const rulesWhere = (isLive: boolean, rule: unknown = LIKED) =>
  compileRules({
    version: 1,
    settings: rules.settings,
    journeys: [journey('in'), journey('out')].map((definition) => ({
      definition,
      version: 1,
      status: 'live' as const,
    })),
    segments: [{ id: 'Keen_1', rule: SegmentRuleSchema.parse(rule), isLive }],
  })

const liked = (day: number, more: Partial<Parameters<typeof eventInput>[0]> = {}) =>
  eventInput({ day, name: 'Liked', userId: 'u1', ...more })

/** The journeys that were started, and the events that other tools are told of. */
function startedBy(inputs: readonly Input[], isLive = true, rule?: unknown) {
  const { customer, effects } = live(inputs, rulesWhere(isLive, rule))
  return {
    journeys: Object.values(customer.enrolments).map(({ journeyId }) => journeyId),
    told: effects.flatMap((effect) => (effect.type === 'event' ? [effect.name] : [])),
  }
}

describe('a journey that waits for a segment', () => {
  it.each<[sentence: string, inputs: Input[], journeys: string[], told: string[]]>([
    ['starts when somebody enters', [liked(1), liked(2)], ['journey-in'], ['Segment Entered']],
    [
      'starts when somebody leaves, also where time alone does it',
      [liked(1), liked(2), wake(11)],
      ['journey-in', 'journey-out'],
      ['Segment Entered', 'Segment Left'],
    ],
    [
      'starts once, however often the event comes again',
      [1, 2, 3, 4].map((day) => liked(day)),
      ['journey-in'],
      ['Segment Entered'],
    ],
    [
      'does not start for what an import brings',
      [liked(1, { source: 'import', receivedDay: 20 }), liked(2, { source: 'import', receivedDay: 20 })],
      [],
      [],
    ],
    [
      'does not start when an imported window runs out in the past',
      [
        liked(1, { source: 'import', receivedDay: 20 }),
        liked(2, { source: 'import', receivedDay: 20 }),
        wake(20),
      ],
      [],
      [],
    ],
  ])('%s', (_, inputs, journeys, told) => {
    expect(startedBy(inputs)).toEqual({ journeys, told })
  })

  it('does not start while the segment is building', () => {
    expect(startedBy([liked(1), liked(2), wake(30)], false)).toEqual({ journeys: [], told: [] })
  })

  it('starts once for a window that has run out, whatever is told late of the time before', () => {
    const event = (name: string) => ({ kind: 'event', name, within: 10 * DAY })
    const rule = { kind: 'and', rules: [event('Liked'), event('Viewed')] }
    const viewed = (day: number, receivedDay = day) => liked(day, { name: 'Viewed', receivedDay })
    const inputs = [liked(1), viewed(2), wake(11), viewed(3, 12), wake(12)]
    expect(startedBy(inputs, true, rule)).toEqual({
      journeys: ['journey-in', 'journey-out'],
      told: ['Segment Entered', 'Segment Left'],
    })
  })

  it('starts in a rebuild only for the late event itself', () => {
    const rule = {
      kind: 'and',
      rules: [LIKED, { kind: 'orders', figure: 'count', condition: { operator: 'atLeast', value: 1 } }],
    }
    const ofBoth = rulesWhere(true, rule)
    const first = order(1, 'o1')
    const history: EventInput[] = [liked(2), liked(3), order(20, 'o2')]
    const before = history.reduce<ReturnType<typeof live>>(
      (lived, input) => live([input], ofBoth, lived.customer),
      { customer: createCustomer('c1'), transitions: [], effects: [] },
    )
    expect(Object.keys(before.customer.enrolments)).toEqual([])
    // Told late: with it the customer entered at the second like, which is not the late event.
    const silent = rebuild(before.customer, [...history, first], ofBoth, new Set([first.id]))
    expect(silent.transitions.filter(({ region }) => region === 'segment:Keen_1')).toHaveLength(2)
    expect(Object.keys(silent.customer.enrolments)).toEqual([])
    // Here it is the late order that brings the customer in.
    const bringing = order(4, 'o3')
    const told = rebuild(before.customer, [...history, bringing], ofBoth, new Set([bringing.id]))
    expect(Object.values(told.customer.enrolments).map(({ journeyId }) => journeyId)).toEqual(['journey-in'])
  })

  it('waits for no two segments that follow from each other: neither counts what tells of the other', () => {
    const entered = (segment: string) => ({
      kind: 'event',
      name: 'Segment Entered',
      where: [{ path: ['segment'], condition: { operator: 'is', value: segment } }],
    })
    const both = compileRules({
      version: 1,
      settings: rules.settings,
      segments: [
        { id: 'a', rule: SegmentRuleSchema.parse({ kind: 'not', rule: entered('b') }), isLive: true },
        { id: 'b', rule: SegmentRuleSchema.parse(entered('a')), isLive: true },
      ],
    })
    const own = eventInput({
      day: 2,
      name: 'Segment Entered',
      source: 'own',
      properties: { segment: 'a' },
      userId: 'u1',
    })
    const { customer, transitions } = live([liked(1), own, wake(9)], both)
    expect(Object.keys(customer.segments)).toEqual(['a'])
    expect(transitions.filter(({ region }) => region.startsWith('segment:'))).toHaveLength(1)
  })
})
