import { describe, expect, it } from 'vitest'
import { step, type Input } from '../src/index.ts'
import { DAY, eventInput, rules, rulesWith, START, wake } from './support/inputs.ts'
import { live } from './support/live.ts'
import {
  address,
  bounce,
  browserSubscribe,
  complaint,
  confirm,
  days,
  story,
  subscribe,
  unsubscribe,
} from './support/story.ts'

const permissions: [sentence: string, inputs: Input[], expected: string[]][] = [
  ['an address alone permits nothing', [address(0)], []],
  ['the shop’s word counts at once', [subscribe(0)], ['0 none > subscribed (Subscribed)']],
  [
    'an import’s word counts at once',
    [subscribe(0, { source: 'import' })],
    ['0 none > subscribed (Subscribed)'],
  ],
  [
    'a browser’s word is pending until the person confirms',
    [browserSubscribe(0, 'ann@example.com'), confirm(2)],
    ['0 none > pending (Subscribed)', '2 pending > subscribed (Subscription Confirmed)'],
  ],
  ['a browser’s word without any address is nothing', [browserSubscribe(0)], []],
  [
    'a browser cannot confirm',
    [
      browserSubscribe(0, 'ann@example.com'),
      eventInput({ day: 1, source: 'public', anonymousId: 'a1', name: 'Subscription Confirmed' }),
    ],
    ['0 none > pending (Subscribed)'],
  ],
  [
    'a wish that nobody confirms expires after 7 days',
    [browserSubscribe(0, 'ann@example.com'), wake(30)],
    ['0 none > pending (Subscribed)', '7 pending > none (timer optInExpiry)'],
  ],
  [
    'asking again starts the 7 days again, and is told',
    [browserSubscribe(0, 'ann@example.com'), browserSubscribe(5, 'ann@example.com'), wake(30)],
    [
      '0 none > pending (Subscribed)',
      '5 pending > pending (Subscribed)',
      '12 pending > none (timer optInExpiry)',
    ],
  ],
  [
    'a confirmation after the expiry still counts: the person pressed the button',
    [browserSubscribe(0, 'ann@example.com'), confirm(8)],
    [
      '0 none > pending (Subscribed)',
      '7 pending > none (timer optInExpiry)',
      '8 none > subscribed (Subscription Confirmed)',
    ],
  ],
  [
    'the shop’s word settles a pending wish',
    [browserSubscribe(0, 'ann@example.com'), subscribe(1), wake(30)],
    ['0 none > pending (Subscribed)', '1 pending > subscribed (Subscribed)'],
  ],
  [
    'a subscriber asking again changes nothing',
    [subscribe(0), browserSubscribe(1, 'ann@example.com')],
    ['0 none > subscribed (Subscribed)'],
  ],
  [
    'an unsubscribe takes it back',
    [subscribe(0), unsubscribe(3)],
    ['0 none > subscribed (Subscribed)', '3 subscribed > unsubscribed (Unsubscribed)'],
  ],
  [
    'an unsubscribe ends a pending wish, and its timer',
    [browserSubscribe(0, 'ann@example.com'), unsubscribe(1), wake(30)],
    ['0 none > pending (Subscribed)', '1 pending > unsubscribed (Unsubscribed)'],
  ],
  [
    'an unsubscribe counts also of who never subscribed',
    [unsubscribe(0)],
    ['0 none > unsubscribed (Unsubscribed)'],
  ],
  [
    'who unsubscribed can come back, by the shop’s word or by confirming',
    [unsubscribe(0), subscribe(1), unsubscribe(2), browserSubscribe(3, 'ann@example.com'), confirm(4)],
    [
      '0 none > unsubscribed (Unsubscribed)',
      '1 unsubscribed > subscribed (Subscribed)',
      '2 subscribed > unsubscribed (Unsubscribed)',
      '3 unsubscribed > pending (Subscribed)',
      '4 pending > subscribed (Subscription Confirmed)',
    ],
  ],
  [
    'a hard bounce suppresses',
    [subscribe(0), bounce(1, { permanent: true })],
    ['0 none > subscribed (Subscribed)', '1 subscribed > suppressed (Email Bounced)'],
  ],
  [
    'a soft bounce does not',
    [subscribe(0), bounce(1, { permanent: false })],
    ['0 none > subscribed (Subscribed)'],
  ],
  [
    'an unsubscribe beats a subscribe of the same moment, whichever is told first',
    [
      eventInput({ day: 1, id: 'a', name: 'Unsubscribed', userId: 'u1' }),
      subscribe(1, { id: 'b' }),
      browserSubscribe(1, 'ann@example.com'),
    ],
    ['1 none > unsubscribed (Unsubscribed)'],
  ],
  [
    'an unsubscribe beats a subscribe that is older and told later',
    [unsubscribe(2), subscribe(1)],
    ['1 none > subscribed (Subscribed)', '2 subscribed > unsubscribed (Unsubscribed)'],
  ],
  [
    'who was suppressed by a bounce and agrees for another address is written to there',
    [
      address(0),
      subscribe(0.5),
      bounce(1, { permanent: true, address: 'ann@example.com' }),
      subscribe(2),
      browserSubscribe(3, 'ann@example.com'),
      browserSubscribe(4, 'ann@example.org'),
      confirm(5, 'ann@example.org'),
    ],
    [
      '0.5 none > subscribed (Subscribed)',
      '1 subscribed > suppressed (Email Bounced)',
      '4 suppressed > pending (Subscribed)',
      '5 pending > subscribed (Subscription Confirmed)',
    ],
  ],
  [
    'by the shop’s word, too',
    [address(0), bounce(1, { permanent: true }), address(2, 'ann@example.org'), subscribe(3)],
    ['1 none > suppressed (Email Bounced)', '3 suppressed > subscribed (Subscribed)'],
  ],
  [
    'a bounce of an address that they have left is nothing against the one that they have',
    [
      address(0),
      subscribe(1),
      address(2, 'ann@example.org'),
      bounce(3, { permanent: true, address: 'ann@example.com' }),
    ],
    ['1 none > subscribed (Subscribed)'],
  ],
  [
    'a complaint suppresses',
    [subscribe(0), complaint(1)],
    ['0 none > subscribed (Subscribed)', '1 subscribed > suppressed (Email Marked as Spam)'],
  ],
  [
    'nothing leaves the suppressed',
    [
      complaint(0),
      subscribe(1),
      browserSubscribe(2, 'ann@example.com'),
      confirm(3),
      unsubscribe(4),
      wake(30),
    ],
    ['0 none > suppressed (Email Marked as Spam)'],
  ],
  [
    'a browser cannot suppress',
    [
      subscribe(0),
      eventInput({
        day: 1,
        source: 'public',
        anonymousId: 'a1',
        name: 'Email Bounced',
        properties: { permanent: true },
      }),
      eventInput({ day: 1, source: 'public', anonymousId: 'a1', name: 'Email Marked as Spam' }),
    ],
    ['0 none > subscribed (Subscribed)'],
  ],
  [
    'a mistyped address that bounces is nothing against the person, who types it again',
    [
      browserSubscribe(0, 'ann@exmaple.com'),
      bounce(0.01, { permanent: true, claimed: true }),
      browserSubscribe(0.02, 'ann@example.com'),
      confirm(0.03),
    ],
    [
      '0 none > pending (Subscribed)',
      '0.02 pending > pending (Subscribed)',
      '0.03 pending > subscribed (Subscription Confirmed)',
    ],
  ],
]

const optIns: [sentence: string, inputs: Input[], expected: unknown][] = [
  [
    'is kept with its words while it is pending',
    [browserSubscribe(1, 'Ann@Example.com', { text: 'Yes', method: 'footer', topic: 'news', other: 'x' })],
    { email: 'ann@example.com', at: START + DAY, text: 'Yes', method: 'footer', topic: 'news' },
  ],
  [
    'is for the address that the browser claimed before, if it names none',
    [
      eventInput({
        day: 0,
        source: 'public',
        type: 'identify',
        anonymousId: 'a1',
        traits: { email: 'a@b.cd' },
      }),
      browserSubscribe(1),
    ],
    { email: 'a@b.cd', at: START + DAY },
  ],
  [
    'is for the proven address, if there is one and the browser names none',
    [address(0), browserSubscribe(1)],
    { email: 'ann@example.com', at: START + DAY },
  ],
  [
    'is for a proven address rather than one that was claimed before the proof',
    [
      eventInput({
        day: 0,
        source: 'public',
        type: 'identify',
        anonymousId: 'a1',
        traits: { email: 'a@b.cd' },
      }),
      address(1),
      browserSubscribe(2),
    ],
    { email: 'ann@example.com', at: START + 2 * DAY },
  ],
  [
    'is the last one, if another address asks',
    [browserSubscribe(0, 'one@example.com'), browserSubscribe(1, 'two@example.com')],
    { email: 'two@example.com', at: START + DAY },
  ],
  ['is gone when it is confirmed', [browserSubscribe(0, 'ann@example.com'), confirm(1)], null],
  ['is gone when the shop says so', [browserSubscribe(0, 'ann@example.com'), subscribe(1)], null],
  ['is gone after an unsubscribe', [browserSubscribe(0, 'ann@example.com'), unsubscribe(1)], null],
  ['is gone after a complaint', [browserSubscribe(0, 'ann@example.com'), complaint(1)], null],
  ['is gone when it expires', [browserSubscribe(0, 'ann@example.com'), wake(7)], null],
  ['is not made for a subscriber', [subscribe(0), browserSubscribe(1, 'ann@example.com')], null],
  ['is not made for the suppressed', [complaint(0), browserSubscribe(1, 'ann@example.com')], null],
]

describe('the permission', () => {
  it.each(permissions)('%s', (_sentence, inputs, expected) => {
    expect(story(live(inputs, rules).transitions, 'permission')).toEqual(expected)
  })

  it('names the method of the opt-in and the deadline, and the method again when it is confirmed', () => {
    const asked = live([browserSubscribe(0, 'ann@example.com', { method: 'footer' })], rules)
    expect(asked.transitions.find(({ region }) => region === 'permission')?.reason).toMatchObject({
      numbers: { method: 'footer' },
      next: { timer: 'optInExpiry', dueAt: START + 7 * DAY },
    })
    const { transitions } = step(asked.customer, confirm(1), rules)
    expect(transitions.find(({ region }) => region === 'permission')?.reason.numbers).toEqual({
      method: 'footer',
      basis: 'consent',
    })
  })

  it('keeps the deadline that the confirmation mail has promised, whatever becomes of the setting', () => {
    const { customer } = live([browserSubscribe(0, 'ann@example.com')], rules)
    const { transitions } = step(customer, wake(20), rulesWith({ optInExpiry: 14 * DAY }))
    expect(transitions.map(({ at, to }) => [days(at), to])).toEqual([[7, 'none']])
  })
})

describe('a wish to be subscribed', () => {
  it.each(optIns)('%s', (_sentence, inputs, expected) => {
    expect(live(inputs, rules).customer.optIn).toEqual(expected)
  })
})
