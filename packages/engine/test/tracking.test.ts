import { describe, expect, it } from 'vitest'
import { createCustomer, isCollected, SettingsSchema, type Customer } from '../src/index.ts'
import { eventInput, type EventSketch } from './support/inputs.ts'

type Status = 'granted' | 'refused' | undefined

const customer = (status: Status): Customer => {
  const blank = createCustomer('c1')
  const tracking = status ? { status, basis: null, at: 0, refusedAt: null, isFinal: false } : null
  return { ...blank, consent: { ...blank.consent, tracking } }
}
const settings = (tracking: 'opt-in' | 'opt-out') => SettingsSchema.parse({ consent: { tracking } })
const browser = { source: 'public', anonymousId: 'a1' } as const
const event = (sketch: Omit<EventSketch, 'day'>) => eventInput({ day: 0, ...sketch })

const acts: [sentence: string, sketch: Omit<EventSketch, 'day'>][] = [
  ['an order', { ...browser, name: 'Order Completed' }],
  ['an order by its first name', { ...browser, name: 'Completed Order' }],
  ['an order that is on its way', { userId: 'u1', name: 'Order Shipped' }],
  ['a sign-up', { ...browser, name: 'Subscribed' }],
  ['an unsubscribe', { ...browser, name: 'Unsubscribed' }],
  ['an answer for consent', { ...browser, name: 'Consent Given', properties: { purpose: 'tracking' } }],
  ['a withdrawal', { ...browser, name: 'Consent Withdrawn' }],
  ['a profile that the shop’s server keeps', { type: 'identify', userId: 'u1', traits: { plan: 'gold' } }],
  ['a sign-in with an address', { ...browser, type: 'identify', traits: { email: 'ann@example.com' } }],
  ['an answer to a survey', { ...browser, name: 'Survey Answered' }],
  ['an entry in a contest', { ...browser, name: 'Contest Entered' }],
  [
    'a checkout that offers the objection',
    { userId: 'u1', name: 'Checkout Started', properties: { marketing_notice: true } },
  ],
  ['a mail that was sent', { source: 'own', name: 'Email Sent' }],
  ['a mail that came back', { source: 'own', name: 'Email Bounced' }],
  ['an imported past', { source: 'import', name: 'Product Viewed' }],
]

const watching: [sentence: string, sketch: Omit<EventSketch, 'day'>][] = [
  ['a page view', { ...browser, type: 'page' }],
  ['a screen', { ...browser, type: 'screen' }],
  ['a product view', { ...browser, name: 'Product Viewed' }],
  ['a product view that the shop’s server reports', { userId: 'u1', name: 'Product Viewed' }],
  ['a cart', { ...browser, name: 'Product Added' }],
  ['an on-site message that is shown', { ...browser, name: 'On-site Message Shown' }],
  ['an on-site message that is closed', { ...browser, name: 'On-site Message Closed' }],
  ['an on-site message that is clicked', { ...browser, name: 'On-site Message Clicked' }],
  ['an event of the shop’s own', { ...browser, name: 'Chat Opened' }],
  ['a browser’s identify without an address', { ...browser, type: 'identify', traits: { plan: 'gold' } }],
  ['a browser’s group', { ...browser, type: 'group' }],
  ['an opened mail', { source: 'own', name: 'Email Opened' }],
  ['a clicked mail', { source: 'own', name: 'Email Link Clicked' }],
  [
    'an answer for a consent that there is not',
    { ...browser, name: 'Consent Given', properties: { purpose: 'life' } },
  ],
]

describe('who refuses tracking', () => {
  it.each(acts)('is still served: %s', (_sentence, sketch) => {
    expect(isCollected(event(sketch), [customer('refused')], settings('opt-in'), { gpc: true })).toBe(true)
  })

  it.each(watching)('is not watched: %s', (_sentence, sketch) => {
    expect(isCollected(event(sketch), [customer('refused')], settings('opt-out'))).toBe(false)
    expect(isCollected(event(sketch), [customer(undefined)], settings('opt-out'))).toBe(true)
  })
})

describe('a page view', () => {
  const page = event({ ...browser, type: 'page' })
  const stamped = (Analytics: boolean) =>
    event({ ...browser, type: 'page', context: { consent: { categoryPreferences: { Analytics } } } })
  it.each<[sentence: string, Parameters<typeof isCollected>, boolean]>([
    ['is collected until somebody refuses', [page, [], settings('opt-out')], true],
    ['waits for a yes where the workspace asks first', [page, [], settings('opt-in')], false],
    ['waits for a yes of who is known, too', [page, [customer(undefined)], settings('opt-in')], false],
    ['is collected after the yes', [page, [customer('granted')], settings('opt-in')], true],
    [
      'is refused by one of those whom it is about',
      [page, [customer('granted'), customer('refused')], settings('opt-out')],
      false,
    ],
    [
      'is refused by Global Privacy Control',
      [page, [customer(undefined)], settings('opt-out'), { gpc: true }],
      false,
    ],
    [
      'is collected in spite of it after a yes to this shop',
      [page, [customer('granted')], settings('opt-out'), { gpc: true }],
      true,
    ],
    [
      'is refused by the consent manager’s stamp',
      [stamped(false), [customer('granted')], settings('opt-out')],
      false,
    ],
    [
      'is not allowed by the stamp alone where the workspace asks first',
      [stamped(true), [], settings('opt-in')],
      false,
    ],
    ['is as ever under a stamp that agrees', [stamped(true), [], settings('opt-out')], true],
  ])('%s', (_sentence, given, expected) => {
    expect(isCollected(...given)).toBe(expected)
  })
})
