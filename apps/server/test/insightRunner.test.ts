import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createInsightRunner, type InsightRunner } from '../src/insight/runInsight.ts'
import { openStore } from '../src/store/openStore.ts'
import { createTestFolder } from './support/createTestFolder.ts'
import { useSqlite } from './support/useSqlite.ts'

const createDatabase = useSqlite()
const input = { workspaceId: 'w1', period: { from: 0, to: 1 } }

let runner: InsightRunner | undefined
afterEach(async () => {
  await runner?.close()
})

/** Processes on a new, empty database. */
async function startRunner(): Promise<InsightRunner> {
  const databaseUrl = await createDatabase()
  await (await openStore(databaseUrl)).close()
  runner = createInsightRunner({ databaseUrl })
  return runner
}

describe('the insight processes', () => {
  it('answer more questions at once than there are processes, and again later', async () => {
    const { run } = await startRunner()
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => run('metrics', input)))
    expect(all.map(({ counts }) => counts.orders)).toEqual([0, 0, 0, 0, 0])
    expect((await run('metrics', input)).counts.buyers).toBe(0)
  })

  it('say what went wrong, and go on', async () => {
    const { run } = await startRunner()
    await expect(run('population', { workspaceId: 'nowhere', at: 0, withFit: false })).rejects.toMatchObject({
      message: 'The insight task population failed: There is no workspace nowhere',
      cause: { name: 'RangeError', message: 'There is no workspace nowhere' },
    })
    expect((await run('metrics', input)).counts.orders).toBe(0)
  })

  it('say so when the database is away', async () => {
    const folder = createTestFolder()
    runner = createInsightRunner({ databaseUrl: `file:${join(folder.path, 'ciclo.db')}` })
    await expect(runner.run('metrics', input)).rejects.toMatchObject({
      code: 'store-unavailable',
      cause: { message: expect.stringContaining('Cannot open the SQLite database') as string },
    })
    folder.remove()
  })

  it('leave what nobody waits for any more, and answer the others', async () => {
    const { run } = await startRunner()
    const controller = new AbortController()
    const asked = [1, 2, 3, 4].map(() => run('metrics', input, { signal: controller.signal }))
    const other = run('metrics', input)
    controller.abort(new Error('gone'))
    const settled = await Promise.allSettled(asked)
    expect(settled.map((one) => one.status === 'rejected' && (one.reason as Error).message)).toEqual([
      'gone',
      'gone',
      'gone',
      'gone',
    ])
    expect((await other).counts.orders).toBe(0)
  })

  it('let who waits for one of them leave at once', async () => {
    const { run } = await startRunner()
    const busy = [1, 2].map(() => run('metrics', input))
    const controller = new AbortController()
    const left = run('metrics', input, { signal: controller.signal }).catch((error: unknown) => error)
    const next = run('metrics', input)
    controller.abort('gone')
    expect(await Promise.race([left, ...busy])).toBe('gone')
    expect((await next).counts.orders).toBe(0)
    await Promise.all(busy)
  })

  it('leave nobody waiting when they are ended', async () => {
    const { run, close } = await startRunner()
    const asked = [1, 2, 3, 4].map(() => run('metrics', input))
    const settled = Promise.allSettled(asked)
    await close()
    for (const one of await settled) expect(one.status).toBe('rejected')
    await expect(run('metrics', input)).rejects.toThrow('after the end')
  })
})
