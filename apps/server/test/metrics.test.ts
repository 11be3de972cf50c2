import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../src/store/openStore.ts'
import { readBacklog } from '../src/store/queries/backlog.ts'
import { sqliteSchema } from '../src/store/schema.sqlite.ts'
import { sqliteDialect } from '../src/store/sqliteDialect.ts'
import type { ReadTx } from '../src/store/store.ts'
import { createTestCiclo, type TestCiclo } from './support/createTestCiclo.ts'
import { createTestFolder } from './support/createTestFolder.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'
import { startSmtpCatcher, type SmtpCatcher } from './support/startSmtpCatcher.ts'

const folder = createTestFolder()
let postgres: TestPostgres
let smtp: SmtpCatcher
beforeAll(async () => {
  ;[postgres, smtp] = await Promise.all([startPostgres(), startSmtpCatcher()])
})
afterAll(async () => {
  await smtp.stop()
  await postgres.stop()
  folder.remove()
})

async function readMetrics({ ciclo }: TestCiclo): Promise<Map<string, number>> {
  const response = await ciclo.app.request('/metrics')
  expect(response.status).toBe(200)
  const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const end = line.lastIndexOf(' ')
      return [line.slice(0, end), Number(line.slice(end + 1))]
    }),
  )
}

describe.each(['sqlite', 'postgres'])('the figures on %s', (database) => {
  it('say what was taken in, what waits and what became of it', async () => {
    const test = await createTestCiclo({
      databaseUrl: database === 'sqlite' ? `file:${folder.path}/ciclo.db` : await postgres.createDatabase(),
      smtpUrl: smtp.url,
    })
    try {
      const { ciclo, item, clock, workspaceId } = test
      const subscribed = item('secret', {
        type: 'track',
        name: 'Subscribed',
        userId: 'anna',
        properties: { email: 'anna@example.com' },
      })
      await ciclo.ingest.submit([subscribed, item('public', { type: 'page', anonymousId: 'visitor' })])
      await ciclo.ingest.submit([subscribed])
      await test.store.write(async (tx) => {
        const input = { kind: 'wake', at: 0, receivedAt: 0 }
        await tx.insert(tx.tables.parked).values({ workspaceId, id: 'p', error: 'x', input, at: 0 })
        await tx.insert(tx.tables.jobs).values({ workspaceId, name: 'rejudge', dueAt: 0, error: 'x' })
      })
      clock.set(clock.now() + 30_000)
      const before = await readMetrics(test)
      expect(Object.fromEntries(before)).toMatchObject({
        'ciclo_events_total{source="secret",verdict="applied"}': 1,
        'ciclo_events_total{source="secret",verdict="duplicate"}': 1,
        'ciclo_events_total{source="public",verdict="applied"}': 1,
        'ciclo_events_total{source="import",verdict="applied"}': 0,
        [`ciclo_last_event_timestamp_seconds{workspace="${workspaceId}",source="secret"}`]:
          subscribed.input.receivedAt / 1_000,
        ciclo_commit_seconds_count: 2,
        ciclo_commit_items_sum: 3,
        ciclo_queue_items: 0,
        ciclo_queue_oldest_seconds: 0,
        ciclo_store_up: 1,
        ciclo_outbox_queued: 1,
        ciclo_outbox_lag_seconds: 30,
        ciclo_parked_inputs: 1,
        ciclo_parked_customers: 0,
        ciclo_jobs_failing: 1,
        ciclo_wake_lag_seconds: 0,
      })
      const size = (before.get('ciclo_database_bytes') ?? 0) + (before.get('ciclo_database_log_bytes') ?? 0)
      expect(size).toBeGreaterThan(10_000)
      expect(before.has('ciclo_disk_free_bytes')).toBe(database === 'sqlite')

      await ciclo.settle()
      await ciclo.app.request('/v1/track', { method: 'POST', body: '{}' })
      await ciclo.app.request('/u/some-token-of-a-person')
      await ciclo.app.request('/nowhere/at/all')
      const after = await readMetrics(test)
      expect(Object.fromEntries(after)).toMatchObject({
        'ciclo_messages_total{state="sent",reason=""}': 1,
        'ciclo_smtp_seconds_count{result="sent"}': 1,
        'ciclo_events_total{source="own",verdict="applied"}': 1,
        'ciclo_refused_total{what="request",code="unknown-key"}': 1,
        'ciclo_http_request_seconds_count{method="POST",route="/v1/track",status="401"}': 1,
      })
      const text = [...after.keys()].join('\n')
      expect(text).toContain('route="/u/:token"')
      expect(text).not.toMatch(/some-token|nowhere|anna/)
    } finally {
      await test.stop()
    }
  })
})

it('while the store is away the other figures are still there', async () => {
  const test = await createTestCiclo({ databaseUrl: `file:${folder.path}/away.db`, smtpUrl: smtp.url })
  await test.stop()
  const figures = await readMetrics(test)
  expect(figures.get('ciclo_store_up')).toBe(0)
  expect(figures.get('ciclo_queue_items')).toBe(0)
  expect(figures.has('ciclo_outbox_queued')).toBe(false)
})

it('no figure of the store needs to read a whole table', async () => {
  await (await openStore(`file:${folder.path}/plans.db`)).close()
  const statements: string[] = []
  const client = new Database(`${folder.path}/plans.db`, { verbose: (text) => statements.push(String(text)) })
  const tx = {
    select: drizzle({ client }).select.bind(drizzle({ client })),
    tables: sqliteSchema,
    dialect: sqliteDialect,
  }
  await readBacklog(tx as unknown as ReadTx)
  const queries = statements.filter((text) => text.startsWith('select'))
  expect(queries).toHaveLength(8)
  const steps = queries.flatMap((query) =>
    (client.prepare(`explain query plan ${query}`).all() as { detail: string }[]).map(({ detail }) => detail),
  )
  client.close()
  // The index of parked customers holds only these; the table of parked inputs is itself what is counted, and a
  // workspace has a handful of jobs and senders.
  const scans = steps.filter(
    (step) => step.startsWith('SCAN') && !/customers_parked|SCAN (parked|jobs|senders|some|\()/.test(step),
  )
  expect(scans).toEqual([])
  expect(steps.join('\n')).toMatch(/messages_due/)
  expect(steps.join('\n')).toMatch(/customers_wake/)
})
