import { describe, expect, it } from 'vitest'
import {
  compileRules,
  createCustomer,
  mergeCustomers,
  rebuild,
  SettingsSchema,
  step,
  type Customer,
  type EventInput,
  type Rules,
} from '../src/index.ts'
import { DAY, eventInput, HOUR, START, wake } from './support/inputs.ts'
import { live } from './support/live.ts'
import { messagesOf } from './support/messagesOf.ts'
import { address, subscribe } from './support/story.ts'
import { journeyOf } from './support/testJourneys.ts'

type Words = Parameters<typeof journeyOf>[0]
type Step = Words['steps'][number]

const send = (id: string, more: object = {}): Step => ({ kind: 'send', id, template: id, purpose: 'marketing', ...more })
const pause = (id: string, duration: string): Step => ({ kind: 'delay', id, duration })

const cart = (more: Partial<Words> = {}): Words => ({
  id: 'cart',
  name: 'Cart',
  trigger: { kind: 'event', name: 'Product Added' },
  key: 'cart',
  reentry: { kind: 'after', duration: '7d' },
  exits: [{ on: { kind: 'cartClosed' }, name: 'closed' }],
  steps: [pause('wait', '4h'), send('reminder')],
  ...more,
})
const series = (more: Partial<Words> = {}): Words => ({
  id: 'series',
  name: 'Series',
  trigger: { kind: 'event', name: 'Began' },
  reentry: { kind: 'always' },
  steps: [send('first'), pause('wait', '2d'), send('second')],
  ...more,
})
const rulesOf = (journeys: readonly Words[], status: 'live' | 'paused' = 'live', settings = {}): Rules =>
  compileRules({
    version: 1,
    settings: SettingsSchema.parse({ currency: 'EUR', ...settings }),
    journeys: journeys.map((words) => ({ definition: journeyOf(words), version: 1, status })),
  })
const at = (hours: number, name: string, properties: Record<string, unknown> = {}, more: object = {}): EventInput =>
  eventInput({ day: hours / 24, id: `${name}-${hours}`, name, properties, userId: 'u1', ...more })
const known = [address(-1), subscribe(-1, { id: 'subscribe' })]
const running = ({ enrolments }: Customer) => Object.values(enrolments).filter(({ endedAt }) => endedAt === null)
const ended = ({ enrolments }: Customer) => Object.values(enrolments).map(({ key, endReason }) => `${key} ${endReason}`)

describe('review', () => {
  it('1 a late cart that was bought meanwhile', () => {
    const inputs = [...known, at(2, 'Order Completed', { order_id: 'o', total: 1 }), at(1, 'Product Added', { product_id: 'p' }, { receivedDay: 3 / 24 }), wake(2)]
    const lived = live(inputs, rulesOf([cart()]))
    expect(messagesOf(lived.effects).map(({ template }) => template)).toEqual([])
    expect(ended(lived.customer)).toEqual(['default exit:closed'])
  })
  it('2 merge: cart on a browser, order by the server', () => {
    const rules = rulesOf([cart()])
    const browser = [at(0, 'Product Added', { product_id: 'p' }, { source: 'public', userId: undefined, anonymousId: 'a' })]
    const server = [...known, at(1, 'Order Completed', { order_id: 'o', total: 1 })]
    const one = live(server, rules).customer
    const two = live(browser, rules, createCustomer('c2')).customer
    expect(running(two)).toHaveLength(1)
    const merged = mergeCustomers(one, two, START + 2 * HOUR)
    const identify = at(2, 'Signed', {})
    const result = rebuild(merged, [...server, ...browser, identify], rules, new Set())
    expect(ended(result.customer)).toEqual(['default exit:closed'])
  })
  it('3 own events after their cause in every replay', () => {
    const rules = rulesOf([series({ trigger: { kind: 'event', type: 'identify' }, steps: [{ kind: 'update', id: 'b', traits: { plan: 'theirs' } }, { kind: 'update', id: 'a', traits: { plan: 'ours' } }] })])
    const cause = eventInput({ day: 1, id: 'zz', type: 'identify', userId: 'u1', traits: { plan: 'own' } })
    const { customer, effects } = live([cause], rules)
    expect(customer.traits['plan']).toBe('ours')
    const own = effects.flatMap((effect): EventInput[] => effect.type === 'event' ? [{ kind: 'event', id: `ciclo:${effect.id}`, at: effect.at, receivedAt: effect.at, source: 'own', event: { type: 'identify', properties: effect.properties, traits: effect.traits ?? {}, context: {} } }] : [])
    expect(rebuild(customer, [cause, ...own], rules).customer.traits['plan']).toBe('ours')
  })
  /** As the store loads it. */
  const loaded = (customer: Customer): Customer => ({ ...customer, enrolments: Object.fromEntries(running(customer).map((run) => [run.id, run])) })
  it('4 a date comes once', () => {
    const birthday = series({ id: 'birthday', trigger: { kind: 'date', date: { of: 'trait', path: ['born'], yearly: true } }, reentry: { kind: 'always' }, steps: [{ kind: 'webhook', id: 'hook', url: 'https://example.com' }] })
    const rules = rulesOf([birthday, series({ trigger: { kind: 'event', name: 'Product Viewed' }, steps: [pause('w', '9d')] })], 'live', { shop: { timeZone: 'UTC' } })
    const inputs = [...known, eventInput({ day: 0, type: 'identify', userId: 'u1', traits: { born: '1990-01-05' } }), wake(4.4)]
    const first = live(inputs, rules)
    expect(first.effects.filter(({ type }) => type === 'webhook')).toHaveLength(1)
    const { effects, customer } = live([at(4 * 24 + 8.9, 'Product Viewed', {}, { receivedDay: 4.4 }), wake(5)], rules, loaded(first.customer))
    expect(effects.filter(({ type }) => type === 'webhook')).toHaveLength(0)
    expect(Object.keys(customer.past)).toEqual(['birthday', 'series'])
  })
  it('5 what was waited for during a pause', () => {
    const waiting = series({ steps: [{ kind: 'wait', id: 'answer', for: { kind: 'event', name: 'Answered' }, timeout: '3d', onTimeout: 'ask' }, send('thanks', { next: 'end' }), send('ask')] })
    const before = live([...known, at(0, 'Began')], rulesOf([waiting])).customer
    const during = live([at(1, 'Answered'), wake(4)], rulesOf([waiting], 'paused'), before).customer
    expect(Object.values(during.enrolments)[0]?.held?.id).toBe('met')
  })
  it('6 journeys that start each other for years', () => {
    const one = series({ id: 'one', steps: [pause('w', '1d'), { kind: 'startJourney', id: 'go', journey: 'two' }] })
    const two = series({ id: 'two', trigger: { kind: 'api' }, steps: [pause('w', '1d'), { kind: 'startJourney', id: 'go', journey: 'one' }] })
    const { customer } = live([...known, at(0, 'Began'), wake(100)], rulesOf([one, two]))
    expect(Math.max(...Object.keys(customer.enrolments).map((id) => id.length))).toBeLessThan(500)
  })
  it('7 coupons of a run that begins anew', () => {
    const drain = cart({ repeat: 'restart', steps: [{ kind: 'coupon', id: 'code', from: { pool: 'pool' } }, pause('wait', '4h'), send('reminder')] })
    const { effects } = live([...known, ...Array.from({ length: 50 }, (_, index) => at(index / 60, 'Product Added', { product_id: `p${index}` }))], rulesOf([drain]))
    expect(new Set(effects.flatMap((effect) => effect.type === 'coupon' ? [effect.claim] : [])).size).toBe(1)
  })
  it('8 bounds runs', () => {
    const request = series({ key: { path: ['product_id'] }, trigger: { kind: 'event', name: 'Back in Stock Requested' } , steps: [pause('w', '90d')]})
    const { customer } = live([...known, ...Array.from({ length: 300 }, (_, index) => at(index / 60, 'Back in Stock Requested', { product_id: `p${index}` }))], rulesOf([request]))
    expect(running(customer).length).toBeLessThan(101)
  })
  it('9 a long cart id', () => {
    const id = 'x'.repeat(230)
    const { customer } = live([...known, at(0, 'Product Added', { cart_id: id, product_id: 'p' }), at(1, 'Order Completed', { cart_id: id, order_id: 'o' })], rulesOf([cart()]))
    expect(ended(customer)).toEqual([`${id} exit:closed`])
  })
  it('10 no cart, no run', () => {
    const { customer } = live([...known, at(0, 'Product Added', { })], rulesOf([cart()]))
    expect(ended(customer)).toEqual([])
  })
  it('11 what a browser calls an order', () => {
    const confirmation = series({ trigger: { kind: 'event', name: 'Order Completed' }, key: 'order', steps: [{ ...send('mail'), purpose: 'transactional' } as Step] })
    const orderIdsFrom = (source: 'public' | 'secret') =>
      ['A-1', 'win money at evil.example'].map((id) => {
        const { effects } = live([...known, at(0, 'Order Completed', { order_id: id, total: 1 }, { source })], rulesOf([confirmation]))
        return messagesOf(effects)[0]?.data.orderId
      })
    expect(orderIdsFrom('secret')).toEqual(['A-1', 'win money at evil.example'])
    expect(orderIdsFrom('public')).toEqual(['A-1', undefined])
  })
  it('12 a mail that came back', () => {
    const { customer, effects } = live([...known, at(0, 'Began')], rulesOf([series({ steps: [send('first')] })]))
    const [message] = messagesOf(effects)
    const after = live([at(1, 'Email Bounced', { message: message?.id, permanent: false }, { source: 'own' })], rulesOf([series({ steps: [send('first')] })]), customer)
    expect(ended(after.customer)).toEqual(['null completed'])
  })
  it.each(['a', 'z'])('13 order of timers of one instant, whatever a journey is called: %s', (id) => {
    const silent = series({ id, trigger: { kind: 'event', name: 'Order Completed' }, exits: [{ on: { kind: 'condition', rule: { kind: 'lifecycle', region: 'stage', states: ['atRisk'] } } }], steps: [pause('w', '90d'), { kind: 'send', id: 'first', template: 'first', purpose: 'transactional' }] })
    const rules = rulesOf([silent])
    const first = live([...known, at(0, 'Order Completed', { order_id: 'o', total: 1 })], rules).customer
    const { effects } = live([wake(200)], rules, first)
    expect(messagesOf(effects)).toEqual([])
    expect(Object.entries(first.timers).map(([key, due]) => [key, (due - START) / DAY])).toContainEqual(['lifecycle|xstate.after.atRisk.lifecycle.stage.new', 90])
  })
})
