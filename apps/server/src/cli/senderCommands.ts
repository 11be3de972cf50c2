import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { CicloError } from '../errors.ts'
import {
  DeletedSenderSchema,
  SenderSchema,
  SendersSchema,
  TestAnswerSchema,
  type ShownSender,
} from '../routes/senderSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { createApiRun } from './createApiRun.ts'
import { quoted, quotedJson } from './quoted.ts'
import type { Surroundings } from './surroundings.ts'

const pathOf = (id: string) => `/senders/${encodeURIComponent(id)}`

const SET_HELP = `
The file is JSON, as docs/sending.md tells; "-" reads it from standard input, so that no password is left on the disk:
  { "purpose": "marketing", "from": { "name": "Shop", "address": "news@shop.example" },
    "server": { "preset": "ses", "region": "eu-west-1", "user": "...", "password": "..." } }`

function lineOf({ id, purpose, status, isMain, isInstallation, from, server, reason }: ShownSender): string {
  const what = [status, isMain ? 'main' : '', isInstallation ? 'of the installation' : ''].filter(Boolean)
  const where = server ? `${server.preset} ${server.host}:${server.port}` : "the installation's server"
  const why = reason === null ? '' : `  ${quoted(reason)}`
  return `${id}  ${purpose}  ${what.join(', ')}  ${quoted(from.address)}  ${quoted(where)}${why}`
}

/** What was looked up, what was seen, and what to set. */
function* checkLines({ check }: ShownSender): Generator<string> {
  for (const { status, check: name, lookedUp, seen, found, advice, set } of check?.records ?? []) {
    yield `${status.padEnd(4)}  ${name}: ${quoted(found)}`
    if (lookedUp.length > 0) yield `      looked up  ${lookedUp.map(quoted).join(', ')}`
    for (const one of seen) yield `      seen       ${quoted(one)}`
    if (advice !== undefined) yield `      do         ${quoted(advice)}`
    if (set) yield `      set        ${set.type} ${quoted(set.name)} ${quoted(set.value)}`
  }
}

/** An answer of the API about one sender. */
const ask = async ({ request }: ApiTarget, method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) =>
  SenderSchema.parse(await (await request(method, path, body)).json())

/** `ciclo senders list|show|set|delete|dkim|check|test|live|stop|resume`: who mails come from, and by which server. */
export function addSenderCommands(
  program: Command,
  surroundings: Surroundings,
  exitWith: (code: number) => void,
): void {
  const { say, folder } = surroundings
  const run = createApiRun(surroundings, exitWith)
  const senders = program
    .command('senders')
    .description('Who mails come from, and by which server: as docs/sending.md tells')

  senders
    .command('list')
    .description('Every sender, and how it stands')
    .action(() =>
      run(async ({ request }) => {
        const all = SendersSchema.parse(await (await request('GET', '/senders')).json())
        for (const sender of all.senders) say(lineOf(sender))
      }),
    )
  senders
    .command('show')
    .description('One sender with its limits, its figures and its last check; nothing secret')
    .argument('<id>')
    .action((id: string) =>
      run(async (target) => {
        say(quotedJson(await ask(target, 'GET', pathOf(id))))
      }),
    )
  senders
    .command('set')
    .description('Set up a sender, or change what the file names')
    .argument('<id>', 'lower-case words joined by hyphens')
    .argument('<file>', 'JSON; - for standard input')
    .addHelpText('after', SET_HELP)
    .action(async (id: string, file: string) => {
      const path = file === '-' ? '/dev/stdin' : resolve(folder, file)
      const text = await readFile(path, 'utf8').catch((cause: unknown) => {
        throw new CicloError('bad-request', `${path}: cannot be read: ${(cause as Error).message}`, { cause })
      })
      let change: unknown
      try {
        change = JSON.parse(text)
      } catch {
        // The parser would repeat a piece of it, which may be the password.
        throw new CicloError('bad-request', `${path}: expected JSON`)
      }
      await run(async (target) => {
        say(lineOf(await ask(target, 'PUT', pathOf(id), change)))
      })
    })
  senders
    .command('delete')
    .description('Forget a sender that is not live')
    .argument('<id>')
    .action((id: string) =>
      run(async ({ request }) => {
        const { deleted } = DeletedSenderSchema.parse(await (await request('DELETE', pathOf(id))).json())
        say(`${deleted}: deleted`)
      }),
    )
  senders
    .command('dkim')
    .description('Make a key by which its mails are signed, and say what to publish')
    .argument('<id>')
    .option('--selector <name>', 'its name; one of today, if left out')
    .option('--kind <kind>', 'rsa, or ed25519, which many receivers do not know', 'rsa')
    .action((id: string, { selector, kind }: { selector?: string; kind: string }) =>
      run(async (target) => {
        const body = { kind, ...(selector === undefined ? {} : { selector }) }
        const { dkim } = await ask(target, 'POST', `${pathOf(id)}/dkim`, body)
        say('Publish this record, then check the sender:')
        if (dkim?.record) say(`  ${dkim.record.type}  ${dkim.record.name}  ${dkim.record.value}`)
      }),
    )
  senders
    .command('check')
    .description(
      'Look up its records: what was seen, what to set; exit code 1 where one keeps it from going live',
    )
    .argument('<id>')
    .action((id: string) =>
      run(async (target) => {
        const sender = await ask(target, 'POST', `${pathOf(id)}/check`)
        for (const line of checkLines(sender)) say(line)
        return sender.check?.ok ? 0 : 1
      }),
    )
  senders
    .command('test')
    .description('Send a test mail by it; exit code 1 where its server does not take it')
    .argument('<id>')
    .argument('<to>', 'an address')
    .action((id: string, to: string) =>
      run(async ({ request }) => {
        const response = await request('POST', `${pathOf(id)}/test`, { to })
        const answer = TestAnswerSchema.parse(await response.json())
        say(`${answer.taken ? 'taken' : 'not taken'}: ${quoted(answer.response)}`)
        return answer.taken ? 0 : 1
      }),
    )
  senders
    .command('live')
    .description('Let mails go by it, once its records are right and its server has taken a test mail')
    .argument('<id>')
    .option('--test-to <address>', 'send the test mail first')
    .option('--main', 'all mails of its purpose go by it that name no other sender')
    .option('--force', 'although a record is wrong')
    .option('--reason <text>', 'why that does not matter; it is kept')
    .action((id: string, { testTo, main, force = false, reason }: LiveOptions) =>
      run(async (target) => {
        const body = {
          force,
          ...(testTo === undefined ? {} : { testTo }),
          ...(main === undefined ? {} : { main }),
          ...(reason === undefined ? {} : { reason }),
        }
        say(lineOf(await ask(target, 'POST', `${pathOf(id)}/live`, body)))
      }),
    )
  senders
    .command('stop')
    .description('Keep back all mails of a live sender')
    .argument('<id>')
    .option('--reason <text>', 'for those who wonder')
    .action((id: string, { reason }: { reason?: string }) =>
      run(async (target) => {
        const body = reason === undefined ? {} : { reason }
        say(lineOf(await ask(target, 'POST', `${pathOf(id)}/stop`, body)))
      }),
    )
  senders
    .command('resume')
    .description('Let the mails of a stopped sender go on')
    .argument('<id>')
    .action((id: string) =>
      run(async (target) => {
        say(lineOf(await ask(target, 'POST', `${pathOf(id)}/resume`)))
      }),
    )
}

interface LiveOptions {
  testTo?: string
  main?: boolean
  force?: boolean
  reason?: string
}
