import { basename, resolve } from 'node:path'
import { CicloError } from '../errors.ts'
import type { ImportedOrder } from '../importOrders.ts'
import type { ImportTarget } from './importTarget.ts'
import { openImportTarget } from './openImportTarget.ts'
import { openTextFile, type TextFile } from './openTextFile.ts'
import { count, createProgress } from './progress.ts'
import { readOrderRows, type OrderFormatOptions, type OrderRows } from './readOrderRows.ts'
import type { Surroundings } from './surroundings.ts'

const ORDERS_PER_BATCH = 500
/** The reasons that are kept to be shown; beyond that only their number grows, so that memory stays flat. */
const REFUSALS_SHOWN = 1_000

interface Tally {
  rows: number
  applied: number
  duplicates: number
  setAside: number
  erased: number
  refused: number
  refusals: { row: number; reason: string }[]
}

async function importRows(
  { rows }: OrderRows,
  { position, size }: TextFile,
  target: ImportTarget,
  tally: Tally,
  surroundings: Surroundings,
): Promise<void> {
  const progress = createProgress(surroundings)
  let batch: ImportedOrder[] = []
  const send = async () => {
    const { applied, duplicate, parked, erased } = await target.submit(batch)
    tally.applied += applied
    tally.duplicates += duplicate
    tally.setAside += parked
    tally.erased += erased
    batch = []
    progress.show(tally.rows, size === 0 ? 1 : position() / size)
  }
  try {
    for await (const read of rows) {
      tally.rows += 1
      if (read.ok) batch.push(read.order)
      else {
        tally.refused += 1
        if (tally.refusals.length < REFUSALS_SHOWN)
          tally.refusals.push({ row: read.row, reason: read.reason })
      }
      if (batch.length === ORDERS_PER_BATCH) await send()
    }
    if (batch.length > 0) await send()
  } finally {
    progress.end()
  }
}

function summarise(name: string, tally: Tally, milliseconds: number, say: Surroundings['say']): void {
  const { rows, applied, duplicates, setAside, erased, refused, refusals } = tally
  const seconds = Math.max(milliseconds, 1) / 1_000
  say(`${name}: ${count(rows)} rows in ${seconds.toFixed(1)} s (${count(Math.round(rows / seconds))} rows/s)`)
  say(`  applied     ${count(applied)}`)
  say(`  duplicates  ${count(duplicates)}${duplicates > 0 ? '  (their order_id was imported before)' : ''}`)
  if (setAside > 0)
    say(`  set aside   ${count(setAside)}  (they could not be applied, and are kept to be looked at)`)
  if (erased > 0)
    say(`  erased      ${count(erased)}  (their customers were erased, and are not taken in again)`)
  say(`  refused     ${count(refused)}`)
  for (const { row, reason } of refusals) say(`    ${name}, row ${row}: ${reason}`)
  if (refused > refusals.length) say(`    and ${count(refused - refusals.length)} more`)
}

/**
 * Imports a file of orders, in batches and flat memory.
 *
 * @returns the exit code: 0, or 2 where some rows were refused or set aside
 * Throws a `CicloError` where the file or its columns cannot be read, or the import had to break off.
 */
export async function importFile(
  path: string,
  options: OrderFormatOptions,
  surroundings: Surroundings,
): Promise<number> {
  const { folder, say, warn, now } = surroundings
  const name = basename(path)
  const file = await openTextFile(resolve(folder, path))
  try {
    const orders = await readOrderRows(name, file.lines, options)
    const target = await openImportTarget(surroundings)
    warn(`${name} is ${orders.description}`)
    warn(`It goes to ${target.description}.`)
    const tally: Tally = {
      rows: 0,
      applied: 0,
      duplicates: 0,
      setAside: 0,
      erased: 0,
      refused: 0,
      refusals: [],
    }
    const startedAt = now()
    try {
      await importRows(orders, file, target, tally, surroundings)
    } catch (error) {
      if (!(error instanceof CicloError)) throw error
      throw new CicloError(
        error.code,
        `${name}: the import broke off before row ${count(tally.rows + 1)}: ${error.message}\n` +
          'The same command again goes on from there: what is imported already stays, and counts once.',
        { cause: error },
      )
    } finally {
      await target.close()
      summarise(name, tally, now() - startedAt, say)
    }
    return tally.refused + tally.setAside + tally.erased > 0 ? 2 : 0
  } finally {
    file.close()
  }
}
