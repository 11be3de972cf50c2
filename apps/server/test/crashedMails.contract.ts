import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openStore } from '../src/store/openStore.ts'
import { BEGUN_LEASE } from '../src/loops/attemptRecords.ts'
import { settleDoubts } from '../src/loops/settleDoubts.ts'
import {
  beginMessages,
  readMessage,
  recordOutcome,
  type OutboxMessage,
} from '../src/store/queries/messages.ts'
import type { Store } from '../src/store/store.ts'
import { addCustomer, addMessage, cacheOf, claim, NOON, rulesOf } from './sending.contract.ts'
import { createTestCiclo, type TestCiclo } from './support/createTestCiclo.ts'
import { startSteppedSmtp, type SmtpStep, type SteppedSmtp } from './support/startSteppedSmtp.ts'

const MINUTE = 60_000

/** What a crash in the middle of a mail leaves behind, and what becomes of it. */
export function crashedMailsContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`A claim that nobody finished, on ${database}`, () => {
    let store: Store
    const rules = cacheOf(rulesOf({}))
    const later = NOON + BEGUN_LEASE + MINUTE
    const find = (id: string) => store.read((tx) => readMessage(tx, 'shop', id))
    const claimed = async (now: number) => {
      const { dispatches, doubtful } = await claim(store, rules, { now })
      return { messages: dispatches.map(({ message }) => message), doubtful }
    }
    const ids = (messages: readonly { id: string }[]) => messages.map(({ id }) => id)
    const ended: string[] = []
    /** As the sender does that takes them over. Returns what is sent then. */
    const takenOver = async (answer: 'resend' | 'hold') => {
      const { messages, doubtful } = await claimed(later)
      await settleDoubts(
        {
          store,
          afterCrash: () => Promise.resolve(answer),
          onError: () => {},
          onEnded: (state, reason) => ended.push(`${state} ${reason}`),
        },
        doubtful,
      )
      return [...ids(messages), ...ids((await claimed(later)).messages)]
    }
    const begin = (messages: readonly OutboxMessage[], at = NOON) =>
      store.write((tx) => beginMessages(tx, 'shop', messages, { at, leaseUntil: at + BEGUN_LEASE }))

    beforeEach(async () => {
      store = await openStore(await createDatabase())
      await addCustomer(store, 'ann')
      await addCustomer(store, 'bob')
      await addMessage(store, 'm1')
      await addMessage(store, 'm2', { customer: 'bob' })
    })
    afterEach(() => store.close())

    it('is sent again where its template does not mind', async () => {
      const { messages } = await claimed(NOON)
      expect(await begin(messages)).toEqual(new Set(['m1', 'm2']))
      expect(await takenOver('resend')).toEqual(['m1', 'm2'])
    })

    it('is held where its template minds: only what had been begun', async () => {
      const { messages } = await claimed(NOON)
      await begin(messages.slice(0, 1))
      expect(await takenOver('hold')).toEqual(['m2'])
      expect(await find('m1')).toMatchObject({
        state: 'unknown',
        reason: 'crashed-while-sending',
        attemptedAt: NOON,
      })
      expect(ended).toEqual(['unknown crashed-while-sending'])
    })

    it('is not held for an earlier attempt that is known to have failed', async () => {
      await begin((await claimed(NOON)).messages)
      const retry = { fence: 1, state: 'queued', reason: 'retry', dueAt: NOON, attempts: 1 } as const
      for (const messageId of ['m1', 'm2'])
        await store.write((tx) => recordOutcome(tx, 'shop', { messageId, ...retry }))
      expect(ids((await claimed(NOON)).messages)).toEqual(['m1', 'm2'])
      expect(await takenOver('hold')).toEqual(['m1', 'm2'])
    })

    it('stays in doubt until somebody has said what becomes of it', async () => {
      await begin((await claimed(NOON)).messages)
      expect(ids((await claimed(later)).doubtful)).toEqual(['m1', 'm2'])
      expect(ids((await claimed(later + 2 * MINUTE)).doubtful)).toEqual(['m1', 'm2'])
    })

    it('can be begun by its last claimer only', async () => {
      const { messages: old } = await claimed(NOON)
      const { messages: fresh } = await claimed(later)
      expect(await begin(old)).toEqual(new Set())
      expect((await find('m1'))?.attemptedAt).toBeNull()
      expect(await begin(fresh, later)).toEqual(new Set(['m1', 'm2']))
    })
  })

  describe(`A server that dies in the middle of a mail, on ${database}`, () => {
    let smtp: SteppedSmtp
    /** At which step nobody answers any more. */
    let stall: SmtpStep | undefined
    let stalled: SmtpStep[]
    let first: TestCiclo
    let second: TestCiclo | undefined

    beforeAll(async () => {
      smtp = await startSteppedSmtp((step) => {
        if (step !== stall) return undefined
        stalled.push(step)
        return new Promise(() => {})
      })
    })
    afterAll(() => smtp.stop())
    afterEach(async () => {
      await second?.stop()
      await first.stop()
    })

    const rows: [step: SmtpStep, copies: number][] = [
      ['greeting', 1],
      ['EHLO', 1],
      ['MAIL', 1],
      ['RCPT', 1],
      ['DATA', 1],
      ['the final dot', 2],
    ]
    it.each(rows)('at %s: its mail arrives %i times', async (step, copies) => {
      smtp.mails.length = 0
      ;[stall, stalled, second] = [step, [], undefined]
      const databaseUrl = await createDatabase()
      first = await createTestCiclo({ databaseUrl, smtpUrl: smtp.url })
      await first.ciclo.ingest.submit([
        first.item('secret', {
          type: 'track',
          name: 'Subscribed',
          userId: 'u1',
          properties: { email: 'ann@example.com' },
        }),
      ])
      const dying = first.ciclo.settle().catch(() => {})
      await vi.waitFor(() => expect(stalled).toHaveLength(1), { timeout: 10_000, interval: 5 })
      const { id } = (await first.customer('userId=u1')) ?? { id: '' }
      const stored = async () => {
        const [row] = await first.store.read(async (tx) => await tx.select().from(tx.tables.messages))
        return row
      }
      expect(await stored()).toMatchObject({ state: 'sending', attemptedAt: first.clock.now() })

      stall = undefined
      second = await createTestCiclo({ databaseUrl, smtpUrl: smtp.url })
      second.clock.set(first.clock.now() + BEGUN_LEASE + MINUTE)
      await second.ciclo.settle()
      expect(await stored()).toMatchObject({ state: 'sent', attempts: 1, fence: 3 })
      expect(smtp.mails.map(({ to }) => to)).toEqual(Array(copies).fill('ann@example.com'))
      expect(new Set(smtp.mails.map(({ messageId }) => messageId)).size).toBe(1)

      // Whoever was only thought dead changes nothing any more: its claim is another's.
      smtp.cut()
      await dying
      expect(await stored()).toMatchObject({ state: 'sent', attempts: 1, fence: 3 })
      const names = (await second.below(id, 'events')).map(({ name }) => name)
      expect(names.filter((name) => name === 'Email Sent')).toHaveLength(1)
    })
  })
}
