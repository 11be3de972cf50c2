import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFrozenClock } from '../../src/clock.ts'
import { createSender } from '../../src/loops/sender.ts'
import { createBounceAddresses } from '../../src/mail/bounceAddress.ts'
import { createComposeMail } from '../../src/mail/composeMail.ts'
import { createMailLinks } from '../../src/mail/mailLinks.ts'
import { createReadMailData } from '../../src/mail/readMailData.ts'
import { createRenderMessage } from '../../src/mail/renderMessage.ts'
import { createTemplateCache } from '../../src/mail/templateCache.ts'
import { openStore } from '../../src/store/openStore.ts'
import { readMessage } from '../../src/store/queries/messages.ts'
import type { Store } from '../../src/store/store.ts'
import { createTokens } from '../../src/tokens.ts'
import { addCustomer, addMessage, cacheOf, NOON, rulesOf } from '../sending.contract.ts'
import { sendingParts } from '../support/sendingParts.ts'
import { useSqlite } from '../support/useSqlite.ts'

const createDatabase = useSqlite()
const templates = createTemplateCache()

describe('A mail that cannot be composed', () => {
  const clock = createFrozenClock(NOON)
  let store: Store
  /** What a read of the next mail's data fails with. */
  let failure: Error | undefined
  let sent: string[]
  let errors: unknown[]

  /** Until nothing is due, as a real sender on a real store does. */
  const send = async () => {
    const read: Store['read'] = async (fn) => {
      if (failure) throw failure
      return await store.read(fn)
    }
    const sender = createSender({
      store,
      ingest: { submit: () => Promise.resolve([]) },
      rules: cacheOf(rulesOf({})),
      clock,
      random: () => 0.5,
      ...sendingParts(() => clock.now()),
      transports: {
        sign: (_sender, { content, envelope }) =>
          Promise.resolve({ envelope, raw: Buffer.from(content.subject) }),
        deliver: (_sender, { raw }) => {
          sent.push(raw.toString())
          return Promise.resolve('250 OK')
        },
        close: () => {},
      },
      composeMail: createComposeMail({
        renderMessage: createRenderMessage({
          templates,
          readMailData: createReadMailData({ read }, () => clock.now()),
          shopUrl: () => 'https://shop.example',
        }),
        linksOf: createMailLinks({
          tokens: createTokens('a secret that is long enough for a test'),
          publicUrl: () => 'https://ciclo.example',
        }),
        bounceAddresses: createBounceAddresses('a secret that is long enough for a test'),
        now: () => clock.now(),
      }),
      hashAddress: (_workspace, address) => address,
      onError: (error) => errors.push(error),
      onAttempted: () => {},
      onEnded: () => {},
    })
    await sender.drain()
  }

  const stored = async () => {
    const message = await store.read((tx) => readMessage(tx, 'shop', 'm1'))
    if (!message) throw new Error('There is no message m1')
    return message
  }

  beforeEach(async () => {
    clock.set(NOON)
    ;[failure, sent, errors] = [undefined, [], []]
    store = await openStore(await createDatabase())
    await addCustomer(store, 'ann')
    await addMessage(store, 'm1')
    const coupon = { pool: 'welcome', claim: 'run/coupon/1', expiresAt: null }
    const data = { customer: { email: 'ann@example.com' }, coupon }
    await store.write(async ({ update, tables: { messages } }) => {
      await update(messages).set({ data }).where(eq(messages.id, 'm1'))
    })
  })
  afterEach(() => store.close())

  it('has failed for good where a pool has no codes left, and says so', async () => {
    await send()
    expect(sent).toEqual([])
    expect(await stored()).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('The pool welcome has no codes left') as string,
    })
    expect(errors).toHaveLength(1)
  })

  it('waits where the database is away for a moment, and goes out later', async () => {
    failure = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    await expect(send()).rejects.toThrow('ECONNREFUSED')
    expect(sent).toEqual([])
    expect(await stored()).toMatchObject({ state: 'sending', reason: null })
    failure = undefined
    const { coupons } = store.schema
    await store.write(async (tx) => {
      const taken = { claim: 'run/coupon/1', customerId: 'ann', takenAt: NOON }
      await tx
        .insert(coupons)
        .values([
          { workspaceId: 'shop', pool: 'welcome', code: 'A1', position: 0, createdAt: NOON, ...taken },
        ])
    })
    clock.set(NOON + 61_000)
    await send()
    expect(sent).toEqual(['Welcome to Shop'])
  })
})
