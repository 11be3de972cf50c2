import { demoHistory } from '@ciclo/demo-store'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tellHistory } from '../src/tellHistory.ts'
import { createTestCiclo } from './support/createTestCiclo.ts'
import { createTestFolder } from './support/createTestFolder.ts'
import { startSmtpCatcher, type SmtpCatcher } from './support/startSmtpCatcher.ts'

describe('A demo with a history', () => {
  const folder = createTestFolder()
  let smtp: SmtpCatcher
  let test: Awaited<ReturnType<typeof createTestCiclo>>
  beforeEach(async () => {
    smtp = await startSmtpCatcher()
    test = await createTestCiclo({
      databaseUrl: `file:${folder.path}/demo.db`,
      smtpUrl: smtp.url,
      demo: true,
      journeys: 'shipped',
    })
  })
  afterEach(async () => {
    await test.stop()
    await smtp.stop()
    folder.remove()
  })

  it('has customers in every stage of a year, mails nobody for what is past, and takes it in once', async () => {
    const now = test.clock.now()
    const events = demoHistory({ now, customers: 120, seed: 1, shopUrl: 'https://shop.example/demo' })
    const rows = async () => {
      const { workspaceId } = test
      return await test.store.read(async (tx) => ({
        events: (await tx.select().from(tx.tables.events)).filter((row) => row.workspaceId === workspaceId)
          .length,
        stages: new Set((await tx.select().from(tx.tables.customers)).map(({ stage }) => stage)),
        messages: (await tx.select().from(tx.tables.messages)).length,
      }))
    }
    await tellHistory(test.ciclo.ingest, { workspaceId: test.workspaceId, events, now })
    await test.ciclo.settle()
    const told = await rows()
    expect(told.events).toBe(events.length)
    expect([...told.stages]).toEqual(expect.arrayContaining(['prospect', 'new', 'active', 'lapsed']))
    await tellHistory(test.ciclo.ingest, { workspaceId: test.workspaceId, events, now })
    await test.ciclo.settle()
    expect(await rows()).toEqual(told)
    expect(told.messages).toBe(0)
    expect(smtp.mails).toHaveLength(0)
  })
})
