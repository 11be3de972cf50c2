import { describe, expect, it } from 'vitest'
import { step, type Input } from '../src/index.ts'
import { DAY, eventInput, order, rules, rulesWith, START, wake } from './support/inputs.ts'
import { live } from './support/live.ts'
import { address, click, days, mail, noise, story, viewed, visit } from './support/story.ts'

const mails = (...on: number[]) => on.map((day) => mail(day))

describe('the engagement, warm for 30 days and cold after 90 days and 5 mails', () => {
  it.each<[sentence: string, inputs: Input[], expected: string[]]>([
    ['a page view warms', [visit(0)], ['0 unknown > warm (page)']],
    ['a screen warms', [visit(0, { type: 'screen' })], ['0 unknown > warm (screen)']],
    ['what a browser tracks warms', [viewed(0)], ['0 unknown > warm (Product Viewed)']],
    ['a human click warms', [click(0)], ['0 unknown > warm (Email Link Clicked)']],
    ['a machine’s click does not', [click(0, 'machine')], []],
    [
      'a browser that only says who it is is no visit',
      [eventInput({ day: 0, source: 'public', type: 'identify', anonymousId: 'a1' })],
      [],
    ],
    ['who becomes reachable is warm', [address(0)], ['0 unknown > warm (identify)']],
    ['what the shop’s server tracks is no visit', [noise(0), order(1, 'o1')], []],
    [
      'after 30 days of silence without mails nothing is known',
      [visit(0), wake(400)],
      ['0 unknown > warm (page)', '30 warm > unknown (timer silence)'],
    ],
    [
      'after 90 days of silence and 5 mails a customer is cold',
      [visit(0), ...mails(1, 2, 3, 4, 5), wake(400)],
      [
        '0 unknown > warm (page)',
        '30 warm > unknown (timer silence)',
        '90 unknown > cold (timer longSilence)',
      ],
    ],
    [
      'transactional mails do not count',
      [visit(0), ...mails(1, 2, 3, 4), mail(5, 'transactional'), wake(90)],
      ['0 unknown > warm (page)', '30 warm > unknown (timer silence)'],
    ],
    [
      'mails that go on do not put the silence off, and the fifth makes cold',
      [visit(0), ...mails(50, 80, 100, 120, 140), wake(400)],
      ['0 unknown > warm (page)', '30 warm > unknown (timer silence)', '140 unknown > cold (Email Sent)'],
    ],
    ['mails alone say nothing of somebody who never showed interest', mails(1, 2, 3, 4, 5, 6), []],
    [
      'a visit starts the time and the mails again',
      [visit(0), ...mails(1, 2, 3, 4, 5), visit(20), wake(110)],
      ['0 unknown > warm (page)', '50 warm > unknown (timer silence)'],
    ],
    [
      'a click or a visit warms the cold, and further mails leave them cold',
      [visit(0), ...mails(1, 2, 3, 4, 5), mail(95), click(100), wake(190)],
      [
        '0 unknown > warm (page)',
        '30 warm > unknown (timer silence)',
        '90 unknown > cold (timer longSilence)',
        '100 cold > warm (Email Link Clicked)',
        '130 warm > unknown (timer silence)',
      ],
    ],
    [
      'visits of one day count once: the silence is counted from the first',
      [visit(0), visit(0.5), visit(0.99), wake(30)],
      ['0 unknown > warm (page)', '30 warm > unknown (timer silence)'],
    ],
    [
      'a visit a day later counts',
      [visit(0), visit(1), wake(30.5), wake(31)],
      ['0 unknown > warm (page)', '31 warm > unknown (timer silence)'],
    ],
    [
      'a click counts also on the day of a visit',
      [visit(0), click(0.5), wake(31)],
      ['0 unknown > warm (page)', '30.5 warm > unknown (timer silence)'],
    ],
  ])('%s', (_sentence, inputs, expected) => {
    expect(story(live(inputs, rules).transitions, 'engagement')).toEqual(expected)
  })

  it('explains itself by the mails received and the days of silence', () => {
    const { transitions } = live([visit(0), ...mails(1, 2, 3, 4, 5), wake(90)], rules)
    const [warm, unknown, cold] = transitions.filter(({ region }) => region === 'engagement')
    const thresholds = { warmForDays: 30, coldAfterDays: 90, coldAfterMails: 5 }
    expect(warm?.reason).toMatchObject({
      numbers: { ...thresholds, received: 0, daysSinceEngaged: 0 },
      next: { timer: 'silence', dueAt: START + 30 * DAY },
    })
    expect(unknown?.reason).toMatchObject({
      numbers: { ...thresholds, received: 5, daysSinceEngaged: 30 },
      next: { timer: 'longSilence', dueAt: START + 90 * DAY },
    })
    expect(cold?.reason).toEqual({
      cause: {
        kind: 'timer',
        id: 'xstate.after.longSilence.lifecycle.engagement.unknown',
        dueAt: START + 90 * DAY,
      },
      numbers: { ...thresholds, received: 5, daysSinceEngaged: 90 },
    })
  })

  it('waits for a silence that was made longer while the timer was armed', () => {
    const shorter = rulesWith({ engagement: { warmFor: 90 * DAY } })
    const longer = rulesWith({ engagement: { warmFor: 120 * DAY, coldAfter: 120 * DAY } })
    const { customer } = live([visit(0), ...mails(1, 2, 3, 4, 5)], shorter)
    const rechecked = step(customer, wake(90), longer)
    expect(rechecked.transitions).toEqual([])
    expect(rechecked.customer.lifecycle.value.engagement).toBe('warm')
    expect(Object.values(rechecked.customer.timers).map(days)).toEqual([120])
    const fired = step(rechecked.customer, wake(120), longer)
    expect(story(fired.transitions, 'engagement')).toEqual(['120 warm > cold (timer silence)'])
  })

  it('keeps nobody warm for longer than it takes to become cold', () => {
    const { transitions } = live(
      [visit(0), ...mails(1, 2, 3, 4, 5), wake(90)],
      rulesWith({ engagement: { coldAfter: 20 * DAY } }),
    )
    expect(story(transitions, 'engagement').at(-1)).toBe('20 warm > cold (timer silence)')
  })

  it('goes by the shop’s own number of mails', () => {
    const strict = rulesWith({ engagement: { coldReceived: 2 } })
    const { transitions } = live([visit(0), ...mails(1, 2), wake(90)], strict)
    expect(story(transitions, 'engagement').at(-1)).toBe('90 unknown > cold (timer longSilence)')
  })
})
