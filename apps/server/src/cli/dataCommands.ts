import { createWriteStream } from 'node:fs'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import { EXPORTED } from '../exports/exported.ts'
import { exportData, type ExportFlags } from './exportCommands.ts'
import { expectWritable } from './expectWritable.ts'
import { harmless } from './quoted.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

interface Names {
  email?: string
  userId?: string
  id?: string
}

const ErasureSchema = z.object({
  customers: z.array(z.object({ id: z.string(), relation: z.string() })),
  removed: z.record(z.string(), z.number()),
  receipts: z.number(),
  others: z.number(),
  suppressed: z.number(),
  mails: z.number(),
  purged: z.boolean(),
})
const AuditSchema = z.object({
  entries: z.array(
    z.object({
      at: z.string(),
      actor: z.string(),
      action: z.string(),
      subject: z.string().nullable(),
      details: z.unknown(),
    }),
  ),
  next: z.string().nullable(),
})

function namesOf({ email, userId, id }: Names): Names {
  const given = Object.entries({ email, userId, id }).filter(([, value]) => value !== undefined)
  if (given.length !== 1)
    throw new CicloError(
      'bad-request',
      `Given ${given.length} names, expected one of --email, --user-id, --id`,
    )
  return Object.fromEntries(given)
}

async function exportTo(names: Names, output: string | undefined, surroundings: Surroundings): Promise<void> {
  const query = new URLSearchParams({ ...namesOf(names) }).toString()
  const path = output === undefined ? undefined : resolve(surroundings.folder, output)
  if (path !== undefined) expectWritable(path)
  await withApiTarget(surroundings, async ({ request, description }) => {
    const response = await request('GET', `/export?${query}`)
    if (path === undefined) {
      surroundings.say(harmless((await response.text()).trimEnd()))
      return
    }
    // Readable by nobody else: it is all that is known of a person.
    const file = createWriteStream(path, { mode: 0o600 })
    await pipeline(Readable.from(response.body ?? []), file)
    surroundings.say(`${path}: all that is stored, from ${description}`)
  })
}

async function eraseBy(
  names: Names,
  isMeant: boolean,
  { say, ...surroundings }: Surroundings,
): Promise<number> {
  const wanted = namesOf(names)
  return await withApiTarget({ say, ...surroundings }, async ({ request, description }) => {
    const response = await request('POST', '/erasures', { ...wanted, dryRun: !isMeant })
    const erasure = ErasureSchema.parse(await response.json())
    say(isMeant ? `Erased, in ${description}:` : `This would be erased, in ${description}:`)
    for (const { id, relation } of erasure.customers) say(`  customer ${id} (${relation})`)
    for (const [table, rows] of Object.entries(erasure.removed))
      if (rows > 0) say(`  ${table.padEnd(14)}${rows}`)
    if (erasure.mails > 0) say(`  ${'mailbox'.padEnd(14)}${erasure.mails}`)
    if (erasure.others > 0) say(`  ${erasure.others} others who named the address no longer do`)
    if (erasure.customers.length === 0) say('  nothing is stored')
    say(`Keyed hashes that ${isMeant ? '' : 'would '}stay: ${erasure.suppressed}`)
    if (!isMeant) say('Nothing was removed. The same command with --yes does it; it cannot be undone.')
    else if (!erasure.purged)
      say('Another program reads the database: deleted bytes stay in its log until that has ended.')
    return 0
  })
}

async function listAudit(
  options: { email?: string; limit: string },
  surroundings: Surroundings,
): Promise<void> {
  await withApiTarget(surroundings, async ({ request }) => {
    const response = await request('GET', `/audit?${new URLSearchParams({ ...options }).toString()}`)
    const { entries } = AuditSchema.parse(await response.json())
    for (const { at, actor, action, subject, details } of entries)
      surroundings.say([at, actor, action, subject ?? '-', harmless(JSON.stringify(details))].join('  '))
    if (entries.length === 0) surroundings.say('No entries.')
  })
}

const addNames = (command: Command) =>
  command
    .option('--email <address>', 'whoever has this address, and all who only claim it')
    .option('--user-id <id>', 'whoever has this userId, and all who only claim it')
    .option('--id <id>', 'one customer, by the id that Ciclo gave')

/** `ciclo export`, `ciclo erase` and `ciclo audit`: what people may ask of their data, and who did it. */
export function addDataCommands(
  program: Command,
  surroundings: Surroundings,
  exitWith: (code: number) => void,
): void {
  addNames(
    program
      .command('export')
      .description('Write what there is into files, or all that is stored about one customer as JSON')
      .argument('[what]', `${EXPORTED.join(', ')}, or all; left out for one customer`),
  )
    .option('--format <format>', 'csv, or json: an object on each line')
    .option('--out <path>', 'the file; for all the folder')
    .option('--output <file>', 'of one customer: where to; standard output when left out')
    .action(async (what: string | undefined, given: Names & ExportFlags & { output?: string }) => {
      const { output, format, out, ...names } = given
      if (what === undefined) await exportTo(names, output ?? out, surroundings)
      else if (Object.keys(names).length > 0)
        throw new CicloError('bad-request', `Given ${what} and a customer, expected one of them`)
      else await exportData(what, { format, out: out ?? output }, surroundings)
    })
  addNames(program.command('erase').description('Remove a customer from every table, for good'))
    .option('--yes', 'do it; without this only what would be removed is told')
    .action(async ({ yes = false, ...names }: Names & { yes?: boolean }) => {
      exitWith(await eraseBy(names, yes, surroundings))
    })
  program
    .command('audit')
    .description('Who did what to whose data, newest first')
    .option('--email <address>', 'only what concerned this address')
    .option('--limit <number>', 'how many entries', '50')
    .action(async (options: { email?: string; limit: string }) => {
      await listAudit(options, surroundings)
    })
}
