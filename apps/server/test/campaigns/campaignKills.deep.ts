import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { SMTPServer, type SMTPServerAddress } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { CampaignFiguresSchema } from '../../src/routes/campaignSchemas.ts'
import { openStore } from '../../src/store/openStore.ts'
import type { Tx } from '../../src/store/store.ts'
import { seededRandom } from '../crash.random.ts'
import { createTestFolder } from '../support/createTestFolder.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'
import { expectToAddUp, type Figures } from './campaignWorld.ts'

const PEOPLE = Number(process.env['PEOPLE'] ?? 20_000)
const KILLS = 20
const AT_ONCE = 200
/** How long a server goes on, at most, when it has come further: milliseconds. */
const LIFE = 800
/** How many mails may be in a server's hands, or not recorded yet, when it is killed. */
const IN_FLIGHT = 500

/** Keeps who got which Message-ID, and nothing else of 20,000 mails. */
async function startMailBook() {
  const ids = new Map<string, Set<string>>()
  let mails = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onData: (stream, session, done) => {
      let head = ''
      stream.on('data', (chunk: Buffer) => {
        if (head.length < 20_000) head += chunk.toString('latin1')
      })
      stream.on('end', () => {
        const id = /^message-id:\s*(\S+)/im.exec(head)?.[1] ?? ''
        const to = (session.envelope.rcptTo[0] as SMTPServerAddress).address
        ids.set(to, (ids.get(to) ?? new Set()).add(id))
        mails += 1
        done()
      })
    },
  })
  // A process that is killed in the middle of a mail has not sent it.
  server.on('error', () => {})
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as { port: number }
  return {
    url: `smtp://127.0.0.1:${port}`,
    ids,
    mails: () => mails,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

async function change(databaseUrl: string, work: (tx: Tx) => Promise<unknown>): Promise<void> {
  const store = await openStore(databaseUrl)
  try {
    await store.write(work)
  } finally {
    await store.close()
  }
}

/** What the dead process had claimed is free at once, as if the next one had come later. */
const forgetClaims = async (tx: Tx) => {
  const { jobs, leases, messages } = tx.tables
  await tx.update(leases).set({ until: 0 })
  await tx.update(jobs).set({ leaseUntil: null })
  await tx
    .update(messages)
    .set({ leaseUntil: sql`case when ${messages.leaseUntil} is null then null else 0 end` })
}

function campaignKills(database: string, createDatabase: (folder: string) => Promise<string>): void {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

  it(`a campaign to ${PEOPLE} on ${database} is nobody's twice, and adds up, after ${KILLS} kills, SEED=${seed}`, async () => {
    const random = seededRandom(seed)
    const folder = createTestFolder()
    onTestFinished(folder.remove)
    const book = await startMailBook()
    onTestFinished(book.stop)
    const databaseUrl = await createDatabase(folder.path)
    const environment = { DATABASE_URL: databaseUrl, SMTP_URL: book.url, CICLO_CLOCK: undefined }
    const restart = () => startTestServer({ folder: folder.path, environment })
    let server: TestServer = await restart()
    onTestFinished(async () => void (await server.kill()))
    // Their welcome is none of this.
    await change(databaseUrl, async (tx) => {
      const { journeys, workspaces } = tx.tables
      await tx.delete(journeys)
      await tx.update(workspaces).set({ rulesVersion: sql`${workspaces.rulesVersion} + 1` })
    })
    const post = async (path: string, body: unknown, authorization: string, method = 'POST') => {
      const response = await fetch(`${server.url}${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      expect([response.status, response.ok ? '' : await response.clone().text()]).toEqual([200, ''])
      return await response.json()
    }
    const bearer = `Bearer ${server.secretKey}`
    for (let first = 0; first < PEOPLE; first += AT_ONCE) {
      const batch = Array.from({ length: AT_ONCE }, (_, place) => ({
        type: 'track',
        event: 'Subscribed',
        messageId: `subscribed-${first + place}`,
        userId: `reader-${first + place}`,
        properties: { email: `reader.${first + place}@example.com` },
      }))
      await post('/v1/batch', { batch }, `Basic ${btoa(`${server.secretKey}:`)}`)
    }
    const campaign = { name: 'Spring', audience: { rule: { kind: 'reachable' } }, template: 'win-back' }
    await post('/api/campaigns/spring', campaign, bearer, 'PUT')
    await post('/api/campaigns/spring/start', undefined, bearer)

    const startedAt = performance.now()
    const figures = async (): Promise<Figures> => {
      const response = await fetch(`${server.url}/api/campaigns/spring/figures`, {
        headers: { authorization: bearer },
      })
      const found = CampaignFiguresSchema.parse(await response.json())
      expectToAddUp(found)
      return found
    }
    const kills: Record<string, number> = {}
    const placeOf = ({ audience, waiting, sent }: Figures) => JSON.stringify([audience, waiting, sent])
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = placeOf(await figures())
      let now = await figures()
      // It has come further since it was started, and is killed in the middle of the next step.
      for (; placeOf(now) === before && now.status !== 'done'; now = await figures()) await wait(20)
      await wait(random() * LIFE)
      kills[now.status] = (kills[now.status] ?? 0) + 1
      await server.kill()
      await change(databaseUrl, forgetClaims)
      server = await restart()
    }
    for (let status = ''; status !== 'done'; { status } = await figures()) await wait(500)

    const { audience, sent } = await figures()
    const twice = book.mails() - book.ids.size
    const seconds = (performance.now() - startedAt) / 1_000
    process.stderr.write(
      `campaign on ${database}: SEED=${seed} recipients=${audience} kills=${KILLS} repeated=${twice} ` +
        `${JSON.stringify(kills)} seconds=${seconds.toFixed(1)}\n`,
    )
    expect([audience, sent, book.ids.size]).toEqual([PEOPLE, PEOPLE, PEOPLE])
    // Whoever got a mail again got the same: the server was killed before it could write down that it had left.
    expect([...book.ids.values()].filter((ids) => ids.size !== 1)).toEqual([])
    expect(twice).toBeLessThanOrEqual(KILLS * IN_FLIGHT)
  }, 900_000)
}

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

describe('a campaign on a server that is killed again and again', () => {
  campaignKills('SQLite', (folder) => Promise.resolve(`file:${join(folder, 'ciclo.db')}`))
  campaignKills('PostgreSQL', () => postgres.createDatabase())
})
