import type { Command } from 'commander'
import type { z } from 'zod'
import { CicloError } from '../errors.ts'
import { ReportSchema } from '../routes/reportSchemas.ts'
import { moneyText } from './moneyText.ts'
import { count } from './progress.ts'
import { harmless, quoted, quotedJson } from './quoted.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

type Report = z.infer<typeof ReportSchema>
type Lift = NonNullable<Report['lift']>

const KINDS = { journey: 'journeys', template: 'templates', campaign: 'campaigns' } as const
type Kind = keyof typeof KINDS

const isKind = (text: string): text is Kind => Object.hasOwn(KINDS, text)

const moneys = (revenue: Record<string, number>) =>
  Object.entries(revenue)
    .map(([currency, minor]) => moneyText(minor, currency))
    .join(', ') || '-'

const nameOf = ({ journey, campaign, variant, step, template }: Report['parts'][number]) =>
  [journey, campaign, variant, step, template].filter((name) => name !== null).join(' / ') || 'of no journey'

const shares = (estimate: NonNullable<Lift['conversion']>) =>
  [estimate.difference, estimate.low, estimate.high].map((share) => (share * 100).toFixed(1))

function* liftLines({ conversion, conversionWord, mailedPeople, heldOutPeople }: Lift): Iterable<string> {
  const people = `${count(mailedPeople)} mailed, ${count(heldOutPeople)} held out`
  if (!conversion) yield `Lift: ${conversionWord} (${people})`
  else {
    const [difference, low, high] = shares(conversion)
    yield `Lift: ${difference} points more of the mailed ordered (95 %: ${low} to ${high}; ${people}): ${conversion.verdict}`
  }
}

function* reportLines(report: Report): Iterable<string> {
  const { name, period, totals, parts, windowDays, rule, lift } = report
  yield `${quoted(name)}, from ${period.from} to ${period.to}`
  yield `  sent ${count(totals.sent)}, delivered ${count(totals.delivered)}, bounced ${count(totals.bounced)}, complained ${count(totals.complained)}, unsubscribed ${count(totals.unsubscribed)}`
  yield `  clicked in ${count(totals.clicked)} mails, by ${count(totals.people)} people`
  yield `  orders ${count(totals.orders)}, revenue ${moneys(totals.revenue)}`
  for (const part of parts)
    yield `    ${harmless(nameOf(part))}: sent ${count(part.sent)}, clicked ${count(part.clicked)}, orders ${count(part.orders)}, revenue ${moneys(part.revenue)}`
  if (lift) yield* liftLines(lift)
  yield `${rule} (${windowDays} days).`
}

/** `ciclo report journey|template|campaign <id>`: what mails have come to. */
export function addReportCommand(program: Command, surroundings: Surroundings): void {
  const { say } = surroundings
  program
    .command('report')
    .description('What the mails of a journey, template or campaign have come to, and the orders after them')
    .argument('<kind>', 'journey, template or campaign')
    .argument('<id>', 'its id, or the name of a template')
    .option('--days <number>', 'the last days, 7 to 365; of a campaign the first since it began', '28')
    .option('--json', 'the whole report as JSON')
    .action(async (kind: string, id: string, { days, json }: { days: string; json?: true }) => {
      if (!isKind(kind))
        throw new CicloError('bad-request', `kind: given "${kind}", expected journey, template or campaign`)
      const path = `/reports/${KINDS[kind]}/${encodeURIComponent(id)}?days=${encodeURIComponent(days)}`
      const report = await withApiTarget(surroundings, async ({ request }) =>
        ReportSchema.parse(await (await request('GET', path)).json()),
      )
      if (json) say(quotedJson(report))
      else for (const line of reportLines(report)) say(line)
    })
}
