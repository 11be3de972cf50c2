import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openStore } from '../src/store/openStore.ts'
import type { Store } from '../src/store/store.ts'
import { createTestFolder } from './support/createTestFolder.ts'
import { freePort } from './support/freePort.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'
import { SMTP_STEPS, startSteppedSmtp, type SmtpStep, type SteppedSmtp } from './support/startSteppedSmtp.ts'
import { startTestServer } from './support/startTestServer.ts'

const HOUR = 3_600_000
const PATIENT = { timeout: 60_000, interval: 10 }
const SUBSCRIBERS = 40
/** Mails that go well before the step is one that nobody gets over. */
const BEFORE = 7

/** Where the server is killed: at a step, or when it has been told that its mail was taken and cannot record that. */
type Place = SmtpStep | 'after the last reply'
const PLACES: readonly Place[] = [...SMTP_STEPS, 'after the last reply']
/** From the final dot on a mail has arrived, whether the server knows it or not. */
const MAY_REPEAT: ReadonlySet<Place> = new Set(['the final dot', 'after the last reply'])

/** The state of each message, by its address. */
async function readStates(databaseUrl: string): Promise<Map<string, string>> {
  const store = await openStore(databaseUrl, { readOnly: true })
  try {
    return await store.read(async (tx) => {
      const { address, state } = tx.tables.messages
      const rows = await tx.select({ address, state }).from(tx.tables.messages)
      return new Map(rows.map((row) => [row.address, row.state]))
    })
  } finally {
    await store.close()
  }
}

/** Figure 3 of what Ciclo promises: killed in the middle of a mail it loses none, and repeats only what had arrived. */
function mailCrashes(database: string, createDatabase: (folder: string) => Promise<string>): void {
  describe(`A server that is killed with -9, on ${database}`, () => {
    it.each(PLACES)('at %s', { timeout: 400_000 }, async (place) => {
      const folder = createTestFolder()
      const databaseUrl = await createDatabase(folder.path)
      let isDeadly = true
      let passed = 0
      let stalled = 0
      let lock: { release: () => void; released: Promise<void> } | undefined
      let store: Store | undefined
      const step: SmtpStep = place === 'after the last reply' ? 'the final dot' : place

      /** Nobody else can write a message until it is let go. */
      const takeHold = async () => {
        const { promise, resolve } = Promise.withResolvers<void>()
        const held = Promise.withResolvers<void>()
        store ??= await openStore(databaseUrl)
        const open = store
        const take = (): Promise<void> =>
          open.write(async (tx) => {
            const { messages } = tx.tables
            await tx.update(messages).set({ variant: null }).where(eq(messages.state, 'sending'))
            held.resolve()
            await promise
          })
        // The server may hold what we want, and want what we hold: the database ends one of the two.
        const insist = (): Promise<void> => take().catch(insist)
        const released = insist()
        lock = { release: resolve, released }
        await held.promise
      }
      let holding: Promise<void> | undefined
      /** Once, however many mails come there at the same time. */
      const hold = () => (holding ??= takeHold())

      const smtp: SteppedSmtp = await startSteppedSmtp(async (at) => {
        if (!isDeadly || at !== step) return undefined
        passed += 1
        if (passed <= BEFORE && step !== 'greeting' && step !== 'EHLO' && step !== 'QUIT') return undefined
        if (place === 'after the last reply') await hold()
        stalled += 1
        return place === 'after the last reply' ? undefined : await new Promise(() => {})
      })
      const environment = { DATABASE_URL: databaseUrl, SMTP_URL: smtp.url, PORT: String(await freePort()) }
      const start = () => startTestServer({ folder: folder.path, journeys: 'life', environment })
      let server = await start()
      const emails = Array.from({ length: SUBSCRIBERS }, (_, n) => `u${n}@example.com`)
      await server.api.send(
        emails.flatMap((email, n) => [
          { type: 'identify', userId: `u${n}`, traits: { email } },
          { type: 'track', event: 'Subscribed', userId: `u${n}` },
        ]),
      )
      // A pool says QUIT ten seconds after its last mail.
      const least = place === 'QUIT' ? 1 : 3
      await vi.waitFor(() => expect(stalled).toBeGreaterThanOrEqual(least), PATIENT)
      await server.kill()
      const arrived = new Set(smtp.mails.map(({ to }) => to))
      isDeadly = false
      lock?.release()
      await lock?.released
      await store?.close()
      smtp.cut()
      /** What the dead server knew of its mails. */
      const known = await readStates(databaseUrl)
      const inFlight = [...arrived].filter((address) => known.get(address) === 'sending')

      server = await start()
      await server.api.passTime(HOUR)
      const states = await readStates(databaseUrl)
      await server.stop()
      await smtp.stop()
      folder.remove()

      const copies = Map.groupBy(smtp.mails, ({ to }) => to)
      const repeated = [...copies].filter(([, mails]) => mails.length > 1)
      process.stderr.write(
        `mail crash on ${database} at ${place}: mails=${copies.size} lost=${SUBSCRIBERS - copies.size} ` +
          `arrived-before=${arrived.size} repeated=${repeated.length}\n`,
      )
      expect([...copies.keys()].toSorted()).toEqual(emails.toSorted())
      expect([...states].filter(([, state]) => state !== 'sent')).toEqual([])
      for (const [address, mails] of copies) {
        expect(new Set(mails.map(({ messageId }) => messageId)).size, address).toBe(1)
        expect(mails.length, address).toBeLessThanOrEqual(2)
      }
      // Its final dot had arrived, and nobody had written that down.
      expect(repeated.map(([address]) => address).toSorted()).toEqual(inFlight.toSorted())
      if (MAY_REPEAT.has(place)) expect(repeated.length).toBeGreaterThan(0)
      if (place === 'greeting' || place === 'EHLO' || place === 'QUIT') expect(repeated).toEqual([])
    })
  })
}

mailCrashes('SQLite', (folder) => Promise.resolve(`file:${join(folder, 'ciclo.db')}`))

describe('with PostgreSQL', () => {
  let postgres: TestPostgres
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres.stop())
  mailCrashes('PostgreSQL', () => postgres.createDatabase())
})
