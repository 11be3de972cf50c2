import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createCustomer,
  isTopicRefused,
  mergeCustomers,
  rebuild,
  type Effect,
  type EventInput,
} from '../src/index.ts'
import { check, seed } from './support/histories.ts'
import { eventInput, order, rules, rulesWith, type EventSketch } from './support/inputs.ts'
import { live } from './support/live.ts'
import { address, browserSubscribe, complaint, confirm, subscribe, unsubscribe } from './support/story.ts'

const topics = ['news', 'sale', 'tips'].map((id) => ({ id, name: { en: id } }))
const withTopics = rulesWith({ topics })

const says = (
  day: number,
  name: string,
  properties: Record<string, unknown>,
  more: Partial<EventSketch> = {},
) => eventInput({ day, name, userId: 'u1', properties, ...more })
const leave = (day: number, topic: unknown) => says(day, 'Unsubscribed', { topic })
const join = (day: number, topic: unknown) => says(day, 'Subscribed', { topic })

const toldOf = (effects: readonly Effect[]) =>
  effects.flatMap((effect) =>
    effect.type === 'consent'
      ? [`${effect.change.status} ${effect.change.topic ?? 'all'}`]
      : effect.type === 'suppress' || effect.type === 'lift'
        ? [effect.type]
        : [],
  )

describe('what a customer leaves out', () => {
  it.each<[sentence: string, inputs: EventInput[], refused: string[], permission: string]>([
    ['one topic, and nothing else', [subscribe(0), leave(1, 'sale')], ['sale'], 'subscribed'],
    ['each only once', [subscribe(0), leave(1, 'sale'), leave(2, 'sale')], ['sale'], 'subscribed'],
    [
      'a yes to it takes it back, and no other',
      [subscribe(0), leave(1, 'sale'), leave(1, 'news'), join(2, 'sale')],
      ['news'],
      'subscribed',
    ],
    [
      'a yes to mail as such takes back nothing of it',
      [subscribe(0), leave(1, 'sale'), subscribe(2)],
      ['sale'],
      'subscribed',
    ],
    [
      'a yes to it is a yes to mail of who had left all',
      [subscribe(0), leave(1, 'sale'), unsubscribe(2), join(3, 'sale')],
      [],
      'subscribed',
    ],
    [
      'leaving all leaves the topics as they were',
      [subscribe(0), leave(1, 'sale'), unsubscribe(2)],
      ['sale'],
      'unsubscribed',
    ],
    ['a complaint is taken back by no topic', [complaint(0), join(1, 'sale')], [], 'suppressed'],
    [
      'as a consent withdrawn and given',
      [
        subscribe(0),
        says(1, 'Consent Withdrawn', { purpose: 'marketing-email', topic: 'sale' }),
        says(1, 'Consent Withdrawn', { purpose: 'marketing-email', topic: 'tips' }),
        says(2, 'Consent Given', { purpose: 'marketing-email', topic: 'tips' }),
      ],
      ['sale'],
      'subscribed',
    ],
    [
      'who withdraws everything withdraws it, whatever topic is named',
      [subscribe(0), says(1, 'Consent Withdrawn', { topic: 'sale' })],
      [],
      'unsubscribed',
    ],
    [
      'what cannot be a topic is no reason to go on mailing',
      [subscribe(0), leave(1, 'Sale & more')],
      [],
      'unsubscribed',
    ],
    ['nor is an empty one', [subscribe(0), leave(1, '')], [], 'unsubscribed'],
    [
      'the newer word counts, told late or not',
      [subscribe(0), join(5, 'sale'), leave(3, 'sale')],
      [],
      'subscribed',
    ],
    ['also the newer no', [subscribe(0), leave(5, 'sale'), join(3, 'sale')], ['sale'], 'subscribed'],
    [
      'double opt-in brings back the topic that it asked about',
      [
        address(0),
        subscribe(0),
        leave(1, 'sale'),
        leave(1, 'news'),
        unsubscribe(2),
        browserSubscribe(3, 'ann@example.com', { topic: 'sale' }),
        confirm(4),
      ],
      ['news'],
      'subscribed',
    ],
  ])('%s', (_sentence, inputs, refused, permission) => {
    const { customer } = live(inputs, withTopics)
    expect(customer.refusedTopics).toEqual(refused)
    expect(customer.lifecycle.value.permission).toBe(permission)
  })

  it('is all there is to leave where the workspace has no topics', () => {
    const { customer } = live([subscribe(0), leave(1, 'sale')], rules)
    expect([customer.refusedTopics, customer.lifecycle.value.permission]).toEqual([[], 'unsubscribed'])
  })

  it('is kept as proof with its topic, and closes no address', () => {
    const inputs = [address(0), subscribe(0), leave(1, 'sale'), join(2, 'sale'), unsubscribe(3)]
    expect(toldOf(live(inputs, withTopics).effects)).toEqual([
      'granted all',
      'lift',
      'refused sale',
      'granted sale',
      'lift',
      'refused all',
      'suppress',
    ])
    const asked = [address(0), browserSubscribe(3, 'ann@example.com', { topic: 'news' }), confirm(4)]
    expect(toldOf(live(asked, withTopics).effects)).toEqual(['asked news', 'granted news', 'lift'])
  })

  it('is not filled without end by a browser', () => {
    const many = Array.from({ length: 300 }, (_none, index) =>
      says(index / 100, 'Unsubscribed', { topic: `t${index}` }, { source: 'public', anonymousId: 'a1' }),
    )
    const { refusedTopics } = live(many, withTopics).customer
    expect([refusedTopics.length, refusedTopics.at(-1)]).toEqual([200, 't299'])
  })

  it('keeps back only what the workspace still knows', () => {
    expect(isTopicRefused(['sale', 'old'], 'sale', topics)).toBe(true)
    expect(isTopicRefused(['sale', 'old'], 'old', topics)).toBe(false)
    expect(isTopicRefused(['sale'], 'news', topics)).toBe(false)
    expect(isTopicRefused(['sale'], null, topics)).toBe(false)
  })

  it('of two who turn out to be one: both until their past is told, then the later word', () => {
    const one = [subscribe(0), leave(1, 'sale'), leave(2, 'news')]
    const other = [subscribe(0), leave(0.5, 'news'), join(3, 'news'), leave(4, 'tips')]
    const survivor = live(one, withTopics).customer
    const merged = mergeCustomers(survivor, live(other, withTopics).customer, one[0]!.at)
    expect(merged.refusedTopics).toEqual(['sale', 'news', 'tips'])
    expect(rebuild(merged, [...one, ...other], withTopics).customer.refusedTopics).toEqual(['sale', 'tips'])
  })

  it(`is the last word on each topic, in whatever order they arrive [seed ${seed}]`, () => {
    const word = fc.record({
      day: fc.integer({ min: 1, max: 40 }),
      topic: fc.constantFrom('news', 'sale', 'tips', undefined),
      yes: fc.boolean(),
      orders: fc.boolean(),
    })
    check(
      fc.property(fc.uniqueArray(word, { selector: ({ day }) => day, maxLength: 8 }), (words) => {
        const inputs = words.map(({ day, topic, yes, orders }) =>
          orders
            ? order(day, `o${day}`)
            : says(day, yes ? 'Subscribed' : 'Unsubscribed', topic === undefined ? {} : { topic }),
        )
        const last = (topic: string) =>
          words
            .filter((one) => !one.orders && one.topic === topic)
            .toSorted((one, two) => one.day - two.day)
            .at(-1)
        const expected = topics.map(({ id }) => id).filter((id) => last(id)?.yes === false)
        const { customer } = live(inputs, withTopics)
        expect(customer.refusedTopics.toSorted()).toEqual(expected.toSorted())
        const replayed = rebuild(createCustomer('c1'), inputs, withTopics)
        expect(replayed.customer.refusedTopics).toEqual(customer.refusedTopics)
      }),
    )
  })
})
