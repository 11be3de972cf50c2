import type { ComposedMail } from '../apps/server/src/mail/composeMail.ts'
import type { BenchLine } from '../scripts/support/benchGroups.ts'
import { measureCampaign } from './support/measureCampaign.ts'
import { measureHandOver } from './support/measureHandOver.ts'
import { prepareRenders } from './support/renderMails.ts'
import { median } from './support/statistics.ts'

const ROUNDS = 9
const WARM_UP_ROUNDS = 3
/** Times all templates in all languages, in each round. */
const REPETITIONS = 10

type Report = (line: BenchLine) => void

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  for (let repetition = 0; repetition < REPETITIONS; repetition += 1) await work()
  return performance.now() - startedAt
}

/** Returns a welcome mail in English. */
async function measureRenders(report: Report): Promise<ComposedMail> {
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
  const welcome = mails.find(({ content }) => content.headers['Feedback-ID']?.startsWith('welcome:'))
  if (!welcome) throw new Error('None of the shipped mails is a welcome mail')
  return welcome
}

/**
 * Mails composed on one core (template, link tokens, headers), against a bare LiquidJS render of as much text; then the
 * real sender from the outbox to an SMTP server, against bare nodemailer; then a campaign to 100,000 while events come in.
 */
export default async function measureMail(report: Report): Promise<void> {
  const welcome = await measureRenders(report)
  await measureHandOver(report, welcome)
  await measureCampaign(report)
}
