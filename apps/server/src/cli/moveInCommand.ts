import { resolve } from 'node:path'
import { addMonths, ENCODINGS, type Encoding, type Table, type Tally } from '@ciclo/csv'
import { fromMinorUnits } from '@ciclo/engine'
import { InvalidArgumentError, type Command } from 'commander'
import { CicloError } from '../errors.ts'
import { FORMATS, goesOnIn, nearestFormats, recognise } from '../imports/formats/formats.ts'
import { IMPORT_KINDS, type ImportFormat } from '../imports/formats/importFormat.ts'
import type { Month } from '../moveIn/createMoveIn.ts'
import { MonthsSchema } from '../routes/moveInSchemas.ts'
import { expectWritable } from './expectWritable.ts'
import { moveInFile } from './moveInFile.ts'
import { openImportTarget } from './openImportTarget.ts'
import { count } from './progress.ts'
import { harmless } from './quoted.ts'
import { readTables } from './readTables.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

interface MoveInFlags {
  dryRun: boolean
  encoding?: Encoding
  refused?: string
}

const HELP = `
Files are recognised by their headers, whatever their order:
${FORMATS.map(({ name, has }) => `  ${name.padEnd(34)}${has.map((one) => one.replaceAll('|', ' or ')).join(', ')}`).join('\n')}
A table of orders of any other shop goes by "import orders".

Of several files those with addresses that get nothing come first, then customers, then orders. Nobody is mailed for what
is moved in. An unsubscription always beats a subscription; consent keeps its own date. --dry-run says what would come of
it and stores nothing. What broke off goes on where it stopped, by the same command.

Exit code: 0 all was taken in; 2 some rows were refused, all others were taken in; 1 nothing could be read, or it broke off.`

function encodingOf(value: string): Encoding {
  const found = ENCODINGS.find((one) => one === value.toLowerCase())
  if (found) return found
  throw new InvalidArgumentError(`expected one of ${ENCODINGS.join(', ')}`)
}

/** Orders and revenue by month: the file beside what Ciclo knows after it, or before it in a dry run. */
function sayMonths(
  months: ReadonlyMap<string, Month>,
  known: readonly Month[],
  dryRun: boolean,
  say: Surroundings['say'],
) {
  if (months.size === 0) return
  say(`  by month              in the files${' '.repeat(16)}${dryRun ? 'in Ciclo before' : 'in Ciclo now'}`)
  const byKey = new Map(known.map((month) => [`${month.month} ${month.currency}`, month]))
  for (const [key, { month, currency, orders, revenue }] of [...months].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  )) {
    const there = byKey.get(key)
    const money = (minor: number) => fromMinorUnits(minor, currency).toFixed(2)
    const file = `${count(orders).padStart(9)} orders ${money(revenue).padStart(14)} ${currency}`
    const ciclo = `${count(there?.orders ?? 0).padStart(9)} orders ${money(there?.revenue ?? 0).padStart(14)} ${currency}`
    const isEqual = there?.orders === orders && there.revenue === revenue
    say(
      `  ${month}  ${file}  ${ciclo}${isEqual || dryRun ? '' : '  differs: other sources, conflicts or refused rows'}`,
    )
  }
}

function sayTally(
  name: string,
  { records, skipped, counts, refused, refusals, conflicts, conflictsShown }: Tally,
  dryRun: boolean,
  say: Surroundings['say'],
) {
  const { fresh, changed, unchanged, applied, duplicate, parked, erased, suppressed } = counts
  say(`${name}: ${count(records)} records${dryRun ? ', nothing is stored' : ''}`)
  if (skipped > 0) say(`  taken in before   ${count(skipped)}`)
  say(`  new customers     ${count(fresh)}`)
  say(`  changed           ${count(changed)}`)
  say(`  unchanged         ${count(unchanged)}`)
  if (suppressed > 0) say(`  get nothing       ${count(suppressed)}`)
  if (!dryRun) say(`  applied           ${count(applied)}, known already ${count(duplicate)}`)
  if (parked > 0)
    say(`  set aside         ${count(parked)}  (they could not be applied, and are kept to be looked at)`)
  if (erased > 0) say(`  erased            ${count(erased)}  (were erased, and are not taken in again)`)
  if (conflicts > 0) say(`  conflicts         ${count(conflicts)}`)
  for (const { row, reason } of conflictsShown) say(`    row ${row}: ${harmless(reason)}`)
  say(`  refused           ${count(refused)}`)
  for (const { row, reason } of refusals) say(`    row ${row}: ${harmless(reason)}`)
  if (refused > refusals.length)
    say(`    and ${count(refused - refusals.length)} more: --refused <file> takes them all`)
}

interface Moved {
  table: Table
  format: ImportFormat
}

function recognised(table: Table): Moved {
  const { name } = table
  const format = recognise(table.header)
  if (format) return { table, format }
  const columns = table.header.map((one) => `"${one}"`).join(', ')
  const near = nearestFormats(table.header).map((one) => `${one.name} (it lacks ${one.missing.join(', ')})`)
  throw new CicloError(
    'bad-request',
    `${name}: has the columns ${columns}, which are of no export that is known. The nearest: ${near.join('; ')}`,
  )
}

/** Moves files in, one after the other, and holds what they say of orders against what is known then. */
async function moveAll(
  files: readonly Moved[],
  { dryRun, refused: path }: MoveInFlags,
  surroundings: Surroundings,
): Promise<number> {
  const { folder, say, warn } = surroundings
  const refusals = path === undefined ? undefined : resolve(folder, path)
  return await withApiTarget(surroundings, async (target) => {
    warn(`It goes to ${target.description}.`)
    let refused = 0
    let months: ReadonlyMap<string, Month> = new Map()
    for (const { table, format } of files) {
      const { name } = table
      const { encoding, isGuess } = table.encoding
      const guess = isGuess ? ' as far as its letters tell (--encoding names another)' : ''
      warn(`${name}: ${format.name}, in ${encoding}${guess}, separated by ${table.separator}`)
      const goesOn = goesOnIn(format, table.header)
      const moved = { format: { id: format.id, goesOn }, table, dryRun, refusals }
      const tally = await moveInFile(target, moved, surroundings)
      sayTally(name, tally, dryRun, say)
      refused += tally.refused + tally.counts.parked
      months = addMonths(months, tally.months.values())
    }
    if (months.size > 0) {
      const known = MonthsSchema.parse(await (await target.request('GET', '/import/months')).json())
      sayMonths(months, known.months, dryRun, say)
    }
    return refused > 0 ? 2 : 0
  })
}

async function moveIn(
  paths: readonly string[],
  flags: MoveInFlags,
  surroundings: Surroundings,
): Promise<number> {
  const { folder } = surroundings
  if (flags.refused !== undefined) expectWritable(resolve(folder, flags.refused))
  const tables: Table[] = []
  try {
    for (const path of paths) tables.push(...(await readTables(resolve(folder, path), flags.encoding)))
    const files = tables.map(recognised)
    const order = new Map(IMPORT_KINDS.map((kind, place) => [kind, place]))
    files.sort((one, other) => (order.get(one.format.kind) ?? 0) - (order.get(other.format.kind) ?? 0))
    // A new database gets its workspace and its keys here, as by any import.
    await (await openImportTarget(surroundings)).close()
    const code = await moveAll(files, flags, surroundings)
    // What became due in that past happens now, also where no server runs that would see to it.
    if (!flags.dryRun) await (await openImportTarget(surroundings)).close()
    return code
  } finally {
    await Promise.all(tables.map((table) => table.close()))
  }
}

/** `ciclo import files <files...>`: what other systems export. */
export function addMoveInCommand(
  imports: Command,
  surroundings: Surroundings,
  exitWith: (code: number) => void,
): void {
  imports
    .command('files')
    .description('Move in from Klaviyo, Mailchimp, Shopify or WooCommerce: the files as they export them')
    .argument('<files...>', 'CSV files, or zip archives of some, in any order')
    .option('--dry-run', 'say what would come of it, and store nothing', false)
    .option(
      '--encoding <name>',
      `where it is not said or guessed rightly: ${ENCODINGS.join(', ')}`,
      encodingOf,
    )
    .option('--refused <file>', 'write every refused row with its reason there, as CSV')
    .addHelpText('after', HELP)
    .action(async (files: string[], flags: MoveInFlags) => exitWith(await moveIn(files, flags, surroundings)))
}
