import { resolve } from 'node:path'
import type { Command } from 'commander'
import { CicloError } from '../errors.ts'
import {
  ReplayedSchema,
  SubscriptionSchema,
  SubscriptionsSchema,
  SubscriptionTestSchema,
} from '../routes/subscriptionSchemas.ts'
import { WebhookDetailSchema, WebhookSecretSchema, WebhooksSchema } from '../routes/webhookSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { SUBSCRIPTION_FORMATS } from '../subscriptions/subscription.ts'
import { quoted, quotedJson } from './quoted.ts'
import { readTextFile } from './readTextFile.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

const MOST_SHOWN = 200
const pathOf = (id: string) => `/webhooks/${encodeURIComponent(id)}`

interface Filter {
  state?: string
  subscription?: string
  event?: string
}

async function list({ request }: ApiTarget, filter: Filter, { say, warn }: Surroundings): Promise<void> {
  const query = new URLSearchParams({ limit: String(MOST_SHOWN), ...filter })
  const response = await request('GET', `/webhooks?${query.toString()}`)
  const { webhooks, next } = WebhooksSchema.parse(await response.json())
  for (const { id, createdAt, attempts, url, reason, ...webhook } of webhooks)
    say([id, createdAt, webhook.state.padEnd(9), attempts, quoted(url), quoted(reason)].join('  '))
  if (webhooks.length === 0) say('There is none.')
  if (next !== null) warn(`The newest ${MOST_SHOWN}: there are older ones`)
}

async function listSubscriptions({ request }: ApiTarget, say: Surroundings['say']): Promise<void> {
  const { subscriptions } = SubscriptionsSchema.parse(await (await request('GET', '/subscriptions')).json())
  for (const { id, name, url, events, format, active, failingSince, problem } of subscriptions) {
    const state = active ? (failingSince === null ? 'on' : `failing since ${failingSince}`) : 'off'
    const what = events.length === 0 ? 'all events' : events.join(', ')
    say([id, format, state, quoted(name), quoted(url), quoted(what), quoted(problem)].join('  '))
  }
  if (subscriptions.length === 0) say('Nobody has subscribed.')
}

interface SubscribeFlags {
  name?: string
  event?: string[]
  format: string
  account?: string
  inbox?: string
  tokenFile?: string
}

/** A token stands in a file: what is typed is kept by shells, and shown by lists of processes. */
async function subscribe(
  { request }: ApiTarget,
  url: string,
  { name, event = [], format, account, inbox, tokenFile }: SubscribeFlags,
  { say, folder }: Surroundings,
): Promise<void> {
  const token = tokenFile === undefined ? undefined : (await readTextFile(resolve(folder, tokenFile))).trim()
  const options = {
    ...(account === undefined ? {} : { account: Number(account) }),
    ...(inbox === undefined ? {} : { inbox: Number(inbox) }),
  }
  const host = URL.canParse(url) ? new URL(url).host : url
  const change = { name: name ?? host, url, events: event, format, options }
  const response = await request('POST', '/subscriptions', { ...change, ...(token ? { token } : {}) })
  const { id } = SubscriptionSchema.parse(await response.json())
  const test = await request('POST', `/subscriptions/${encodeURIComponent(id)}/test`)
  const { taken, status, answer } = SubscriptionTestSchema.parse(await test.json())
  say(`${id}: told from now on`)
  say(`An invented event was ${taken ? 'taken' : 'not taken'}: ${status ?? ''} ${quoted(answer)}`)
}

/** `ciclo webhooks list|show|retry|replay|subscribe|subscriptions|unsubscribe|secret`: what other servers are told. */
export function addWebhookCommands(program: Command, surroundings: Surroundings): void {
  const { say, warn } = surroundings
  const run = (work: (target: ApiTarget) => Promise<void>) => withApiTarget(surroundings, work)
  const webhooks = program
    .command('webhooks')
    .description('What other servers are told, as docs/webhooks.md tells')
  webhooks
    .command('list')
    .description('The newest of them, how often each was tried, and what the last try came to')
    .option('--state <state>', 'queued, sending, delivered, refused or dead; all, if left out')
    .option('--subscription <id>', 'what this one is told')
    .option('--event <name>', 'what is told of these events')
    .action((filter: Filter) => run((target) => list(target, filter, surroundings)))
  webhooks
    .command('show')
    .description('One of them with what it says')
    .argument('<id>')
    .action((id: string) =>
      run(async ({ request }) => say(quotedJson(await (await request('GET', pathOf(id))).json()))),
    )
  webhooks
    .command('retry')
    .description('Send one that was refused or given up once more')
    .argument('<id>')
    .action((id: string) =>
      run(async ({ request }) => {
        const response = await request('POST', `${pathOf(id)}/retry`)
        say(`${WebhookDetailSchema.parse(await response.json()).id}: is sent when a server runs`)
      }),
    )
  webhooks
    .command('replay')
    .description('Send one once more, also if it was delivered; or all of a subscription that never were')
    .argument('[id]')
    .option('--subscription <id>', 'all of this one that were refused or given up')
    .action((id: string | undefined, { subscription }: { subscription?: string }) =>
      run(async ({ request }) => {
        if ((id === undefined) === (subscription === undefined))
          throw new CicloError('bad-request', 'Expected either the id of one or --subscription')
        if (id !== undefined) {
          const response = await request('POST', `${pathOf(id)}/replay`)
          say(`${WebhookDetailSchema.parse(await response.json()).id}: is sent when a server runs`)
        } else if (subscription !== undefined) {
          const response = await request('POST', `/subscriptions/${encodeURIComponent(subscription)}/replay`)
          say(`${ReplayedSchema.parse(await response.json()).replayed} are sent when a server runs`)
        }
      }),
    )
  webhooks
    .command('subscribe')
    .description('Have a server or a chat tool told of events from now on, and try it out')
    .argument('<url>')
    .option('--name <name>', 'what it is called; its host, if left out')
    .option('--event <names...>', 'which events, or customer.transition; all, if left out')
    .option('--format <format>', SUBSCRIPTION_FORMATS.join(', '), 'standard')
    .option('--account <number>', 'of chatwoot')
    .option('--inbox <number>', 'of chatwoot')
    .option('--token-file <file>', 'of chatwoot: a file with the access token of an agent or a bot')
    .action((url: string, flags: SubscribeFlags) =>
      run((target) => subscribe(target, url, flags, surroundings)),
    )
  webhooks
    .command('subscriptions')
    .description('Who is told of which events')
    .action(() => run((target) => listSubscriptions(target, say)))
  webhooks
    .command('unsubscribe')
    .description('Tell a subscriber nothing more')
    .argument('<id>')
    .action((id: string) =>
      run(async ({ request }) => {
        await request('DELETE', `/subscriptions/${encodeURIComponent(id)}`)
        say(`${id}: is told nothing more`)
      }),
    )
  webhooks
    .command('secret')
    .description('Show the secret by which receivers verify signatures')
    .option('--renew', 'make a new one: everything from now on is signed with it alone')
    .action(({ renew = false }: { renew?: boolean }) =>
      run(async ({ request, description }) => {
        const response = renew
          ? await request('POST', '/webhooks/secret/renew')
          : await request('GET', '/webhooks/secret')
        const { secret, version } = WebhookSecretSchema.parse(await response.json())
        say(secret)
        warn(`version ${version}, of ${description}; for the receivers of your webhooks only`)
      }),
    )
}
