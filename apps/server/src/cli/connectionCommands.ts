import { Option, type Command } from 'commander'
import { CicloError } from '../errors.ts'
import { PLATFORMS } from '../platforms/platforms.ts'
import {
  ConnectionAnswerSchema,
  ConnectionMadeSchema,
  ConnectionsSchema,
  DeliveriesSchema,
} from '../routes/connectionSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { quoted } from './quoted.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

const MOST_SHOWN = 100
const pathOf = (id: string) => `/connections/${encodeURIComponent(id)}`

interface AddOptions {
  name?: string
  address?: string
  ids: boolean
}

/** Secrets come from the environment: arguments stand in the list of processes and in the shell's history. */
const FROM_ENVIRONMENT = {
  secret: 'SHOP_SECRET',
  token: 'SHOP_TOKEN',
  key: 'SHOP_KEY',
  keySecret: 'SHOP_KEY_SECRET',
} as const

function secretsIn({ environment }: Surroundings): Record<string, string> {
  const found = Object.entries(FROM_ENVIRONMENT).flatMap(([field, variable]) => {
    const value = environment[variable]
    return value ? [[field, value] as const] : []
  })
  return Object.fromEntries(found)
}

async function list({ request }: ApiTarget, { say }: Surroundings): Promise<void> {
  const { connections } = ConnectionsSchema.parse(await (await request('GET', '/connections')).json())
  for (const { id, platform, name, active, heardAt, problem } of connections) {
    say([id, platform, quoted(name), active ? 'on' : 'off', `heard ${heardAt ?? 'never'}`].join('  '))
    if (problem !== null) say(`  ${quoted(problem)}`)
  }
  if (connections.length === 0) say('There is none: ciclo connect add <platform>')
}

async function add(
  { request }: ApiTarget,
  platform: string,
  { name, address, ids }: AddOptions,
  surroundings: Surroundings,
): Promise<void> {
  const { say, warn } = surroundings
  const response = await request('POST', '/connections', {
    platform,
    knowsIds: ids,
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
    ...secretsIn(surroundings),
  })
  const made = ConnectionMadeSchema.parse(await response.json())
  say(made.id)
  warn(`Have ${made.name} send its webhooks to ${made.url}`)
  if (made.topics.length > 0) warn(`Topics: ${made.topics.join(', ')}`)
  if (made.secret !== null) warn(`They have to be signed with this secret, shown this once: ${made.secret}`)
}

async function deliveries(
  { request }: ApiTarget,
  id: string,
  state: string | undefined,
  { say, warn }: Surroundings,
): Promise<void> {
  const filter = state === undefined ? '' : `&state=${encodeURIComponent(state)}`
  const response = await request('GET', `${pathOf(id)}/deliveries?limit=${MOST_SHOWN}${filter}`)
  const page = DeliveriesSchema.parse(await response.json())
  for (const { receivedAt, state: ended, topic, events, products, reason } of page.deliveries)
    say(
      [
        receivedAt,
        ended.padEnd(7),
        quoted(topic),
        `${events} events`,
        `${products} products`,
        quoted(reason),
      ].join('  '),
    )
  if (page.deliveries.length === 0) say('Nothing has come in.')
  if (page.next !== null) warn(`The newest ${MOST_SHOWN}: there are older ones`)
}

/** `ciclo connect add|list|deliveries|on|off|remove`: the shop systems that Ciclo listens to. */
export function addConnectionCommands(program: Command, surroundings: Surroundings): Command {
  const { say } = surroundings
  const run = (work: (target: ApiTarget) => Promise<void>) => withApiTarget(surroundings, work)
  const connect = program
    .command('connect')
    .description('Shop systems that Ciclo listens to, as docs/connect.md tells')
  connect
    .command('list')
    .description('Those that are connected, and when each was last heard of')
    .action(() => run((target) => list(target, surroundings)))
  connect
    .command('add')
    .description(
      'Connect a shop system. Its secrets are read from SHOP_SECRET (signs webhooks), SHOP_TOKEN (Shopify), SHOP_KEY and SHOP_KEY_SECRET (WooCommerce)',
    )
    .argument('<platform>', PLATFORMS.join(', '))
    .addOption(new Option('--name <name>', 'for people'))
    .addOption(new Option('--address <url>', 'where its API is, such as https://example.myshopify.com'))
    .addOption(new Option('--no-ids', "the shop's pages do not know customers by the system's ids"))
    .action((platform: string, options: AddOptions) =>
      run((target) => add(target, platform, options, surroundings)),
    )
  connect
    .command('deliveries')
    .description('The newest of what came from one, and what was made of it')
    .argument('<id>')
    .option('--state <state>', 'taken, ignored or refused; all, if left out')
    .action((id: string, { state }: { state?: string }) =>
      run((target) => deliveries(target, id, state, surroundings)),
    )
  for (const [word, active] of [
    ['on', true],
    ['off', false],
  ] as const)
    connect
      .command(word)
      .description(active ? 'Listen to one again' : 'Take nothing in from one')
      .argument('<id>')
      .action((id: string) =>
        run(async ({ request }) => {
          const response = await request('PATCH', pathOf(id), { active })
          say(`${ConnectionAnswerSchema.parse(await response.json()).name}: ${word}`)
        }),
      )
  connect
    .command('remove')
    .description('End a connection; what it has told stays')
    .argument('<id>')
    .option('--yes', 'do not ask')
    .action((id: string, { yes = false }: { yes?: boolean }) =>
      run(async ({ request }) => {
        if (!yes)
          throw new CicloError('bad-request', `Nothing is removed: give --yes to end the connection ${id}`)
        await request('DELETE', pathOf(id))
        say(`${id}: removed`)
      }),
    )
  return connect
}
