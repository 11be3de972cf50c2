import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, OPEN_STREAM, STATES, type Decision, type PolicyFacts } from '../src/index.ts'
import type { FrequencyCap } from '../src/frequencyCap.ts'
import { quietUntil, type QuietHours } from '../src/quietHours.ts'
import { ZONES } from './support/clocks.ts'
import { check, runs, seed } from './support/histories.ts'

type Permission = PolicyFacts['permission']
type Kind = 'marketing' | 'transactional' | 'claimed'

const KINDS: Record<Kind, { purpose: 'marketing' | 'transactional'; claimed: boolean }> = {
  marketing: { purpose: 'marketing', claimed: false },
  transactional: { purpose: 'transactional', claimed: false },
  claimed: { purpose: 'transactional', claimed: true },
}
const EXPIRES = 1_000

const STOPPED = { stopped: 'bounces', roomAt: null, reason: 'warm-up' } as const
const fullUntil = (roomAt: number) => ({ stopped: null, roomAt, reason: 'warm-up' }) as const

/** Where nothing else stands against it: what each permission means for each kind of mail. */
const BY_PERMISSION: Record<Kind, Record<Permission, string>> = {
  marketing: {
    none: 'no-permission',
    pending: 'no-permission',
    subscribed: 'send',
    unsubscribed: 'unsubscribed',
    suppressed: 'suppressed',
  },
  transactional: {
    none: 'send',
    pending: 'send',
    subscribed: 'send',
    unsubscribed: 'send',
    suppressed: 'send',
  },
  claimed: {
    none: 'no-permission',
    pending: 'send',
    subscribed: 'no-permission',
    unsubscribed: 'no-permission',
    suppressed: 'suppressed',
  },
}

const NO_MANNERS = { quietHours: null, cap: null }

/** Nothing stands against any mail but a confirmation. */
const WELCOME: PolicyFacts = {
  permission: 'subscribed',
  suppressed: false,
  withdrawn: null,
  topicRefused: false,
  parked: false,
  basisAllowed: true,
  addressIsCurrent: true,
  confirmedRecently: false,
  journeyPaused: false,
  caseUntil: null,
  zone: 'UTC',
  marketingSentAt: [],
  stream: OPEN_STREAM,
}

const answer = (kind: Kind, facts: Partial<PolicyFacts>, at = 0) => {
  const message = { ...KINDS[kind], onCap: 'postpone', expiresAt: EXPIRES } as const
  const decision = decide(message, { ...WELCOME, ...facts }, NO_MANNERS, at)
  return decision.kind === 'refuse' ? decision.reason : decision.kind
}

const kinds = Object.keys(KINDS) as Kind[]
const booleans = [false, true]
const table = kinds.flatMap((kind) =>
  STATES.permission.flatMap((permission) =>
    booleans.flatMap((suppressed) =>
      booleans.flatMap((addressIsCurrent) =>
        booleans.map((confirmedRecently): [Kind, PolicyFacts] => [
          kind,
          { ...WELCOME, permission, suppressed, addressIsCurrent, confirmedRecently },
        ]),
      ),
    ),
  ),
)

describe('the policy', () => {
  it.each(table)('answers for %s with %j by the strongest objection', (kind, facts) => {
    const byPermission = BY_PERMISSION[kind][facts.permission]
    const isClaimed = kind === 'claimed'
    const objections = [
      ...(facts.suppressed || byPermission === 'suppressed' ? ['suppressed'] : []),
      ...(!isClaimed && !facts.addressIsCurrent ? ['address-changed'] : []),
      ...(byPermission === 'send' ? [] : [byPermission]),
      ...(isClaimed && facts.confirmedRecently ? ['confirmation-sent-recently'] : []),
    ]
    const [strongest = 'send'] = objections
    expect(answer(kind, facts)).toBe(strongest)
    // Too late is too late, but the stronger reason is the one that is told.
    expect(answer(kind, facts, EXPIRES)).toBe(objections[0] ?? 'expired')
  })

  it.each<[sentence: string, kind: Kind, facts: Partial<PolicyFacts>, expected: string]>([
    ['marketing goes to subscribers', 'marketing', {}, 'send'],
    ['marketing does not go to who never agreed', 'marketing', { permission: 'none' }, 'no-permission'],
    [
      'marketing does not go to who took it back',
      'marketing',
      { permission: 'unsubscribed' },
      'unsubscribed',
    ],
    ['order mail needs no permission', 'transactional', { permission: 'none' }, 'send'],
    ['order mail goes also to who unsubscribed', 'transactional', { permission: 'unsubscribed' }, 'send'],
    ['nothing goes to a suppressed address', 'transactional', { suppressed: true }, 'suppressed'],
    [
      'nothing goes to an address that is no longer theirs',
      'marketing',
      { addressIsCurrent: false },
      'address-changed',
    ],
    [
      'a confirmation goes to who waits for it',
      'claimed',
      { permission: 'pending', addressIsCurrent: false },
      'send',
    ],
    ['a confirmation goes to nobody who does not', 'claimed', { permission: 'subscribed' }, 'no-permission'],
    [
      'a confirmation goes once a day',
      'claimed',
      { permission: 'pending', confirmedRecently: true },
      'confirmation-sent-recently',
    ],
    ['order mail goes also to who complained', 'transactional', { permission: 'suppressed' }, 'send'],
    [
      'order mail goes also where another account of the address complained',
      'transactional',
      { withdrawn: 'complaint' },
      'send',
    ],
    [
      'marketing does not go where another account of the address complained',
      'marketing',
      { withdrawn: 'complaint' },
      'suppressed',
    ],
    [
      'nobody who complained is asked whether they want more',
      'claimed',
      { permission: 'pending', withdrawn: 'complaint' },
      'suppressed',
    ],
    [
      'marketing does not go where another account of the address unsubscribed',
      'marketing',
      { withdrawn: 'unsubscribed' },
      'unsubscribed',
    ],
    [
      'who unsubscribed with another account may be asked, when they ask for it',
      'claimed',
      { permission: 'pending', withdrawn: 'unsubscribed' },
      'send',
    ],
    [
      'marketing rests only on what the policy allows today',
      'marketing',
      { basisAllowed: false },
      'basis-not-allowed',
    ],
    [
      'marketing of a topic that was left out does not go',
      'marketing',
      { topicRefused: true },
      'topic-refused',
    ],
    ['order mail has no topic to leave out', 'transactional', { topicRefused: true }, 'send'],
    [
      'who is asked is asked whatever was left out',
      'claimed',
      { permission: 'pending', topicRefused: true },
      'send',
    ],
    ['order mail rests on no such basis', 'transactional', { basisAllowed: false }, 'send'],
    ['no marketing goes to who was erased', 'marketing', { withdrawn: 'erased' }, 'erased'],
    ['order mail goes also to who was erased', 'transactional', { withdrawn: 'erased' }, 'send'],
    [
      'a confirmation goes to who was erased and asks anew',
      'claimed',
      { permission: 'pending', withdrawn: 'erased' },
      'send',
    ],
    [
      'an unsubscribe counts although the customer is parked',
      'marketing',
      { withdrawn: 'unsubscribed', parked: true },
      'unsubscribed',
    ],
    ['what a parked customer was to get waits', 'transactional', { parked: true }, 'wait'],
    ['marketing of a stopped stream waits', 'marketing', { stream: STOPPED }, 'wait'],
    ['order mail of a stopped stream waits', 'transactional', { stream: STOPPED }, 'wait'],
    [
      'who has unsubscribed is told so although the stream is stopped',
      'marketing',
      { permission: 'unsubscribed', stream: STOPPED },
      'unsubscribed',
    ],
    ['where there is room again it goes', 'marketing', { stream: fullUntil(0) }, 'send'],
    ['marketing waits for room', 'marketing', { stream: fullUntil(EXPIRES - 1) }, 'wait'],
    ['order mail waits for room', 'transactional', { stream: fullUntil(EXPIRES - 1) }, 'wait'],
    ['where room comes too late it says so at once', 'marketing', { stream: fullUntil(EXPIRES) }, 'warm-up'],
  ])('says: %s', (_sentence, kind, facts, expected) => {
    expect(answer(kind, facts)).toBe(expected)
  })

  it.each([
    [EXPIRES - 1, 'send'],
    [EXPIRES, 'expired'],
    [EXPIRES + 1, 'expired'],
  ])('at %s of 1000 says %s', (at, expected) => {
    expect(answer('marketing', {}, at)).toBe(expected)
  })

  it('names what the stream waits for, and until when', () => {
    const decided = (stream: PolicyFacts['stream']) =>
      decide(
        { ...KINDS.marketing, onCap: 'postpone', expiresAt: EXPIRES },
        { ...WELCOME, stream },
        NO_MANNERS,
        0,
      )
    expect(decided({ stopped: null, roomAt: 7, reason: 'domain-limit' })).toEqual({
      kind: 'wait',
      until: 7,
      reason: 'domain-limit',
    })
    expect(decided(STOPPED)).toEqual({ kind: 'wait', until: HOUR, reason: 'stream-stopped' })
  })

  it('does not let a mail of a parked customer wait beyond its time', () => {
    expect(answer('marketing', { parked: true }, EXPIRES)).toBe('expired')
  })
})

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOON = Date.UTC(2026, 6, 1, 12)
const NIGHT: QuietHours = { from: '21:00', to: '09:00' }
const ONE_A_DAY: FrequencyCap = { perDay: 1, perWeek: null }
const THREE_A_WEEK: FrequencyCap = { perDay: null, perWeek: 3 }

/** `send`, `refuse frequency-cap`, or `wait open-case 1` for a wait of an hour. */
const said = (decision: Decision, at: number) =>
  decision.kind === 'send'
    ? 'send'
    : decision.kind === 'refuse'
      ? `refuse ${decision.reason}`
      : `wait ${decision.reason} ${(decision.until - at) / HOUR}`

interface Question {
  purpose?: 'marketing' | 'transactional'
  onCap?: 'postpone' | 'skip'
  /** Hours from noon. */
  at?: number
  expires?: number
  sent?: number[]
  caseUntil?: number
  zone?: string
  quietHours?: QuietHours
  cap?: FrequencyCap
  facts?: Partial<PolicyFacts>
}

const ask = (question: Question): string => {
  const { purpose = 'marketing', onCap = 'postpone', at = 0, expires = 48, sent = [], facts = {} } = question
  const { quietHours = null, cap = null, caseUntil, zone = 'UTC' } = question
  const now = NOON + at * HOUR
  const decision = decide(
    { purpose, claimed: false, onCap, expiresAt: NOON + expires * HOUR },
    {
      ...WELCOME,
      zone,
      caseUntil: caseUntil === undefined ? null : NOON + caseUntil * HOUR,
      marketingSentAt: sent.map((hours) => NOON + hours * HOUR),
      ...facts,
    },
    { quietHours, cap },
    now,
  )
  return said(decision, now)
}

describe('good manners', () => {
  it.each<[sentence: string, question: Question, expected: string]>([
    ['a paused journey’s mail waits an hour', { facts: { journeyPaused: true } }, 'wait journey-paused 1'],
    [
      'a paused journey’s order mail waits, too',
      { purpose: 'transactional', facts: { journeyPaused: true } },
      'wait journey-paused 1',
    ],
    ['a paused journey’s mail expires', { facts: { journeyPaused: true }, at: 48 }, 'refuse expired'],
    [
      'an unsubscribe counts although the journey is paused',
      { facts: { journeyPaused: true, permission: 'unsubscribed' } },
      'refuse unsubscribed',
    ],
    [
      'the journey is asked before the customer',
      { facts: { journeyPaused: true, parked: true } },
      'wait journey-paused 1',
    ],
    [
      'a parked customer before the case',
      { facts: { parked: true }, caseUntil: 5 },
      'wait customer-parked 1',
    ],

    ['marketing waits for an open case, and looks again', { caseUntil: 100 }, 'wait open-case 1'],
    ['marketing waits no longer than the case lasts', { caseUntil: 0.5 }, 'wait open-case 0.5'],
    ['marketing goes when the case is over', { caseUntil: 0 }, 'send'],
    ['order mail goes during a case', { caseUntil: 100, purpose: 'transactional' }, 'send'],
    ['marketing expires during a case', { caseUntil: 100, at: 48 }, 'refuse expired'],
    [
      'marketing looks again although it is about to expire: a case may be closed',
      { caseUntil: 100, at: 47.5 },
      'wait open-case 1',
    ],
    ['a case is asked before the clock', { caseUntil: 100, quietHours: NIGHT, at: 10 }, 'wait open-case 1'],

    ['marketing goes by day', { quietHours: NIGHT }, 'send'],
    ['marketing waits for the morning', { quietHours: NIGHT, at: 9 }, 'wait quiet-hours 12'],
    ['marketing goes in the morning', { quietHours: NIGHT, at: 21 }, 'send'],
    ['the customer’s clock counts', { quietHours: NIGHT, zone: 'Asia/Tokyo' }, 'wait quiet-hours 12'],
    ['order mail goes by night', { quietHours: NIGHT, at: 10, purpose: 'transactional' }, 'send'],
    [
      'marketing is refused at once that expires before the morning',
      { quietHours: NIGHT, at: 10, expires: 20.9 },
      'refuse quiet-hours',
    ],
    [
      'marketing is refused at once that expires with the morning',
      { quietHours: NIGHT, at: 10, expires: 21 },
      'refuse quiet-hours',
    ],
    [
      'marketing waits that expires just after',
      { quietHours: NIGHT, at: 10, expires: 21.1 },
      'wait quiet-hours 11',
    ],
    [
      'the night is asked before the cap',
      { quietHours: NIGHT, at: 10, cap: ONE_A_DAY, sent: [9] },
      'wait quiet-hours 11',
    ],

    ['a second mail waits for the next day', { cap: ONE_A_DAY, sent: [-10] }, 'wait frequency-cap 14'],
    ['a second mail goes 24 hours later', { cap: ONE_A_DAY, sent: [-24] }, 'send'],
    ['order mail knows no cap', { cap: ONE_A_DAY, sent: [-1], purpose: 'transactional' }, 'send'],
    [
      'a fourth mail waits a week from the first',
      { cap: THREE_A_WEEK, sent: [-150, -60, -5] },
      'wait frequency-cap 18',
    ],
    ['a third goes', { cap: THREE_A_WEEK, sent: [-60, -5] }, 'send'],
    [
      'the latest three count',
      { cap: THREE_A_WEEK, sent: [-167, -150, -60, -5], expires: 500 },
      'wait frequency-cap 18',
    ],
    [
      'both limits count: the longer wait',
      { cap: { perDay: 1, perWeek: 3 }, sent: [-150, -60, -5], expires: 500 },
      'wait frequency-cap 19',
    ],
    [
      'both limits count: the week may be longer',
      { cap: { perDay: 1, perWeek: 3 }, sent: [-100, -60, -5], expires: 500 },
      'wait frequency-cap 68',
    ],
    ['what is being sent now counts', { cap: ONE_A_DAY, sent: [0] }, 'wait frequency-cap 24'],
    ['what a faster clock has sent counts', { cap: ONE_A_DAY, sent: [0.1] }, 'wait frequency-cap 24.1'],
    ['a cap without limits is none', { cap: { perDay: null, perWeek: null }, sent: [-1, -0.5] }, 'send'],
    ['several a day may be allowed', { cap: { perDay: 3, perWeek: null }, sent: [-3, -2] }, 'send'],
    [
      'the earliest of as many as are allowed makes room',
      { cap: { perDay: 3, perWeek: null }, sent: [-20, -3, -2] },
      'wait frequency-cap 4',
    ],
    [
      'it is refused at once where it expires before that',
      { cap: ONE_A_DAY, sent: [-1], expires: 22 },
      'refuse frequency-cap',
    ],
    [
      'it is refused at once where it expires right then',
      { cap: ONE_A_DAY, sent: [-1], expires: 23 },
      'refuse frequency-cap',
    ],
    [
      'it waits where it expires just after',
      { cap: ONE_A_DAY, sent: [-1], expires: 23.1 },
      'wait frequency-cap 23',
    ],
    [
      'it does not wait that is to be skipped',
      { cap: ONE_A_DAY, sent: [-1], onCap: 'skip' },
      'refuse frequency-cap',
    ],
    ['what is to be skipped goes where it may', { cap: ONE_A_DAY, sent: [-30], onCap: 'skip' }, 'send'],
    [
      'what is to be skipped waits for the morning all the same',
      { quietHours: NIGHT, at: 10, onCap: 'skip' },
      'wait quiet-hours 11',
    ],
  ])('%s', (_sentence, question, expected) => {
    expect(ask(question)).toBe(expected)
  })

  it(`keep every 24 hours and 7 days below the cap, and the nights quiet (seed ${seed}, ${runs} runs)`, () => {
    const limit = fc.option(fc.integer({ min: 1, max: 4 }))
    const quarter = fc.integer({ min: 0, max: 95 })
    const time = quarter.map((count) => new Date(count * 900_000).toISOString().slice(11, 16))
    const message = fc.record({
      minute: fc.integer({ min: 0, max: 20 * 24 * 60 }),
      hours: fc.integer({ min: 1, max: 240 }),
      onCap: fc.constantFrom('postpone' as const, 'skip' as const),
    })
    check(
      fc.property(
        fc.record({
          messages: fc.array(message, { minLength: 1, maxLength: 40 }),
          cap: fc.record({ perDay: limit, perWeek: limit }),
          quietHours: fc.option(fc.record({ from: time, to: time })),
          zone: fc.constantFrom(...ZONES),
          first: fc.integer({ min: 0, max: 365 }),
        }),
        ({ messages, cap, quietHours, zone, first }) => {
          const start = Date.UTC(2026, 0, 1 + first)
          const waiting = messages.map(({ minute, hours, onCap }, id) => {
            const dueAt = start + minute * 60_000
            return { id, dueAt, onCap, expiresAt: dueAt + hours * HOUR }
          })
          const sent: number[] = []
          for (let asked = 0; waiting.length > 0; asked += 1) {
            expect(asked).toBeLessThan(5_000)
            waiting.sort((one, other) => one.dueAt - other.dueAt || one.id - other.id)
            const [next] = waiting
            if (!next) break
            const { dueAt: at } = next
            const facts = { ...WELCOME, zone, marketingSentAt: sent.filter((then) => then > at - 7 * DAY) }
            const decision = decide(
              { ...next, purpose: 'marketing', claimed: false },
              facts,
              { cap, quietHours },
              at,
            )
            if (decision.kind === 'wait') {
              expect(decision.until).toBeGreaterThan(at)
              expect(decision.until).toBeLessThan(next.expiresAt)
              next.dueAt = decision.until
              continue
            }
            waiting.shift()
            if (decision.kind === 'refuse') {
              expect(['quiet-hours', 'frequency-cap']).toContain(decision.reason)
              continue
            }
            if (quietHours) expect(quietUntil(at, zone, quietHours)).toBeNull()
            sent.push(at)
          }
          const most = (length: number) =>
            Math.max(
              0,
              ...sent.map((at) => sent.filter((other) => other >= at && other < at + length).length),
            )
          expect(most(DAY)).toBeLessThanOrEqual(cap.perDay ?? Infinity)
          expect(most(7 * DAY)).toBeLessThanOrEqual(cap.perWeek ?? Infinity)
        },
      ),
    )
  })
})
