import { expect, it, onTestFinished } from 'vitest'
import { expectNothingLost, expectUnavailable } from '../faults.contract.ts'
import { createLoad } from '../support/createLoad.ts'
import { createTestFolder } from '../support/createTestFolder.ts'
import { injectFault, whyNoFaults } from '../support/injectFault.ts'
import { mountSmallDisk } from '../support/mountSmallDisk.ts'
import { startOwnPostgres } from '../support/postgres.ts'
import { readStoredEvents } from '../support/readStoredEvents.ts'
import { startTestServer } from '../support/startTestServer.ts'

async function startOn(folder: string) {
  const server = await startTestServer({ folder })
  onTestFinished(async () => void (await server.kill()))
  return server
}

it('a full disk is answered 503; nothing acknowledged is lost, and it goes on when there is room again', async ({
  skip,
}) => {
  const disk = mountSmallDisk(48, 24)
  if (typeof disk === 'string') {
    skip(disk)
    return
  }
  onTestFinished(disk.remove)
  const server = await startOn(disk.path)
  const load = createLoad(() => server, { events: 100, bytes: 4_000 })
  await load.sendUntil(200)
  await expectUnavailable(server, await load.sendUntil(503))
  // It does not come back before there is room.
  for (let attempt = 0; attempt < 5; attempt += 1) await expectUnavailable(server, await load.send())
  disk.makeRoom()
  await load.sendUntil(200)
  for (let attempt = 0; attempt < 3; attempt += 1) expect((await load.send()).status).toBe(200)
  await expectNothingLost(server, load)
})

const faults = whyNoFaults()
if (faults !== undefined) process.stderr.write(`Tests of failing system calls are skipped: ${faults}\n`)

it.skipIf(faults !== undefined).each([
  ['a sync that fails', 'fsync,fdatasync', 'EIO'],
  ['a write that fails', 'pwrite64', 'EIO'],
  ['a disk without room for a page', 'pwrite64', 'ENOSPC'],
])('%s (%s: %s) is answered 503, and what follows is safe', async (_what, calls, error) => {
  const folder = createTestFolder()
  onTestFinished(folder.remove)
  const server = await startOn(folder.path)
  const load = createLoad(() => server)
  for (let batch = 0; batch < 3; batch += 1) expect((await load.send()).status).toBe(200)
  const fault = await injectFault(server.pid, calls, error)
  for (let attempt = 0; attempt < 3; attempt += 1) await expectUnavailable(server, await load.send())
  await fault.end()
  await load.sendUntil(200)
  for (let batch = 0; batch < 3; batch += 1) expect((await load.send()).status).toBe(200)
  await expectNothingLost(server, load)
})

it('a PostgreSQL server that is away is answered 503, and what follows is stored when it is back', async () => {
  const postgres = await startOwnPostgres()
  onTestFinished(postgres.stop)
  const server = await startTestServer({ environment: { DATABASE_URL: postgres.url } })
  onTestFinished(async () => void (await server.kill()))
  const load = createLoad(() => server)
  for (let batch = 0; batch < 3; batch += 1) expect((await load.send()).status).toBe(200)
  await postgres.halt()
  for (let attempt = 0; attempt < 3; attempt += 1) await expectUnavailable(server, await load.send())
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503)
  await postgres.resume()
  await load.sendUntil(200)
  expect((await load.send()).status).toBe(200)
  await server.kill()
  const stored = await readStoredEvents(postgres.url)
  expect([...stored.values()].filter((times) => times !== 1)).toEqual([])
  expect(new Set(stored.keys())).toEqual(load.acknowledged)
})

// A kernel may forget the pages that it could not sync, and let the next sync succeed: fsyncgate.
it.skipIf(faults !== undefined)(
  'after a failed sync the same part of the log is written again before the next commit is acknowledged',
  async () => {
    const folder = createTestFolder()
    onTestFinished(folder.remove)
    const server = await startOn(folder.path)
    const load = createLoad(() => server)
    await load.sendUntil(200)
    const fault = await injectFault(server.pid, 'fsync,fdatasync', 'EIO', { trace: ['pwrite64'] })
    await expectUnavailable(server, await load.send())
    const failed = logWrites(fault.log())
    await fault.end()
    const watched = await injectFault(server.pid, 'fsync,fdatasync', 'EIO', {
      trace: ['pwrite64'],
      from: 1_000,
    })
    await load.sendUntil(200)
    const repeated = logWrites(watched.log())
    await watched.end()
    expect(failed.length).toBeGreaterThan(1)
    expect(Math.min(...repeated)).toBe(Math.min(...failed))
    await expectNothingLost(server, load)
  },
)

/** The places in SQLite's log that a trace shows to be written. */
function logWrites(trace: string): number[] {
  return [...trace.matchAll(/pwrite64\(\d+<[^>]*-wal>, .*?, (\d+)\)?(?: =| <)/g)].map(([, offset]) =>
    Number(offset),
  )
}
