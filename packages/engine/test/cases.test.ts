import { describe, expect, it } from 'vitest'
import { casesUntil } from '../src/cases.ts'
import type { EventInput } from '../src/index.ts'
import { DAY, eventInput, rules, START, type EventSketch } from './support/inputs.ts'
import { live } from './support/live.ts'
import { days } from './support/story.ts'

type Properties = Record<string, string>

const told = (day: number, name: string, properties: Properties = {}, more: Partial<EventSketch> = {}) =>
  eventInput({ day, name, properties, userId: 'u1', ...more })

/** The open cases as text: `return r1 of o1, since 3`. */
const open = (...inputs: EventInput[]) =>
  live(inputs, rules).customer.cases.map(
    ({ kind, id, orderId, since }) =>
      `${kind}${id === null ? '' : ` ${id}`}${orderId === null ? '' : ` of ${orderId}`}, since ${days(since)}`,
  )

const RETURN = { order_id: 'o1', return_id: 'r1' }

describe('an open case', () => {
  it.each<[sentence: string, inputs: EventInput[], expected: string[]]>([
    ['is a return', [told(1, 'Return Requested', RETURN)], ['return r1 of o1, since 1']],
    ['is a withdrawal', [told(1, 'Withdrawal Requested', { order_id: 'o1' })], ['return of o1, since 1']],
    ['is a complaint', [told(1, 'Complaint Opened', { case_id: 'k1' })], ['complaint k1, since 1']],
    ['may have no number', [told(1, 'Complaint Opened')], ['complaint, since 1']],
    [
      'is read in camel case, too',
      [told(1, 'Return Requested', { returnId: 'r1', orderId: 'o1' })],
      ['return r1 of o1, since 1'],
    ],
    [
      'is told again by another request',
      [told(1, 'Return Requested', RETURN), told(3, 'Return Requested', RETURN)],
      ['return r1 of o1, since 3'],
    ],
    [
      'stands beside others, the oldest first',
      [told(2, 'Complaint Opened', { case_id: 'k1' }), told(1, 'Return Requested', RETURN)],
      ['return r1 of o1, since 1', 'complaint k1, since 2'],
    ],
    [
      'ends when it is closed',
      [told(1, 'Return Requested', RETURN), told(2, 'Return Closed', { return_id: 'r1' })],
      [],
    ],
    [
      'does not end when the parcel is back',
      [told(1, 'Return Requested', RETURN), told(2, 'Return Received', RETURN)],
      ['return r1 of o1, since 1'],
    ],
    [
      'ends with the refund of its order',
      [told(1, 'Return Requested', RETURN), told(2, 'Order Refunded', { order_id: 'o1' })],
      [],
    ],
    [
      'ends with the refund by any of its names',
      [told(1, 'Return Requested', RETURN), told(2, 'refunded_order', { order_id: 'o1' })],
      [],
    ],
    [
      'does not end with the refund of another order',
      [told(1, 'Return Requested', RETURN), told(2, 'Order Refunded', { order_id: 'o2' })],
      ['return r1 of o1, since 1'],
    ],
    [
      'does not end with another return of its order',
      [told(1, 'Return Requested', RETURN), told(2, 'Return Closed', { order_id: 'o1', return_id: 'r2' })],
      ['return r1 of o1, since 1'],
    ],
    [
      'does not end with a return of its number and another order',
      [told(1, 'Return Requested', RETURN), told(2, 'Return Closed', { order_id: 'o2', return_id: 'r1' })],
      ['return r1 of o1, since 1'],
    ],
    [
      'ends with all returns of its order that have no number',
      [
        told(1, 'Withdrawal Requested', { order_id: 'o1' }),
        told(2, 'Return Requested', RETURN),
        told(3, 'Return Closed', RETURN),
      ],
      [],
    ],
    [
      'that nobody named ends with what nobody names',
      [told(1, 'Return Requested'), told(2, 'Return Closed')],
      [],
    ],
    [
      'that has a name does not end with what nobody names',
      [told(1, 'Return Requested', RETURN), told(2, 'Return Closed')],
      ['return r1 of o1, since 1'],
    ],
    [
      'of one kind does not end with another',
      [told(1, 'Complaint Opened', { case_id: 'r1' }), told(2, 'Return Closed', { return_id: 'r1' })],
      ['complaint r1, since 1'],
    ],
    [
      'that is a complaint ends',
      [told(1, 'Complaint Opened', { case_id: 'k1' }), told(2, 'Complaint Closed', { case_id: 'k1' })],
      [],
    ],
    [
      'that is told after its end has ended',
      [told(2, 'Return Closed', RETURN), told(1, 'Return Requested', RETURN, { receivedDay: 3 })],
      [],
    ],
    [
      'may be opened again',
      [
        told(1, 'Return Requested', RETURN),
        told(2, 'Return Closed', RETURN),
        told(3, 'Return Requested', RETURN),
      ],
      ['return r1 of o1, since 3'],
    ],
    ['is not opened by a browser', [told(1, 'Return Requested', RETURN, { source: 'public' })], []],
    [
      'is not closed by a browser',
      [told(1, 'Return Requested', RETURN), told(2, 'Order Refunded', RETURN, { source: 'public' })],
      ['return r1 of o1, since 1'],
    ],
    [
      'is opened by an import',
      [told(1, 'Return Requested', RETURN, { source: 'import' })],
      ['return r1 of o1, since 1'],
    ],
    [
      'is opened by Ciclo itself',
      [told(1, 'Complaint Opened', { case_id: 'k1' }, { source: 'own' })],
      ['complaint k1, since 1'],
    ],
    ['is nothing that a page is called', [told(1, 'Return Requested', RETURN, { type: 'page' })], []],
    [
      'may be called anything',
      [told(1, 'Return Requested', { return_id: '__proto__' })],
      ['return __proto__, since 1'],
    ],
  ])('%s', (_sentence, inputs, expected) => {
    expect(open(...inputs)).toEqual(expected)
  })

  it('is one of the latest twenty', () => {
    const many = Array.from({ length: 25 }, (_, place) =>
      told(place, 'Return Requested', { return_id: `r${place}` }),
    )
    expect(open(...many)).toEqual(many.slice(5).map((_, place) => `return r${place + 5}, since ${place + 5}`))
    // In any order of arrival.
    expect(open(...many.toReversed())).toEqual(open(...many))
  })

  it.each<[sentence: string, since: number[], at: number, expected: number | null]>([
    ['nobody', [], 5, null],
    ['who has one', [1], 5, 31],
    ['who has several, for the latest', [1, 3], 5, 33],
    ['who has one no longer than the pause', [1], 30.9, 31],
    ['nobody whose case was forgotten', [1], 31, null],
    ['who has a newer one', [1, 20], 40, 50],
  ])('keeps marketing back from %s: since %j, on day %s', (_sentence, since, at, expected) => {
    const cases = since.map((day) => ({
      kind: 'return' as const,
      id: `r${day}`,
      orderId: null,
      since: START + day * DAY,
    }))
    const until = casesUntil(cases, 30 * DAY, START + at * DAY)
    expect(until === null ? null : days(until)).toBe(expected)
  })
})
