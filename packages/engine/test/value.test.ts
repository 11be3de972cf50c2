import { describe, expect, it } from 'vitest'
import type { Input } from '../src/index.ts'
import { order, rules, rulesWith, wake } from './support/inputs.ts'
import { live } from './support/live.ts'
import { cancel, referral, refund, review, story, survey } from './support/story.ts'

const inDollars = { properties: { order_id: 'd1', total: 900, currency: 'USD' } }
const updated = (day: number, total: number) => order(day, 'o1', total, { name: 'Order Updated' })

describe('the value, with the line at 500.00', () => {
  it.each<[sentence: string, inputs: Input[], expected: string[]]>([
    ['an order below the line changes nothing', [order(0, 'o1', 499.99)], []],
    ['an order on the line makes a VIP', [order(0, 'o1', 500)], ['0 standard > vip (Order Completed)']],
    [
      'orders add up to a VIP, who is one only once',
      [order(0, 'o1', 300), order(1, 'o2', 200), order(2, 'o3', 600)],
      ['1 standard > vip (Order Completed)'],
    ],
    ['spend in another currency is not counted', [order(0, 'd1', 900, inDollars)], []],
    [
      'a refund takes it away, and the next order brings it back',
      [order(0, 'o1', 500), refund(1, 'o1', 0.01), order(2, 'o2', 1)],
      [
        '0 standard > vip (Order Completed)',
        '1 vip > standard (Order Refunded)',
        '2 standard > vip (Order Completed)',
      ],
    ],
    [
      'a refund that leaves enough takes nothing away',
      [order(0, 'o1', 501), refund(1, 'o1', 1)],
      ['0 standard > vip (Order Completed)'],
    ],
    [
      'a cancellation takes it away',
      [order(0, 'o1', 500), order(1, 'o2', 10), cancel(2, 'o1')],
      ['0 standard > vip (Order Completed)', '2 vip > standard (Order Cancelled)'],
    ],
    [
      'a corrected total moves it both ways',
      [order(0, 'o1', 100), updated(1, 500), updated(2, 100)],
      ['1 standard > vip (Order Updated)', '2 vip > standard (Order Updated)'],
    ],
    [
      'what only a browser says is no spend, until the server says it too',
      [order(0, 'o1', 900, { source: 'public' }), order(1, 'o1', 900)],
      ['1 standard > vip (Order Completed)'],
    ],
    ['time takes nothing away', [order(0, 'o1', 500), wake(2_000)], ['0 standard > vip (Order Completed)']],
  ])('%s', (_sentence, inputs, expected) => {
    expect(story(live(inputs, rules).transitions, 'value')).toEqual(expected)
  })

  it('names the spend and the line in minor units', () => {
    const { transitions } = live([order(0, 'o1', 512.34)], rules)
    const vip = transitions.find(({ region }) => region === 'value')
    expect(vip?.reason.numbers).toEqual({
      spend: 51_234,
      currency: 'EUR',
      vipLine: 50_000,
      lineFrom: 'settings',
    })
    expect(vip?.reason.next).toBeUndefined()
  })

  it('goes by the shop’s own line', () => {
    const { transitions } = live([order(0, 'o1', 20)], rulesWith({ vipLine: 2_000 }))
    expect(story(transitions, 'value')).toEqual(['0 standard > vip (Order Completed)'])
  })
})

describe('the advocacy', () => {
  it.each<[sentence: string, inputs: Input[], expected: string[]]>([
    ['a 9 makes a promoter', [survey(0, 9)], ['0 none > promoter (Survey Answered)']],
    [
      'a 10 makes a promoter, and once is enough',
      [survey(0, 10), survey(1, 9)],
      ['0 none > promoter (Survey Answered)'],
    ],
    [
      'an 8 or a 7 changes nothing',
      [survey(0, 8), survey(1, 9), survey(2, 7)],
      ['1 none > promoter (Survey Answered)'],
    ],
    [
      'a 6 takes it back',
      [survey(0, 9), survey(1, 6)],
      ['0 none > promoter (Survey Answered)', '1 promoter > none (Survey Answered)'],
    ],
    ['an answer that is no number is none', [survey(0, '10'), survey(1, null)], []],
    ['a review makes an advocate', [review(0)], ['0 none > advocate (Product Reviewed)']],
    ['a review of four stars makes an advocate', [review(0, 4)], ['0 none > advocate (Product Reviewed)']],
    ['stars may be written as text', [review(0, '5')], ['0 none > advocate (Product Reviewed)']],
    ['a review of three stars does not', [review(0, 3)], []],
    ['nor does one of two stars, written as text', [review(0, '2')], []],
    [
      'a referral makes an advocate of a promoter, whom a 7 leaves one',
      [survey(0, 9), referral(1), survey(2, 7)],
      ['0 none > promoter (Survey Answered)', '1 promoter > advocate (Referral Made)'],
    ],
    [
      'whoever would not recommend the shop any more is no advocate',
      [referral(0), survey(1, 6)],
      ['0 none > advocate (Referral Made)', '1 advocate > none (Survey Answered)'],
    ],
  ])('%s', (_sentence, inputs, expected) => {
    expect(story(live(inputs, rules).transitions, 'advocacy')).toEqual(expected)
  })

  it('names the score', () => {
    expect(live([survey(0, 9)], rules).transitions[0]?.reason.numbers).toEqual({ score: 9 })
  })

  it('names the stars', () => {
    expect(live([review(0, 5)], rules).transitions[0]?.reason.numbers).toEqual({ rating: 5 })
  })

  it('goes by the shop’s own thresholds', () => {
    const strict = rulesWith({ advocacy: { promoterScore: 10, detractorScore: 8, reviewRating: 5 } })
    const inputs = [survey(0, 9), review(1, 4), survey(2, 10), survey(3, 8)]
    expect(story(live(inputs, strict).transitions, 'advocacy')).toEqual([
      '2 none > promoter (Survey Answered)',
      '3 promoter > none (Survey Answered)',
    ])
  })
})
