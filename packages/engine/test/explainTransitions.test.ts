import { describe, expect, it } from 'vitest'
import { due, explainerIn, moved, NUMBERS, type HistoryRow } from './support/reasons.ts'

const { own, shop, cold, spend, silence } = NUMBERS

const ROWS: HistoryRow[] = [
  // Every state of the stage.
  [
    'en',
    'stage',
    'active > visitor',
    'Order Cancelled',
    { orders: 0 },
    undefined,
    'From active to visitor on 3 May: a correction left no order of theirs.',
  ],
  [
    'en',
    'stage',
    'visitor > prospect',
    'identify',
    { orders: 0 },
    undefined,
    'From visitor to prospect on 3 May: their e-mail address became known.',
  ],
  [
    'en',
    'stage',
    'prospect > new',
    'Order Completed',
    { ...cold, orders: 1 },
    due('atRisk'),
    'From prospect to new on 3 May: they placed their first order; next deadline then: at risk on 9 June.',
  ],
  [
    'en',
    'stage',
    'new > active',
    'Order Completed',
    { ...shop, orders: 2 },
    due('atRisk'),
    'From new to active on 3 May: they ordered again; 2 orders so far; next deadline then: at risk on 9 June.',
  ],
  [
    'en',
    'stage',
    'active > new',
    'Order Cancelled',
    { ...shop, orders: 1 },
    due('atRisk'),
    'From active to new on 3 May: 1 order is left after a correction; next deadline then: at risk on 9 June.',
  ],
  [
    'en',
    'stage',
    'active > atRisk',
    'timer',
    own,
    due('lapsed'),
    'From active to at risk on 3 May: 38 days without an order, their limit is 38 days (from 6 orders); next deadline then: lapsed on 9 June.',
  ],
  [
    'en',
    'stage',
    'active > atRisk',
    'timer',
    cold,
    due('lapsed'),
    'From active to at risk on 3 May: 38 days without an order; the shop has too few repeat orders yet, so the default of 38 days counts; next deadline then: lapsed on 9 June.',
  ],
  ['en', 'stage', 'active > atRisk', 'timer', {}, undefined, 'From active to at risk on 3 May.'],
  [
    'en',
    'stage',
    'atRisk > lapsed',
    'timer',
    { ...own, daysSinceLastOrder: 76 },
    due('lost'),
    'From at risk to lapsed on 3 May: 76 days without an order, their limit is 76 days (from 6 orders); next deadline then: lost on 9 June.',
  ],
  [
    'en',
    'stage',
    'lapsed > lost',
    'rules',
    { ...own, daysSinceLastOrder: 152 },
    undefined,
    'From lapsed to lost on 3 May: the limits were recalculated; 152 days without an order, their limit is 152 days (from 6 orders).',
  ],
  [
    'en',
    'stage',
    'lost > reactivated',
    'Order Completed',
    { ...own, orders: 7 },
    due('atRisk'),
    'From lost to reactivated on 3 May: they ordered after they had been given up as lost; 7 orders so far; next deadline then: at risk on 9 June.',
  ],
  [
    'en',
    'value',
    'standard > vip',
    'Order Completed',
    spend,
    undefined,
    'From standard to VIP on 3 May: their spend reached the VIP line; they have spent €1,234.56, the VIP line is €500.00, drawn by what the shop’s buyers spend.',
  ],
  [
    'en',
    'engagement',
    'warm > unknown',
    'timer',
    { ...silence, received: 1 },
    due('longSilence'),
    'From warm to engagement unknown on 3 May: 90 days without a visit or a click, 1 e-mail since then; it takes 5 e-mails to count as cold.',
  ],
  [
    'en',
    'engagement',
    'cold > warm',
    'Email Link Clicked',
    silence,
    due('silence'),
    'From cold to warm on 3 May: they clicked in an e-mail.',
  ],
  [
    'en',
    'permission',
    'none > pending',
    'Subscribed',
    { method: 'popup' },
    due('optInExpiry'),
    'From no permission to waiting for confirmation on 3 May: they asked to be subscribed, by way of “popup”.',
  ],
  [
    'en',
    'permission',
    'pending > pending',
    'Subscribed',
    {},
    due('optInExpiry'),
    'Waiting for confirmation again on 3 May: they asked to be subscribed once more.',
  ],
  [
    'en',
    'permission',
    'pending > none',
    'timer',
    {},
    undefined,
    'From waiting for confirmation to no permission on 3 May: they did not confirm in time.',
  ],
  [
    'en',
    'advocacy',
    'none > promoter',
    'Survey Answered',
    { score: 10 },
    undefined,
    'From not an advocate to promoter on 3 May: they gave a high score in a survey, the score was 10 out of 10.',
  ],
  [
    'en',
    'rfm',
    'loyal > atRisk',
    'timer',
    { scores: '122' },
    due('recency'),
    'RFM group from “Loyal” to “At risk” on 3 May: time went by without an order; scores of 1 for recency, 2 for frequency and 2 for value.',
  ],
  [
    'en',
    'rfm',
    'none > loyal',
    'Order Completed',
    { scores: '' },
    undefined,
    'Entered the RFM group “Loyal” on 3 May: their orders changed.',
  ],
  [
    'en',
    'rfm',
    'loyal > none',
    'Order Refunded',
    { scores: '' },
    undefined,
    'Left the RFM group “Loyal” on 3 May: their orders changed.',
  ],
  [
    'en',
    'segment:s1',
    'out > in',
    'Order Completed',
    {},
    undefined,
    'Entered the segment “Big spenders” on 3 May: it follows from something that they did.',
  ],
  [
    'en',
    'segment:s1',
    'in > out',
    'timer',
    {},
    undefined,
    'Left the segment “Big spenders” on 3 May: a period of the segment’s rule ran out.',
  ],
  [
    'en',
    'segment:s1',
    'in > out',
    'timer',
    { part: 'rules.0', kind: 'event', event: 'Product “Viewed”', count: 2, atLeast: 3, others: 0 },
    undefined,
    'Left the segment “Big spenders” on 3 May: a period of the segment’s rule ran out; “Product ’Viewed’” counted: 2, needed: 3.',
  ],
  [
    'en',
    'segment:gone',
    'in > out',
    'rules',
    {},
    undefined,
    'Left the segment “gone” on 3 May: the segment or the shop’s figures changed.',
  ],
  // Regions and states of another version.
  ['en', 'mood', 'good > better', 'timer', { x: 1 }, undefined, 'From good to better on 3 May.'],
  [
    'en',
    'stage',
    'active > asleep',
    'timer',
    own,
    undefined,
    'From active to asleep on 3 May: 6 orders so far.',
  ],
]

const segmentNames = new Map([['s1', 'Big spenders']])

describe('a row of the history', () => {
  it.each(ROWS)('in %s: %s %s by %s', (tag, region, move, cause, numbers, next, sentence) => {
    const explainer = explainerIn(tag, { segmentNames })
    expect(explainer.transition(moved(region, move, cause, numbers, next))).toBe(sentence)
  })

  it('names no default where the settings wanted fixed limits', () => {
    const fixed = { ...cold, basis: 'settings' }
    expect(explainerIn('en').transition(moved('stage', 'active > atRisk', 'timer', fixed))).toBe(
      'From active to at risk on 3 May: 38 days without an order, the limit is 38 days by the settings.',
    )
  })

  it('cannot be broken by the name of a segment', () => {
    const name = `a\n\u001b[2J  “b” \u202e${'c'.repeat(99)}`
    const explainer = explainerIn('en', { segmentNames: new Map([['s1', name]]) })
    expect(explainer.transition(moved('segment:s1', 'out > in', 'timer'))).toBe(
      `Entered the segment “a [2J ’b’ ${'c'.repeat(69)}…” on 3 May: a period of the segment’s rule ran out.`,
    )
  })
})
