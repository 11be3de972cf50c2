import type { Command } from 'commander'
import { WebhookDetailSchema, WebhookSecretSchema, WebhooksSchema } from '../routes/webhookSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { quoted, quotedJson } from './quoted.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

const MOST_SHOWN = 200
const pathOf = (id: string) => `/webhooks/${encodeURIComponent(id)}`

async function list(
  { request }: ApiTarget,
  state: string | undefined,
  { say, warn }: Surroundings,
): Promise<void> {
  const filter = state === undefined ? '' : `&state=${encodeURIComponent(state)}`
  const response = await request('GET', `/webhooks?limit=${MOST_SHOWN}${filter}`)
  const { webhooks, next } = WebhooksSchema.parse(await response.json())
  for (const { id, createdAt, attempts, url, reason, ...webhook } of webhooks)
    say([id, createdAt, webhook.state.padEnd(9), attempts, quoted(url), quoted(reason)].join('  '))
  if (webhooks.length === 0) say('There is none.')
  if (next !== null) warn(`The newest ${MOST_SHOWN}: there are older ones`)
}

/** `ciclo webhooks list|show|retry|secret`: what journeys tell other servers. */
export function addWebhookCommands(program: Command, surroundings: Surroundings): void {
  const { say, warn } = surroundings
  const run = (work: (target: ApiTarget) => Promise<void>) => withApiTarget(surroundings, work)
  const webhooks = program
    .command('webhooks')
    .description('What journeys tell other servers, as docs/webhooks.md tells')
  webhooks
    .command('list')
    .description('The newest of them, how often each was tried, and what the last try came to')
    .option('--state <state>', 'queued, sending, delivered, refused or dead; all, if left out')
    .action(({ state }: { state?: string }) => run((target) => list(target, state, surroundings)))
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
