import { TemplateError } from '@ciclo/templates'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFrozenClock } from '../../src/clock.ts'
import type { IngestItem, IngestVerdict } from '../../src/ingest/ingestItem.ts'
import { createSender, type SenderOptions } from '../../src/loops/sender.ts'
import { openStore } from '../../src/store/openStore.ts'
import { recordOutcome } from '../../src/store/queries/messages.ts'
import type { Store } from '../../src/store/store.ts'
import { addCustomer, addMessage, cacheOf, NOON, rulesOf } from '../sending.contract.ts'
import { sendingParts } from '../support/sendingParts.ts'
import { useSqlite } from '../support/useSqlite.ts'

const createDatabase = useSqlite()
const MINUTE = 60_000
const HOUR = 60 * MINUTE

const answer = (responseCode: number, response: string, command: string) =>
  Object.assign(new Error(response), { responseCode, response, command })
const composed = (to: string) =>
  ({
    envelope: { from: 'hello@shop.example', to },
    content: { subject: 'Hello' },
  }) as Awaited<ReturnType<SenderOptions['composeMail']>>
const busy = () => Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })

describe('A mail in the hands of a sender', () => {
  const clock = createFrozenClock(NOON)
  let store: Store
  /** The address of each mail that a server was given. */
  let given: string[]

  beforeEach(async () => {
    clock.set(NOON)
    given = []
    store = await openStore(await createDatabase())
  })
  afterEach(() => store.close())

  const queue = async (count: number) => {
    for (let place = 0; place < count; place += 1) {
      await addCustomer(store, `p${place}`)
      await addMessage(store, `m${place}`, { customer: `p${place}` })
    }
  }

  const submit = async (items: readonly IngestItem[]): Promise<IngestVerdict[]> =>
    await store.write(async (tx) => {
      const verdicts: IngestVerdict[] = []
      for (const { workspaceId, outcome } of items) {
        const isOurs = outcome === undefined || (await recordOutcome(tx, workspaceId, outcome))
        verdicts.push(isOurs ? 'applied' : 'claim-lost')
      }
      return verdicts
    })

  /** One that hands each mail to `deliver`, on a store that may fail. */
  const senderWith = (
    deliver: (to: string) => Promise<string>,
    more: Partial<Omit<SenderOptions, 'store'>> & { read?: Store['read']; write?: Store['write'] } = {},
  ) => {
    const { read = (fn) => store.read(fn), write = (fn) => store.write(fn), ...options } = more
    return createSender({
      store: { ...store, read, write },
      ingest: { submit },
      rules: cacheOf(rulesOf({})),
      clock,
      random: () => 0.5,
      ...sendingParts(() => clock.now()),
      transports: {
        sign: (_sender, { envelope }) => Promise.resolve({ envelope, raw: Buffer.from('') }),
        deliver: (_sender, { envelope: { to } }) => {
          given.push(to)
          return deliver(to)
        },
        close: () => {},
      },
      composeMail: ({ address }) => Promise.resolve(composed(address)),
      hashAddress: (_workspace, address) => address,
      onError: () => {},
      onAttempted: () => {},
      onEnded: () => {},
      ...options,
    })
  }

  const stored = () => store.read(async (tx) => await tx.select().from(tx.tables.messages))
  const first = async () => (await stored())[0]
  const statesOf = async () => [...new Set((await stored()).map(({ state }) => state))].toSorted()
  const counted = async () => {
    const rows = await store.read(async (tx) => await tx.select().from(tx.tables.sendingCounts))
    return rows.reduce((sum, { sent }) => sum + sent, 0)
  }

  it('is neither sent nor given up once the sender stops: the next process sends it', async () => {
    await queue(45)
    let stopped: Promise<void> | undefined
    const stopping = Promise.withResolvers<void>()
    let made = 0
    const sender = senderWith(
      () => {
        stopped ??= sender.stop()
        stopping.resolve()
        return Promise.resolve('250 OK')
      },
      {
        // The second lot is being made when the parts that make it are stopped.
        composeMail: async ({ address }) => {
          made += 1
          if (made <= 20) return composed(address)
          await stopping.promise
          throw new Error('The pool has been stopped')
        },
      },
    )
    await sender.drain()
    await stopped
    expect(given.length).toBeLessThanOrEqual(10)
    const unsent = (await stored()).filter(({ state }) => state !== 'sent')
    expect(unsent).toHaveLength(45 - given.length)
    expect(unsent.filter(({ state, attemptedAt }) => state === 'failed' || attemptedAt !== null)).toEqual([])

    clock.set(NOON + 2 * MINUTE)
    await senderWith(() => Promise.resolve('250 OK')).drain()
    expect(given).toHaveLength(45)
    expect(new Set(given).size).toBe(45)
  })

  it.each([
    ['resend', 4],
    ['hold', 1],
  ] as const)(
    'goes out a few times at the most where its server says nothing of it: %s, %i times',
    async (afterCrash, copies) => {
      await queue(1)
      const silence = () => Promise.reject(Object.assign(new Error('No answer'), { mayHaveArrived: true }))
      const sender = senderWith(silence, { afterCrash: () => Promise.resolve(afterCrash) })
      for (let minute = 0; minute < 180; minute += 1) {
        clock.set(NOON + minute * MINUTE)
        await sender.drain()
      }
      expect(given).toHaveLength(copies)
      expect(await first()).toMatchObject({ state: 'unknown', reason: 'no-answer', attempts: copies })
    },
  )

  it('is nobody else’s while its sender may still be told what became of it', async () => {
    await queue(1)
    const other = senderWith(() => Promise.resolve('250 OK'))
    await senderWith(async () => {
      // Begun half a minute after it was claimed, answered half a minute later, and recorded after another minute.
      clock.set(NOON + 2 * MINUTE)
      await other.drain()
      return '250 OK'
    }).drain()
    expect(given).toHaveLength(1)
    expect(await first()).toMatchObject({ state: 'sent', fence: 1 })
  })

  it('is tried again where its template was stopped: the machine may have been short of time', async () => {
    await queue(1)
    const composeMail = () =>
      Promise.reject(new TemplateError('stopped', { template: 'own' }, 'took longer than 5000 ms'))
    await senderWith(() => Promise.resolve('250 OK'), { composeMail }).drain()
    expect(await first()).toMatchObject({ state: 'queued', reason: 'retry', attemptedAt: null })
    clock.set(NOON + MINUTE)
    await senderWith(() => Promise.resolve('250 OK')).drain()
    expect(await first()).toMatchObject({ state: 'sent', attempts: 2 })
  })

  it('is known not to have left, also where the database fails for a moment', async () => {
    await queue(1)
    let failures = 0
    const write: Store['write'] = async (fn) => {
      if (given.length > 0 && failures === 0) {
        failures += 1
        throw busy()
      }
      return await store.write(fn)
    }
    const putOff = () => Promise.reject(answer(451, '451 4.3.0 Later', 'RCPT TO'))
    await senderWith(putOff, { write }).drain()
    expect(failures).toBe(1)
    expect(await first()).toMatchObject({ state: 'queued', reason: 'retry', attemptedAt: null })
  })

  it('goes back where the database fails before its turn', async () => {
    await queue(15)
    let failures = 0
    const read: Store['read'] = async (fn) => {
      // Asked between two mails: whether the next one is still there.
      if (given.length > 0 && given.length < 15 && failures === 0) {
        failures += 1
        throw busy()
      }
      return await store.read(fn)
    }
    const slow = () => {
      clock.set(clock.now() + 2_000)
      return Promise.resolve('250 OK')
    }
    await expect(senderWith(slow, { read }).drain()).rejects.toThrow('database is locked')
    expect((await stored()).filter(({ state }) => state === 'queued')).toMatchObject([{ attemptedAt: null }])
    expect(await statesOf()).toEqual(['queued', 'sent'])
    await senderWith(slow).drain()
    expect(await statesOf()).toEqual(['sent'])
  })

  it('takes no room of its stream where it has not left', async () => {
    await queue(3)
    const unwelcome = () => Promise.reject(answer(550, '550 5.7.1 Not you', 'MAIL FROM'))
    await senderWith(unwelcome).drain()
    expect([await counted(), await statesOf()]).toEqual([0, ['queued']])
    clock.set(NOON + HOUR)
    const composeMail = () => Promise.reject(new Error('The template is broken'))
    await senderWith(unwelcome, { composeMail }).drain()
    expect([await counted(), await statesOf()]).toEqual([0, ['failed']])
    expect(given).toHaveLength(3)
  })
})
