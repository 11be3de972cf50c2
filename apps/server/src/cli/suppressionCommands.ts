import { createWriteStream } from 'node:fs'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Option, type Command } from 'commander'
import type { z } from 'zod'
import { CicloError } from '../errors.ts'
import {
  RemovedSchema,
  SuppressionImportSchema,
  SuppressionSchema,
  SuppressionsSchema,
} from '../routes/suppressionSchemas.ts'
import { SUPPRESSION_REASONS } from '../store/queries/suppressions.ts'
import {
  readSuppressionFile,
  type SuppressionFile,
  type SuppressionReason,
} from '../suppressions/readSuppressionFile.ts'
import type { ApiTarget } from './apiTarget.ts'
import { createApiRun } from './createApiRun.ts'
import { expectWritable } from './expectWritable.ts'
import { harmless, quoted } from './quoted.ts'
import { readPages } from './readPages.ts'
import { readTextFile } from './readTextFile.ts'
import type { Surroundings } from './surroundings.ts'

const PATH = '/suppressions'
/** Rows in one request. */
const ROWS_AT_ONCE = 10_000
/** How many refused lines are told. */
const REFUSALS_TOLD = 20

const lineOf = ({ address, hash, reason, at, detail }: z.infer<typeof SuppressionSchema>) =>
  [reason.padEnd(12), at, address === null ? `(${hash})` : quoted(address), quoted(detail)].join('  ')

async function list(
  target: ApiTarget,
  { reason }: { reason?: string },
  say: Surroundings['say'],
): Promise<void> {
  let count = 0
  for await (const { suppressions } of readPages(target, PATH, SuppressionsSchema, { filter: { reason } }))
    for (const one of suppressions) {
      say(lineOf(one))
      count += 1
    }
  if (count === 0) say('No address is on the list.')
}

async function show({ request }: ApiTarget, address: string, say: Surroundings['say']): Promise<void> {
  const response = await request('GET', `${PATH}?address=${encodeURIComponent(address)}`)
  for (const one of SuppressionsSchema.parse(await response.json()).suppressions) say(lineOf(one))
}

async function readList(
  file: string,
  reason: SuppressionReason | undefined,
  { folder }: Surroundings,
): Promise<SuppressionFile> {
  const path = resolve(folder, file)
  const text = await readTextFile(path)
  try {
    return readSuppressionFile(text, reason)
  } catch (cause) {
    throw new CicloError('bad-request', `${path}: neither CSV nor JSON: ${(cause as Error).message}`, {
      cause,
    })
  }
}

async function importAll(
  { request }: ApiTarget,
  { suppressions, refusals }: SuppressionFile,
  { say, warn }: Surroundings,
): Promise<number> {
  const all: Record<string, number> = {}
  for (let start = 0; start < suppressions.length; start += ROWS_AT_ONCE) {
    const portion = suppressions
      .slice(start, start + ROWS_AT_ONCE)
      .map(({ at, ...one }) => ({ ...one, ...(at === null ? {} : { at: new Date(at).toISOString() }) }))
    const response = await request('POST', `${PATH}/import`, { suppressions: portion })
    const { byReason } = SuppressionImportSchema.parse(await response.json())
    for (const [reason, count] of Object.entries(byReason)) all[reason] = (all[reason] ?? 0) + count
  }
  for (const { line, reason } of refusals.slice(0, REFUSALS_TOLD)) warn(`line ${line}: ${quoted(reason)}`)
  if (refusals.length > REFUSALS_TOLD) warn(`and ${refusals.length - REFUSALS_TOLD} more`)
  const counts = SUPPRESSION_REASONS.toReversed().flatMap((reason) =>
    all[reason] === undefined ? [] : `${all[reason]} ${reason}`,
  )
  say(`${counts.join(', ') || 'no address'}; ${refusals.length} refused`)
  return refusals.length > 0 ? 2 : 0
}

async function exportTo(
  { request, description }: ApiTarget,
  { format, output }: { format: string; output?: string },
  { folder, say }: Surroundings,
): Promise<void> {
  const path = output === undefined ? undefined : resolve(folder, output)
  if (path !== undefined) expectWritable(path)
  const response = await request('GET', `${PATH}/export?format=${encodeURIComponent(format)}`)
  if (path === undefined) return say(harmless((await response.text()).trimEnd()))
  // Readable by nobody else: it names people.
  await pipeline(Readable.from(response.body ?? []), createWriteStream(path, { mode: 0o600 }))
  say(`${path}: the suppression list, from ${description}`)
}

const reasonOption = (text: string) => new Option('--reason <reason>', text).choices(SUPPRESSION_REASONS)

/** `ciclo suppressions list|show|add|remove|import|export`: to which addresses not everything is sent. */
export function addSuppressionCommands(
  program: Command,
  surroundings: Surroundings,
  exitWith: (code: number) => void,
): void {
  const { say } = surroundings
  const run = createApiRun(surroundings, exitWith)
  const suppressions = program
    .command('suppressions')
    .description('To which addresses not everything is sent, and why, as docs/feedback.md tells')
  suppressions
    .command('list')
    .description('The list, the newest first')
    .option('--reason <reason>', 'bounce, complaint, unsubscribed or erased; all, if left out')
    .action((options: { reason?: string }) => run((target) => list(target, options, say)))
  suppressions
    .command('show')
    .description('Whether an address is on the list, and why')
    .argument('<address>')
    .action((address: string) => run((target) => show(target, address, say)))
  suppressions
    .command('add')
    .description('Put an address on the list')
    .argument('<address>')
    .addOption(reasonOption('bounce stops all mail, the others marketing').default('unsubscribed'))
    .requiredOption('--because <words>', 'why, for the audit')
    .action((address: string, options: { reason: string; because: string }) =>
      run(async ({ request }) => {
        const response = await request('POST', PATH, { address, ...options })
        say(lineOf(SuppressionSchema.parse(await response.json())))
      }),
    )
  suppressions
    .command('remove')
    .description('Take an address off the list')
    .argument('<address>')
    .requiredOption('--because <words>', 'why, for the audit')
    .option('--force', 'also where its owner has complained or was erased')
    .action((address: string, options: { because: string; force?: boolean }) =>
      run(async ({ request }) => {
        const response = await request('POST', `${PATH}/remove`, { address, ...options })
        const { removed, customerId, left } = RemovedSchema.parse(await response.json())
        const who = customerId === null ? '' : `; the customer ${customerId} may be written to again`
        const off = `${quoted(address)} is off the list, on which it was by ${removed.reason}`
        const still = `The ${removed.reason} of ${quoted(address)} is taken back; it stays on the list by ${left}`
        say(`${left === null ? off : still}${who}`)
      }),
    )
  suppressions
    .command('import')
    .description('Add a list, as CSV or JSON; exit code 2 where some rows are refused')
    .argument('<file>', 'an export of Amazon SES, Klaviyo, Mailchimp, Mailgun, Postmark, SendGrid or Ciclo')
    .addOption(reasonOption('of rows that do not say'))
    .action(async (file: string, { reason }: { reason?: SuppressionReason }) => {
      const read = await readList(file, reason, surroundings)
      await run((target) => importAll(target, read, surroundings))
    })
  suppressions
    .command('export')
    .description('The whole list')
    .addOption(new Option('--format <format>').choices(['csv', 'jsonl']).default('csv'))
    .option('--output <file>', 'a new file; the terminal, if left out')
    .action((options: { format: string; output?: string }) =>
      run((target) => exportTo(target, options, surroundings)),
    )
}
