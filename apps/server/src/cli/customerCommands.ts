import type { Command } from 'commander'
import { CicloError } from '../errors.ts'
import {
  CustomerAtSchema,
  CustomerDetailSchema,
  CustomersSchema,
  OrdersSchema,
} from '../routes/apiSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { customerCommand } from './customerCommand.ts'
import { customerAtLines, customerLines } from './customerLines.ts'
import { quoted } from './quoted.ts'
import { readInstant } from './readInstant.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

/** Older ones are only counted. */
const ORDERS = 20

/** An id is taken as it is; an e-mail must be of one customer only. */
async function idOf({ request }: ApiTarget, who: string): Promise<string> {
  if (!who.includes('@')) return who
  const response = await request('GET', `/customers?email=${encodeURIComponent(who)}`)
  const { customers } = CustomersSchema.parse(await response.json())
  const [first, ...others] = customers
  if (!first) throw new CicloError('not-found', `There is no customer with the e-mail ${quoted(who)}`)
  if (others.length === 0) return first.id
  throw new CicloError(
    'bad-request',
    `${customers.length} customers claim the e-mail ${quoted(who)}: name one of them by its id, ${customers.map(({ id }) => id).join(', ')}`,
  )
}

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
        const path = `/customers/${encodeURIComponent(await idOf(target, who))}`
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
        const id = encodeURIComponent(await idOf(target, who))
        const response = await target.request('GET', `/customers/${id}/at?at=${new Date(at).toISOString()}`)
        for (const text of customerAtLines(CustomerAtSchema.parse(await response.json()))) say(text)
      }),
    )
}
