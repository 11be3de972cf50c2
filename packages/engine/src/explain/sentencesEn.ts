import { createCounter } from './createCounter.ts'
import type { Sentences } from './sentences.ts'

const count = createCounter('en')

const days = count({ one: '# day', other: '# days' })
const orders = count({ one: '# order', other: '# orders' })

export const sentencesEn: Sentences = {
  names: {
    stage: {
      visitor: 'visitor',
      prospect: 'prospect',
      new: 'new',
      active: 'active',
      reactivated: 'reactivated',
      atRisk: 'at risk',
      lapsed: 'lapsed',
      lost: 'lost',
    },
    value: { standard: 'standard', vip: 'VIP' },
    engagement: { unknown: 'engagement unknown', warm: 'warm', cold: 'cold' },
    permission: {
      none: 'no permission',
      pending: 'waiting for confirmation',
      subscribed: 'subscribed',
      unsubscribed: 'unsubscribed',
      suppressed: 'suppressed',
    },
    advocacy: { none: 'not an advocate', promoter: 'promoter', advocate: 'advocate' },
    rfm: {
      champions: 'Champions',
      loyal: 'Loyal',
      recent: 'Recent',
      needsAttention: 'Needs attention',
      atRisk: 'At risk',
      inactive: 'Inactive',
      none: 'no RFM group',
    },
  },

  since: (state, date) => `${state} since ${date}`,
  changed: (from, to, date) => `from ${from} to ${to} on ${date}`,
  again: (state, date) => `${state} again on ${date}`,
  rfm: (group) => `RFM group “${group}”`,
  rfmSince: (group, date) => `RFM group “${group}” since ${date}`,
  rfmChanged: (from, to, date) => `RFM group from “${from}” to “${to}” on ${date}`,
  rfmEntered: (group, date) => `entered the RFM group “${group}” on ${date}`,
  rfmLeft: (group, date) => `left the RFM group “${group}” on ${date}`,
  inSegment: (segment, date) => `in the segment “${segment}” since ${date}`,
  outOfSegment: (segment, date) => `out of the segment “${segment}” since ${date}`,
  enteredSegment: (segment, date) => `entered the segment “${segment}” on ${date}`,
  leftSegment: (segment, date) => `left the segment “${segment}” on ${date}`,

  initial: {
    stage: 'no proven e-mail address and no order yet',
    value: 'their spend has never reached the VIP line',
    engagement: 'no visit and no click of theirs is known yet',
    permission: 'they have not agreed to marketing e-mail',
    advocacy: 'no praise, review or referral of theirs is known yet',
    rfm: 'they have no order of any value',
    rfmTooFewBuyers: 'the shop has too few buyers yet to draw the groups',
  },
  whys: {
    reachable: 'their e-mail address became known',
    firstOrder: 'they placed their first order',
    secondOrder: 'they ordered again',
    orderInTime: 'they ordered before they lapsed',
    orderAfterReturn: 'they ordered again after their return',
    orderAfterLapse: 'they ordered after they had lapsed',
    orderAfterLoss: 'they ordered after they had been given up as lost',
    ordersCorrected: 'their orders were corrected',
    noOrderLeft: 'a correction left no order of theirs',
    limitsMoved: 'the limits were recalculated',
    overVipLine: 'their spend reached the VIP line',
    underVipLine: 'a correction took their spend below the VIP line',
    vipLineMoved: 'the VIP line was redrawn',
    clicked: 'they clicked in an e-mail',
    visited: 'they visited the shop or left their address',
    silent: 'they had not visited or clicked for a while',
    mailsIgnored: 'they let the e-mails pass without a visit or a click',
    engagementRulesMoved: 'the rules for warm and cold have changed',
    askedToSubscribe: 'they asked to be subscribed',
    askedAgain: 'they asked to be subscribed once more',
    askedElsewhere: 'they asked to be subscribed with another address than the one that failed',
    askedAnew: 'their old permission no longer counts and they asked to be subscribed again',
    notConfirmed: 'they did not confirm in time',
    confirmed: 'they confirmed by the link in the e-mail',
    agreed: 'they agreed to marketing e-mail',
    existingCustomer: 'they are a customer and did not object when they ordered',
    optOutRegime: 'the law of their country allows it until they object',
    unsubscribed: 'they unsubscribed',
    withdrew: 'they withdrew their consent',
    bounced: 'their address rejected an e-mail for good',
    restored: 'the shop has found that their address works again',
    complained: 'they marked an e-mail as spam',
    praised: 'they gave a high score in a survey',
    criticised: 'they gave a low score in a survey',
    reviewed: 'they wrote a good review',
    referred: 'they referred somebody',
    ordered: 'their orders changed',
    timePassed: 'time went by without an order',
    thirdsMoved: 'the shop’s thirds were redrawn',
    segmentEvent: 'it follows from something that they did',
    segmentTime: 'a period of the segment’s rule ran out',
    segmentMoved: 'the segment or the shop’s figures changed',
  },

  ordersSoFar: count({ one: '# order so far', other: '# orders so far' }),
  ordersLeft: count({
    one: '# order is left after a correction',
    other: '# orders are left after a correction',
  }),
  withoutOrder: count({
    zero: 'less than a day without an order',
    one: '# day without an order',
    other: '# days without an order',
  }),
  sinceOrder: count({
    zero: 'the last order is less than a day old',
    one: 'the last order was # day ago',
    other: 'the last order was # days ago',
  }),
  limit: {
    own: (limit, known) => `their limit is ${days(limit)} (from ${orders(known)})`,
    ownUncounted: (limit) => `their limit is ${days(limit)} (from their own orders)`,
    shop: (limit) => `the shop’s usual limit is ${days(limit)}`,
    coldStart: (limit) => `the shop has too few repeat orders yet, so the default of ${days(limit)} counts`,
    fixed: (limit) => `the limit is ${days(limit)} by the settings`,
    plain: (limit) => `the limit is ${days(limit)}`,
  },

  spent: (money) => `they have spent ${money}`,
  vipLine: {
    settings: (money) => `the VIP line is ${money} by the settings`,
    distribution: (money) => `the VIP line is ${money}, drawn by what the shop’s buyers spend`,
    plain: (money) => `the VIP line is ${money}`,
  },

  sinceEngaged: count({
    zero: 'the last visit or click is less than a day old',
    one: 'the last visit or click was # day ago',
    other: 'the last visit or click was # days ago',
  }),
  withoutSign: count({
    zero: 'less than a day without a visit or a click',
    one: '# day without a visit or a click',
    other: '# days without a visit or a click',
  }),
  mailsSince: count({
    zero: 'no e-mail since then',
    one: '# e-mail since then',
    other: '# e-mails since then',
  }),
  mailsNeeded: count({
    one: 'it takes # e-mail to count as cold',
    other: 'it takes # e-mails to count as cold',
  }),

  method: (name) => `by way of “${name}”`,
  score: (score) => `the score was ${score} out of 10`,
  rating: (stars) => `the rating was ${stars} out of 5`,
  rfmScores: (recency, frequency, monetary) =>
    `scores of ${recency} for recency, ${frequency} for frequency and ${monetary} for value`,
  counted: (event, times, needed) => `“${event}” counted: ${times}, needed: ${needed}`,

  next: {
    unlessOrdered: (state, date) => `${state} on ${date} unless an order comes`,
    unlessEngaged: (state, date) => `${state} on ${date} unless they visit or click`,
    unlessConfirmed: (state, date) => `${state} on ${date} unless they confirm`,
    rfm: (group, date) => `“${group}” on ${date} unless an order comes`,
  },
  nextThen: (state, date) => `next deadline then: ${state} on ${date}`,
}
