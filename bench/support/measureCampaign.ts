import { setTimeout as wait } from 'node:timers/promises'
import { startChildServer } from './childServer.ts'
import { startCountingSmtp } from './countingSmtp.ts'
import { fillSubscribers } from './fillSubscribers.ts'
import { perSecond, type Report } from './inTurns.ts'
import { SECRET_KEY, WRITE_KEY } from './openCiclo.ts'
import { sendLoad } from './sendLoad.ts'
import { shopEvents } from './shopEvents.ts'
import { percentile } from './statistics.ts'
import { withFolder } from './withFolder.ts'

const RECIPIENTS = 100_000
/** So many of its mails are waited for: the rest would only be more of the same. */
const MAILS = Number(process.env['CICLO_BENCH_CAMPAIGN_MAILS'] ?? 10_000)
/** Those who go on sending events meanwhile, each one event at a time. */
const CONNECTIONS = 8
/** How long the events come in before the campaign is started: milliseconds. */
const BEFORE = 6_000
const MEGABYTE = 1_048_576

interface Figures {
  status: string
  audience: number
  sent: number
}

/** One shop event after the other on each connection, without a pause, until `stop`; and how long each took. */
function loadOn(port: number) {
  const stopped = new AbortController()
  let latencies: number[] = []
  const run = async () => {
    while (!stopped.signal.aborted) {
      const posts = shopEvents(2_000, CONNECTIONS).map((event) => ({
        path: `/v1/${event.type}`,
        body: JSON.stringify(event),
      }))
      const load = { port, key: WRITE_KEY, posts, connections: CONNECTIONS, timeLimit: 1_000 }
      latencies.push(...(await sendLoad(load)).latencies)
    }
  }
  const running = run()
  return {
    /** Those since this was asked last. */
    take: () => {
      const taken = latencies
      latencies = []
      return taken
    },
    stop: async () => {
      stopped.abort()
      await running
    },
  }
}

/**
 * A campaign to 100,000 customers on a server that takes events meanwhile: how fast its audience is frozen and its mails
 * go, what that does to the events, and whether it takes more memory than the events alone.
 */
export const measureCampaign = (report: Report) =>
  withFolder(async (folder) => {
    await fillSubscribers(folder, RECIPIENTS)
    const smtp = await startCountingSmtp()
    const server = await startChildServer('cicloServer.ts', [folder, smtp.url])
    const ask = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
      const response = await fetch(`http://127.0.0.1:${server.port}/api/campaigns/${path}`, {
        method,
        headers: { authorization: `Bearer ${SECRET_KEY}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (!response.ok) throw new Error(`${path} was answered ${await response.text()}`)
      return (await response.json()) as Answer
    }
    const load = loadOn(server.port)
    const memoryUntil = async (isOver: () => Promise<boolean>): Promise<number> => {
      let most = 0
      while (!(await isOver())) {
        most = Math.max(most, await server.memory())
        await wait(100)
      }
      return most
    }
    try {
      const begun = Date.now()
      const before = await memoryUntil(() => Promise.resolve(Date.now() - begun > BEFORE))
      const alone = load.take()
      await ask('PUT', 'spring', {
        name: 'Spring',
        audience: { rule: { kind: 'reachable' } },
        template: 'win-back',
      })
      await ask('POST', 'spring/start')
      const startedAt = performance.now()
      let figures: Figures = { status: 'freezing', audience: 0, sent: 0 }
      const look = async () => {
        figures = await ask<Figures>('GET', 'spring/figures')
      }
      const frozen = await memoryUntil(async () => {
        await look()
        return figures.status !== 'freezing'
      })
      const frozenAt = performance.now()
      if (figures.audience !== RECIPIENTS)
        throw new Error(`${figures.audience} customers were frozen, expected ${RECIPIENTS}`)
      const whileFreezing = load.take()
      const first = smtp.count()
      const sent = await memoryUntil(async () => {
        await look()
        return smtp.count() >= MAILS
      })
      const sending = performance.now() - frozenAt
      const mails = smtp.count() - first
      const whileSending = load.take()
      const freezing = frozenAt - startedAt
      report({ name: 'mail.campaign.frozen', value: perSecond(RECIPIENTS, freezing), unit: 'recipients/s' })
      report({ name: 'mail.campaign.sent', value: perSecond(mails, sending), unit: 'mails/s' })
      report({ name: 'mail.campaign.ingest.p99.baseline', value: percentile(alone, 99), unit: 'ms' })
      report({ name: 'mail.campaign.ingest.p99.frozen', value: percentile(whileFreezing, 99), unit: 'ms' })
      report({ name: 'mail.campaign.ingest.p99.sent', value: percentile(whileSending, 99), unit: 'ms' })
      report({ name: 'mail.campaign.memory.baseline', value: before / MEGABYTE, unit: 'MB' })
      const most = Math.max(frozen, sent)
      report({ name: 'mail.campaign.memory', value: most / MEGABYTE, unit: 'MB', ratio: most / before })
    } finally {
      await load.stop()
      await server.stop()
      await smtp.stop()
    }
  })
