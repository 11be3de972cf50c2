import type { Command } from 'commander'
import type { z } from 'zod'
import { CicloError } from '../errors.ts'
import { CustomerDetailSchema, CustomersSchema, OrdersSchema } from '../routes/apiSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { customerCommand } from './customerCommand.ts'
import { moneyText } from './moneyText.ts'
import { harmless, quoted } from './quoted.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

/** Older ones are only counted. */
const ORDERS = 20

type Detail = z.infer<typeof CustomerDetailSchema>
type Order = z.infer<typeof OrdersSchema>['orders'][number]

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

const line = (label: string, text: string) => `${label.padEnd(14)}${text}`

function orderLine({ id, at, currency, total, refunded, cancelled }: Order): string {
  const notes = [
    ...(refunded > 0 ? [`${moneyText(refunded, currency)} refunded`] : []),
    ...(cancelled ? ['cancelled'] : []),
  ]
  return [`  ${at}`, quoted(id), [moneyText(total, currency), ...notes].join(', ')].join('  ')
}

function linesOf(detail: Detail, orders: readonly Order[], hasMore: boolean): string[] {
  const { id, email, userId, claims, createdAt, parked, reasons, nextDeadlineAt } = detail
  const revenue = Object.entries(detail.orders.revenue).map(([currency, minor]) => moneyText(minor, currency))
  return [
    line('id', id),
    line('e-mail', email === null && claims.email ? `${quoted(claims.email)}, not proven` : quoted(email)),
    line(
      'userId',
      userId === null && claims.userId ? `${quoted(claims.userId)}, not proven` : quoted(userId),
    ),
    line('known since', createdAt),
    ...(parked === null ? [] : [line('parked', quoted(parked))]),
    '',
    ...Object.entries(reasons).map(([region, { sentence }]) => line(region, harmless(sentence))),
    line('next deadline', nextDeadlineAt ?? 'none'),
    '',
    line('orders', [String(detail.orders.count), ...revenue].join(', ')),
    ...orders.map(orderLine),
    ...(hasMore ? ['  and older ones'] : []),
  ]
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
        for (const text of linesOf(CustomerDetailSchema.parse(await detail.json()), orders, next !== null))
          say(text)
      }),
    )
}
