import type { Share } from '@ciclo/engine'
import type { Command } from 'commander'
import type { z } from 'zod'
import { AttributionSchema, FunnelSchema, MetricsSchema, SourcesSchema } from '../routes/insightSchemas.ts'
import { moneyText } from './moneyText.ts'
import { insightCommand } from './insightCommand.ts'
import { quoted, quotedJson } from './quoted.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

interface PeriodOptions {
  from?: string
  to?: string
  json?: true
}

const percent = ({ value, word }: Share) => (value === null ? word : `${(value * 100).toFixed(1)} %`)
const amount = ({ value, word }: Share, currency: string) =>
  value === null ? word : moneyText(value, currency)
const moneys = (revenue: Record<string, number>) =>
  Object.entries(revenue)
    .map(([currency, minor]) => moneyText(minor, currency))
    .join(', ') || '-'
const line = (name: string, ...words: (string | null)[]) => `  ${name.padEnd(20)}  ${words.join('  ')}`
const periodText = ({ from, to }: { from: string; to: string }) => `From ${from} to ${to}`

function* metricLines(found: z.infer<typeof MetricsSchema>): Iterable<string> {
  const { customerChurnRate: churn, repeatPurchaseRate: repeats, purchaseFrequency: frequency } = found
  yield periodText(found.period)
  yield line(
    'churn rate',
    percent(churn),
    `${churn.numerator} of ${churn.denominator} who had bought since ${found.activeSince} did not buy`,
  )
  yield line(
    'repeat purchases',
    percent(repeats),
    `${repeats.numerator} of ${repeats.denominator} buyers bought again`,
  )
  yield line(
    'purchase frequency',
    frequency.value === null ? frequency.word : frequency.value.toFixed(2),
    `${frequency.numerator} orders of ${frequency.denominator} buyers`,
  )
  const sales = Object.entries(found.averageOrderValue.currencies)
  for (const [currency, share] of sales) {
    const counts = `${moneyText(share.numerator, currency)} of ${share.denominator} orders`
    yield line('average order', amount(share, currency), counts)
  }
  if (sales.length === 0) yield line('average order', 'not enough data yet')
  const lifetimes = Object.entries(found.customerLifetimeValue.currencies)
  for (const [currency, { historic, predicted, total }] of lifetimes) {
    yield line('lifetime value', amount(historic, currency), `so far, of ${historic.denominator} customers`)
    yield line('', amount(predicted, currency), `in the next 365 days, of ${predicted.denominator} customers`)
    yield line('', amount(total, currency), 'together')
  }
  if (lifetimes.length === 0) yield line('lifetime value', 'not enough data yet')
}

function* funnelLines({ period, steps }: z.infer<typeof FunnelSchema>): Iterable<string> {
  yield periodText(period)
  for (const { step, customers, atAll, ofPrevious, dropOff } of steps)
    yield line(
      step,
      `${customers} customers`,
      step === 'view' ? '' : `${percent(ofPrevious)} went on, ${percent(dropOff)} did not`,
      atAll > customers ? `(${atAll} at all)` : '',
    ).trimEnd()
}

function* sourceLines({ sources, left }: z.infer<typeof SourcesSchema>): Iterable<string> {
  for (const { source, medium, customers, buyers, lifetimeValue } of sources) {
    yield `${source === null ? 'nothing known' : quoted(source)} / ${quoted(medium)}`
    yield line('', `${customers} customers, ${buyers} buyers`)
    for (const [currency, { historic, total }] of Object.entries(lifetimeValue))
      yield line(
        'lifetime value',
        `${amount(historic, currency)} so far`,
        `${amount(total, currency)} with what is expected`,
      )
  }
  if (sources.length === 0) yield 'No customer is known.'
  if (left > 0) yield `... and ${left} more sources`
}

function* attributionLines(found: z.infer<typeof AttributionSchema>): Iterable<string> {
  const { all, credited, mails } = found
  yield `${periodText(found.period)}, to the last click within ${found.windowDays} days`
  yield line('orders', String(all.orders), moneys(all.revenue))
  yield line('after a mail', String(credited.orders), moneys(credited.revenue), percent(credited.ofOrders))
  for (const { journeyId, template, orders, customers, revenue } of mails)
    yield `    ${quoted(journeyId)}  ${quoted(template)}  ${orders} orders of ${customers} customers  ${moneys(revenue)}`
}

/** `ciclo insight metrics|funnel|sources|attribution`: what the customers and orders add up to. */
export function addInsightCommands(program: Command, surroundings: Surroundings): void {
  const { say } = surroundings
  const insight = insightCommand(program)

  const ask = async <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    linesOf: (found: z.infer<Schema>) => Iterable<string>,
    json: true | undefined,
  ) =>
    await withApiTarget(surroundings, async ({ request }) => {
      const found = schema.parse(await (await request('GET', `/insight/${path}`)).json())
      if (json) say(quotedJson(found))
      else for (const text of linesOf(found)) say(text)
    })

  const addPeriodCommand = <Schema extends z.ZodType>(
    name: string,
    description: string,
    schema: Schema,
    linesOf: (found: z.infer<Schema>) => Iterable<string>,
  ) =>
    insight
      .command(name)
      .description(description)
      .option('--from <time>', 'a date or time of ISO 8601; 365 days before the end, if left out')
      .option('--to <time>', 'up to and without; now, if left out')
      .option('--json', 'everything, as the API answers it')
      .action(({ from, to, json }: PeriodOptions) => {
        const query = new URLSearchParams({ ...(from && { from }), ...(to && { to }) })
        return ask(`${name}?${query.toString()}`, schema, linesOf, json)
      })

  addPeriodCommand(
    'metrics',
    'Churn rate, repeat purchases, purchase frequency, average order and lifetime value',
    MetricsSchema,
    metricLines,
  )
  addPeriodCommand('funnel', 'From a view to an order', FunnelSchema, funnelLines)
  addPeriodCommand('attribution', 'Which mails the orders followed', AttributionSchema, attributionLines)
  insight
    .command('sources')
    .description('Where the customers came from, and what they have brought')
    .option(
      '--touch <which>',
      'the first visit of each, or the last one with a source: first or last',
      'first',
    )
    .option('--json', 'everything, as the API answers it')
    .action(({ touch, json }: { touch: string; json?: true }) =>
      ask(`sources?touch=${encodeURIComponent(touch)}`, SourcesSchema, sourceLines, json),
    )
}
