import { createWriteStream } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CicloError } from '../errors.ts'
import { EXPORTED, WITHOUT_COLUMNS, type ExportedName } from '../exports/exported.ts'
import type { ApiTarget } from './apiTarget.ts'
import { expectWritable } from './expectWritable.ts'
import { pullJourneys } from './journeyFiles.ts'
import { count } from './progress.ts'
import type { Surroundings } from './surroundings.ts'
import { pullTemplates } from './templateCommands.ts'
import { withApiTarget } from './withApiTarget.ts'

export interface ExportFlags {
  format?: string | undefined
  out?: string | undefined
}

const NEWLINE = 0x0a
/** A line in a while, so that nobody thinks it has stopped. */
const TOLD_EVERY = 5_000

/** Writes one kind of thing into a file, which has its name only when it is whole. */
async function writeFileOf(
  { request }: ApiTarget,
  what: ExportedName,
  { format, path }: { format: 'csv' | 'json'; path: string },
  { warn, now, say }: Surroundings,
): Promise<void> {
  const response = await request('GET', `/export/${what}?format=${format}`)
  let lines = 0
  let toldAt = now()
  const counting = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines += 1
      if (now() - toldAt >= TOLD_EVERY) {
        toldAt = now()
        warn(`  ${what}: ${count(lines)} lines`)
      }
      done(null, chunk)
    },
  })
  // Readable by nobody else: it is what is known of people.
  const partial = `${path}.part`
  await pipeline(Readable.from(response.body ?? []), counting, createWriteStream(partial, { mode: 0o600 }))
  await rename(partial, path)
  say(`${path}: ${count(lines)} lines`)
}

function formatOf(format: string | undefined): 'csv' | 'json' {
  if (format === undefined || format === 'csv' || format === 'json') return format ?? 'csv'
  throw new CicloError('bad-request', `--format: given ${format}, expected csv or json`)
}

const fileOf = (what: ExportedName, format: 'csv' | 'json') =>
  WITHOUT_COLUMNS.has(what) || format === 'json'
    ? ({ format: 'json', name: `${what}.jsonl` } as const)
    : ({ format: 'csv', name: `${what}.csv` } as const)

/** `ciclo export customers|...|all`: what there is, to be taken elsewhere. */
export async function exportData(
  given: string,
  flags: ExportFlags,
  surroundings: Surroundings,
): Promise<void> {
  const { folder, say } = surroundings
  const format = formatOf(flags.format)
  if (given === 'all') {
    const out = resolve(folder, flags.out ?? 'ciclo-export')
    await mkdir(out, { recursive: true, mode: 0o700 })
    await withApiTarget(surroundings, async (target) => {
      for (const what of EXPORTED) {
        const file = fileOf(what, format)
        await writeFileOf(target, what, { format: file.format, path: join(out, file.name) }, surroundings)
      }
      await pullTemplates(target, { names: [], to: join(out, 'templates'), yes: true }, surroundings)
      await pullJourneys(target, join(out, 'journeys'), { yes: true }, surroundings)
      say(`${out}: everything, from ${target.description}`)
    })
    return
  }
  const what = EXPORTED.find((one) => one === given)
  if (!what)
    throw new CicloError('bad-request', `Given ${given}, expected one of ${EXPORTED.join(', ')} or all`)
  if (WITHOUT_COLUMNS.has(what) && flags.format === 'csv')
    throw new CicloError('bad-request', `--format: given csv for ${what}, expected json`)
  const file = fileOf(what, format)
  const path = resolve(folder, flags.out ?? file.name)
  expectWritable(path)
  await withApiTarget(surroundings, (target) =>
    writeFileOf(target, what, { format: file.format, path }, surroundings),
  )
}
