import { createHash } from 'node:crypto'
import { createWriteStream, type WriteStream } from 'node:fs'
import type { z } from 'zod'
import { CicloError } from '../errors.ts'
import { cellsOf, formatOf } from '../imports/formats/formats.ts'
import type { ImportFormat } from '../imports/formats/importFormat.ts'
import type { Month } from '../moveIn/createMoveIn.ts'
import { ImportRunSchema, MovedInSchema } from '../routes/moveInSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { createProgress } from './progress.ts'
import type { Table } from './readTable.ts'
import type { Surroundings } from './surroundings.ts'

const RECORDS_AT_ONCE = 500
/** Beyond these only their number grows, so that memory stays flat; a file takes all of them. */
const SHOWN = 100

type Answer = z.infer<typeof MovedInSchema>
interface Remark {
  row: number
  reason: string
}

/** What a file has come to, or would. */
export interface Tally {
  records: number
  /** Records that an earlier run has taken in. */
  skipped: number
  counts: Omit<Answer, 'dryRun' | 'refused' | 'conflicts' | 'months' | 'read'>
  refused: number
  refusals: Remark[]
  conflicts: number
  conflictsShown: Remark[]
  months: Map<string, Month>
}

interface Record {
  row: number
  rows: string[][]
}

const newTally = (): Tally => ({
  records: 0,
  skipped: 0,
  counts: {
    fresh: 0,
    changed: 0,
    unchanged: 0,
    applied: 0,
    duplicate: 0,
    parked: 0,
    erased: 0,
    suppressed: 0,
  },
  refused: 0,
  refusals: [],
  conflicts: 0,
  conflictsShown: [],
  months: new Map(),
})

/** Rows put together to records: an order may go over several. */
async function* recordsOf(
  { rows, header }: Table,
  { goesOn }: ImportFormat,
): AsyncGenerator<Record | (Remark & { rows?: undefined }), void> {
  let open: Record | undefined
  let first = cellsOf(header, [])
  for await (const row of rows) {
    if ('problem' in row) {
      yield { row: row.row, reason: row.problem }
      continue
    }
    const cells = goesOn ? cellsOf(header, row.cells) : first
    if (open && goesOn?.(cells, first)) {
      open.rows.push([...row.cells])
      continue
    }
    if (open) yield open
    open = { row: row.row, rows: [[...row.cells]] }
    first = cells
  }
  if (open) yield open
}

const quotedCell = (text: string) => `"${text.replaceAll('"', '""')}"`

function openRefusals(path: string | undefined): WriteStream | undefined {
  if (path === undefined) return undefined
  const file = createWriteStream(path)
  file.write('file,row,reason\n')
  return file
}

export interface MoveInFileOptions {
  name: string
  format: string
  table: Table
  dryRun: boolean
  /** Where all that is refused is written to, as CSV. */
  refusals: string | undefined
}

/** Moves one file in, page by page and in flat memory; one that broke off goes on where it stopped. */
export async function moveInFile(
  { request }: ApiTarget,
  { name, format: id, table, dryRun, refusals }: MoveInFileOptions,
  surroundings: Surroundings,
): Promise<Tally> {
  const format = formatOf(id)
  const tally = newTally()
  const fileId = createHash('sha256').update(`${id}\n${table.fingerprint}`).digest('hex').slice(0, 40)
  const before = dryRun ? undefined : await earlierRun(request, fileId)
  const done = before?.state === 'running' ? before.rows : 0
  if (done > 0) surroundings.warn(`${name}: goes on behind row ${done}, where an earlier import broke off`)
  const progress = createProgress(surroundings)
  const refusalFile = openRefusals(refusals)
  const refuse = ({ row, reason }: Remark) => {
    tally.refused += 1
    if (tally.refusals.length < SHOWN) tally.refusals.push({ row, reason })
    refusalFile?.write(`${quotedCell(name)},${row},${quotedCell(reason)}\n`)
  }
  let page: Record[] = []
  let last = 0
  const send = async (isEnd: boolean) => {
    const response = await request('POST', '/import/records', {
      format: id,
      header: table.header,
      dryRun,
      records: page,
      file: { id: fileId, name, size: table.size, position: table.position(), rows: last, isEnd },
    })
    const answer = MovedInSchema.parse(await response.json())
    for (const key of Object.keys(tally.counts) as (keyof Tally['counts'])[]) tally.counts[key] += answer[key]
    answer.refused.forEach(refuse)
    tally.conflicts += answer.conflicts.length
    tally.conflictsShown.push(...answer.conflicts.slice(0, SHOWN - tally.conflictsShown.length))
    for (const month of answer.months) {
      const key = `${month.month} ${month.currency}`
      const known = tally.months.get(key) ?? { ...month, orders: 0, revenue: 0 }
      tally.months.set(key, {
        ...known,
        orders: known.orders + month.orders,
        revenue: known.revenue + month.revenue,
      })
    }
    page = []
    progress.show(tally.records, table.size === 0 ? 1 : table.position() / table.size)
  }
  try {
    for await (const record of recordsOf(table, format)) {
      tally.records += 1
      if (record.rows === undefined) refuse(record)
      else if (record.row <= done) tally.skipped += 1
      else {
        page.push(record)
        last = record.row + record.rows.length - 1
      }
      if (page.length === RECORDS_AT_ONCE) await send(false)
    }
    await send(true)
    return tally
  } catch (error) {
    if (!(error instanceof CicloError) || dryRun) throw error
    throw new CicloError(
      error.code,
      `${name}: the import broke off before row ${last + 1}: ${error.message}\n` +
        'The same command again goes on from there.',
      { cause: error },
    )
  } finally {
    progress.end()
    refusalFile?.end()
  }
}

async function earlierRun(request: ApiTarget['request'], id: string) {
  try {
    return ImportRunSchema.parse(await (await request('GET', `/import/runs/${id}`)).json())
  } catch (error) {
    if (error instanceof CicloError && error.code === 'not-found') return undefined
    throw error
  }
}
