import { describe, expect, it } from 'vitest'
import { createCustomer } from '../src/index.ts'
import { eventInput, rules, START, type EventSketch } from './support/inputs.ts'
import { live } from './support/live.ts'
import { step } from '../src/step.ts'

const known = live(
  [eventInput({ day: 0, type: 'identify', userId: 'u1', traits: { email: 'ann@example.com' } })],
  rules,
).customer

const suppressionsAfter = (sketch: Omit<EventSketch, 'day'>, customer = known) =>
  step(customer, eventInput({ day: 1, userId: 'u1', ...sketch }), rules).effects.filter(
    ({ type }) => type !== 'consent',
  )

describe('an address is suppressed', () => {
  it.each<[sentence: string, sketch: Omit<EventSketch, 'day'>, address: string, reason: string]>([
    [
      'by a hard bounce of the mail to it',
      { name: 'Email Bounced', source: 'own', properties: { permanent: true, address: 'Old@example.com' } },
      'old@example.com',
      'bounce',
    ],
    [
      'by a bounce that names none, when it is the customer’s own',
      { name: 'Email Bounced', properties: { permanent: true } },
      'ann@example.com',
      'bounce',
    ],
    ['by a complaint', { name: 'Email Marked as Spam' }, 'ann@example.com', 'complaint'],
  ])('%s', (_sentence, sketch, address, reason) => {
    expect(suppressionsAfter(sketch)).toEqual([{ type: 'suppress', address, reason, at: START + 86_400_000 }])
  })

  it.each<[sentence: string, sketch: Omit<EventSketch, 'day'>]>([
    ['by a soft bounce', { name: 'Email Bounced', properties: { permanent: false } }],
    ['by a browser', { name: 'Email Marked as Spam', source: 'public', anonymousId: 'a1' }],
    ['by any other event', { name: 'Email Opened', source: 'own' }],
  ])('never %s', (_sentence, sketch) => {
    expect(suppressionsAfter(sketch)).toEqual([])
  })

  it('never where there is none', () => {
    expect(suppressionsAfter({ name: 'Email Marked as Spam' }, createCustomer('c2'))).toEqual([])
  })
})
