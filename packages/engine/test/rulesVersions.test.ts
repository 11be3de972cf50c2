import { describe, expect, it } from 'vitest'
import { step, type Input, type Population, type RulesVersion } from '../src/index.ts'
import { DAY, order, rulesWith, START, wake } from './support/inputs.ts'
import { journeyOf } from './support/testJourneys.ts'
import { live } from './support/live.ts'
import { messagesOf } from './support/messagesOf.ts'
import { population, versions } from './support/populations.ts'
import { address, days, mail, story, subscribe, visit } from './support/story.ts'

const judgedBy = (dated: readonly RulesVersion[]) => rulesWith({}, undefined, dated)

/** Gaps with a median of 40 days: at risk after 60, lapsed after 76, lost after 152. */
const forty = population(40)
const hundred = population(100)

type Later = [day: number, population: Population | null, settings?: object][]

describe('the stage by dated versions of the rules', () => {
  it.each<[sentence: string, later: Later, inputs: Input[], expected: string[]]>([
    [
      'goes by the defaults until there is a curve, and by the curve of the order’s own time',
      [[10, forty]],
      [order(0, 'o1'), order(20, 'o2'), wake(300)],
      [
        '0 visitor > new (Order Completed)',
        '20 new > active (Order Completed)',
        // Own gap 20 and three times 40: 35 to be expected instead of 40.
        '72.5 active > atRisk (timer atRisk)',
        '86.5 atRisk > lapsed (timer lapsed)',
        '153 lapsed > lost (timer lost)',
      ],
    ],
    [
      'moves the deadline when a curve comes that is shorter',
      [[50, forty]],
      [order(0, 'o1'), wake(70)],
      ['0 visitor > new (Order Completed)', '60 new > atRisk (timer atRisk)'],
    ],
    [
      'moves the deadline when a curve comes that is longer',
      [[50, hundred]],
      [order(0, 'o1'), wake(100), wake(151)],
      ['0 visitor > new (Order Completed)', '150 new > atRisk (timer atRisk)'],
    ],
    [
      'takes who has passed the new limit there at once',
      [[80, forty]],
      [order(0, 'o1'), wake(80)],
      ['0 visitor > new (Order Completed)', '80 new > lapsed (rules 2)'],
    ],
    [
      'takes back who is within the new limit',
      [[100, hundred]],
      [order(0, 'o1'), wake(90), wake(100), wake(150)],
      [
        '0 visitor > new (Order Completed)',
        '90 new > atRisk (timer atRisk)',
        '100 atRisk > new (rules 2)',
        '150 new > atRisk (timer atRisk)',
      ],
    ],
    [
      'goes through the versions and the timers in the order of their time',
      [
        [50, forty],
        [70, hundred],
      ],
      [order(0, 'o1'), wake(200)],
      [
        '0 visitor > new (Order Completed)',
        '60 new > atRisk (timer atRisk)',
        '70 atRisk > new (rules 3)',
        '150 new > atRisk (timer atRisk)',
        '190 atRisk > lapsed (timer lapsed)',
      ],
    ],
    [
      'leaves a deadline that moves by less than a day as it is armed, and checks it when it is due',
      [
        [4, forty],
        [6, population(40.5)],
      ],
      [order(5, 'o1'), wake(65), wake(66)],
      ['5 visitor > new (Order Completed)', '65.75 new > atRisk (timer atRisk)'],
    ],
    [
      'goes by fixed limits where the shop wants them',
      [
        [
          5,
          forty,
          { gaps: { mode: 'fixed' }, limits: { atRisk: 10 * DAY, lapsed: 20 * DAY, lost: 30 * DAY } },
        ],
      ],
      [order(6, 'o1'), wake(20)],
      ['6 visitor > new (Order Completed)', '16 new > atRisk (timer atRisk)'],
    ],
    [
      'of somebody who never ordered is left alone',
      [[5, forty]],
      [address(0), wake(10)],
      ['0 visitor > prospect (identify)'],
    ],
  ])('%s', (_sentence, later, inputs, expected) => {
    const { transitions } = live(inputs, judgedBy(versions(...later)))
    expect(story(transitions, 'stage')).toEqual(expected)
  })

  it('names the version, the numbers and where the limits come from', () => {
    const { transitions } = live([order(0, 'o1'), order(10, 'o2'), wake(65)], judgedBy(versions([5, forty])))
    expect(transitions.at(-1)).toMatchObject({
      region: 'stage',
      to: 'atRisk',
      reason: { numbers: { basis: 'own', gaps: 1, orders: 2, atRiskAfterDays: 49, lapsedAfterDays: 62 } },
    })
    const [, restated] = live([order(0, 'o1'), wake(80)], judgedBy(versions([80, forty]))).transitions
    expect(restated?.reason).toEqual({
      cause: { kind: 'rules', id: '2', from: START + 80 * DAY },
      numbers: {
        orders: 1,
        daysSinceLastOrder: 80,
        atRiskAfterDays: 60,
        lapsedAfterDays: 76,
        lostAfterDays: 152,
        basis: 'shop',
        gaps: 0,
      },
      next: { timer: 'lost', dueAt: START + 152 * DAY },
    })
  })

  it('gives back the very same customer where a version moves nothing', () => {
    const { customer } = live([order(0, 'o1'), visit(0)], judgedBy(versions([0, forty])))
    const later = judgedBy(versions([0, forty], [3, population(40.2)]))
    expect(step(customer, wake(10), later).customer).toBe(customer)
  })
})

describe('what a version of the rules starts', () => {
  const mailsFor = (later: Later, inputs: Input[]) =>
    messagesOf(live([address(0), subscribe(0), ...inputs], judgedBy(versions(...later))).effects).map(
      ({ template, causeAt }) => `${days(causeAt)} ${template}`,
    )

  it.each<[sentence: string, later: Later, inputs: Input[], expected: string[]]>([
    [
      'the first curve mails nobody, whomever it takes where',
      [[70, forty]],
      [order(0, 'o1'), wake(70)],
      ['0 welcome', '0 thank-you'],
    ],
    [
      'a curve that follows the shop from day to day starts what it takes there',
      [
        [1, population(44)],
        [62, forty],
      ],
      [order(0, 'o1'), wake(62)],
      ['0 welcome', '0 thank-you', '62 at-risk'],
    ],
    [
      'a curve that has jumped mails nobody',
      [
        [1, hundred],
        [62, forty],
      ],
      [order(0, 'o1'), wake(62)],
      ['0 welcome', '0 thank-you'],
    ],
    [
      'other settings mail nobody',
      [
        [1, population(44)],
        [70, forty, { gaps: { priorWeight: 4 } }],
      ],
      [order(0, 'o1'), wake(70)],
      ['0 welcome', '0 thank-you', '66 at-risk'],
    ],
    [
      'a return within longer limits thanks nobody for a first order',
      [
        [1, population(42)],
        [64, population(48)],
      ],
      [order(0, 'o1'), wake(64)],
      ['0 welcome', '0 thank-you', '63 at-risk'],
    ],
    [
      'what the shop’s imported past is judged by mails nobody',
      [
        [1, population(44)],
        [62, forty],
      ],
      [order(0, 'o1', 10, { source: 'import', receivedDay: 300 }), wake(300)],
      ['0 welcome'],
    ],
  ])('%s', (_sentence, later, inputs, expected) => {
    expect(mailsFor(later, inputs)).toEqual(expected)
  })
})

describe('whether a version judges everybody anew', () => {
  const thirds = { middle: 2, top: 4 }
  const rfm = (frequency = thirds, monetary = thirds) => ({ rfm: { buyers: 90, frequency, monetary } })
  it.each<[sentence: string, before: Partial<Population>, after: Partial<Population>, expected: boolean]>([
    ['not where nothing has moved', { vipLine: 900, ...rfm() }, { vipLine: 900, ...rfm() }, false],
    ['not by a line that follows the shop', { vipLine: 1_000 }, { vipLine: 1_200 }, false],
    ['by the first line of value that is far from the settings’', {}, { vipLine: 1_000 }, true],
    ['not by one that is near', {}, { vipLine: 50_001 }, false],
    ['by a line of value that has jumped', { vipLine: 1_000 }, { vipLine: 1_201 }, true],
    ['by the first lines of RFM', {}, rfm(), true],
    ['by lines that are no more', rfm(), {}, true],
    ['by a line of frequency that takes a third of the shop along', rfm(), rfm({ middle: 2, top: 5 }), true],
    ['by a line of spend that has jumped', rfm(), rfm(thirds, { middle: 1, top: 4 }), true],
  ])('%s', (_sentence, before, after, expected) => {
    const { restating } = judgedBy(versions([1, population(40, before)], [2, population(40, after)]))
    expect(restating.has(3)).toBe(expected)
  })
})

describe('value and engagement by dated versions of the rules', () => {
  const lined = (vipLine: number) => population(40, { vipLine })

  it.each<
    [sentence: string, region: 'value' | 'engagement', later: Later, inputs: Input[], expected: string[]]
  >([
    [
      'who spends more than the shop’s line is a VIP, whatever the settings’ line is',
      'value',
      [[1, lined(20_000)]],
      [order(2, 'o1', 250)],
      ['2 standard > vip (Order Completed)'],
    ],
    [
      'a line that comes down makes VIPs, and one that goes up takes them back',
      'value',
      [
        [1, lined(30_000)],
        [3, lined(20_000)],
        [4, lined(30_000)],
      ],
      [order(2, 'o1', 250), wake(5)],
      ['3 standard > vip (rules 3)', '4 vip > standard (rules 4)'],
    ],
    [
      'the settings’ line counts where the shop wants it so',
      'value',
      [[1, lined(20_000), { vipShare: null }]],
      [order(2, 'o1', 250), order(3, 'o2', 250)],
      ['3 standard > vip (Order Completed)'],
    ],
    [
      'a shorter silence counts from when it is set',
      'engagement',
      [[20, null, { engagement: { warmFor: 10 * DAY } }]],
      [visit(0), wake(20)],
      ['0 unknown > warm (page)', '20 warm > unknown (timer silence)'],
    ],
    [
      'who is cold by the old setting and not by the new one is taken back',
      'engagement',
      [[95, null, { engagement: { coldAfter: 200 * DAY } }]],
      [visit(0), ...[1, 2, 3, 4, 5].map((day) => mail(day)), wake(96)],
      [
        '0 unknown > warm (page)',
        '30 warm > unknown (timer silence)',
        '90 unknown > cold (timer longSilence)',
        '95 cold > unknown (rules 2)',
      ],
    ],
  ])('%s', (_sentence, region, later, inputs, expected) => {
    expect(story(live(inputs, judgedBy(versions(...later))).transitions, region)).toEqual(expected)
  })
})

describe('recency, frequency and value', () => {
  const lines = {
    buyers: 90,
    frequency: { middle: 2, top: 3 },
    monetary: { middle: 5_000, top: 20_000 },
  }
  const scored = population(1_000, { rfm: lines })
  const richer = population(1_000, { rfm: { ...lines, monetary: { middle: 30_000, top: 50_000 } } })

  it.each<[sentence: string, later: Later, inputs: Input[], expected: string[]]>([
    ['has no group before there are lines', [], [order(0, 'o1', 250)], []],
    [
      'has a group from the first order, and another when time passes',
      [[0, scored]],
      [order(1, 'o1', 250), wake(400)],
      [
        '1 none > recent (Order Completed)',
        '181 recent > needsAttention (timer recency)',
        '366 needsAttention > inactive (timer recency)',
      ],
    ],
    [
      'has another group when the lines move',
      [
        [0, scored],
        [5, richer],
      ],
      [order(1, 'o1', 250), order(2, 'o2', 10), wake(6)],
      [
        '1 none > recent (Order Completed)',
        '2 recent > champions (Order Completed)',
        '5 champions > loyal (rules 3)',
      ],
    ],
    [
      'is left with the last order that had a value',
      [[0, scored]],
      [
        order(1, 'o1', 10),
        order(2, 'o1', 10, { name: 'Order Refunded', properties: { order_id: 'o1', total: 10 } }),
      ],
      ['1 none > recent (Order Completed)', '2 recent > none (Order Refunded)'],
    ],
  ])('%s', (_sentence, later, inputs, expected) => {
    expect(story(live(inputs, judgedBy(versions(...later))).transitions, 'rfm')).toEqual(expected)
  })

  it('keeps the group before with its end, and says so by an event', () => {
    const inputs = [order(1, 'o1', 250, { id: 'm1' }), wake(200)]
    // 180 days are recent, and not a millisecond more.
    const faded = START + 181 * DAY + 1
    const { customer, effects } = live(inputs, judgedBy(versions([0, scored])))
    expect(customer.rfm).toEqual({
      scores: '213',
      group: 'needsAttention',
      since: faded,
      previous: { group: 'recent', until: faded },
    })
    expect(effects.filter(({ type }) => type === 'event')).toEqual([
      {
        type: 'event',
        id: 'rfm/c1/m1',
        at: START + DAY,
        name: 'RFM Group Changed',
        properties: { from: 'none', to: 'recent', scores: '313' },
      },
      {
        type: 'event',
        id: `rfm/c1/recency@${faded}`,
        at: faded,
        name: 'RFM Group Changed',
        properties: { from: 'recent', to: 'needsAttention', scores: '213' },
      },
    ])
  })

  it('starts the journeys that wait for a group', () => {
    const journey = journeyOf({
      id: 'fading',
      name: 'Fading',
      trigger: { kind: 'rfm', to: 'needsAttention' },
      reentry: { kind: 'never' },
      steps: [{ kind: 'send', id: 'mail', template: 'win-back', purpose: 'marketing', to: 'customer' }],
    })
    const rules = rulesWith({}, [journey], versions([0, scored]))
    const { effects } = live([address(0), subscribe(0), order(1, 'o1', 250), wake(182)], rules)
    expect(messagesOf(effects).map(({ template, causeAt }) => [template, causeAt])).toEqual([
      ['win-back', START + 181 * DAY + 1],
    ])
  })
})
