import { OPEN_STREAM, type PolicyFacts } from '@ciclo/engine'
import { expect, it } from 'vitest'
import { blockersOf } from '../../src/sending/blockersOf.ts'

const AT = Date.UTC(2026, 0, 1, 12)
const HOUR = 3_600_000

const FINE: PolicyFacts = {
  permission: 'subscribed',
  basisAllowed: true,
  suppressed: false,
  withdrawn: null,
  topicRefused: false,
  parked: false,
  addressIsCurrent: true,
  confirmedRecently: false,
  journeyPaused: false,
  caseUntil: null,
  zone: 'UTC',
  marketingSentAt: [],
  stream: OPEN_STREAM,
}
const OPEN = { quietHours: null, cap: null }
const NIGHT = { quietHours: { from: '11:00', to: '13:00' }, cap: null }
const CAPPED = { quietHours: null, cap: { perDay: 1, perWeek: 2 } }

type Row = [
  name: string,
  facts: Partial<PolicyFacts>,
  settings: Parameters<typeof blockersOf>[2],
  marketing: string[],
  transactional: string[],
]

it.each<Row>([
  ['nothing', {}, OPEN, [], []],
  ['no permission', { permission: 'none' }, OPEN, ['no-permission'], []],
  ['an opt-in that is not confirmed', { permission: 'pending' }, OPEN, ['no-permission'], []],
  ['an unsubscribe', { permission: 'unsubscribed', withdrawn: 'unsubscribed' }, OPEN, ['unsubscribed'], []],
  ['an address of which another unsubscribed', { withdrawn: 'unsubscribed' }, OPEN, ['unsubscribed'], []],
  ['a hard bounce', { suppressed: true, permission: 'suppressed' }, OPEN, ['suppressed'], ['suppressed']],
  ['a complaint', { withdrawn: 'complaint', permission: 'suppressed' }, OPEN, ['suppressed'], []],
  ['an erasure', { withdrawn: 'erased' }, OPEN, ['erased'], []],
  ['a basis that does not count', { basisAllowed: false }, OPEN, ['basis-not-allowed'], []],
  ['a topic that they left out', { topicRefused: true }, OPEN, ['topic-refused'], []],
  ['no address', { addressIsCurrent: false }, OPEN, ['address-changed'], ['address-changed']],
  ['a parked customer', { parked: true }, OPEN, ['customer-parked'], ['customer-parked']],
  ['a paused journey', { journeyPaused: true }, OPEN, ['journey-paused'], ['journey-paused']],
  [
    'a sender that was stopped',
    { stream: { ...OPEN_STREAM, stopped: 'bounces' } },
    OPEN,
    ['stream-stopped'],
    ['stream-stopped'],
  ],
  [
    'a warm-up',
    { stream: { stopped: null, roomAt: AT + HOUR, reason: 'warm-up' } },
    OPEN,
    ['warm-up'],
    ['warm-up'],
  ],
  [
    'a limit of a mailbox provider',
    { stream: { stopped: null, roomAt: AT + HOUR, reason: 'domain-limit' } },
    OPEN,
    ['domain-limit'],
    ['domain-limit'],
  ],
  ['an open case', { caseUntil: AT + 5 * HOUR }, OPEN, ['open-case'], []],
  ['the night', {}, NIGHT, ['quiet-hours'], []],
  ['the cap', { marketingSentAt: [AT - HOUR] }, CAPPED, ['frequency-cap'], []],
  [
    'everything at once',
    {
      permission: 'suppressed',
      suppressed: true,
      withdrawn: 'complaint',
      basisAllowed: false,
      topicRefused: true,
      addressIsCurrent: false,
      parked: true,
      journeyPaused: true,
      caseUntil: AT + HOUR,
      marketingSentAt: [AT - HOUR],
      stream: { stopped: 'by hand', roomAt: AT + HOUR, reason: 'warm-up' },
    },
    { ...NIGHT, cap: CAPPED.cap },
    [
      'suppressed',
      'address-changed',
      'basis-not-allowed',
      'topic-refused',
      'journey-paused',
      'customer-parked',
      'stream-stopped',
      'open-case',
      'quiet-hours',
      'frequency-cap',
      'warm-up',
    ],
    ['suppressed', 'address-changed', 'journey-paused', 'customer-parked', 'stream-stopped', 'warm-up'],
  ],
])('What keeps mails back: %s', (_name, facts, settings, marketing, transactional) => {
  const reasonsOf = (purpose: 'marketing' | 'transactional') =>
    blockersOf(purpose, { ...FINE, ...facts }, settings, AT).map(({ reason }) => reason)
  expect(reasonsOf('marketing')).toEqual(marketing)
  expect(reasonsOf('transactional')).toEqual(transactional)
})

it('A blocker says until when, where time alone ends it', () => {
  const until = (facts: Partial<PolicyFacts>, settings: Parameters<typeof blockersOf>[2] = OPEN) =>
    blockersOf('marketing', { ...FINE, ...facts }, settings, AT).map((blocker) => blocker.until)
  expect(until({ caseUntil: AT + 5 * HOUR })).toEqual([AT + 5 * HOUR])
  expect(until({}, NIGHT)).toEqual([AT + HOUR])
  expect(until({ marketingSentAt: [AT - HOUR] }, CAPPED)).toEqual([AT + 23 * HOUR])
  expect(until({ parked: true })).toEqual([null])
  expect(until({ stream: { ...OPEN_STREAM, stopped: 'bounces' } })).toEqual([null])
})
