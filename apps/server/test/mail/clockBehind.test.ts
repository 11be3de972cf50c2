import { EVENT_NAMES } from '@ciclo/engine'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readHistory } from '../../src/store/queries/events.ts'
import { createTestCiclo, type TestCiclo } from '../support/createTestCiclo.ts'
import { startSmtpCatcher } from '../support/startSmtpCatcher.ts'
import { useSqlite } from '../support/useSqlite.ts'

const DAY = 86_400_000
const createDatabase = useSqlite()
let test: TestCiclo
let catcher: Awaited<ReturnType<typeof startSmtpCatcher>>

beforeAll(async () => {
  catcher = await startSmtpCatcher()
  test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: catcher.url })
})
afterAll(async () => {
  await test.stop()
  await catcher.stop()
})

it('a mail that is sent by a clock behind that of its run has not left before it was asked for, and ends the run', async () => {
  const subscribed = { type: 'track', name: 'Subscribed', userId: 'ann' } as const
  await test.ciclo.ingest.submit([
    test.item('secret', { type: 'identify', userId: 'ann', traits: { email: 'ann@example.com' } }),
    test.item('secret', subscribed),
  ])
  await test.store.write(async (tx) => {
    const { messages } = tx.tables
    // Whoever had claimed it is gone.
    await tx.update(messages).set({ state: 'sending', leaseUntil: 0 }).where(eq(messages.state, 'queued'))
  })
  test.clock.set(test.clock.now() - 3 * DAY)
  await test.ciclo.settle()
  expect(catcher.mails).toHaveLength(1)
  const [run] = await test.store.read((tx) => tx.select().from(tx.tables.enrolments))
  expect(run).toMatchObject({ status: 'ended', endReason: 'completed' })
  const [message] = await test.store.read((tx) => tx.select().from(tx.tables.messages))
  expect(message).toMatchObject({ state: 'sent', sentAt: message?.createdAt })
  const history = await test.store.read((tx) =>
    readHistory(tx, test.workspaceId, [message?.customerId ?? '']),
  )
  const sent = history.find(({ input }) => input.event.name === EVENT_NAMES.emailSent)
  expect(sent?.input.at).toBe(message?.createdAt)
})
