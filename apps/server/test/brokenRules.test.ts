import { SettingsSchema } from '@ciclo/engine'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertWorkspace } from '../src/store/queries/workspaces.ts'
import { createTestCiclo } from './support/createTestCiclo.ts'
import { createTestFolder } from './support/createTestFolder.ts'
import { LIFE_JOURNEYS } from './support/lifeJourneys.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'
import { startSmtpCatcher, type SmtpCatcher } from './support/startSmtpCatcher.ts'

const MINUTE = 60_000
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

describe.each(['sqlite', 'postgres'])('on %s', (database) => {
  it("one workspace's broken settings keep its own mails back, and nobody else's", async () => {
    const test = await createTestCiclo({
      databaseUrl: database === 'sqlite' ? `file:${folder.path}/ciclo.db` : await postgres.createDatabase(),
      smtpUrl: smtp.url,
    })
    const { ciclo, store, clock, item, workspaceId } = test
    const subscribe = (email: string, workspace: string) => ({
      ...item('secret', { type: 'track', name: 'Subscribed', userId: email, properties: { email } }),
      workspaceId: workspace,
    })
    try {
      const [shop] = await store.read((tx) => tx.select().from(tx.tables.workspaces))
      await store.write((tx) =>
        insertWorkspace(tx, {
          id: 'other',
          name: 'Other',
          settings: SettingsSchema.parse({}),
          journeys: LIFE_JOURNEYS.map((definition) => ({ definition, hash: '', live: false })),
          keys: [{ id: 'k', kind: 'secret', hash: 'h', prefix: 'p' }],
          createdAt: clock.now(),
        }),
      )
      const setSettings = (settings: Record<string, unknown>, rulesVersion: number) =>
        store.write(async (tx) => {
          const { workspaces } = tx.tables
          await tx.update(workspaces).set({ settings, rulesVersion }).where(eq(workspaces.id, workspaceId))
        })
      const broken = `broken-${database}@example.com`
      await ciclo.ingest.submit([subscribe(broken, workspaceId)])
      await store.write(async (tx) => {
        const { messages } = tx.tables
        const [message] = await tx.select().from(messages)
        if (!message) throw new Error('No welcome was queued')
        // The same mail of another shop, claimed in the same turn.
        const address = `well-${database}@example.com`
        await tx
          .insert(messages)
          .values({ ...message, workspaceId: 'other', address, purpose: 'transactional' })
      })
      await setSettings({ currency: 'no currency' }, 2)
      await ciclo.settle()
      const states = async () => {
        const rows = await store.read((tx) => tx.select().from(tx.tables.messages))
        return rows.map(({ workspaceId: id, state, reason }) => [
          id === 'other' ? id : 'broken',
          state,
          reason,
        ])
      }
      const found = await states()
      expect(found.find(([id]) => id === 'broken')).toEqual(['broken', 'queued', 'broken-rules'])
      // Decided on, whatever the decision.
      expect(found.find(([id]) => id === 'other')?.[1]).not.toBe('queued')

      await setSettings(shop?.settings ?? {}, 3)
      clock.set(clock.now() + MINUTE)
      await ciclo.settle()
      expect((await states()).find(([id]) => id === 'broken')).toEqual(['broken', 'sent', null])
      expect(smtp.mailsTo(broken)).toHaveLength(1)
    } finally {
      await test.stop()
    }
  })

  it('timers that cannot be told are tried again once a minute, and set aside once', async () => {
    const test = await createTestCiclo({
      databaseUrl: database === 'sqlite' ? `file:${folder.path}/wake.db` : await postgres.createDatabase(),
      smtpUrl: smtp.url,
    })
    const { ciclo, store, clock, item, workspaceId } = test
    try {
      await ciclo.ingest.submit([
        item('secret', {
          type: 'track',
          name: 'Order Completed',
          userId: 'u',
          properties: { order_id: '1', total: 1 },
        }),
      ])
      const [customer] = await store.read((tx) => tx.select().from(tx.tables.customers))
      clock.set((customer?.wakeAt ?? 0) + 1)
      const setSettings = (settings: Record<string, unknown>, rulesVersion: number) =>
        store.write(async (tx) => {
          const { workspaces } = tx.tables
          await tx.update(workspaces).set({ settings, rulesVersion }).where(eq(workspaces.id, workspaceId))
        })
      await setSettings({ currency: 'no currency' }, 2)
      await ciclo.settle()
      clock.set(clock.now() + MINUTE)
      await ciclo.settle()
      const parked = await store.read((tx) => tx.select().from(tx.tables.parked))
      expect(parked.map(({ customerId }) => customerId)).toEqual([customer?.id])
      await setSettings({}, 3)
      clock.set(clock.now() + MINUTE)
      await ciclo.settle()
      const [after] = await store.read((tx) => tx.select().from(tx.tables.customers))
      expect(after?.stage).not.toBe(customer?.stage)
    } finally {
      await test.stop()
    }
  })
})
