import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { describeError, serializeError } from '../src/describeError.ts'
import { openStore } from '../src/store/openStore.ts'
import { createTestFolder } from './support/createTestFolder.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'
import { startSmtpCatcher } from './support/startSmtpCatcher.ts'

const CANARY = 'canary.person+tag@example.com'

const thrownBy = async (action: () => unknown): Promise<unknown> => {
  try {
    await action()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown')
}

let postgres: TestPostgres
const folder = createTestFolder()
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(async () => {
  await postgres.stop()
  folder.remove()
})

describe.each(['sqlite', 'postgres'])('an error of %s', (database) => {
  it('is described without the values of its statement', async () => {
    const store = await openStore(
      database === 'sqlite' ? `file:${folder.path}/ciclo.db` : await postgres.createDatabase(),
    )
    const failures = [
      // Twice the same key.
      () =>
        store.write(async (tx) => {
          const row = { workspaceId: CANARY, messageId: CANARY, receivedAt: 1 }
          await tx.insert(tx.tables.receipts).values(row)
          await tx.insert(tx.tables.receipts).values(row)
        }),
      // Something missing, of a type that does not fit.
      () =>
        store.write(async (tx) => {
          const row = { workspaceId: 'w', messageId: CANARY, receivedAt: null as unknown as number }
          await tx.insert(tx.tables.receipts).values(row)
        }),
      () =>
        store.write(async (tx) => {
          const receivedAt = { canary: CANARY } as unknown as number
          await tx.insert(tx.tables.receipts).values({ workspaceId: 'w', messageId: 'm', receivedAt })
        }),
    ]
    try {
      for (const failure of failures) {
        const error = await thrownBy(failure)
        const text = JSON.stringify(serializeError(error))
        expect(text).not.toMatch(/canary/i)
        expect(describeError(error).length).toBeGreaterThan(10)
      }
    } finally {
      await store.close()
    }
  })
})

it("a mail server's refusal is described by its codes, whatever its text says", async () => {
  const catcher = await startSmtpCatcher()
  catcher.answer(CANARY, [{ at: 'RCPT TO', reply: `550 5.1.1 <${CANARY}> Canary Person is unknown` }])
  const transport = createTransport({ url: catcher.url })
  try {
    const error = await thrownBy(() =>
      transport.sendMail({ from: 'shop@example.com', to: CANARY, subject: 'x', text: 'x' }),
    )
    expect(String(error)).toContain(CANARY)
    expect(JSON.stringify(serializeError(error))).not.toMatch(/canary/i)
    expect(describeError(error)).toBe('SMTP 550 5.1.1 to RCPT TO')
  } finally {
    transport.close()
    await catcher.stop()
  }
})

it.each<[string, () => unknown]>([
  ['JSON that ends early', () => void JSON.parse(`{"email": "${CANARY}", "name": "Canary`)],
  ['JSON with a word too many', () => void JSON.parse(`"x" ${CANARY}`)],
  [
    'a schema',
    () =>
      z
        .object({ [CANARY]: z.string() })
        .strict()
        .parse({ canary: CANARY }),
  ],
  ['JSON that is none', () => void JSON.parse(CANARY)],
  [
    'something else with an address',
    () => {
      throw new Error(`No customer ${CANARY}, asked for as '${CANARY}' or "Canary" by +34 600 123 456`)
    },
  ],
  [
    'a cause below others',
    () => {
      throw new Error(CANARY, { cause: new Error(`params: ${CANARY}`, { cause: new Error('the cause') }) })
    },
  ],
  [
    'a text',
    () => {
      throw CANARY as unknown as Error
    },
  ],
])('an error of %s is described without what it was given', async (_what, action) => {
  const error = await thrownBy(action)
  const text = JSON.stringify(serializeError(error))
  expect(text).not.toMatch(/canary|600 123/i)
})

it.each([
  [
    new TypeError("Cannot read properties of undefined (reading 'timers')"),
    /Cannot read properties of undefined/,
  ],
  [
    Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }),
    /SQLITE_FULL: database or disk is full/,
  ],
  [new Error('connect ECONNREFUSED 127.0.0.1:25'), /connect ECONNREFUSED/],
  [new RangeError('Invalid time value'), /^RangeError: Invalid time value$/],
])('%s still says what is wrong', (error, expected) => {
  expect(describeError(error)).toMatch(expected)
})
