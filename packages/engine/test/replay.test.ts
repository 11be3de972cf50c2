import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCustomer, rebuild, REGIONS, STATES, step, type EventInput, type Input } from '../src/index.ts'
import { DAY, eventInput, order, rules, START, wake } from './support/inputs.ts'
import { live } from './support/live.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)
const runs = Number(process.env['RUNS'] ?? 300)

const arbitraryEvent = fc
  .record({
    day: fc.integer({ min: 0, max: 600 }),
    kind: fc.constantFrom(
      ...['order', 'order', 'order', 'browserOrder', 'refund', 'cancel', 'visit', 'visit', 'identify'],
      ...[
        'subscribe',
        'browserSubscribe',
        'confirm',
        'unsubscribe',
        'mail',
        'click',
        'bounce',
        'survey',
        'review',
      ],
      ...['noise', 'importedOrder'],
    ),
    which: fc.integer({ min: 1, max: 4 }),
    total: fc.constantFrom(0, 5, 20, 900),
    id: fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f') }),
  })
  .map(({ day, kind, which, total, id }): EventInput => {
    const orderId = `o${which}`
    const own = { day, id, userId: 'u1' }
    switch (kind) {
      case 'order':
        return order(day, orderId, total, { id })
      case 'importedOrder':
        return order(day, orderId, total, { id, source: 'import', receivedDay: 600 })
      case 'browserOrder':
        return order(day, orderId, total, { id, source: 'public', anonymousId: 'a1' })
      case 'refund':
        return eventInput({
          ...own,
          name: 'Order Refunded',
          properties: { order_id: orderId, total: 5, currency: 'EUR' },
        })
      case 'cancel':
        return eventInput({ ...own, name: 'Order Cancelled', properties: { order_id: orderId } })
      case 'visit':
        return eventInput({ day, id, source: 'public', type: 'page', anonymousId: 'a1' })
      case 'identify':
        return eventInput({
          ...own,
          type: 'identify',
          traits: { email: `u${which % 2}@example.com`, n: which },
        })
      case 'browserSubscribe':
        return eventInput({
          day,
          id,
          source: 'public',
          anonymousId: 'a1',
          name: 'Subscribed',
          properties: { email: 'x@example.com' },
        })
      case 'subscribe':
        return eventInput({ ...own, name: 'Subscribed' })
      case 'confirm':
        return eventInput({
          ...own,
          source: 'own',
          name: 'Subscription Confirmed',
          properties: { email: 'x@example.com' },
        })
      case 'unsubscribe':
        return eventInput({ ...own, source: 'own', name: 'Unsubscribed' })
      case 'mail':
        return eventInput({ ...own, source: 'own', name: 'Email Sent', properties: { purpose: 'marketing' } })
      case 'click':
        return eventInput({
          ...own,
          source: 'own',
          name: 'Email Link Clicked',
          properties: { class: 'human' },
        })
      case 'bounce':
        return eventInput({
          ...own,
          source: 'own',
          name: 'Email Bounced',
          properties: { permanent: which === 1 },
        })
      case 'survey':
        return eventInput({ ...own, name: 'Survey Answered', properties: { score: total % 11 } })
      case 'review':
        return eventInput({ ...own, name: 'Product Reviewed' })
      default:
        return eventInput({ ...own, name: 'Something Else' })
    }
  })

/** Any events, in any order of arrival, with wakes in between; every id once, as receipts make sure. */
const arbitraryInputs = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: arbitraryEvent },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 700 }).map(wake) },
    ),
    {
      maxLength: 30,
    },
  )
  .map((inputs: Input[]) => {
    const seen = new Set<string>()
    return inputs.filter((input) => input.kind === 'wake' || (!seen.has(input.id) && seen.add(input.id)))
  })

const ARRIVAL = START + 800 * DAY
const finish = { kind: 'wake', at: ARRIVAL, receivedAt: ARRIVAL } as const

function replay(inputs: readonly Input[]) {
  const events = inputs.filter((input): input is EventInput => input.kind === 'event')
  const replayed = rebuild(createCustomer('c1'), events, rules)
  const end = step(replayed.customer, finish, rules)
  return { customer: end.customer, transitions: [...replayed.transitions, ...end.transitions] }
}

/** What a replay must reproduce: not the journeys, which stay facts, nor the watermark, which only says when to rebuild. */
const facts = ({
  past: _past,
  enrolments: _enrolments,
  moved: _moved,
  timers,
  ...customer
}: ReturnType<typeof live>['customer']) => ({
  ...customer,
  timers: Object.fromEntries(Object.entries(timers).filter(([key]) => key.startsWith('lifecycle|'))),
})

const check = (property: fc.IProperty<[Input[]]>) => fc.assert(property, { seed, numRuns: runs, verbose: 1 })

describe(`running live and replaying (seed ${seed}, ${runs} runs)`, () => {
  it('give the same state, for any events in any order of arrival and any wakes between them', () => {
    check(
      fc.property(arbitraryInputs, (inputs) => {
        const lived = live([...inputs, finish], rules)
        const again = replay(inputs)
        expect(facts(again.customer)).toEqual(facts(lived.customer))
        expect(again.transitions).toEqual(lived.transitions)
      }),
    )
  })

  it('never leave the table of states, count below nothing, keep an overdue timer or move without a reason', () => {
    check(
      fc.property(arbitraryInputs, (inputs) => {
        const { customer, transitions } = live([...inputs, finish], rules)
        for (const region of REGIONS) expect(STATES[region]).toContain(customer.lifecycle.value[region])
        expect(customer.figures.count).toBeGreaterThanOrEqual(0)
        for (const amount of Object.values(customer.figures.revenue)) expect(amount).toBeGreaterThanOrEqual(0)
        for (const dueAt of Object.values(customer.timers)) expect(dueAt).toBeGreaterThan(customer.clock)
        for (const { reason, at } of transitions) {
          expect(reason.cause.id).not.toBe('')
          if (reason.next) expect(reason.next.dueAt).toBeGreaterThanOrEqual(at)
        }
        expect(customer.transitionCount).toBe(transitions.length)
      }),
    )
  })

  it('survive a round trip of the state through JSON at every step', () => {
    check(
      fc.property(arbitraryInputs, (inputs) => {
        let stored = createCustomer('c1')
        for (const input of inputs) {
          stored = JSON.parse(JSON.stringify(live([input], rules, stored).customer)) as typeof stored
        }
        const lived = inputs.reduce(
          (customer, input) => live([input], rules, customer).customer,
          createCustomer('c1'),
        )
        expect(stored).toEqual(JSON.parse(JSON.stringify(lived)))
      }),
    )
  })
})
