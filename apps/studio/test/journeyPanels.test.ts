import { JourneySchema } from '@ciclo/engine'
import { journeyDifference } from '@ciclo/journeys/text'
import { describe, expect, it } from 'vitest'
import { instantOf, shownAt } from '../src/formats/zoneTime.ts'
import { backtestMarks } from '../src/pages/journey/panels/backtest/backtestMarks.ts'
import { liveMarks } from '../src/pages/journey/panels/live/liveMarks.ts'
import { actionOf } from '../src/pages/journey/panels/try/tryActions.ts'
import { tryMarks } from '../src/pages/journey/panels/try/tryMarks.ts'
import { beginTry, doNow, passTime, passUntil, takeBack } from '../src/pages/journey/panels/try/trySession.ts'
import { readField } from '../src/pages/journey/panels/versions/changeField.ts'
import { differenceMarks } from '../src/pages/journey/panels/versions/differenceMarks.ts'
import { stepsToMove, whyStays, withStep } from '../src/pages/journey/publish/stepMapping.ts'
import { findJourneys, type JourneyView } from '../src/pages/journeys/findJourneys.ts'
import type { JourneyListed } from '../src/pages/journeys/journeysQuery.ts'

const DAY = 86_400_000

const journeyOf = (steps: readonly object[], rest: object = {}) =>
  JourneySchema.parse({
    id: 'hello',
    name: 'Hello',
    trigger: { kind: 'event', name: 'Order Completed' },
    reentry: { kind: 'always' },
    steps,
    ...rest,
  })

describe('Figures on the canvas', () => {
  const say = (what: string, count: number | string) => `${what} ${count}`
  const live = { kind: 'send', waiting: 0, held: 0, entered: 0, runs: 0, left: 0, messages: {} }

  it.each([
    ['a step that nobody came to', {}, { tone: 'plain', lines: ['entered 0'] }],
    [
      'people who wait, some of them for the end of a pause',
      { runs: 9, waiting: 5, held: 2, left: 1 },
      { tone: 'plain', lines: ['entered 9', 'waiting 3', 'held 2', 'left 1'] },
    ],
    [
      'mails, and those that were not sent for a reason as no failure',
      { runs: 9, messages: { sent: 5, queued: 1, sending: 1, refused: 1, expired: 1 } },
      { tone: 'plain', lines: ['entered 9', 'sent 5', 'queued 2'] },
    ],
    [
      'mails that went wrong',
      { runs: 3, messages: { failed: 1, dead: 1, unknown: 1 } },
      { tone: 'bad', lines: ['entered 3', 'failed 3'] },
    ],
  ])('show %s', (_, figures, mark) => {
    expect(liveMarks([{ id: 'mail', ...live, ...figures }], say).get('mail')).toEqual(mark)
  })

  it('show what a back-test has counted, the beginning at the trigger', () => {
    const steps = [
      { step: 'mail', entered: 4, waiting: 0, wentOn: 4, ended: 0 },
      { step: 'rest', entered: 4, waiting: 1, wentOn: 2, ended: 1 },
      { step: 'never', entered: 0, waiting: 0, wentOn: 0, ended: 0 },
    ]
    const runs = { started: 5, customers: 4, running: 1, ended: {} }
    const messages = (['sent', 'sent', 'refused', 'expired'] as const).map((outcome) => ({
      step: 'mail',
      outcome,
    }))
    expect([...backtestMarks({ runs, steps }, messages, say)]).toEqual([
      ['.trigger', { tone: 'plain', lines: ['entered 5'] }],
      ['mail', { tone: 'plain', lines: ['entered 4', 'sent 2', 'refused 2'] }],
      ['rest', { tone: 'plain', lines: ['entered 4', 'wentOn 2', 'waiting 1', 'ended 1'] }],
      ['never', { tone: 'bad', lines: ['entered 0'] }],
    ])
  })

  it('show where the customer of a try is and has been, of this journey alone', () => {
    const run = {
      id: 'r',
      journey: 'hello',
      version: 1,
      customerId: 'c',
      key: null,
      startedAt: 't0',
      endedAt: null,
      endReason: null,
      goalAt: null,
      heldSince: null,
    }
    const mail = { purpose: 'marketing', locale: 'en', reason: null, waitedFor: [], id: 'm', template: 'x' }
    const marks = tryMarks(
      {
        runs: [
          {
            ...run,
            status: 'running',
            step: 'rest',
            stepSince: 't2',
            visits: { pause: 1, mail: 1, rest: 1 },
          },
          {
            ...run,
            journey: 'other',
            status: 'running',
            step: 'pause',
            stepSince: 't3',
            visits: { pause: 1 },
          },
        ],
        messages: [
          { ...mail, journey: 'hello', step: 'mail', outcome: 'sent', at: 't1' },
          { ...mail, journey: 'other', step: 'rest', outcome: 'sent', at: 't1' },
        ],
      },
      'hello',
      say,
    )
    expect(Object.fromEntries(marks)).toEqual({
      rest: { tone: 'here', lines: ['here t2'] },
      mail: { tone: 'good', lines: ['sent t1'] },
      pause: { tone: 'good', lines: ['was t2'] },
    })
  })

  it('show a difference: what is new, changed and gone, and at the trigger what is about all of it', () => {
    const mail = { kind: 'send', id: 'mail', template: 'welcome', purpose: 'marketing' }
    const before = journeyOf([
      { kind: 'delay', id: 'pause', duration: '2d' },
      mail,
      { kind: 'end', id: 'old' },
    ])
    const after = journeyOf(
      [{ kind: 'delay', id: 'pause', duration: '3d' }, mail, { kind: 'end', id: 'new' }],
      { name: 'Hello again' },
    )
    const marks = differenceMarks(journeyDifference(before, after), ({ kind, field }) => `${kind} ${field}`)
    expect(Object.fromEntries(marks)).toEqual({
      '.trigger': { tone: 'changed', lines: ['changed name'] },
      pause: { tone: 'changed', lines: ['changed duration'] },
      new: { tone: 'added', lines: ['added null'] },
      old: { tone: 'removed', lines: ['removed null'] },
    })
  })

  it.each([
    ['duration', { named: 'duration', rest: '' }],
    ['ways.0.when', { named: 'ways', rest: '0.when' }],
    ['colour', { named: null, rest: 'colour' }],
    ['constructor', { named: null, rest: 'constructor' }],
  ])('call the field %s by its name', (field, read) => {
    expect(readField(field)).toEqual(read)
  })
})

it.each([
  ['2026-01-15T10:00', 'Europe/Madrid', '2026-01-15T09:00:00.000Z'],
  ['2026-07-15T10:00', 'Europe/Madrid', '2026-07-15T08:00:00.000Z'],
  // An hour after the clocks were put forward.
  ['2026-03-29T03:30', 'Europe/Madrid', '2026-03-29T01:30:00.000Z'],
  ['2026-11-01T08:00', 'America/New_York', '2026-11-01T13:00:00.000Z'],
])('Clocks that show %s in %s do so at %s', (shown, zone, at) => {
  expect(instantOf(shown, zone)).toBe(at)
  expect(shownAt(Date.parse(at), zone)).toBe(shown)
})

describe('Moving those who are in a journey', () => {
  const at = (version: number, step: string | null, runs: number, to: string | null = null) => ({
    version,
    step,
    runs,
    held: 0,
    heldSince: null,
    to,
    why: to === null ? 'somehow' : null,
  })
  const steps = stepsToMove([
    at(1, 'pause', 2, 'pause'),
    at(2, 'pause', 3, 'pause'),
    at(2, 'gone', 4),
    at(2, 'end', 1),
    at(1, null, 1),
  ])

  it('goes by steps, whatever version they are of, and who is through is one group', () => {
    expect(steps).toEqual([
      { step: 'pause', runs: 5, versions: [1, 2], to: 'pause' },
      { step: 'gone', runs: 4, versions: [2], to: null },
      { step: null, runs: 2, versions: [2, 1], to: null },
    ])
  })

  it.each([
    ['gone', 'rest', { pause: 'pause', gone: 'rest' }],
    ['pause', null, {}],
    ['pause', 'rest', { pause: 'rest' }],
  ])('takes those at %s to %s and leaves the others', (step, to, mapping) => {
    expect(withStep(steps, step, to)).toEqual(mapping)
  })

  it.each([
    [null, null, 'through'],
    ['gone', null, 'gone'],
    ['pause', null, 'other'],
    ['pause', 'pause', null],
    ['gone', 'pause', null],
  ] as const)('says of %s with %s why it stays: %s', (step, to, why) => {
    const next = journeyOf([{ kind: 'delay', id: 'pause', duration: '2d' }])
    expect(whyStays({ step, to }, next)).toBe(why)
  })
})

describe('A try', () => {
  const start = beginTry({
    customer: { customerId: 'c' },
    name: 'Ann',
    begin: '2026-03-01T10:00:00.000Z',
    until: '2026-03-01T10:00:00.000Z',
    actions: [],
  })

  it('lets time pass, never back, and does things at the time of its clock', () => {
    const later = passTime(start, DAY)
    expect(later.now.until).toBe('2026-03-02T10:00:00.000Z')
    expect(passUntil(later, '2026-03-01T11:00:00.000Z')).toBe(later)
    const done = doNow(later, { enter: true })
    expect(done.now.actions).toEqual([{ enter: true, at: '2026-03-02T10:00:00.000Z' }])
    expect(done.now.until).toBe(later.now.until)
  })

  it('takes back each press, and begins where it began', () => {
    const far = doNow(passTime(doNow(start, { enter: true }), DAY), { enter: true })
    const back = takeBack(takeBack(takeBack(far)))
    expect(back.now).toEqual(start.now)
    expect(takeBack(back)).toBe(back)
  })

  it.each([
    [
      'trigger',
      { kind: 'event', name: 'Survey Answered' },
      { event: { event: 'Survey Answered', properties: {} } },
    ],
    [
      'trigger',
      { kind: 'event', name: 'Checkout Started' },
      { event: { event: 'Checkout Started', properties: { checkout_id: 'try-checkout', currency: 'PLN' } } },
    ],
    ['trigger', { kind: 'event', type: 'page', name: 'Sale' }, { event: { type: 'page', name: 'Sale' } }],
    ['order', { kind: 'api' }, { event: { event: 'Order Completed', properties: { order_id: 'try-4' } } }],
    ['visit', { kind: 'api' }, { event: { type: 'page' }, from: 'browser' }],
  ] as const)('has the customer do %s in a journey that begins by %j', (deed, trigger, action) => {
    const journey = journeyOf([{ kind: 'end', id: 'done' }], { trigger })
    expect(actionOf(deed, { journey, currency: 'PLN', count: 4, mail: undefined })).toMatchObject(action)
  })

  it('offers no click on a mail that nobody got, and no trigger that is no event', () => {
    const context = { currency: 'EUR', count: 1, mail: undefined }
    const journey = journeyOf([{ kind: 'end', id: 'done' }], { trigger: { kind: 'api' } })
    expect(actionOf('click', { ...context, journey })).toBeUndefined()
    expect(actionOf('trigger', { ...context, journey })).toBeUndefined()
  })
})

describe('The list of journeys', () => {
  const listed = (
    id: string,
    status: JourneyListed['status'],
    draft: number | null = null,
  ): JourneyListed => ({
    id,
    name: id.toUpperCase(),
    status,
    version: null,
    draft,
    versions: 1,
    runs: { running: 0, held: 0, ended: 0, heldOut: 0, goals: 0 },
  })
  const all = [
    listed('b-live', 'live', 2),
    listed('draft', 'draft', 1),
    listed('a-live', 'live'),
    listed('paused', 'paused'),
    listed('gone', 'archived'),
    listed('soon', 'published'),
  ]

  it.each<[JourneyView, string, string[]]>([
    ['all', '', ['paused', 'a-live', 'b-live', 'soon', 'draft']],
    ['atWork', '', ['paused', 'a-live', 'b-live', 'soon']],
    ['drafts', '', ['b-live', 'draft']],
    ['archived', '', ['gone']],
    ['all', ' LIVE ', ['a-live', 'b-live']],
    ['archived', 'live', []],
  ])('shows of the view %s with “%s” what asks for somebody first: %j', (view, word, ids) => {
    expect(findJourneys(all, { view, word }).map(({ id }) => id)).toEqual(ids)
  })
})
