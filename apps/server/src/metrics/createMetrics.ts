import type { Input, Source } from '@ciclo/engine'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { FeedbackOutcome } from '../feedback/createFeedback.ts'
import type { CommittedBatch, Ingest } from '../ingest/ingest.ts'
import type { IngestVerdict } from '../ingest/ingestItem.ts'
import type { RefusalReason } from '../limits/refusal.ts'
import { VERSION } from '../version.ts'
import type { SmtpFailure } from '../mail/smtpFailure.ts'

/** Where the parts of a server tell what they do. Nothing that is told names a person. */
export interface Metrics {
  registry: Registry
  failed: (where: string) => void
  committed: (batch: CommittedBatch) => void
  /** A whole request or an event of a batch was not taken in: the code of the answer. */
  refused: (what: 'request' | 'event', code: string, count?: number) => void
  limited: (reason: RefusalReason, count: number) => void
  answered: (request: { method: string; route: string; status: number; seconds: number }) => void
  /** The server was asked to take a mail. */
  attempted: (result: 'sent' | SmtpFailure['kind'], seconds: number) => void
  /** A sender was stopped for its reputation. */
  streamStopped: (stream: { workspaceId: string; senderId: string }) => void
  /** A message came to its end. */
  ended: (state: string, reason: string | null) => void
  /** Another server was told something, or could not be. */
  webhookAttempted: (result: 'answered' | 'unanswered' | 'forbidden', seconds: number) => void
  webhookEnded: (state: string) => void
  /** Something came back about a mail: which way, and what became of it. */
  feedback: (via: string, outcome: FeedbackOutcome) => void
  /** Shows how many mail servers do not answer this process. */
  watchServers: (away: () => number) => void
  /** Shows the queue of an ingest. */
  watchQueue: (queue: Ingest['queue'], now: () => number) => void
}

const SOURCES: readonly Source[] = ['secret', 'public', 'own', 'import']
const VERDICTS: readonly IngestVerdict[] = ['applied', 'duplicate', 'parked', 'refused', 'erased']
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

const sourceOf = (input: Input) => (input.kind === 'event' ? input.source : 'timer')

export function createMetrics({ database }: { database: string }): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const failures = new Counter({
    name: 'ciclo_errors_total',
    help: 'Errors of the loops and of ingest, by where they happened',
    labelNames: ['where'],
    registers,
  })
  const events = new Counter({
    name: 'ciclo_events_total',
    help: 'Events and timers that were committed, by source and by how each ended',
    labelNames: ['source', 'verdict'],
    registers,
  })
  // What has not happened yet is 0, not absent: an alarm on silence needs the series.
  for (const source of SOURCES) for (const verdict of VERDICTS) events.inc({ source, verdict }, 0)
  const lastEvent = new Gauge({
    name: 'ciclo_last_event_timestamp_seconds',
    help: 'When this process last received an event that was new, by workspace and source',
    labelNames: ['workspace', 'source'],
    registers,
  })
  const refusals = new Counter({
    name: 'ciclo_refused_total',
    help: 'Requests, and events of a batch, that were not taken in, by the code of the answer',
    labelNames: ['what', 'code'],
    registers,
  })
  const limits = new Counter({
    name: 'ciclo_limited_total',
    help: 'Events, and requests with a wrong key, that a limit refused',
    labelNames: ['reason'],
    registers,
  })
  const commits = new Histogram({
    name: 'ciclo_commit_seconds',
    help: 'Time of a transaction of ingest, synced, without the time in the queue',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  })
  const commitItems = new Histogram({
    name: 'ciclo_commit_items',
    help: 'Events and timers in a transaction of ingest',
    buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500],
    registers,
  })
  const requests = new Histogram({
    name: 'ciclo_http_request_seconds',
    help: 'Requests by method, route pattern and status, with their time',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  })
  const smtp = new Histogram({
    name: 'ciclo_smtp_seconds',
    help: 'Attempts to hand over a mail, by result, with their time',
    labelNames: ['result'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers,
  })
  const messages = new Counter({
    name: 'ciclo_messages_total',
    help: 'Messages that came to their end in this process, by state and reason',
    labelNames: ['state', 'reason'],
    registers,
  })
  const streams = new Counter({
    name: 'ciclo_streams_stopped_total',
    help: 'Senders that were stopped for bounces, complaints or refusals, by workspace and sender',
    labelNames: ['workspace', 'sender'],
    registers,
  })
  const webhookTimes = new Histogram({
    name: 'ciclo_webhook_seconds',
    help: 'Attempts to call a webhook, by whether it answered, with their time',
    labelNames: ['result'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers,
  })
  const webhooks = new Counter({
    name: 'ciclo_webhooks_total',
    help: 'Webhooks that came to their end in this process, by state',
    labelNames: ['state'],
    registers,
  })
  for (const state of ['delivered', 'refused', 'dead']) webhooks.inc({ state }, 0)
  const feedback = new Counter({
    name: 'ciclo_feedback_total',
    help: 'Reports about mails that came back, by the way that they came and by what was made of them',
    labelNames: ['via', 'outcome'],
    registers,
  })
  const coupons = new Counter({
    name: 'ciclo_coupons_total',
    help: 'Codes of pools that runs asked for: given, or missing since their pool was empty',
    labelNames: ['result'],
    registers,
  })
  for (const result of ['given', 'missing']) coupons.inc({ result }, 0)
  new Gauge({
    name: 'ciclo_build_info',
    help: 'Always 1',
    labelNames: ['version', 'node', 'database'],
    registers,
  }).set({ version: VERSION, node: process.versions.node, database }, 1)

  const ended: Metrics['ended'] = (state, reason) => {
    // What follows a colon is particular to one message.
    messages.inc({ state, reason: reason?.split(':')[0] ?? '' })
  }

  return {
    registry,
    ended,
    failed: (where) => failures.inc({ where }),
    committed: ({ verdicts, coupons: { given, missing }, milliseconds }) => {
      coupons.inc({ result: 'given' }, given)
      coupons.inc({ result: 'missing' }, missing.length)
      commits.observe(milliseconds / 1_000)
      commitItems.observe(verdicts.size)
      const counts = new Map<string, Map<string, number>>()
      for (const [{ workspaceId, input, outcome }, verdict] of verdicts) {
        const source = sourceOf(input)
        const bySource = counts.get(source) ?? new Map<string, number>()
        counts.set(source, bySource.set(verdict, (bySource.get(verdict) ?? 0) + 1))
        if (verdict === 'applied' && input.kind === 'event')
          lastEvent.set({ workspace: workspaceId, source }, input.receivedAt / 1_000)
        if (outcome && verdict !== 'claim-lost') ended(outcome.state, outcome.reason)
      }
      for (const [source, bySource] of counts)
        for (const [verdict, count] of bySource) events.inc({ source, verdict }, count)
    },
    refused: (what, code, count = 1) => refusals.inc({ what, code }, count),
    limited: (reason, count) => limits.inc({ reason }, count),
    answered: ({ method, route, status, seconds }) => {
      requests.observe({ method: METHODS.has(method) ? method : 'other', route, status }, seconds)
    },
    attempted: (result, seconds) => smtp.observe({ result }, seconds),
    streamStopped: ({ workspaceId, senderId }) => streams.inc({ workspace: workspaceId, sender: senderId }),
    webhookAttempted: (result, seconds) => webhookTimes.observe({ result }, seconds),
    webhookEnded: (state) => webhooks.inc({ state }),
    feedback: (via, outcome) => feedback.inc({ via, outcome }),
    watchServers: (away) => {
      registry.registerMetric(
        new Gauge({
          name: 'ciclo_smtp_servers_away',
          help: 'Mail servers that do not answer this process: their mails wait',
          registers: [],
          collect() {
            this.set(away())
          },
        }),
      )
    },
    watchQueue: (queue, now) => {
      const length = new Gauge({
        name: 'ciclo_queue_items',
        help: 'Events and timers that wait for a transaction',
        registers: [],
        collect() {
          this.set(queue().length)
        },
      })
      const oldest = new Gauge({
        name: 'ciclo_queue_oldest_seconds',
        help: 'How long the first of them has waited',
        registers: [],
        collect() {
          const { oldestAt } = queue()
          this.set(oldestAt === null ? 0 : Math.max(0, now() - oldestAt) / 1_000)
        },
      })
      for (const gauge of [length, oldest]) registry.registerMetric(gauge)
    },
  }
}
