import { describe, expect, it } from 'vitest'
import {
  createCustomer,
  isLate,
  rebuild,
  step,
  type EventInput,
  type Input,
  type Journey,
} from '../src/index.ts'
import { DAY, eventInput, order, rules, rulesWith, START, wake } from './support/inputs.ts'
import { live } from './support/live.ts'
import {
  address,
  browserSubscribe,
  cancel,
  noise,
  refund,
  story,
  subscribe,
  unsubscribe,
  visit,
} from './support/story.ts'
import { messagesOf } from './support/messagesOf.ts'
import { nobody, tell } from './support/runsOf.ts'
import { journeyOf } from './support/testJourneys.ts'

const thankYou = journeyOf({
  id: 'thanks',
  name: 'Thanks',
  trigger: { kind: 'transition', region: 'stage', to: 'new' },
  reentry: { kind: 'always' },
  steps: [{ kind: 'send', id: 'mail', template: 'thanks', purpose: 'transactional', to: 'customer' }],
})
const followUp = journeyOf({
  ...thankYou,
  id: 'follow-up',
  steps: [{ kind: 'delay', id: 'wait', duration: 10 * DAY }, ...thankYou.steps],
})

/** Told `later` days after it happened. */
const told = (later: number, input: EventInput): EventInput => ({
  ...input,
  receivedAt: input.at + later * DAY,
})

const messages = (inputs: readonly Input[], journeys: readonly Journey[]) =>
  messagesOf(live(inputs, rulesWith({}, journeys)).effects).map((message) => [
    message.journeyId,
    message.state,
    message.reason,
  ])

describe('an event that arrives late', () => {
  const orders = [
    address(0, 'ann@example.com', { id: 'a' }),
    order(1, 'o1', 10, { id: 'b' }),
    order(150, 'o2', 20, { id: 'c' }),
    cancel(160, 'o1', { id: 'd' }),
    refund(170, 'o2', 5, { id: 'e' }),
    order(400, 'o3', 30, { id: 'f' }),
  ]
  const permuted: [sentence: string, order: number[]][] = [
    ['from the last to the first', [5, 4, 3, 2, 1, 0]],
    ['a cancellation and a refund before their orders', [0, 3, 4, 1, 2, 5]],
    ['the first order after all others', [0, 2, 4, 5, 3, 1]],
    ['the address last', [1, 2, 3, 4, 5, 0]],
  ]
  it.each(permuted)('ends as in the right order: %s', (_sentence, arrivals) => {
    const inOrder = live([...orders, wake(500)], rules)
    const mixed = live([...arrivals.map((position) => orders[position]!), wake(500)], rules)
    expect(mixed.transitions).toEqual(inOrder.transitions)
    expect(mixed.customer.figures).toEqual(inOrder.customer.figures)
    expect(mixed.customer.lifecycle).toEqual(inOrder.customer.lifecycle)
    expect(mixed.customer.timers).toEqual(inOrder.customer.timers)
    expect(inOrder.customer.figures).toEqual({
      count: 2,
      orderDays: 2,
      positive: 2,
      revenue: { EUR: 4_500 },
      firstAt: START + 150 * DAY,
      lastAt: START + 400 * DAY,
    })
  })

  it.each<[sentence: string, expected: boolean, history: Input[], late: EventInput]>([
    ['an older order', true, [order(10, 'o1')], order(9, 'o2')],
    ['an order that is known already', true, [order(10, 'o1')], order(9, 'o1')],
    ['a cancellation of an order not known yet', true, [order(10, 'o1')], cancel(9, 'o2')],
    ['an older address, though it is the same', true, [address(10)], address(9)],
    ['an older visit of somebody not warm then', true, [visit(10)], visit(9)],
    ['older traits', true, [address(10)], eventInput({ day: 9, type: 'identify', traits: { n: 1 } })],
    ['an older wish without an address', true, [address(10)], browserSubscribe(9)],
    ['an event older than a lifecycle timer that has fired', true, [order(0, 'o1'), wake(90)], visit(89)],
    [
      'the same time, by a smaller id',
      true,
      [order(9, 'o1', 1, { id: 'b' })],
      order(9, 'o2', 1, { id: 'a' }),
    ],
    [
      'the same time, by a greater id',
      false,
      [order(9, 'o1', 1, { id: 'b' })],
      order(9, 'o2', 1, { id: 'c' }),
    ],
    ['a visit of the same time, by a smaller id', true, [visit(9, { id: 'b' })], visit(9, { id: 'a' })],
    ['a visit of the same time, by a greater id', false, [visit(9, { id: 'b' })], visit(9, { id: 'c' })],
    ['a newer order', false, [order(10, 'o1')], order(11, 'o2')],
    ['an older event that means nothing', false, [order(10, 'o1')], noise(9)],
    ['an order newer than all but noise', false, [order(10, 'o1'), noise(20)], order(15, 'o2')],
    ['a visit on a day that is counted', false, [visit(10), order(10.5, 'o1')], visit(10.2)],
  ])('is told from one that is not: %s is %s', (_sentence, expected, history, input) => {
    expect(isLate(live(history, rules).customer, input, rules)).toBe(expected)
  })

  it('is put in its place also when the newer word changed nothing at its own time', () => {
    const traits = (day: number, n: number) =>
      eventInput({ day, type: 'identify', userId: 'u1', traits: { n } })
    const { customer } = live([traits(1, 1), traits(10, 1), traits(5, 2)], rules)
    expect(customer.traits).toEqual({ n: 1 })
  })

  it('starts the journey of its own transition when it is fresh', () => {
    const inputs = [address(0), visit(10.1), told(0.2, order(10, 'o1'))]
    expect(messages(inputs, [thankYou])).toEqual([['thanks', 'queued', null]])
  })

  it('creates the message expired when it is not', () => {
    const inputs = [address(0), visit(20), told(12, order(10, 'o1'))]
    expect(messages(inputs, [thankYou])).toEqual([['thanks', 'expired', 'late']])
  })

  it('starts nothing for what others did, nor for the deadlines that its rebuild passes', () => {
    const ageing: Journey = {
      ...thankYou,
      id: 'ageing',
      trigger: { kind: 'transition', region: 'stage', to: 'atRisk' },
    }
    const seen = [address(0), order(100, 'o2'), visit(195)]
    expect(messages(seen, [thankYou, ageing])).toEqual([
      ['thanks', 'queued', null],
      ['ageing', 'expired', 'late'],
    ])
    const inputs = [address(0), order(100, 'o2'), visit(110), wake(150), told(149, order(1, 'o1'))]
    expect(messages(inputs, [thankYou, ageing])).toEqual([
      ['thanks', 'queued', null],
      ['thanks', 'expired', 'late'],
    ])
  })

  it('starts a journey whose later steps come too late by the time at which it was told', () => {
    const inputs = [address(0), visit(30), told(20, order(10, 'o1'))]
    const { effects } = live(inputs, rulesWith({}, [followUp]))
    expect(messagesOf(effects).map((message) => message)).toMatchObject([
      { state: 'expired', causeAt: START + 20 * DAY, createdAt: START + 30 * DAY },
    ])
  })

  it('lets a run that waits for it write before what was written since, in the order of its steps', () => {
    const asked = journeyOf({
      ...thankYou,
      id: 'asked',
      steps: [
        {
          kind: 'wait',
          id: 'answer',
          for: { kind: 'event', name: 'Answered' },
          timeout: '9d',
          onTimeout: 'end',
        },
        { kind: 'update', id: 'second-by-name', traits: { step: 1, word: 'from the answer' } },
        { kind: 'update', id: 'first-by-name', traits: { step: 2 } },
      ],
    })
    const said = (day: number, word: string) =>
      eventInput({ day, id: `said-${day}`, type: 'identify', userId: 'u1', traits: { word } })
    const answered = eventInput({ day: 3, id: 'answered', userId: 'u1', name: 'Answered' })
    const journeys = rulesWith({}, [asked])
    const kept = [address(0), order(1, 'o1'), said(5, 'later'), told(3, answered)].reduce(
      (one, input) => tell(one, input, journeys),
      nobody(),
    )
    expect(kept.customer.traits).toMatchObject({ step: 2, word: 'later' })
    const again = rebuild(kept.customer, kept.history, journeys)
    expect(again.customer.traits).toEqual(kept.customer.traits)
  })

  it('leaves a journey under way, its timer and its past as they are', () => {
    const journeys = rulesWith({}, [followUp])
    const before = live([address(0), order(10, 'o2')], journeys).customer
    const after = rebuild(before, [address(0), order(10, 'o2'), order(9, 'o1')], journeys)
    expect(after.effects).toEqual([])
    expect(after.customer.enrolments).toEqual(before.enrolments)
    expect(after.customer.past).toEqual(before.past)
    const [owner] = Object.keys(before.enrolments)
    const key = `${owner}|xstate.after.wait.journey.wait`
    expect(after.customer.timers[key]).toBe(START + 20 * DAY)
    expect(step(after.customer, wake(20), journeys).effects).toHaveLength(1)
  })

  it('numbers all transitions of a rebuild from the beginning', () => {
    const { customer, transitions } = live([order(10, 'o2'), order(1, 'o1')], rules)
    expect(story(transitions, 'stage')).toEqual([
      '1 visitor > new (Order Completed)',
      '10 new > active (Order Completed)',
    ])
    expect(customer.transitionCount).toBe(transitions.length)
  })

  it('rebuilds a customer with 10,000 orders in seconds', { timeout: 15_000 }, () => {
    const history = Array.from({ length: 10_000 }, (_, position) => order(position / 100, `o${position}`))
    const { customer } = rebuild(createCustomer('c1'), history, rules)
    expect(customer.figures.count).toBe(10_000)
  })
})

describe('an imported past', () => {
  const imported = (input: EventInput, receivedDay: number): EventInput => ({
    ...input,
    source: 'import',
    receivedAt: START + receivedDay * DAY,
  })
  const ageing: Journey = {
    ...thankYou,
    id: 'ageing',
    trigger: { kind: 'transition', region: 'stage', to: 'atRisk' },
  }

  it('starts nothing for its own events', () => {
    const inputs = [imported(address(0), 50), imported(order(49.9, 'o1'), 50), imported(subscribe(50), 50)]
    expect(messagesOf(live(inputs, rulesWith({})).effects)).toEqual([])
  })

  it('starts nothing for deadlines that had passed when it arrived, though they fire later', () => {
    const inputs = [imported(address(0), 200), imported(order(1, 'o1'), 200), wake(201)]
    const lived = live(inputs, rulesWith({}, [ageing]))
    expect(story(lived.transitions, 'stage')).toContain('91 new > atRisk (timer atRisk)')
    expect(lived.effects).toEqual([])
    expect(lived.customer.past).toEqual({})
  })

  it('starts what comes due after it arrived', () => {
    const inputs = [imported(address(0), 50), imported(order(1, 'o1'), 50), wake(91)]
    expect(messages(inputs, [ageing])).toEqual([['ageing', 'queued', null]])
  })

  it('does not silence what happens live', () => {
    const inputs = [imported(address(0), 50), order(50.1, 'o1')]
    expect(messages(inputs, [thankYou])).toEqual([['thanks', 'queued', null]])
  })

  it('does not silence what happened live shortly before it arrived, and was told shortly after', () => {
    const inputs = [imported(address(0), 50), told(0.01, order(49.995, 'o1'))]
    expect(messages(inputs, [thankYou])).toEqual([['thanks', 'queued', null]])
  })

  it('rebuilds a customer that is known already, and still starts nothing', () => {
    const inputs = [address(60), visit(61), imported(order(1, 'o1'), 70), wake(71)]
    const lived = live(inputs, rulesWith({}, [thankYou, ageing]))
    expect(story(lived.transitions, 'stage')).toEqual(['1 visitor > new (Order Completed)'])
    expect(lived.effects).toEqual([])
  })

  it('of an unsubscribe and a subscription counts the later one, in whatever order they come', () => {
    const inputs = [imported(unsubscribe(5), 50), imported(subscribe(4), 50)]
    expect(live(inputs, rules).customer.lifecycle.value.permission).toBe('unsubscribed')
  })
})
