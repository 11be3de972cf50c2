import {
  compileRules,
  createCustomer,
  SettingsSchema,
  type Customer,
  type MessageState,
  type Rules,
} from '@ciclo/engine'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RulesCache } from '../src/ingest/rulesCache.ts'
import { createAwayMails } from '../src/loops/awayMails.ts'
import type { ClaimOptions } from '../src/loops/claim.ts'
import { claimAndDecide } from '../src/loops/claimAndDecide.ts'
import { openStore } from '../src/store/openStore.ts'
import { saveCustomers } from '../src/store/queries/customers.ts'
import { saveEnrolments, type CustomerEnrolment } from '../src/store/queries/enrolments.ts'
import { insertMessages, recordOutcome } from '../src/store/queries/messages.ts'
import type { Store } from '../src/store/store.ts'
import { sendingParts } from './support/sendingParts.ts'
import { useCiclo } from './support/useCiclo.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A noon in winter: clocks in London show the same. */
export const NOON = Date.UTC(2026, 0, 14, 12)

export type SettingsGiven = Parameters<typeof SettingsSchema.parse>[0]

export const rulesOf = (settings: SettingsGiven, paused: readonly string[] = []): Rules =>
  compileRules({
    version: 1,
    settings: SettingsSchema.parse(settings),
    journeys: paused.map((id) => ({
      version: 1,
      status: 'paused',
      definition: {
        id,
        name: id,
        trigger: { kind: 'api' },
        reentry: { kind: 'always', per: 'key' },
        repeat: 'ignore',
        holdOut: 0,
        exits: [],
        steps: [{ kind: 'end', id: 'last' }],
      },
    })),
  })

export const cacheOf = (rules: Rules): RulesCache => ({ rulesFor: () => Promise.resolve(() => rules) })

/** A claim of one process. */
export const claim = async (store: Store, rules: RulesCache, more: Partial<ClaimOptions> = {}) =>
  await store.write((tx) =>
    claimAndDecide(tx, {
      ...sendingParts(() => NOON),
      awayMails: createAwayMails(),
      now: NOON,
      lease: 60_000,
      limit: 200,
      rules,
      hashAddress: (workspaceId, address) => `${workspaceId} ${address}`,
      onBroken: (error) => {
        throw error
      },
      ...more,
    }),
  )

interface MessageSketch {
  customer?: string
  workspace?: string
  purpose?: 'marketing' | 'transactional'
  onCap?: 'postpone' | 'skip'
  journey?: string
  /** Hours from noon. */
  due?: number
  expires?: number
  state?: MessageState
  sent?: number
}

/** What stands in the outbox, by the hours from noon. */
export async function addMessage(store: Store, id: string, sketch: MessageSketch = {}): Promise<void> {
  const { customer = 'ann', workspace = 'shop', purpose = 'marketing', onCap = 'postpone' } = sketch
  const { journey = 'news', due = 0, expires = 72, state = 'queued', sent } = sketch
  const at = NOON + due * HOUR
  await store.write(async (tx) => {
    await insertMessages(tx, workspace, [
      {
        id,
        customerId: customer,
        enrolmentId: `${journey}/${customer}/1`,
        journeyId: journey,
        stepId: 'mail',
        template: 'welcome',
        purpose,
        address: `${customer}@example.com`,
        claimed: false,
        locale: 'en',
        topic: null,
        sender: null,
        onCap,
        data: { customer: { email: `${customer}@example.com` } },
        causeAt: at,
        createdAt: at,
        expiresAt: NOON + expires * HOUR,
        state: 'queued',
        reason: null,
      },
    ])
    const { messages } = tx.tables
    const sentAt = sent === undefined ? null : NOON + sent * HOUR
    const leaseUntil = state === 'sending' ? NOON + HOUR : null
    await tx.update(messages).set({ state, sentAt, leaseUntil }).where(eq(messages.id, id))
  })
}

/** A run that has asked for a mail. */
const runOf = (id: string, journeyId: string): CustomerEnrolment => ({
  id,
  customerId: 'ann',
  journeyId,
  version: 1,
  causeId: '1',
  key: null,
  startedAt: NOON,
  endedAt: null,
  endReason: null,
  goalAt: null,
  value: 'pause',
  since: NOON,
  visits: { mail: 1 },
  facts: { orderId: null, lines: [], total: null, currency: null, properties: {} },
  coupon: null,
  unsent: null,
  held: null,
})

/** Somebody who is subscribed. */
export async function addCustomer(
  store: Store,
  id: string,
  more: Partial<Customer> = {},
  workspace = 'shop',
): Promise<void> {
  const blank = createCustomer(id)
  const { lifecycle } = blank
  const customer: Customer = {
    ...blank,
    email: `${id}@example.com`,
    lifecycle: { ...lifecycle, value: { ...lifecycle.value, stage: 'prospect', permission: 'subscribed' } },
    ...more,
  }
  await store.write((tx) =>
    saveCustomers(tx, workspace, [{ customer, stored: null, parked: null, createdAt: NOON }], NOON),
  )
}

/** When a mail goes out: which manners the sender has, on a database. */
export function sendingContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`Sending on ${database}`, () => {
    let store: Store
    beforeEach(async () => {
      store = await openStore(await createDatabase())
      for (const name of ['ann', 'bob']) await addCustomer(store, name)
    })
    afterEach(() => store.close())

    const add = (id: string, sketch?: MessageSketch) => addMessage(store, id, sketch)
    const claimWith = async (settings: SettingsGiven, more: Partial<ClaimOptions> = {}) => {
      const { dispatches } = await claim(store, cacheOf(rulesOf(settings)), more)
      return dispatches.map(({ message }) => message.id)
    }
    /** `queued frequency-cap +24`: the state, why, and for what waits in how many hours it is due. */
    const stateOf = async (id: string) => {
      const rows = await store.read((tx) => tx.select().from(tx.tables.messages))
      const row = rows.find((one) => one.id === id)
      if (!row) throw new Error(`There is no message ${id}`)
      const due = row.state === 'queued' ? ` +${(row.dueAt - NOON) / HOUR}` : ''
      return `${row.state}${row.reason === null ? '' : ` ${row.reason}`}${due}`
    }
    const DAILY = { cap: { perDay: 1 } }
    const NIGHT = { quietHours: { from: '21:00', to: '09:00' } }

    it('sends all that is due where nothing is set', async () => {
      await add('m1', { due: -2 })
      await add('m2', { due: -1 })
      await add('m3', { sent: -1, state: 'sent' })
      expect(await claimWith({})).toEqual(['m1', 'm2'])
    })

    it('sends the first of several that are due at once, and the others each a day later', async () => {
      await add('m1', { due: -1 })
      await add('m2', { due: -3 })
      await add('m3', { due: -2 })
      await add('b1', { customer: 'bob' })
      expect(await claimWith(DAILY)).toEqual(['m2', 'b1'])
      expect(await stateOf('m2')).toBe('sending')
      expect(await stateOf('m3')).toBe('queued frequency-cap +24')
      expect(await stateOf('m1')).toBe('queued frequency-cap +24')
    })

    it('counts what the last claim is still sending', async () => {
      await add('m1')
      expect(await claimWith(DAILY)).toEqual(['m1'])
      await add('m2')
      expect(await claimWith(DAILY)).toEqual([])
      expect(await stateOf('m2')).toBe('queued frequency-cap +24')
    })

    it('does not count a mail against itself that is claimed again after a crash', async () => {
      await add('m1')
      expect(await claimWith(DAILY)).toEqual(['m1'])
      expect(await claimWith(DAILY, { now: NOON + 2 * HOUR })).toEqual(['m1'])
    })

    it('takes back what was in somebody’s hands when its run was ended, and came back', async () => {
      for (const [id, endReason] of [
        ['m1', 'exit:ordered'],
        ['m2', 'completed'],
        ['m3', null],
      ] as const) {
        await add(id, { journey: id })
        await store.write((tx) =>
          saveEnrolments(tx, 'shop', [
            { ...runOf(`${id}/ann/1`, id), endReason, endedAt: endReason && NOON },
          ]),
        )
      }
      expect(await claimWith({})).toEqual(['m1', 'm2', 'm3'])
      const back = { fence: 1, state: 'queued', reason: 'retry', dueAt: NOON, attempts: 1 } as const
      await store.write(async (tx) => {
        for (const messageId of ['m1', 'm2']) await recordOutcome(tx, 'shop', { messageId, ...back })
      })
      // The claim of the third has run out.
      expect((await claimWith({}, { now: NOON + 2 * HOUR })).toSorted()).toEqual(['m2', 'm3'])
      expect(await stateOf('m1')).toBe('refused run-exit:ordered')
    })

    it('refuses at once what is to be skipped, and what would come too late', async () => {
      await add('sent', { state: 'sent', sent: -20 })
      await add('m1', { onCap: 'skip' })
      await add('m2', { expires: 4 })
      await add('m3', { expires: 4.5 })
      const { ended } = await claim(store, cacheOf(rulesOf(DAILY)))
      expect(ended.map(({ messageId, state, reason }) => [messageId, state, reason])).toEqual([
        ['m1', 'refused', 'frequency-cap'],
        ['m2', 'refused', 'frequency-cap'],
      ])
      expect(await stateOf('m1')).toBe('refused frequency-cap')
      expect(await stateOf('m3')).toBe('queued frequency-cap +4')
    })

    it('counts what was sent today, or is being sent, as marketing to this customer of this shop', async () => {
      const cases: [sentence: string, other: MessageSketch, goes: boolean][] = [
        ['a mail of today', { state: 'sent', sent: -23 }, false],
        ['a mail of yesterday', { state: 'sent', sent: -24 }, true],
        ['an order mail', { state: 'sent', sent: -1, purpose: 'transactional' }, true],
        ['a mail to somebody else', { state: 'sent', sent: -1, customer: 'bob' }, true],
        ['a mail of another shop', { state: 'sent', sent: -1, workspace: 'other' }, true],
        ['a mail that another process is sending', { state: 'sending' }, false],
        ['a mail that could not be sent', { state: 'failed' }, true],
        ['a mail that was refused', { state: 'refused' }, true],
        ['a mail that waits', { due: 5 }, true],
      ]
      for (const [place, [, other]] of cases.entries()) {
        const customer = `c${place}`
        await addCustomer(store, customer)
        await add(`other${place}`, { customer, ...other })
        await add(`m${place}`, { customer })
      }
      const sent = new Set(await claimWith(DAILY))
      expect(cases.map(([sentence], place) => [sentence, sent.has(`m${place}`)])).toEqual(
        cases.map(([sentence, , goes]) => [sentence, goes]),
      )
    })

    it('counts a week, too', async () => {
      for (const [id, sent] of [
        ['s1', -168],
        ['s2', -160],
        ['s3', -100],
      ] as const)
        await add(id, { state: 'sent', sent })
      await add('m1')
      await add('m2', { due: -1 })
      expect(await claimWith({ cap: { perWeek: 3 } })).toEqual(['m2'])
      expect(await stateOf('m1')).toBe('queued frequency-cap +8')
    })

    it('lets order mail pass whatever is set', async () => {
      await addCustomer(store, 'eve', {
        cases: [{ kind: 'return', id: 'r1', orderId: 'o1', since: NOON - DAY }],
      })
      await add('sent', { state: 'sent', sent: -1, customer: 'eve' })
      await add('m1', { purpose: 'transactional', customer: 'eve' })
      expect(await claimWith({ ...DAILY, ...NIGHT }, { now: NOON + 12 * HOUR })).toEqual(['m1'])
    })

    it('keeps the night quiet, by each customer’s own clock', async () => {
      await addCustomer(store, 'tomo', { timeZone: { value: 'Asia/Tokyo', from: 'page' } })
      for (const customer of ['ann', 'tomo']) await add(customer, { customer })
      expect(await claimWith({ ...NIGHT, shop: { timeZone: 'Europe/Madrid' } })).toEqual(['ann'])
      expect(await stateOf('tomo')).toBe('queued quiet-hours +12')
      expect(await claimWith(NIGHT, { now: NOON + 11 * HOUR })).toEqual([])
      expect(await claimWith(NIGHT, { now: NOON + 12 * HOUR })).toEqual(['tomo'])
    })

    it('goes by the shop’s clock where the customer’s is not known, and refuses what expires by night', async () => {
      await add('m1', { expires: 11 })
      await add('m2', { expires: 13 })
      expect(await claimWith({ ...NIGHT, shop: { timeZone: 'Asia/Tokyo' } })).toEqual([])
      expect(await stateOf('m1')).toBe('refused quiet-hours')
      expect(await stateOf('m2')).toBe('queued quiet-hours +12')
    })

    it('waits for an open case, and forgets it after the pause', async () => {
      await addCustomer(store, 'eve', {
        cases: [{ kind: 'complaint', id: null, orderId: null, since: NOON - DAY }],
      })
      await add('m1', { customer: 'eve' })
      expect(await claimWith({})).toEqual([])
      expect(await stateOf('m1')).toBe('queued open-case +1')
      expect(await claimWith({ casePause: DAY + HOUR / 2 }, { now: NOON + HOUR })).toEqual(['m1'])
    })

    it('waits with a paused journey', async () => {
      await add('m1', { journey: 'sleeps', purpose: 'transactional' })
      await add('m2', { journey: 'runs' })
      const { dispatches } = await claim(store, cacheOf(rulesOf({}, ['sleeps'])))
      expect(dispatches.map(({ message }) => message.id)).toEqual(['m2'])
      expect(await stateOf('m1')).toBe('queued journey-paused +1')
    })
  })

  describe(`Good manners on ${database}`, () => {
    const { world, found, item, post, submit, subscribe } = useCiclo(createDatabase)
    const now = () => world.test.clock.now()
    const passTo = async (at: number) => {
      await post('/api/test/clock', { now: at })
    }
    const shop = (name: string, properties: Record<string, unknown>) =>
      item('secret', { type: 'track', name, userId: 'u1', properties })

    it('reach from a customer’s events to the outbox: nothing by night, nothing during a complaint', async () => {
      await world.test.request('/api/settings', {
        method: 'PATCH',
        body: JSON.stringify({ quietHours: { from: '21:00', to: '09:00' } }),
      })
      // In Tokyo it is nine in the evening.
      const start = now()
      await submit(
        item('secret', { type: 'identify', userId: 'u1', traits: { timezone: 'Asia/Tokyo' } }),
        subscribe('ann@example.com', 'u1'),
      )
      const { id } = await found('userId=u1')
      const messages = async () =>
        (await world.test.below(id, 'messages')).map(
          ({ template, state, reason, sentAt }) =>
            `${String(template)} ${String(state)} ${String(state === 'sent' ? sentAt : reason)}`,
        )
      await world.test.ciclo.settle()
      expect(await messages()).toEqual(['welcome queued quiet-hours'])
      await passTo(start + 12 * HOUR - 1)
      expect(world.mails).toHaveLength(0)
      await passTo(start + 12 * HOUR)
      expect(await messages()).toEqual(['welcome sent 2026-01-02T00:00:00.000Z'])

      await submit(shop('Complaint Opened', { case_id: 'k1' }))
      await submit(shop('Order Completed', { order_id: 'o1', total: 10 }))
      await passTo(start + 15.5 * HOUR)
      expect((await messages())[0]).toBe('thank-you queued open-case')
      await submit(shop('Complaint Closed', { case_id: 'k1' }))
      await passTo(start + 16 * HOUR)
      expect((await messages())[0]).toBe('thank-you sent 2026-01-02T04:00:00.000Z')
      expect(world.mails).toHaveLength(2)
    })
  })
}
