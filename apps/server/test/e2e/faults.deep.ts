import { setTimeout as wait } from 'node:timers/promises'
import { expect, it, onTestFinished, vi } from 'vitest'
import { seededRandom } from '../crash.random.ts'
import { expectNothingLost } from '../faults.contract.ts'
import { createLoad } from '../support/createLoad.ts'
import { createTestFolder } from '../support/createTestFolder.ts'
import { injectFault, whyNoFaults } from '../support/injectFault.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'

const ROUNDS = 30
const SENDERS = 4
const FAULTS = [
  ['fsync,fdatasync', 'EIO'],
  ['pwrite64', 'EIO'],
  ['pwrite64', 'ENOSPC'],
] as const

const why = whyNoFaults()
if (why !== undefined) process.stderr.write(`Tests of failing system calls are skipped: ${why}\n`)

it.skipIf(why !== undefined)(
  `${ROUNDS} faults of the disk at random moments under load, every third with a kill, lose nothing`,
  async () => {
    const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
    const random = seededRandom(seed)
    const folder = createTestFolder()
    onTestFinished(folder.remove)
    let server: TestServer = await startTestServer({ folder: folder.path })
    onTestFinished(async () => void (await server.kill()))
    const loads = Array.from({ length: SENDERS }, (_, place) =>
      createLoad(() => server, { name: `sender-${place}`, events: 10 }),
    )
    const statuses = new Map<number, number>()
    const run = { ended: false }
    let up = Promise.withResolvers<void>()
    up.resolve()
    const sending = loads.map(async (load) => {
      while (!run.ended) {
        // 0: no answer, since the server was killed.
        const status = await load.send().then(
          (response) => response.status,
          () => 0,
        )
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        await up.promise
        if (status !== 200) await wait(5)
      }
    })
    const acknowledged = () => loads.reduce((sum, load) => sum + load.acknowledged.size, 0)

    for (let round = 1; round <= ROUNDS; round += 1) {
      const [calls, error] = FAULTS[Math.floor(random() * FAULTS.length)] ?? FAULTS[0]
      const wanted = acknowledged() + 50 + random() * 200
      await vi.waitFor(
        () => {
          if (acknowledged() < wanted) throw new Error(`It does not go on: ${server.output().slice(-2_000)}`)
        },
        { timeout: 60_000, interval: 2 },
      )
      const fault = await injectFault(server.pid, calls, error, { from: 1 + Math.floor(random() * 20) })
      await wait(50 + random() * 200)
      if (round % 3 === 0) {
        up = Promise.withResolvers()
        await server.kill()
        await fault.end()
        server = await startTestServer({ folder: folder.path })
        up.resolve()
      } else await fault.end()
    }
    run.ended = true
    await Promise.all(sending)
    for (const load of loads) await load.sendUntil(200)
    process.stderr.write(
      `faults: SEED=${seed} rounds=${ROUNDS} acknowledged=${acknowledged()} ` +
        `answers=${[...statuses].map(([status, count]) => `${status}:${count}`).join()}\n`,
    )
    expect([...statuses.keys()].filter((status) => ![0, 200, 503].includes(status))).toEqual([])
    expect(statuses.get(503)).toBeGreaterThan(0)
    await expectNothingLost(server, ...loads)
  },
)
