import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, hourOf, HOUR, mailboxProviderOf, sendingRoom, warmUpDay } from '../src/index.ts'
import { check } from './support/histories.ts'

const START = Date.UTC(2026, 0, 1, 10, 30)
const TEN = Date.UTC(2026, 0, 1, 10)
const WARM_UP = { startedAt: START, first: 50, growth: 2, until: 1_000 }

describe('a warm-up', () => {
  it.each<[string, number, ReturnType<typeof warmUpDay>]>([
    ['before it begins nothing goes', TEN - 1, { from: TEN - HOUR, to: TEN, mails: 0 }],
    ['its first day begins with the hour it was begun in', TEN, { from: TEN, to: TEN + DAY, mails: 50 }],
    ['its first day ends after 24 hours', TEN + DAY - 1, { from: TEN, to: TEN + DAY, mails: 50 }],
    ['each day has more', TEN + DAY, { from: TEN + DAY, to: TEN + 2 * DAY, mails: 100 }],
    ['its last day', TEN + 5 * DAY - 1, { from: TEN + 4 * DAY, to: TEN + 5 * DAY, mails: 800 }],
    ['it is over when a day would have all', TEN + 5 * DAY, null],
    ['it stays over', TEN + 9_000 * DAY, null],
  ])('%s', (_sentence, at, expected) => {
    expect(warmUpDay(WARM_UP, at)).toEqual(expected)
  })
})

describe('the room of a sender', () => {
  const at = TEN + 20 * 60_000
  const perHour = { 'gmail.com': 3, '*': 5 }
  it.each<[string, Parameters<typeof sendingRoom>, ReturnType<typeof sendingRoom>]>([
    [
      'is there without limits',
      [
        { warmUp: null, perHour: {} },
        { provider: 'a.example', sent: { day: 9e9, hour: 9e9 }, at },
      ],
      { roomAt: null, reason: 'domain-limit' },
    ],
    [
      'is there below the limit of the provider',
      [
        { warmUp: null, perHour },
        { provider: 'gmail.com', sent: { day: 9, hour: 2 }, at },
      ],
      { roomAt: null, reason: 'domain-limit' },
    ],
    [
      'comes back with the next hour',
      [
        { warmUp: null, perHour },
        { provider: 'gmail.com', sent: { day: 9, hour: 3 }, at },
      ],
      { roomAt: TEN + HOUR, reason: 'domain-limit' },
    ],
    [
      'is that of each other provider where it is not named',
      [
        { warmUp: null, perHour },
        { provider: 'shop.example', sent: { day: 9, hour: 5 }, at },
      ],
      { roomAt: TEN + HOUR, reason: 'domain-limit' },
    ],
    [
      'comes back with the next day of the warm-up',
      [
        { warmUp: WARM_UP, perHour: {} },
        { provider: 'a.example', sent: { day: 50, hour: 0 }, at },
      ],
      { roomAt: TEN + DAY, reason: 'warm-up' },
    ],
    [
      'is told of the warm-up first, which takes longer',
      [
        { warmUp: WARM_UP, perHour },
        { provider: 'gmail.com', sent: { day: 50, hour: 3 }, at },
      ],
      { roomAt: TEN + DAY, reason: 'warm-up' },
    ],
  ])('%s', (_sentence, given, expected) => {
    expect(sendingRoom(...given)).toEqual(expected)
  })

  it('is never more than a day or an hour has, whoever asks when', () => {
    const limits = {
      warmUp: { ...WARM_UP, first: 7, growth: 1.5, until: 40 },
      perHour: { 'gmail.com': 2, '*': 3 },
    }
    check(
      fc.property(
        fc.array(fc.tuple(fc.nat(20 * 60_000), fc.constantFrom('gmail.com', 'a.example', 'b.example')), {
          minLength: 50,
          maxLength: 400,
        }),
        (asked) => {
          const sent: { at: number; provider: string }[] = []
          let time = START
          for (const [pause, provider] of asked) {
            time += pause
            const day = warmUpDay(limits.warmUp, time)
            const counts = {
              day: sent.filter((mail) => day && mail.at >= day.from).length,
              hour: sent.filter((mail) => mail.provider === provider && hourOf(mail.at) === hourOf(time))
                .length,
            }
            const { roomAt } = sendingRoom(limits, { provider, sent: counts, at: time })
            if (roomAt === null) sent.push({ at: time, provider })
            else expect(roomAt).toBeGreaterThan(time)
          }
          for (const hour of Map.groupBy(sent, (mail) => `${hourOf(mail.at)} ${mail.provider}`).values())
            expect(hour.length).toBeLessThanOrEqual(hour[0]?.provider === 'gmail.com' ? 2 : 3)
          for (const [from, day] of Map.groupBy(sent, (mail) => warmUpDay(limits.warmUp, mail.at)?.from))
            if (from !== undefined)
              expect(day.length).toBeLessThanOrEqual(warmUpDay(limits.warmUp, from)?.mails ?? 0)
        },
      ),
    )
  })
})

describe('a mailbox provider', () => {
  it.each([
    ['googlemail.com', 'gmail.com'],
    ['GMail.com', 'gmail.com'],
    ['hotmail.co.uk', 'outlook.com'],
    ['live.com', 'outlook.com'],
    ['outlook.es', 'outlook.com'],
    ['msn.com', 'outlook.com'],
    ['yahoo.com.br', 'yahoo.com'],
    ['ymail.com', 'yahoo.com'],
    ['aol.de', 'yahoo.com'],
    ['me.com', 'icloud.com'],
    ['web.de', 'gmx.net'],
    ['notgmail.com', 'notgmail.com'],
    ['hotmail.com.evil.example', 'hotmail.com.evil.example'],
    ['mail.live.com', 'mail.live.com'],
    ['Shop.Example', 'shop.example'],
  ])('of %s is %s', (domain, provider) => {
    expect(mailboxProviderOf(domain)).toBe(provider)
  })
})
