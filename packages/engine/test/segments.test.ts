import { describe, expect, it, vi } from 'vitest'
import {
  compileRules,
  createCustomer,
  evaluateSegment,
  SegmentRuleSchema,
  step,
  type Customer,
  type Input,
  type Rules,
} from '../src/index.ts'
import { applySegments } from '../src/segments/applySegments.ts'
import { compileSegments } from '../src/segments/compileSegments.ts'
import { DAY, eventInput, HOUR, order, rules as withoutSegments, START, wake } from './support/inputs.ts'
import { live } from './support/live.ts'
import { noise, story } from './support/story.ts'

const definition = (id: string, rule: unknown, isLive = true) => ({
  id,
  rule: SegmentRuleSchema.parse(rule),
  isLive,
})

const rulesOf = (segments: Record<string, unknown>): Rules =>
  compileRules({
    version: 1,
    settings: withoutSegments.settings,
    segments: Object.entries(segments).map(([id, rule]) => definition(id, rule)),
  })

/** When somebody to whom this happens is in a segment of this rule. */
const storyOf = (rule: unknown, inputs: readonly Input[]) =>
  story(live(inputs, rulesOf({ it: rule })).transitions, 'segment:it')

const liked = (day: number, properties: Record<string, unknown> = {}) =>
  eventInput({ day, name: 'Liked', userId: 'u1', properties })
const likes = (more: Record<string, unknown> = {}) => ({ kind: 'event', name: 'Liked', ...more })
const later = wake(500)

describe('a segment of those to whom something has happened', () => {
  it.each<[sentence: string, rule: unknown, inputs: Input[], expected: string[]]>([
    ['is entered with the event', likes(), [noise(1), liked(2), liked(3), later], ['2 out > in (Liked)']],
    [
      'is left at the very instant at which the window runs out',
      likes({ within: 3 * DAY }),
      [liked(2), later],
      ['2 out > in (Liked)', '5 in > out (timer window)'],
    ],
    [
      'is kept by another event before that',
      likes({ within: 3 * DAY }),
      [liked(2), liked(4), later],
      ['2 out > in (Liked)', '7 in > out (timer window)'],
    ],
    [
      'is left and entered again by an event at that instant',
      likes({ within: 3 * DAY }),
      [liked(2), liked(5), later],
      ['2 out > in (Liked)', '5 in > out (timer window)', '5 out > in (Liked)', '8 in > out (timer window)'],
    ],
    [
      'needs as many as are asked for, all of them in the window',
      likes({ atLeast: 3, within: 10 * DAY }),
      [liked(0), liked(4), liked(10), liked(11), later],
      ['11 out > in (Liked)', '14 in > out (timer window)'],
    ],
    [
      'counts two events of one instant as two',
      likes({ atLeast: 2, within: DAY }),
      [liked(1), liked(1), later],
      ['1 out > in (Liked)', '2 in > out (timer window)'],
    ],
    [
      'takes the name letter by letter',
      likes(),
      [noise(1, { name: 'liked' }), noise(2, { name: 'Liked ' }), noise(3, { type: 'page', name: 'Liked' })],
      [],
    ],
    [
      'takes any name where none is asked for',
      { kind: 'event', type: 'page', atLeast: 2 },
      [
        noise(1),
        noise(2, { type: 'page', name: 'Home' }),
        eventInput({ day: 3, type: 'page', userId: 'u1' }),
      ],
      ['3 out > in (page)'],
    ],
    [
      'asks all of its conditions of each event by itself',
      likes({
        where: [
          { path: ['size'], condition: { operator: 'above', value: 4 } },
          { path: ['colour'], condition: { operator: 'is', value: 'red' } },
        ],
      }),
      [liked(1, { size: 5 }), liked(2, { colour: 'red' }), liked(3, { size: 5, colour: 'red' })],
      ['3 out > in (Liked)'],
    ],
    [
      'asks the traits of an identify',
      { kind: 'event', type: 'identify', where: [{ path: ['plan'], condition: { operator: 'exists' } }] },
      [
        eventInput({ day: 1, type: 'identify', userId: 'u1', properties: { plan: 'gold' } }),
        eventInput({ day: 2, type: 'identify', userId: 'u1', traits: { plan: 'gold' } }),
      ],
      ['2 out > in (identify)'],
    ],
    [
      'of those to whom it has not: begins with the first word of the customer',
      { kind: 'not', rule: likes({ within: 5 * DAY }) },
      [noise(1), liked(2), later],
      ['1 out > in (Something Else)', '2 in > out (Liked)', '7 out > in (timer window)'],
    ],
    [
      'of those who do less than they did: two windows over one event',
      {
        kind: 'and',
        rules: [likes({ atLeast: 2, within: 30 * DAY }), { kind: 'not', rule: likes({ within: 7 * DAY }) }],
      },
      [liked(0), liked(1), later],
      ['8 out > in (timer window)', '30 in > out (timer window)'],
    ],
    [
      'with what is known of the customer',
      { kind: 'and', rules: [likes(), { kind: 'lifecycle', region: 'stage', states: ['new'] }] },
      [liked(1), order(2, 'o1'), order(3, 'o2')],
      ['2 out > in (Order Completed)', '3 in > out (Order Completed)'],
    ],
  ])('%s', (_, rule, inputs, expected) => {
    expect(storyOf(rule, inputs)).toEqual(expected)
  })

  it('is exact to the millisecond', () => {
    const rules = rulesOf({ it: likes({ within: 3 * DAY + 1 }) })
    const { customer } = live([liked(2)], rules)
    const membersAt = (at: number) =>
      step(customer, { kind: 'wake', at, receivedAt: at }, rules).customer.segments
    expect(membersAt(START + 5 * DAY)).toEqual({ it: START + 2 * DAY })
    expect(membersAt(START + 5 * DAY + 1)).toEqual({})
  })

  it('does not count what crawlers send, nor what Ciclo itself derives', () => {
    const crawled = liked(1)
    const derived = eventInput({ day: 2, name: 'Segment Entered', source: 'own', userId: 'u1' })
    const inputs: Input[] = [{ ...crawled, event: { ...crawled.event, bot: true } }, derived]
    expect(storyOf({ kind: 'event', type: 'track' }, inputs)).toEqual([])
    expect(storyOf({ kind: 'event', type: 'track' }, [...inputs, liked(3)])).toEqual(['3 out > in (Liked)'])
  })

  it('counts an event of the shop that has the name of a derived one', () => {
    expect(
      storyOf({ kind: 'event', name: 'Segment Entered' }, [noise(1, { name: 'Segment Entered' })]),
    ).toEqual(['1 out > in (Segment Entered)'])
  })

  it('counts an event that is told late at its own place', () => {
    const rule = likes({ atLeast: 2, within: 10 * DAY })
    const { customer } = live([liked(20), liked(15), wake(24)], rulesOf({ it: rule }))
    expect(customer.segments).toHaveProperty('it')
    expect(step(customer, wake(25), rulesOf({ it: rule })).customer.segments).toEqual({})
  })

  it('is not entered by an event whose window was over when it was told', () => {
    expect(storyOf(likes({ within: DAY }), [order(5, 'o1'), liked(2), later])).toEqual([])
  })
})

describe('a segment by time', () => {
  it.each<[sentence: string, rule: unknown, inputs: Input[], expected: string[]]>([
    [
      'is entered at the very instant',
      { kind: 'ago', of: 'lastOrder', atLeast: 30 * DAY },
      [order(1, 'o1'), later],
      ['31 out > in (timer window)'],
    ],
    [
      'waits again after each order',
      { kind: 'ago', of: 'lastOrder', atLeast: 30 * DAY },
      [order(1, 'o1'), order(21, 'o2'), order(60, 'o3'), later],
      ['51 out > in (timer window)', '60 in > out (Order Completed)', '90 out > in (timer window)'],
    ],
    [
      'is a window with two ends',
      {
        kind: 'and',
        rules: [
          { kind: 'ago', of: 'firstOrder', atLeast: 7 * DAY },
          { kind: 'not', rule: { kind: 'ago', of: 'firstOrder', atLeast: 14 * DAY } },
        ],
      },
      [order(1, 'o1'), later],
      ['8 out > in (timer window)', '15 in > out (timer window)'],
    ],
    [
      'ends with the order that it was about',
      { kind: 'ago', of: 'lastOrder', atLeast: 10 * DAY },
      [
        order(1, 'o1'),
        wake(12),
        eventInput({ day: 13, name: 'Order Cancelled', properties: { order_id: 'o1' }, userId: 'u1' }),
      ],
      ['11 out > in (timer window)', '13 in > out (Order Cancelled)'],
    ],
  ])('%s', (_, rule, inputs, expected) => {
    expect(storyOf(rule, inputs)).toEqual(expected)
  })
})

const compile = (...definitions: ReturnType<typeof definition>[]) => compileSegments(definitions)
const moved = step(createCustomer('c1'), order(0, 'o1'), withoutSegments).customer

describe('what segments keep of a customer', () => {
  it('is the latest times that some rule needs, once for all rules that count the same events', () => {
    const where = [
      { path: ['a'], condition: { operator: 'is', value: 1 } },
      { path: ['b'], condition: { operator: 'exists' } },
    ]
    const rules = rulesOf({
      one: likes({ within: DAY }),
      three: { kind: 'not', rule: likes({ atLeast: 3, within: 9 * DAY }) },
      red: likes({ where }),
      alsoRed: likes({ atLeast: 2, within: DAY, where: where.toReversed() }),
    })
    const inputs = [1, 2, 3, 4].map((day) => liked(day, { a: 1, b: day }))
    const { counters } = live(inputs, rules).customer
    const [, second, third, fourth] = inputs.map(({ at }) => at)
    expect(Object.entries(Object.assign({}, ...counters) as object)).toEqual([
      ['track:Liked', [second, third, fourth]],
      [expect.stringMatching(/^#\S+ track:Liked$/), [third, fourth]],
    ])
  })

  it('is one timer for all windows, never later than the first that runs out', () => {
    const rules = rulesOf({
      day: likes({ within: DAY }),
      week: likes({ within: 7 * DAY }),
      idle: { kind: 'ago', of: 'lastOrder', atLeast: 3 * DAY },
    })
    const timerOf = ({ timers }: Customer) =>
      Object.entries(timers).filter(([key]) => key.startsWith('segments|'))
    const armed = (day: number) => [['segments|window', START + day * DAY]]
    const first = live([order(0, 'o1'), liked(1)], rules).customer
    expect(timerOf(first)).toEqual(armed(2))
    expect(timerOf(step(first, wake(2), rules).customer)).toEqual(armed(3))
    expect(timerOf(step(first, wake(3), rules).customer)).toEqual(armed(8))
    expect(timerOf(step(first, wake(8), rules).customer)).toEqual([])
  })

  it('is nothing new where an event concerns no segment: the customer is the very same', () => {
    const compiled = compile(
      definition('other', { kind: 'event', name: 'Other' }),
      definition('red', likes({ where: [{ path: ['colour'], condition: { operator: 'exists' } }] })),
      definition('never', { kind: 'not', rule: { kind: 'reachable' } }),
    )
    const { customer } = applySegments(createCustomer('c1'), moved, order(0, 'o1'), START, compiled)
    expect(applySegments(customer, customer, liked(1), START + DAY, compiled)).toEqual({
      customer,
      changes: [],
    })
    expect(applySegments(customer, customer, liked(1), START + DAY, compiled).customer).toBe(customer)
  })

  it('is nothing new where enough has happened already, or where an event is older than all that count', () => {
    const compiled = compile(definition('ever', likes({ atLeast: 2 })))
    const count = (customer: Customer, day: number) =>
      applySegments(customer, customer, liked(day), START + day * DAY, compiled).customer
    const enough = count(count(moved, 4), 5)
    expect(enough.segments).toHaveProperty('ever')
    expect(count(enough, 6)).toBe(enough)
    const window = compile(definition('window', likes({ within: 9 * DAY })))
    const counted = applySegments(moved, moved, liked(5), START + 5 * DAY, window).customer
    expect(applySegments(counted, counted, liked(4), START + 4 * DAY, window).customer).toBe(counted)
  })

  it('goes with its segment at the next change of its kind', () => {
    const disliked = { kind: 'event', name: 'Disliked', within: 9 * DAY }
    const old = compile(
      definition('likes', likes({ within: 9 * DAY })),
      definition('red', likes({ where: [{ path: ['colour'], condition: { operator: 'exists' } }] })),
      definition('dislikes', disliked),
    )
    let customer = moved
    for (const input of [liked(1, { colour: 'red' }), noise(1, { name: 'Disliked' })])
      customer = applySegments(customer, customer, input, input.at, old).customer
    expect(Object.keys(customer.segments)).toEqual(['likes', 'red', 'dislikes'])
    const now = compile(definition('liked', likes({ atLeast: 2 })))
    const after = applySegments(customer, customer, liked(2), START + 2 * DAY, now).customer
    expect(after.segments).toEqual({ liked: START + 2 * DAY })
    expect(Object.assign({}, ...after.counters)).toEqual({ 'track:Liked': [START + DAY, START + 2 * DAY] })
  })
})

describe('what segments look at', () => {
  const compiled = compile(
    ...['a', 'b', 'c', 'd'].map((name) => definition(`event ${name}`, { kind: 'event', name, within: DAY })),
    definition('plan', { kind: 'trait', path: ['plan'], condition: { operator: 'is', value: 'gold' } }),
    definition('size', { kind: 'trait', path: ['size'], condition: { operator: 'exists' } }),
    definition('stage', { kind: 'lifecycle', region: 'stage', states: ['lost'] }),
    definition('spend', {
      kind: 'orders',
      figure: 'revenue',
      currency: 'EUR',
      condition: { operator: 'above', value: 9 },
    }),
    definition('b or gold', {
      kind: 'or',
      rules: [
        { kind: 'event', name: 'b' },
        { kind: 'trait', path: ['plan'], condition: { operator: 'is', value: 'gold' } },
      ],
    }),
  )
  const spies = compiled.all.map((segment) => vi.spyOn(segment, 'isIn'))
  const lookedAt = (before: Customer, after: Customer, input: Input | null, at = START + DAY) => {
    for (const spy of spies) spy.mockClear()
    applySegments(before, after, input?.kind === 'event' ? input : null, at, compiled)
    return compiled.all.filter((_, index) => spies[index]?.mock.calls.length).map(({ id }) => id)
  }
  const named = (name: string) => eventInput({ day: 1, name, userId: 'u1' })

  it.each<[sentence: string, after: Customer, input: Input | null, expected: string[]]>([
    ['nothing for an event that no rule counts', moved, named('e'), []],
    ['the rules that count the event', moved, named('a'), ['event a']],
    ['all rules that count the event', moved, named('b'), ['event b', 'b or gold']],
    [
      'the rules about the trait that has changed',
      { ...moved, traits: { plan: 'x' } },
      null,
      ['plan', 'b or gold'],
    ],
    ['none for other traits', { ...moved, traits: { colour: 'red' } }, null, []],
    [
      'the rules about the figures that have changed',
      { ...moved, figures: { ...moved.figures, revenue: { EUR: 1 } } },
      null,
      ['spend'],
    ],
    ['none for figures that are as they were', { ...moved, figures: { ...moved.figures } }, null, []],
    ['the rules about both', { ...moved, traits: { size: 1 } }, named('c'), ['event c', 'size']],
  ])('is %s', (_, after, input, expected) => {
    expect(lookedAt(moved, after, input)).toEqual(expected)
  })

  it('is only the rules whose window runs out, when one does', () => {
    const { customer } = applySegments(moved, moved, named('a'), START + DAY, compiled)
    const both = applySegments(
      customer,
      customer,
      { ...named('b'), at: START + DAY + HOUR },
      START + DAY + HOUR,
      compiled,
    ).customer
    const { 'segments|window': due, ...timers } = both.timers
    expect(due).toBe(START + 2 * DAY)
    expect(lookedAt(both, { ...both, timers }, null, START + 2 * DAY)).toEqual(['event a'])
  })

  it('is every rule for somebody of whom nothing was known', () => {
    expect(lookedAt(createCustomer('c1'), moved, order(0, 'o1'))).toHaveLength(9)
  })
})

it('changes of one event are told in the order of the definitions', () => {
  const definitions = [
    definition('stage', { kind: 'lifecycle', region: 'stage', states: ['new'] }),
    definition('event', { kind: 'event', name: 'Order Completed' }),
    definition('nothing', { kind: 'not', rule: { kind: 'lifecycle', region: 'stage', states: ['new'] } }),
  ]
  const namesOf = (compiled: ReturnType<typeof compileSegments>) =>
    applySegments(noised, moved, order(0, 'o1'), START, compiled).changes.map(({ segment }) => segment)
  const noised = step(createCustomer('c1'), noise(0), withoutSegments).customer
  expect(namesOf(compile(...definitions))).toEqual(['stage', 'event'])
  expect(namesOf(compile(...definitions.toReversed()))).toEqual(['event', 'stage'])
})

describe('the reason of entering and leaving', () => {
  const reasonsIn = (rule: unknown, inputs: readonly Input[]) =>
    live(inputs, rulesOf({ it: rule }))
      .transitions.filter(({ region }) => region === 'segment:it')
      .map(({ to, reason: { numbers } }) => ({ to, ...numbers }))

  it.each<[sentence: string, rule: unknown, inputs: Input[], expected: Record<string, unknown>[]]>([
    [
      'is how often the event was counted, and how often it has to be',
      likes({ atLeast: 3, within: 10 * DAY }),
      [liked(0), liked(1), liked(2), later],
      [
        { to: 'in', part: '', kind: 'event', event: 'Liked', count: 3, atLeast: 3, others: 0 },
        { to: 'out', part: '', kind: 'event', event: 'Liked', count: 2, atLeast: 3, others: 0 },
      ],
    ],
    [
      'is the part that turned, of many',
      {
        kind: 'and',
        rules: [
          { kind: 'trait', path: ['plan'], condition: { operator: 'exists' } },
          { kind: 'not', rule: { kind: 'or', rules: [likes({ within: DAY }), likes({ atLeast: 9 })] } },
        ],
      },
      [eventInput({ day: 0, type: 'identify', userId: 'u1', traits: { plan: 'x' } }), liked(1), later],
      [
        { to: 'in', part: 'rules.0', kind: 'trait', others: 0 },
        {
          to: 'out',
          part: 'rules.1.rule.rules.0',
          kind: 'event',
          event: 'Liked',
          count: 1,
          atLeast: 1,
          others: 0,
        },
        {
          to: 'in',
          part: 'rules.1.rule.rules.0',
          kind: 'event',
          event: 'Liked',
          count: 0,
          atLeast: 1,
          others: 0,
        },
      ],
    ],
    [
      'is the figure that was reached, and how many other parts turned with it',
      {
        kind: 'and',
        rules: [
          { kind: 'orders', figure: 'count', condition: { operator: 'atLeast', value: 2 } },
          { kind: 'lifecycle', region: 'stage', states: ['active'] },
        ],
      },
      [order(1, 'o1'), order(2, 'o2')],
      [{ to: 'in', part: 'rules.0', kind: 'orders', value: 2, others: 1 }],
    ],
    [
      'is nothing where nothing turned: everybody begins in it',
      { kind: 'not', rule: likes() },
      [noise(1)],
      [{ to: 'in' }],
    ],
  ])('%s', (_, rule, inputs, expected) => {
    expect(reasonsIn(rule, inputs)).toEqual(expected)
  })
})

describe('a segment that is not live yet', () => {
  it('is kept in silence: its changes are told, and who lives by them knows that it is not', () => {
    const compiled = compile(definition('building', likes(), false), definition('live', likes()))
    expect(compiled.live).toEqual(new Set(['live']))
    const { changes } = applySegments(moved, moved, liked(1), START + DAY, compiled)
    expect(changes).toMatchObject([
      { segment: 'building', to: 'in' },
      { segment: 'live', to: 'in' },
    ])
  })

  it('has counted no event before it was compiled', () => {
    const rule = SegmentRuleSchema.parse(likes())
    const { customer } = live([liked(1)], withoutSegments)
    expect(evaluateSegment(rule, customer, START + DAY)).toBe(false)
    expect(evaluateSegment(rule, live([liked(1)], rulesOf({ it: rule })).customer, START + DAY)).toBe(true)
  })
})
