import { createWriteStream } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import type { Command } from 'commander'
import { stringify } from 'csv-stringify/sync'
import type { z } from 'zod'
import { CicloError } from '../errors.ts'
import {
  BacktestLineSchema,
  type BacktestMessageSchema,
  type BacktestResult,
} from '../routes/backtestSchemas.ts'
import { expectWritable } from './expectWritable.ts'
import { isJourneyFile, readJourneyFile } from './journeyDefinition.ts'
import { pathOf } from './journeyFiles.ts'
import { createProgress } from './progress.ts'
import { quotedJson } from './quoted.ts'
import { readInstant } from '../imports/readInstant.ts'
import { sayBacktest } from './sayBacktest.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

interface BacktestOptions {
  since: string
  until?: string
  version?: string
  csv?: string
  json?: boolean
}

type Message = z.infer<typeof BacktestMessageSchema>

const COLUMNS = [
  'at',
  'customerId',
  'to',
  'step',
  'template',
  'purpose',
  'locale',
  'outcome',
  'reason',
  'waitedFor',
] as const

const row = (message: Message) =>
  stringify(
    [COLUMNS.map((name) => (name === 'waitedFor' ? message.waitedFor.join(' ') : (message[name] ?? '')))],
    {
      // A spreadsheet takes what begins so for a formula.
      escape_formulas: true,
    },
  )

function instantText(option: string, text: string): string {
  const instant = readInstant(text)
  if (instant !== undefined) return new Date(instant).toISOString()
  throw new CicloError('bad-request', `${option}: given "${text}", expected a time of ISO 8601`)
}

const sinceText = (text: string) =>
  /^\d{1,12}(?:ms|[smhdw])$/.test(text) ? text : instantText('--since', text)

async function run(journey: string, options: BacktestOptions, surroundings: Surroundings): Promise<void> {
  const { say, folder } = surroundings
  const path = options.csv === undefined ? undefined : resolve(folder, options.csv)
  if (path !== undefined) expectWritable(path)
  const version = options.version === undefined ? undefined : Number(options.version)
  if (version !== undefined && !Number.isInteger(version))
    throw new CicloError('bad-request', `--version: given "${options.version}", expected a whole number`)
  const given = isJourneyFile(journey) ? await readJourneyFile(journey, surroundings) : { id: journey }
  const body = {
    since: sinceText(options.since),
    ...(options.until === undefined ? {} : { until: instantText('--until', options.until) }),
    ...(version === undefined ? {} : { version }),
    ...('definition' in given ? { definition: given.definition } : {}),
    messages: path !== undefined,
  }
  const result = await withApiTarget(surroundings, async ({ request }) => {
    const response = await request('POST', `${pathOf(given.id)}/backtest`, body)
    return await readLines(response, path, surroundings)
  })
  if (options.json) say(quotedJson(result))
  else for (const line of sayBacktest(result)) say(line)
  if (path !== undefined) say(`${path}: all mails of it`)
}

/** Reads the answer while it is written: shows how far it has come, and puts the mails into the file. */
async function readLines(
  response: Response,
  path: string | undefined,
  surroundings: Surroundings,
): Promise<BacktestResult> {
  // Readable by nobody else: it names people.
  const file = path === undefined ? undefined : createWriteStream(path, { mode: 0o600 })
  const progress = createProgress(surroundings, 'customers')
  try {
    file?.write(stringify([[...COLUMNS]]))
    const input = Readable.fromWeb((response.body ?? new Response('').body) as ReadableStream<Uint8Array>)
    for await (const text of createInterface({ input })) {
      const line = BacktestLineSchema.parse(JSON.parse(text))
      if ('result' in line) return line.result
      if ('error' in line) throw new CicloError('internal', line.error.detail)
      if ('progress' in line) {
        const { customers, of } = line.progress
        progress.show(customers, of === 0 ? 1 : customers / of)
      } else if (file && !file.write(row(line.message)))
        await new Promise<void>((resume) => {
          file.once('drain', resume)
        })
    }
    throw new CicloError('store-unavailable', 'The answer ended before the result: the server was stopped')
  } finally {
    progress.end()
    if (file) {
      file.end()
      await finished(file)
    }
  }
}

/** The connection goes with the process, and the server ends the work. The bar would keep the process otherwise. */
const endAtOnce = () => process.exit(130)

/** `ciclo journey backtest <journey>`: what a journey would have done over the stored history. */
export function addBacktestCommand(journey: Command, surroundings: Surroundings): void {
  journey
    .command('backtest')
    .description(
      'What a journey would have done over the stored history: it sends nothing and writes nothing',
    )
    .argument('<journey>', 'its id, or a file with its definition')
    .option('--since <when>', 'how long ago (90d), or a time of ISO 8601', '90d')
    .option('--until <time>', 'ISO 8601; now, if left out')
    .option('--version <number>', 'a stored version; the draft, else what is live, if left out')
    .option('--csv <file>', 'writes every mail to a file')
    .option('--json', 'the whole result as JSON')
    .addHelpText('after', '\nCtrl+C ends it. Exit codes: 0 done, 1 it cannot be run, 130 ended')
    .action(async (id: string, options: BacktestOptions) => {
      process.once('SIGINT', endAtOnce)
      try {
        await run(id, options, surroundings)
      } finally {
        process.removeListener('SIGINT', endAtOnce)
      }
    })
}
