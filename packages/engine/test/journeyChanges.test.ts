import { describe, expect, it } from 'vitest'
import {
  compileRules,
  createCustomer,
  mergeCustomers,
  ownEvent,
  rebuild,
  SettingsSchema,
  step,
  type Customer,
  type Input,
  type Journey,
  type JourneyStatus,
} from '../src/index.ts'
import { HOUR, START } from './support/inputs.ts'
import { at, cart, known, pause, send } from './support/journeyWords.ts'
import { live } from './support/live.ts'
import { messagesOf } from './support/messagesOf.ts'
import { subscribe } from './support/story.ts'
import { journeyOf, type JourneyWords } from './support/testJourneys.ts'

const journey = (more: Partial<JourneyWords> = {}) =>
  journeyOf(
    cart({
      reentry: { kind: 'always' },
      exits: [{ on: { kind: 'event', name: 'Order Completed', about: 'customer' }, name: 'ordered' }],
      ...more,
    }),
  )
const carts = journey()

const versions = (...all: readonly [Journey, number, JourneyStatus][]) =>
  compileRules({
    version: 1,
    settings: SettingsSchema.parse({ currency: 'EUR' }),
    journeys: all.map(([definition, version, status]) => ({ definition, version, status })),
  })
const rules = versions([carts, 1, 'live'])

const added = (hours: number, cartId = 'A') =>
  at(hours, 'Product Added', { cart_id: cartId, product_id: 'p1' })
const ordered = (hours: number, told = hours) =>
  at(hours, 'Order Completed', { order_id: 'o1', total: 10 }, { receivedDay: told / 24 })
const wake = (hours: number) =>
  ({ kind: 'wake', at: START + hours * HOUR, receivedAt: START + hours * HOUR }) as const
const own = (hours: number, name: string, properties: Record<string, unknown>) =>
  ownEvent(`${name}-${hours}`, START + hours * HOUR, name, properties)

const run = (customer: Customer, id = 'cart/c1/Product Added-0') => {
  const found = customer.enrolments[id]
  return found && { value: found.value, version: found.version, end: found.endReason }
}
const timersOf = (customer: Customer) =>
  Object.entries(customer.timers)
    .filter(([key]) => key.startsWith('cart/'))
    .map(([key, due]) => `${key.split('|').at(-1)} ${(due - START) / HOUR}h`)

describe('what is told late', () => {
  it('ends a run that it would have ended, and its timers with it', () => {
    const { customer } = live(
      [...known, added(0), at(2, 'Product Viewed'), subscribe(3 / 24), ordered(1, 3)],
      rules,
    )
    expect(run(customer)?.end).toBe('exit:ordered')
    expect(timersOf(customer)).toEqual([])
  })

  it('is none of the business of a run that began after it', () => {
    const { customer } = live([...known, added(2), subscribe(3 / 24), ordered(1, 3)], rules)
    expect(run(customer, 'cart/c1/Product Added-2')?.end).toBeNull()
    expect(timersOf(customer)).toEqual(['xstate.after.wait.journey.wait 6h'])
  })

  it('leaves the runs that it does not concern as they are, with their timers', () => {
    const { customer } = live(
      [
        ...known,
        added(0),
        subscribe(3 / 24),
        at(1, 'Order Updated', { order_id: 'x' }, { receivedDay: 3 / 24 }),
      ],
      rules,
    )
    expect(run(customer)).toMatchObject({ value: 'wait', end: null })
    expect(timersOf(customer)).toEqual(['xstate.after.wait.journey.wait 4h'])
  })

  it('lets a run go on that has waited for it, and arms no timer twice', () => {
    const waiting = journey({
      exits: [],
      steps: [
        {
          kind: 'wait',
          id: 'order',
          for: { kind: 'event', name: 'Order Completed', about: 'customer' },
          timeout: '4h',
        },
        pause('day', '1d'),
        send('thanks'),
      ],
    })
    const { customer } = live(
      [...known, added(0), subscribe(3 / 24), ordered(1, 3)],
      versions([waiting, 1, 'live']),
    )
    expect(run(customer)).toMatchObject({ value: 'day' })
    expect(timersOf(customer)).toEqual(['xstate.after.day.journey.day 25h'])
  })

  it('ends what a condition ends as soon as it is true, also where only the whole history tells', () => {
    const rule = { kind: 'orders', figure: 'count', condition: { operator: 'atLeast', value: 1 } } as const
    const judged = journey({ exits: [{ on: { kind: 'condition', rule }, name: 'buyer' }] })
    const lived = live([...known, added(2), subscribe(3 / 24), ordered(1, 3)], versions([judged, 1, 'live']))
    expect(run(lived.customer, 'cart/c1/Product Added-2')?.end).toBe('exit:buyer')
  })
})

describe('two customers who turn out to be one', () => {
  const lived = (id: string, inputs: readonly Input[]) =>
    live([...known, ...inputs], rules, createCustomer(id)).customer

  it('go on with a run for each cart, and with the older one of the same cart', () => {
    const survivor = lived('s', [added(2, 'A'), added(2.5, 'B')])
    const absorbed = lived('a', [added(1, 'A'), added(1.5, 'C')])
    const merged = mergeCustomers(survivor, absorbed, START + 3 * HOUR)
    expect(
      Object.values(merged.enrolments).map(({ id, endReason }) => [
        id.replace('Product Added-', ''),
        endReason,
      ]),
    ).toEqual([
      ['cart/s/2', 'merged'],
      ['cart/s/2.5', null],
      ['cart/a/1', null],
      ['cart/a/1.5', null],
    ])
    expect(merged.past['cart']).toMatchObject({ count: 4, lastStartedAt: START + 2.5 * HOUR })
    expect(Object.keys(merged.past['cart']?.keys ?? {}).toSorted()).toEqual(['A', 'B', 'C'])
    expect(timersOf(merged)).toHaveLength(3)
  })
})

describe('a journey that is paused', () => {
  const paused = versions([carts, 1, 'paused'])
  const { customer: begun } = live([...known, added(0)], rules)

  it('takes nobody, and keeps what became due', () => {
    const held = live([wake(5)], paused, begun)
    expect(messagesOf(held.effects)).toEqual([])
    expect(held.customer.enrolments['cart/c1/Product Added-0']).toMatchObject({
      value: 'wait',
      endedAt: null,
      held: { id: 'xstate.after.wait.journey.wait', dueAt: START + 4 * HOUR },
    })
    const { customer } = live([added(6, 'B')], paused, held.customer)
    expect(Object.keys(customer.enrolments)).toHaveLength(1)
  })

  it('goes on where it was when it is resumed, at that time', () => {
    const held = live([wake(5)], paused, begun).customer
    const { effects, customer } = live([own(30, 'Journey Resumed', { journey: 'cart' })], rules, held)
    expect(messagesOf(effects).map(({ template, causeAt, state }) => [template, causeAt, state])).toEqual([
      ['reminder', START + 30 * HOUR, 'queued'],
    ])
    expect(run(customer)).toMatchObject({ value: 'end' })
  })

  it('is still ended by what ends it', () => {
    const held = live([wake(5), ordered(6)], paused, begun).customer
    expect(run(held)?.end).toBe('exit:ordered')
    const { effects } = live([own(30, 'Journey Resumed', { journey: 'cart' })], rules, held)
    expect(messagesOf(effects)).toEqual([])
  })

  it('is not resumed by what a browser or a shop sends under that name', () => {
    const held = live([wake(5)], paused, begun).customer
    const forged = at(30, 'Journey Resumed', { journey: 'cart' })
    for (const source of ['public', 'secret', 'import'] as const)
      expect(messagesOf(live([{ ...forged, source }], rules, held).effects)).toEqual([])
  })
})

describe('a new version', () => {
  const longer = journey({
    steps: [pause('pause', '9h'), send('nudge'), pause('wait', '1d'), send('last')],
  })
  const both = versions([carts, 1, 'finishing'], [longer, 2, 'live'])
  const { customer: begun } = live([...known, added(0)], rules)
  const move = (to: string, version = 2) =>
    own(1, 'Journey Run Moved', { enrolment: 'cart/c1/Product Added-0', version, step: to })

  it('moves nobody by itself: runs go on in theirs, and new ones begin in it', () => {
    const { customer, effects } = live([added(1, 'B'), wake(4)], both, begun)
    expect(messagesOf(effects).map(({ template }) => template)).toEqual(['reminder'])
    expect(run(customer, 'cart/c1/Product Added-1')).toMatchObject({ version: 2, value: 'pause' })
  })

  it('takes over a run that is moved, which has waited as long as it has', () => {
    const { customer } = live([move('pause')], both, begun)
    expect(run(customer)).toEqual({ version: 2, value: 'pause', end: null })
    expect(timersOf(customer)).toEqual(['xstate.after.pause.journey.pause 4h'])
    expect(messagesOf(live([wake(4)], both, customer).effects).map(({ id }) => id)).toEqual([
      'cart/c1/Product Added-0/nudge/1',
    ])
  })

  it('takes over a run at a step of another kind', () => {
    const { customer, effects } = live([move('nudge')], both, begun)
    expect(messagesOf(effects).map(({ template }) => template)).toEqual(['nudge'])
    expect(timersOf(customer)).toContain('xstate.after.wait.journey.wait 25h')
  })

  it.each([
    ['a step that it does not have', move('nowhere')],
    ['a version that there is not', move('pause', 3)],
    [
      'a run that there is not',
      own(1, 'Journey Run Moved', { enrolment: 'none', version: 2, step: 'pause' }),
    ],
  ])('leaves a run as it is that is to be moved to %s', (_sentence, request) => {
    const { customer } = live([request], both, begun)
    expect(run(customer)).toEqual({ version: 1, value: 'wait', end: null })
    expect(timersOf(customer)).toEqual(['xstate.after.wait.journey.wait 4h'])
  })

  it('ends a run by hand', () => {
    const { customer } = live(
      [own(1, 'Journey Run Removed', { enrolment: 'cart/c1/Product Added-0' })],
      both,
      begun,
    )
    expect(run(customer)?.end).toBe('removed')
    expect(timersOf(customer)).toEqual([])
  })
})

describe('who is asked into a journey', () => {
  const asked = journey({
    key: undefined,
    trigger: { kind: 'transition', region: 'stage', to: 'prospect' },
  })
  const open = versions([asked, 1, 'live'])
  const request = (more: object = {}) =>
    own(1, 'Journey Requested', { journey: 'cart', because: 'publish', ...more })
  const { customer: prospect } = live(known, versions())

  it('comes in at once, or when it is their turn', () => {
    expect(Object.keys(live([request()], open, prospect).customer.enrolments)).toHaveLength(1)
    const later = live([request({ delay: 10 * HOUR })], open, prospect).customer
    expect(later.enrolments).toEqual({})
    const { customer } = live([wake(11)], open, later)
    expect(Object.values(customer.enrolments)).toMatchObject([
      { startedAt: START + 11 * HOUR, value: 'wait' },
    ])
  })

  it('does not come in who has moved on meanwhile', () => {
    const later = live([request({ delay: 10 * HOUR }), ordered(5), wake(12)], open, prospect).customer
    expect(later.enrolments).toEqual({})
  })

  it('keeps its turn through a rebuild', () => {
    const later = live([request({ delay: 10 * HOUR })], open, prospect).customer
    const told = rebuild(later, [...known, request({ delay: 10 * HOUR })], open)
    expect(Object.keys(step(told.customer, wake(11), open).customer.enrolments)).toHaveLength(1)
  })
})
