import { InvalidArgumentError, type Command } from 'commander'
import { importFile } from './importFile.ts'
import { FIELDS, SYNONYMS } from '../imports/orderColumns.ts'
import { addMoveInCommand } from './moveInCommand.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

const COLUMN_HELP = FIELDS.map((field) => `  ${field.padEnd(10)}${SYNONYMS[field].join(', ')}`).join('\n')

const HELP = `
Columns are found by their header, in any order, whatever the case and with or without _, - and spaces:
${COLUMN_HELP}
  Needed are order_id, date, total, and user_id or email. --columns names others: 'user_id=client,total=sum'.

The separator may be a comma, a semicolon or a tab. Text is UTF-8, or UTF-16 with a byte order mark.
Five columns without a header, separated by spaces (original id, id, date, items, dollars), are read as the CDNOW
data set: the customer is the second column, the order cdnow-<row>, the currency USD.

date    ISO 8601, YYYYMMDD, YYYY-MM-DD HH:MM:SS, or seconds or milliseconds since 1970. Without a time zone it is
        UTC; a date alone is 00:00 UTC.
total   With a decimal dot: 1234.50. A comma is a decimal comma where it can be nothing else: it stands alone, with
        one or two digits behind it (1234,50). Whatever may mean two amounts is refused: 1,234  1.234,56  1.234
        (three decimals are read in a currency that has three). So are negative amounts, formulas and currency signs.

The same file twice is the same orders once: an order is known by its order_id. They count at the time they were
made; nothing is mailed for what lies before the import. A server that runs (PUBLIC_URL, or HOST and PORT) takes them
in, by CICLO_SECRET_KEY or the signing secret; otherwise they go directly to DATABASE_URL.

Exit code: 0 all rows were read; 2 some rows were refused or set aside, all others were read; 1 nothing could be read
or the import broke off (the same command again goes on where it stopped).`

function currencyOf(value: string): string {
  if (/^[a-z]{3}$/i.test(value)) return value.toUpperCase()
  throw new InvalidArgumentError(`expected a currency of ISO 4217, such as USD`)
}

/** What the past says of the shop's customers counts at once, not from tomorrow on. */
async function refresh(surroundings: Surroundings): Promise<void> {
  try {
    await withApiTarget(surroundings, ({ request }) =>
      request('POST', '/insight/refresh', { what: 'predictions' }),
    )
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    surroundings.warn(`The gap curve and the predictions are drawn anew at their own time: ${why}`)
  }
}

export function addImportCommand(
  program: Command,
  surroundings: Surroundings,
  exitWith: (code: number) => void,
): void {
  const imports = program.command('import').description("Bring in the shop's past")
  addMoveInCommand(imports, surroundings, exitWith)
  imports
    .command('orders')
    .description('Import past orders from a CSV file, with progress')
    .argument('<file>', 'the file to read')
    .option('--columns <pairs>', "which column is which, where the header's names are not known")
    .option(
      '--currency <code>',
      "the currency of orders that name none (otherwise the workspace's own)",
      currencyOf,
    )
    .addHelpText('after', HELP)
    .action(async (file: string, options: { columns?: string; currency?: string }) => {
      const code = await importFile(file, options, surroundings)
      exitWith(code)
      if (code !== 1) await refresh(surroundings)
    })
}
