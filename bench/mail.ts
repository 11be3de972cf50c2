import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EventInput } from '@ciclo/engine'
import type { BenchLine } from '../scripts/support/benchGroups.ts'
import { startCountingSmtp } from './support/countingSmtp.ts'
import { openCiclo } from './support/openCiclo.ts'
import { prepareRenders } from './support/renderMails.ts'
import { median } from './support/statistics.ts'

const ROUNDS = 9
const WARM_UP_ROUNDS = 3
/** Times all templates in all languages, in each round. */
const REPETITIONS = 10
const QUEUED_MAILS = 2_000

type Report = (line: BenchLine) => void

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  for (let repetition = 0; repetition < REPETITIONS; repetition += 1) await work()
  return performance.now() - startedAt
}

async function measureRenders(report: Report): Promise<void> {
  const { compose, renderBare, size } = await prepareRenders()
  const mails = await compose()
  const rounds: { subject: number; baseline: number }[] = []
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    const baseline = await milliseconds(async () => renderBare())
    const subject = await milliseconds(compose)
    if (round >= WARM_UP_ROUNDS) rounds.push({ subject, baseline })
  }
  const perSecond = (time: number) => (mails.length * REPETITIONS * 1_000) / time
  report({ name: 'mail.render.size', value: Math.round(size / 1024), unit: 'KB' })
  report({
    name: 'mail.render.baseline',
    value: median(rounds.map(({ baseline }) => perSecond(baseline))),
    unit: 'mails/s',
  })
  report({
    name: 'mail.render.mails',
    value: median(rounds.map(({ subject }) => perSecond(subject))),
    unit: 'mails/s',
    ratio: median(rounds.map(({ subject, baseline }) => baseline / subject)),
  })
}

/** With the secret key this proves the address and the permission, which starts the welcome journey at once. */
function subscription(place: number): EventInput {
  const at = Date.now()
  return {
    kind: 'event',
    id: `subscribed-${place}`,
    at,
    receivedAt: at,
    source: 'secret',
    event: {
      type: 'track',
      name: 'Subscribed',
      userId: `u${place}`,
      properties: { email: `customer.${place}@example.com` },
      traits: {},
      context: {},
    },
  }
}

async function measureSender(report: Report): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ciclo-bench-'))
  const smtp = await startCountingSmtp()
  const { ciclo, workspaceId, stop } = await openCiclo(folder, { smtpUrl: smtp.url })
  try {
    const items = Array.from({ length: QUEUED_MAILS }, (_, place) => ({
      workspaceId,
      input: subscription(place),
    }))
    await ciclo.ingest.submit(items)
    const startedAt = performance.now()
    // Claims, decides, renders, sends and records, until nothing is due any more.
    await ciclo.settle()
    const seconds = (performance.now() - startedAt) / 1_000
    if (smtp.count() !== QUEUED_MAILS)
      throw new Error(`${smtp.count()} mails arrived, expected ${QUEUED_MAILS}`)
    report({ name: 'mail.sender.mails', value: QUEUED_MAILS / seconds, unit: 'mails/s' })
  } finally {
    await stop()
    await smtp.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Mails composed on one core (template, link tokens, headers), against a bare LiquidJS render of as much text; then the
 * real sender loop from the outbox to an SMTP server in the same process.
 */
export default async function measureMail(report: Report): Promise<void> {
  await measureRenders(report)
  await measureSender(report)
}
