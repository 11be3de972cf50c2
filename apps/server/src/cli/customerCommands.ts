import type { Command } from 'commander'
import { CicloError } from '../errors.ts'
import { CustomerAtSchema, CustomerDetailSchema, OrdersSchema } from '../routes/apiSchemas.ts'
import { customerCommand } from './customerCommand.ts'
import { customerIdOf } from './customerIdOf.ts'
import { customerAtLines, customerLines } from './customerLines.ts'
import { quoted } from './quoted.ts'
import { readInstant } from '../imports/readInstant.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

/** Older ones are only counted. */
const ORDERS = 20

/** `ciclo customer show <id|email>`: one customer, and why it is where it is. */
export function addCustomerCommands(program: Command, surroundings: Surroundings): void {
  const { say } = surroundings
  customerCommand(program)
    .command('show')
    .description('Who somebody is, why they are in each of their states, what comes next, and their orders')
    .argument('<id or e-mail>')
    .option('--locale <language>', 'the language of the reasons: en, es, pl or ro (default: the workspace’s)')
    .action((who: string, { locale }: { locale?: string }) =>
      withApiTarget(surroundings, async (target) => {
        const path = `/customers/${encodeURIComponent(await customerIdOf(target, who))}`
        const language = locale === undefined ? '' : `?locale=${encodeURIComponent(locale)}`
        const detail = await target.request('GET', `${path}${language}`)
        const below = await target.request('GET', `${path}/orders?limit=${ORDERS}`)
        const { orders, next } = OrdersSchema.parse(await below.json())
        for (const text of customerLines(
          CustomerDetailSchema.parse(await detail.json()),
          orders,
          next !== null,
        ))
          say(text)
      }),
    )
  customerCommand(program)
    .command('at')
    .description('What somebody was at an instant of the past, by all that is known of it today')
    .argument('<id or e-mail>')
    .argument('<time>', 'ISO 8601, such as 2026-03-01 or 2026-03-01T12:00:00Z')
    .action((who: string, time: string) =>
      withApiTarget(surroundings, async (target) => {
        const at = readInstant(time)
        if (at === undefined)
          throw new CicloError(
            'bad-request',
            `time: given ${quoted(time)}, expected ISO 8601, such as 2026-03-01`,
          )
        const id = encodeURIComponent(await customerIdOf(target, who))
        const response = await target.request('GET', `/customers/${id}/at?at=${new Date(at).toISOString()}`)
        for (const text of customerAtLines(CustomerAtSchema.parse(await response.json()))) say(text)
      }),
    )
}
