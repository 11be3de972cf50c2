import { describe, expect, it } from 'vitest'
import { explainJourney, explainMail, type JourneyStanding } from '../src/explain/explainJourney.ts'
import { createJourneyExplainer } from '../src/explain/createJourneyExplainer.ts'
import { journeySentencesEn } from '../src/explain/journeySentencesEn.ts'
import { journeySentencesEs } from '../src/explain/journeySentencesEs.ts'
import { journeySentencesPl } from '../src/explain/journeySentencesPl.ts'
import { journeySentencesRo } from '../src/explain/journeySentencesRo.ts'
import { SENTENCE_LOCALES, sentenceLanguageOf } from '../src/explain/sentenceLocale.ts'
import { compileRules, OPEN_STREAM, ownEvent, SettingsSchema, type Input } from '../src/index.ts'
import type { JourneyStatus } from '../src/journeys/compileJourney.ts'
import { DAY, HOUR, order, START, wake } from './support/inputs.ts'
import { live } from './support/live.ts'
import { address, subscribe, unsubscribe } from './support/story.ts'
import { journeyOf, type JourneyWords } from './support/testJourneys.ts'

const mailStep = (id = 'mail', purpose: 'marketing' | 'transactional' = 'transactional') =>
  ({ kind: 'send', id, template: id, purpose }) as const

const settings = SettingsSchema.parse({ currency: 'EUR', shop: { timeZone: 'Europe/Warsaw' } })
const rulesOf = (journeys: readonly Partial<JourneyWords>[], statuses: readonly JourneyStatus[] = []) =>
  compileRules({
    version: 1,
    settings,
    segments: [
      { id: 'fans', rule: { kind: 'trait', path: ['fan'], condition: { operator: 'exists' } }, isLive: true },
    ],
    journeys: journeys.map((words, index) => ({
      definition: journeyOf({
        id: `j${index + 1}`,
        name: `Journey ${index + 1}`,
        trigger: { kind: 'api' },
        reentry: { kind: 'always' },
        steps: [mailStep()],
        ...words,
      }),
      version: 1,
      status: statuses[index] ?? 'live',
    })),
  })

const sentenceIn = (locale: string, told: JourneyStanding, at: number) => {
  const language = sentenceLanguageOf(locale)
  if (!language) throw new Error(`no language ${locale}`)
  return createJourneyExplainer({ language, timeZone: 'Europe/Warsaw', now: at }).standing(told)
}

/** How the customer stands to the first of the journeys after all that. */
function standing(
  inputs: readonly Input[],
  journeys: readonly Partial<JourneyWords>[],
  {
    day,
    statuses,
    before,
  }: { day: number; statuses?: readonly JourneyStatus[]; before?: readonly JourneyStatus[] },
) {
  const { customer } = live(inputs, rulesOf(journeys, before ?? statuses))
  const rules = rulesOf(journeys, statuses)
  const compiled = rules.journeys.get(`${journeys[0]?.id ?? 'j1'}@1`)
  if (!compiled) throw new Error('no journey')
  const at = START + day * DAY
  const told = explainJourney(customer, compiled, at, rules)
  return { told, sentence: sentenceIn('en', told, at) }
}

const asked = (day: number, journey = 'j1', more: Record<string, unknown> = {}) =>
  ownEvent(`asked-${day}-${journey}`, START + day * DAY, 'Journey Requested', {
    journey,
    because: 'api',
    ...more,
  })

const NEW = { trigger: { kind: 'transition', region: 'stage', to: 'new' } } as const
const FANS = { kind: 'trait', path: ['fan'], condition: { operator: 'exists' } } as const

const WAITS: [name: string, steps: JourneyWords['steps'], wait: object | null, sentence: string][] = [
  [
    'a delay, and the mail after it',
    [{ kind: 'delay', id: 'pause', duration: '2d' }, mailStep('later')],
    { kind: 'time', until: START + 3 * DAY },
    'In the journey since 2 January: at the step “pause”; waits until 4 January at 01:00; the next e-mail is “later”, on 4 January at 01:00 at the earliest.',
  ],
  [
    'a delay, and the mail of the way that its branch would take now',
    [
      { kind: 'delay', id: 'pause', duration: '2d' },
      { kind: 'branch', id: 'which', ways: [{ when: FANS, to: 'fans' }], otherwise: 'others' },
      { kind: 'send', id: 'fans', template: 'fans', purpose: 'marketing', next: 'end' },
      mailStep('others'),
    ],
    { kind: 'time', until: START + 3 * DAY },
    'In the journey since 2 January: at the step “pause”; waits until 4 January at 01:00; the next e-mail is “others”, on 4 January at 01:00 at the earliest.',
  ],
  [
    'an event, which may happen at any time',
    [
      {
        kind: 'wait',
        id: 'seen',
        for: { kind: 'event', name: 'Page Seen' },
        timeout: '3d',
        onTimeout: 'remind',
      },
      { kind: 'end', id: 'done' },
      mailStep('remind'),
    ],
    { kind: 'event', event: 'Page Seen', until: START + 4 * DAY },
    'In the journey since 2 January: at the step “seen”; waits for “Page Seen” until 5 January at 01:00; the next e-mail is “remind”, on 5 January at 01:00 at the earliest.',
  ],
  [
    'a condition',
    [{ kind: 'wait', id: 'true', for: { kind: 'condition', rule: FANS }, timeout: '1d' }, mailStep()],
    { kind: 'condition', until: START + 2 * DAY },
    'In the journey since 2 January: at the step “true”; waits for its condition to come true until 3 January at 01:00; the next e-mail is “mail”, on 2 January at 13:00 at the earliest.',
  ],
  [
    'a time of day',
    [{ kind: 'until', id: 'morning', at: '09:00' }, mailStep()],
    { kind: 'time', until: START + DAY + 8 * HOUR },
    'In the journey since 2 January: at the step “morning”; waits until 2 January at 09:00; the next e-mail is “mail”, on 2 January at 09:00 at the earliest.',
  ],
]

const REFUSALS: [
  name: string,
  inputs: readonly Input[],
  journeys: readonly Partial<JourneyWords>[],
  refusal: object,
  sentence: string,
][] = [
  [
    'the entry condition, part by part',
    [address(0), order(0.5, 'o1')],
    [
      {
        entry: {
          kind: 'and',
          rules: [
            FANS,
            { kind: 'reachable' },
            { kind: 'not', rule: { kind: 'lifecycle', region: 'stage', states: ['new'] } },
            { kind: 'event', name: 'Liked', atLeast: 2 },
            {
              kind: 'or',
              rules: [
                { kind: 'language', languages: ['pl'] },
                { kind: 'country', countries: ['PL'] },
              ],
            },
          ],
        },
      },
    ],
    {
      reason: 'entry',
      parts: [
        { path: 'rules.0', leaf: FANS, wanted: true, seen: {} },
        { path: 'rules.2.rule', wanted: false, seen: { value: 'new' } },
        { path: 'rules.3', wanted: true, seen: { event: 'Liked', count: 0, atLeast: 2 } },
        { path: 'rules.4.rules.0', wanted: true },
        { path: 'rules.4.rules.1', wanted: true },
      ],
    },
    'Not in the journey, and would not come in now: its entry condition is not met; not as it has to be: the trait “fan”, the state “new”, “Liked” (counted: 0, asked for: 2), the language, the country.',
  ],
  [
    're-entry that is over for good',
    [address(0), asked(1)],
    [{ reentry: { kind: 'never' } }],
    { reason: 'reentry', until: null },
    'Not in the journey, and would not come in now: it lets everybody in only once; was in it 1 time, the last time from 2 January.',
  ],
  [
    're-entry after a time',
    [address(0), asked(1)],
    [{ reentry: { kind: 'after', duration: '10d' } }],
    { reason: 'reentry', until: START + 11 * DAY },
    'Not in the journey, and would not come in now: it lets them in again from 12 January at 01:00; was in it 1 time, the last time from 2 January.',
  ],
  [
    'a journey that goes first',
    [address(0), asked(1, 'j2')],
    [
      { exclusion: { group: 'carts', rank: 1 } },
      {
        exclusion: { group: 'carts', rank: 2 },
        steps: [{ kind: 'delay', id: 'pause', duration: '9d' }, mailStep()],
      },
    ],
    { reason: 'excluded', by: 'j2' },
    'Not in the journey, and would not come in now: they are in “j2”, which goes first.',
  ],
  [
    'what ends it',
    [address(0, 'ann@example.com', { traits: { fan: true } })],
    [{ exits: [{ on: { kind: 'condition', rule: FANS }, name: 'is-fan' }] }],
    { reason: 'exit', exit: 'is-fan' },
    'Not in the journey, and would not come in now: what ends it is true already: “is-fan”.',
  ],
  [
    'its goal',
    [address(0, 'ann@example.com', { traits: { fan: true } })],
    [{ goal: { on: { kind: 'condition', rule: FANS }, within: '5d' } }],
    { reason: 'goal' },
    'Not in the journey, and would not come in now: its goal is reached already.',
  ],
  [
    'who has unsubscribed, of marketing',
    [address(0), subscribe(0.5), unsubscribe(1)],
    [{ steps: [mailStep('mail', 'marketing')] }],
    { reason: 'unsubscribed' },
    'Not in the journey, and would not come in now: it sends only marketing, and they have unsubscribed.',
  ],
  [
    'the rule of a schedule',
    [address(0)],
    [{ trigger: { kind: 'schedule', every: { unit: 'day' }, rule: FANS } }],
    { reason: 'schedule-rule', parts: [{ path: '', leaf: FANS }] },
    'Not in the journey, and would not come in now: the rule of its schedule is not met; not as it has to be: the trait “fan”.',
  ],
]

const STARTS: [name: string, words: Partial<JourneyWords>, sentence: string][] = [
  ['entering a state', NEW, 'as soon as they become “new”'],
  [
    'leaving a state',
    { trigger: { kind: 'transition', region: 'permission', from: 'none' } },
    'as soon as they are no longer “no permission”',
  ],
  [
    'going from one to another',
    { trigger: { kind: 'transition', region: 'stage', from: 'lost', to: 'reactivated' } },
    'as soon as they go from “lost” to “reactivated”',
  ],
  ['an event', { trigger: { kind: 'event', name: 'Liked' } }, 'as soon as “Liked” happens'],
  [
    'any event',
    { trigger: { kind: 'event', type: 'page' } },
    'as soon as an event of the right type happens',
  ],
  ['a group', { trigger: { kind: 'rfm', to: 'loyal' } }, 'as soon as they move to the RFM group “Loyal”'],
  [
    'a segment',
    { trigger: { kind: 'segment', segment: 'fans', to: 'in' } },
    'as soon as they enter the segment “fans”',
  ],
  [
    'leaving a segment',
    { trigger: { kind: 'segment', segment: 'others', to: 'out' } },
    'as soon as they leave the segment “others”; they are there already, but it is entering anew that starts it',
  ],
  [
    'a date that nobody knows',
    { trigger: { kind: 'date', date: { of: 'trait', path: ['birthday'], yearly: true } } },
    'as soon as a date of theirs is known that starts it',
  ],
  ['the API', {}, 'when the shop asks for it'],
]

describe('how somebody stands to a journey', () => {
  it.each(WAITS)('in it, waiting for %s', (_name, steps, wait, expected) => {
    const { told, sentence } = standing([address(0), asked(1), wake(1)], [{ steps }], {
      // At the very start for the time of day, which is over at noon.
      day: steps[0]?.kind === 'until' ? 1 : 1.5,
    })
    expect(told).toMatchObject({ standing: 'in', refusal: { reason: 'running' }, runs: [{ waitsFor: wait }] })
    expect(sentence).toBe(expected)
  })

  it('in it, with what would end it', () => {
    const words: Partial<JourneyWords> = {
      steps: [{ kind: 'delay', id: 'pause', duration: '2d' }, mailStep('later', 'marketing')],
      goal: { on: { kind: 'event', name: 'Order Completed' }, within: '5d' },
      exits: [{ on: { kind: 'event', name: 'Checkout Started' } }],
    }
    const { told, sentence } = standing([address(0), asked(1)], [words], { day: 1 })
    expect(told.runs[0]?.endings).toEqual([
      { kind: 'goal', on: 'event', event: 'Order Completed', until: START + 6 * DAY },
      { kind: 'exit', name: 'checkout-started', on: 'event', event: 'Checkout Started' },
      { kind: 'unsubscribe' },
    ])
    expect(sentence).toContain(
      '; these would end it earlier: “Checkout Started”; reaching its goal counts until 7 January at 01:00.',
    )
  })

  it('through, as long as its last mail can be withdrawn', () => {
    const words: Partial<JourneyWords> = {
      steps: [mailStep('last', 'marketing')],
      exits: [{ on: { kind: 'event', name: 'Order Completed' } }],
    }
    const { told, sentence } = standing([address(0), asked(1)], [words], { day: 1 })
    expect(told.runs[0]).toMatchObject({ step: 'end', waitsFor: { kind: 'unsent', until: START + 2 * DAY } })
    expect(sentence).toContain('is through; its last e-mail can still be withdrawn until 3 January at 01:00')
  })

  it('in it and held, while the journey is paused', () => {
    const words: Partial<JourneyWords> = {
      steps: [{ kind: 'delay', id: 'pause', duration: '1d' }, mailStep()],
    }
    const running = live([address(0), asked(1)], rulesOf([words])).customer
    const rules = rulesOf([words], ['paused'])
    const { customer } = live([wake(3)], rules, running)
    const compiled = rules.journeys.get('j1@1')
    if (!compiled) throw new Error('no journey')
    const told = explainJourney(customer, compiled, START + 3 * DAY, rules)
    expect(told).toMatchObject({
      standing: 'in',
      refusal: { reason: 'paused' },
      runs: [{ waitsFor: { kind: 'held', since: START + 2 * DAY } }],
    })
    expect(sentenceIn('en', told, START + 3 * DAY)).toContain(
      'was due on 3 January at 01:00 and waits because the journey is paused',
    )
  })

  it.each(REFUSALS)('kept out by %s', (_name, inputs, journeys, refusal, expected) => {
    const { told, sentence } = standing(inputs, journeys, { day: 2 })
    expect(told).toMatchObject({ standing: 'cannot', refusal })
    expect(sentence).toBe(expected)
  })

  it.each([
    ['paused', 'the journey is paused'],
    ['finishing', 'the journey is not live'],
  ] as const)('kept out by a journey that is %s', (status, expected) => {
    const { sentence } = standing([address(0)], [{}], { day: 1, statuses: [status] })
    expect(sentence).toBe(`Not in the journey, and would not come in now: ${expected}.`)
  })

  it.each(STARTS)('free to come in by %s', (_name, words, expected) => {
    const { told, sentence } = standing([address(0)], [words], { day: 1 })
    expect(told).toMatchObject({ standing: 'could', refusal: null })
    expect(sentence).toBe(`Not in the journey, but would come in: ${expected}.`)
  })

  it.each<[string, readonly Input[], Partial<JourneyWords>, object, string]>([
    [
      'their turn in an opening',
      [address(0), order(0.5, 'o1'), asked(1, 'j1', { because: 'publish', delay: 2 * DAY })],
      NEW,
      { kind: 'opening', at: START + 3 * DAY },
      'on 4 January at 01:00, as one of those who were there when the journey went live',
    ],
    [
      'their birthday',
      [address(0, 'ann@example.com', { traits: { birthday: '1990-01-20' } })],
      { trigger: { kind: 'date', date: { of: 'trait', path: ['birthday'], yearly: true } } },
      { kind: 'date', at: START + 19 * DAY + 8 * HOUR },
      'on 20 January at 09:00, by a date of theirs',
    ],
    [
      'a schedule',
      [address(0, 'ann@example.com', { traits: { fan: true } })],
      { trigger: { kind: 'schedule', every: { unit: 'week', weekday: 'mon' }, rule: FANS } },
      { kind: 'schedule', at: START + 4 * DAY + 8 * HOUR },
      'on 5 January at 09:00, when the journey’s schedule comes round',
    ],
  ])('asked in at %s', (_name, inputs, words, wait, expected) => {
    const { told, sentence } = standing(inputs, [words], { day: 1.5 })
    expect(told).toMatchObject({ standing: 'waiting', refusal: null, waiting: [wait] })
    expect(sentence).toContain(`Will be asked in: ${expected}`)
  })

  it('free with a new cart, however the last one ended', () => {
    const words: Partial<JourneyWords> = {
      trigger: { kind: 'event', name: 'Order Completed' },
      key: 'order',
      reentry: { kind: 'never' },
    }
    const { told, sentence } = standing([address(0), order(1, 'o1')], [words], { day: 2 })
    expect(told).toMatchObject({ standing: 'could', before: { count: 1 } })
    expect(sentence).toContain('was in it 1 time, the last time from 2 January')
  })
})

describe('what the policy says to a marketing mail', () => {
  const facts = {
    permission: 'subscribed',
    basisAllowed: true,
    suppressed: false,
    withdrawn: null,
    parked: false,
    addressIsCurrent: true,
    confirmedRecently: false,
    journeyPaused: false,
    caseUntil: null,
    zone: 'Europe/Warsaw',
    marketingSentAt: [],
    topicRefused: false,
    stream: OPEN_STREAM,
  } as const
  const manners = {
    quietHours: { from: '21:00', to: '09:00' },
    cap: { perDay: 1, perWeek: null },
  }
  const noon = START + 11 * HOUR
  it.each([
    ['goes', facts, noon, { kind: 'send' }],
    ['waits for the morning', facts, START, { kind: 'wait', reason: 'quiet-hours', until: START + 8 * HOUR }],
    [
      'waits for the cap',
      { ...facts, marketingSentAt: [noon - HOUR] },
      noon,
      { kind: 'wait', reason: 'frequency-cap', until: noon + 23 * HOUR },
    ],
    [
      'waits for a case, whose end nobody knows before',
      { ...facts, caseUntil: noon + 9 * DAY },
      noon,
      { kind: 'wait', reason: 'open-case', until: noon + 9 * DAY },
    ],
    [
      'waits for the journey',
      { ...facts, journeyPaused: true },
      noon,
      { kind: 'wait', reason: 'journey-paused', until: null },
    ],
    [
      'is refused',
      { ...facts, permission: 'none' as const },
      noon,
      { kind: 'refuse', reason: 'no-permission' },
    ],
  ] as const)('%s', (_name, known, at, expected) => {
    expect(explainMail(known, manners, at)).toEqual(expected)
  })
})

const LANGUAGES = {
  en: journeySentencesEn,
  es: journeySentencesEs,
  pl: journeySentencesPl,
  ro: journeySentencesRo,
}
const COUNTED = new Set(['moreRuns', 'before'])
/** Of these a language may have the very words of another. */
const ALIKE = /^until$/

/** Every clause of a language by its place, with names in it that no language has. */
function clausesIn(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, word]: [string, unknown]): [string, string][] => {
    const place = `${path}${name}`
    if (typeof word === 'string') return [[place, word]]
    if (typeof word === 'object' && word !== null) return clausesIn(word, `${place}.`)
    const say = word as (...given: unknown[]) => string
    return [
      [place, COUNTED.has(name) ? [1, 2, 5, 22].map((count) => say(count)).join('|') : say('X1', 'X2', 'X3')],
    ]
  })
}

describe('the sentences of every language', () => {
  it('have a clause of their own for every refusal, wait, start and end', () => {
    const [english, ...others] = Object.values(LANGUAGES).map((words) => new Map(clausesIn(words)))
    expect(english?.size).toBeGreaterThan(80)
    for (const [place, clause] of english ?? []) {
      const clauses = [clause, ...others.map((other) => other.get(place) ?? '')]
      for (const one of clauses) {
        expect(one, place).not.toBe('')
        expect([...one.matchAll(/X\d/g)].length, place).toBe([...clause.matchAll(/X\d/g)].length)
      }
      if (!ALIKE.test(place)) expect(new Set(clauses).size, place).toBe(4)
    }
  })

  const explainers = SENTENCE_LOCALES.map((locale) => {
    const language = sentenceLanguageOf(locale)
    if (!language) throw new Error(`no language ${locale}`)
    return createJourneyExplainer({ language, timeZone: 'Europe/Warsaw', now: START })
  })

  it('tell every standing of the tables apart from the other languages', () => {
    const standings = [
      ...WAITS.map(([, steps]) => standing([address(0), asked(1)], [{ steps }], { day: 1 }).told),
      ...REFUSALS.map(([, inputs, journeys]) => standing(inputs, journeys, { day: 2 }).told),
      ...STARTS.map(([, words]) => standing([address(0)], [words], { day: 1 }).told),
    ]
    for (const one of standings) {
      const told = explainers.map((explainer) => explainer.standing({ ...one, isHeldOut: true }))
      expect(new Set(told).size).toBe(4)
      for (const sentence of told) {
        expect(sentence).toMatch(/^\p{Lu}.*[^.]\.$/u)
        expect(sentence).not.toMatch(/undefined|null|\[object|NaN/)
      }
    }
  })
})
