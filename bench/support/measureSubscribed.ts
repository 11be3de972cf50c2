import { join } from 'node:path'
import { mkdir } from 'node:fs/promises'
import { openCiclo, SECRET_KEY } from './openCiclo.ts'
import { inTurns, perSecond, reportPair, type Report } from './inTurns.ts'
import { shopEvents } from './shopEvents.ts'
import { withFolder } from './withFolder.ts'

const EVENTS = 5_000
const BATCH = 100

/** A shop of its own, of whose events so many servers are told. */
async function openSubscribed(folder: string, subscribers: number, events: readonly string[]) {
  await mkdir(folder)
  const opened = await openCiclo(folder, { smtpUrl: 'smtp://127.0.0.1:1' })
  const post = async (path: string, body: unknown) => {
    const response = await opened.ciclo.app.request(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${SECRET_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  }
  for (let place = 0; place < subscribers; place += 1)
    await post('/api/subscriptions', { name: `s${place}`, url: `https://s${place}.example`, events })
  return {
    stop: opened.stop,
    /** Events a second. */
    run: async () => {
      const all = shopEvents(EVENTS, 10)
      const startedAt = performance.now()
      for (let first = 0; first < all.length; first += BATCH)
        await post('/v1/batch', { batch: all.slice(first, first + BATCH) })
      return perSecond(all.length, performance.now() - startedAt)
    },
  }
}

/**
 * What it costs to take events in where servers are told of them: of all, and of orders alone, against a shop in which
 * nobody has subscribed.
 */
export async function measureSubscribed(report: Report): Promise<void> {
  await withFolder(async (folder) => {
    const nobody = await openSubscribed(join(folder, 'nobody'), 0, [])
    const orders = await openSubscribed(join(folder, 'orders'), 1, ['Order Completed'])
    const all = await openSubscribed(join(folder, 'all'), 1, [])
    try {
      const told = await inTurns(orders.run, nobody.run)
      reportPair(report, 'webhooks.ingest.orders', 'events/s', told.subjects, told.baselines)
      const everything = await inTurns(all.run, nobody.run)
      reportPair(report, 'webhooks.ingest.all', 'events/s', everything.subjects, everything.baselines)
    } finally {
      await Promise.all([nobody.stop(), orders.stop(), all.stop()])
    }
  })
}
