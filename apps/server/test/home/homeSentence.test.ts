import { DAY, HOUR, sentenceLanguageOf } from '@ciclo/engine'
import { loadShippedJourneys } from '@ciclo/journeys'
import { describe, expect, it } from 'vitest'
import { findTasks } from '../../src/home/findTasks.ts'
import { homeLanguage } from '../../src/home/homeLanguage.ts'
import { homeSentence, type HomeFacts } from '../../src/home/homeSentence.ts'
import { judgeSilence } from '../../src/home/judgeSilence.ts'
import type { HomeHealth } from '../../src/home/homeHealth.ts'
import type { HomeMap } from '../../src/home/readHomeMap.ts'
import { OFFERS, stageOfTrigger } from '../../src/home/stageOffers.ts'
import { lastMonday } from '../../src/home/weeklyReport.ts'
import { STAGES, type Stage } from '../../src/store/queries/stageFigures.ts'

const NOW = Date.UTC(2026, 0, 1, 12)

const HEALTHY: HomeHealth = {
  sources: [{ source: 'secret', lastAt: NOW }],
  silence: null,
  late: 0,
  lateSince: null,
  parkedInputs: 0,
  parkedCustomers: 0,
  failingJobs: [],
  senders: [],
}

type Arrived = HomeMap['stages'][number]['week']

function mapOf(week: Partial<Record<Stage, Partial<Arrived>>>, more: Partial<HomeMap> = {}): HomeMap {
  const nobody: Arrived = { people: 0, spend: {}, names: [] }
  return {
    customers: 5_000,
    isSmall: false,
    awaitingConfirmation: 0,
    stages: STAGES.map((stage) => ({
      stage,
      customers: 10,
      reachable: 5,
      change: 0,
      spend: {},
      names: [],
      week: { ...nobody, ...week[stage] },
      month: { ...nobody, ...week[stage] },
    })),
    moves: [],
    journeys: [],
    offers: [],
    ...more,
  }
}

const factsOf = (map: HomeMap | null, health: Partial<HomeHealth> = {}): HomeFacts => ({
  now: NOW,
  map,
  health: { ...HEALTHY, ...health },
  hasAddress: true,
})

const languageOf = (tag: string) => homeLanguage(sentenceLanguageOf(tag) ?? { language: 'en', tag: 'en-GB' })
const say = (facts: HomeFacts, tag: string) =>
  homeSentence(facts, languageOf(tag)).replaceAll(/[\u00a0\u202f]/g, ' ')

const RISK = mapOf({ atRisk: { people: 126, spend: { EUR: 940_000 } }, new: { people: 3 } })
const NAMED = mapOf(
  { atRisk: { people: 2, spend: { EUR: 5_050 }, names: ['Ana', 'Bo'] } },
  { customers: 20, isSmall: true },
)

describe('The first sentence', () => {
  it.each([
    [
      'en',
      RISK,
      'Nothing is broken. 126 customers passed their limit this week; they spent €9,400 in the last year.',
    ],
    [
      'es',
      RISK,
      'Todo funciona. 126 clientes han superado su plazo habitual esta semana; gastaron 9400 € en el último año.',
    ],
    [
      'pl',
      RISK,
      'Wszystko działa. W tym tygodniu zwykły czas do kolejnego zamówienia minął u 126 klientów; wydatki z ostatniego roku: 9400 €.',
    ],
    [
      'ro',
      RISK,
      'Totul funcționează. 126 de clienți au depășit săptămâna aceasta intervalul obișnuit; au cheltuit 9.400 EUR în ultimul an.',
    ],
    [
      'en',
      NAMED,
      'Nothing is broken. Ana and Bo passed their limit this week; they spent €50.50 in the last year.',
    ],
    [
      'es',
      NAMED,
      'Todo funciona. Ana y Bo han superado su plazo habitual esta semana; gastaron 50,50 € en el último año.',
    ],
    [
      'pl',
      NAMED,
      'Wszystko działa. W tym tygodniu minął zwykły czas do kolejnego zamówienia: Ana i Bo; wydatki z ostatniego roku: 50,50 €.',
    ],
    [
      'ro',
      NAMED,
      'Totul funcționează. Ana și Bo au depășit săptămâna aceasta intervalul obișnuit; au cheltuit 50,50 EUR în ultimul an.',
    ],
    [
      'en',
      mapOf({ new: { people: 1 } }),
      'Nothing is broken. 1 customer ordered for the first time this week.',
    ],
    [
      'pl',
      mapOf({ new: { people: 3 } }),
      'Wszystko działa. W tym tygodniu 3 klientów zamówiło po raz pierwszy.',
    ],
    [
      'ro',
      mapOf({ reactivated: { people: 1 } }),
      'Totul funcționează. 1 client s-a întors săptămâna aceasta.',
    ],
    ['en', mapOf({}), 'Nothing is broken. It is a quiet week: nobody has changed stage.'],
    ['en', null, 'Your customers are being counted. This takes a moment the first time.'],
  ] as const)('in %s tells what has moved', (tag, map, expected) => {
    expect(say(factsOf(map), tag)).toBe(expected)
  })

  const stopped: HomeHealth['senders'][number] = {
    id: 'news',
    purpose: 'marketing',
    status: 'stopped',
    reason: 'complaints',
    checkedAt: null,
    wrong: [],
  }

  it.each([
    [{ late: 1, lateSince: NOW - HOUR }, '1 mail should have left an hour ago and is still here.'],
    [{ late: 3, lateSince: NOW - 3 * DAY }, '3 mails should have left 3 days ago and are still here.'],
    [{ silence: 9 * HOUR }, 'Nothing has come in for 9 hours, which is unusual for your shop.'],
    [
      { senders: [stopped], parkedInputs: 2 },
      'The sender “news” has been stopped and its mails are waiting; 1 more thing needs a look.',
    ],
    [
      { late: 1, lateSince: NOW - HOUR, parkedInputs: 2, failingJobs: ['rejudge'] },
      '1 mail should have left an hour ago and is still here; 2 more things need a look.',
    ],
  ])('says first what is broken: %j', (health, expected) => {
    expect(say(factsOf(RISK, health), 'en')).toBe(expected)
  })
})

describe('Things to do', () => {
  it('are three at the most: what is broken, then where most money is at stake', () => {
    const offers = [
      { id: 'at-risk', name: 'At risk', stage: 'atRisk' as const, mails: 2 },
      { id: 'second-purchase', name: 'My own name', stage: 'new' as const, mails: 2 },
    ]
    const map = mapOf(
      {
        atRisk: { people: 9, spend: { EUR: 100 } },
        new: { people: 2, spend: { EUR: 900 } },
        lapsed: { people: 4, spend: { EUR: 500 } },
      },
      { offers },
    )
    const tasks = findTasks({ ...factsOf(map), hasAddress: false }, languageOf('en'))
    expect(tasks.map(({ kind, to, title }) => [kind, to, title])).toEqual([
      ['address', '/settings/shop', 'Tell customers where your shop is'],
      ['journey', null, 'Switch on “My own name”'],
      ['lapsed', '/customers?stage=lapsed', 'Bring back 4 customers'],
    ])
  })
})

describe('Shipped journeys', () => {
  it('that are offered exist under these names, and begin where they are offered', () => {
    const shipped = loadShippedJourneys()
    for (const { stage, journey, name } of OFFERS) {
      const found = shipped.find(({ id }) => id === journey)
      expect([found?.name, found && stageOfTrigger(found.trigger)]).toEqual([name, stage])
    }
  })
})

describe('Silence', () => {
  const hourly = (hours: readonly number[]) =>
    hours.map((ago) => {
      const hour = Math.floor((NOW - ago * HOUR) / HOUR) * HOUR
      return { source: 'public' as const, hour, events: 5, lastAt: hour + HOUR / 2 }
    })
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, place) => from + place)

  it.each([
    ['a busy shop that was heard of just now', range(0, 48), null],
    ['a busy shop five hours ago', range(5, 48), null],
    ['a busy shop eight hours ago', range(8, 60), 7.5 * HOUR],
    // It sleeps for ten hours each night.
    ['a shop that is quiet at night', [...range(12, 26), ...range(36, 50)], null],
    ['the same for a day', [...range(30, 44), ...range(54, 68)], 29.5 * HOUR],
    ['a shop of which too little is known', range(30, 35), null],
    ['nobody', [], null],
  ])('is judged by the pauses of %s', (_, hours, expected) => {
    expect(judgeSilence(hourly(hours), NOW)).toBe(expected)
  })
})

it.each([
  ['2026-01-05T07:00:00Z', '2026-01-05T07:00:00Z'],
  ['2026-01-05T06:59:59Z', '2025-12-29T07:00:00Z'],
  ['2026-01-11T23:00:00Z', '2026-01-05T07:00:00Z'],
  // Clocks go forward on Sunday the 29th of March.
  ['2026-03-30T06:00:00Z', '2026-03-30T06:00:00Z'],
  ['2026-03-30T05:59:59Z', '2026-03-23T07:00:00Z'],
])('At %s the last report was due at %s', (at, expected) => {
  const shop = { name: 'Shop', url: '', timeZone: 'Europe/Madrid' }
  expect(lastMonday(Date.parse(at), { shop })).toBe(Date.parse(expected))
})
