import type { Table } from './openTable.ts'
import { isRemark, recordsOf, type GoesOn, type Remark, type TableRecord } from './recordsOf.ts'

const RECORDS_AT_ONCE = 500
/** The server takes 512 KB: this leaves room for what stands around the records. */
const BYTES_AT_ONCE = 480 * 1024
/** Beyond these only their number grows, so that memory stays flat. */
const SHOWN = 100

export interface OrderMonth {
  month: string
  currency: string
  orders: number
  /** Minor units. */
  revenue: number
}

const COUNTS = [
  'fresh',
  'changed',
  'unchanged',
  'applied',
  'duplicate',
  'parked',
  'erased',
  'suppressed',
] as const
type Counts = Record<(typeof COUNTS)[number], number>

/** What the server says of some records. */
export interface PageAnswer extends Counts {
  refused: readonly Remark[]
  conflicts: readonly Remark[]
  months: readonly OrderMonth[]
}

export interface TablePage {
  format: string
  header: readonly string[]
  dryRun: boolean
  records: readonly TableRecord[]
  file: { id: string; name: string; size: number; position: number; rows: number; isEnd: boolean }
}

/** Where records go. */
export interface TableReceiver {
  /** Up to which row the file was taken in before it broke off; 0 where it was not. */
  rowsDone: (fileId: string) => Promise<number>
  send: (page: TablePage) => Promise<PageAnswer>
}

/** What a file has come to, or would. */
export interface Tally {
  records: number
  /** Records that an earlier run has taken in. */
  skipped: number
  counts: Counts
  refused: number
  /** The first of them. */
  refusals: readonly Remark[]
  conflicts: number
  /** The first of them. */
  conflictsShown: readonly Remark[]
  /** Of the orders in the file, by month and currency. */
  months: ReadonlyMap<string, OrderMonth>
  /** The last row that the server has answered for. */
  row: number
  /** How much of the file is done, from 0 to 1. */
  share: number
}

export const NO_TALLY: Tally = {
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
  row: 0,
  share: 0,
}

/** Adds months up by month and currency. */
export function addMonths(
  months: ReadonlyMap<string, OrderMonth>,
  more: Iterable<OrderMonth>,
): ReadonlyMap<string, OrderMonth> {
  const sums = new Map(months)
  for (const month of more) {
    const key = `${month.month} ${month.currency}`
    const { orders = 0, revenue = 0 } = sums.get(key) ?? {}
    sums.set(key, { ...month, orders: orders + month.orders, revenue: revenue + month.revenue })
  }
  return sums
}

const withRefused = (tally: Tally, remark: Remark): Tally => ({
  ...tally,
  refused: tally.refused + 1,
  refusals: tally.refusals.length < SHOWN ? [...tally.refusals, remark] : tally.refusals,
})

const withAnswer = (tally: Tally, { conflicts, months, ...answer }: PageAnswer): Tally => ({
  ...answer.refused.reduce(withRefused, tally),
  counts: Object.fromEntries(COUNTS.map((key) => [key, tally.counts[key] + answer[key]])) as Counts,
  conflicts: tally.conflicts + conflicts.length,
  conflictsShown: [...tally.conflictsShown, ...conflicts].slice(0, SHOWN),
  months: addMonths(tally.months, months),
})

export interface SendTableOptions {
  table: Table
  format: { id: string; goesOn: GoesOn | null }
  /** Nothing is stored: what would come of it is said. */
  dryRun: boolean
  receiver: TableReceiver
  /** Told of every row that is not taken in, also of those beyond the first. */
  onRefused?: (remark: Remark) => void
  /** Told what the file has come to after every page. */
  onPage?: (tally: Tally) => void
}

const encoder = new TextEncoder()
const bytesOf = (value: unknown) => encoder.encode(JSON.stringify(value)).byteLength

/** Sends a file page by page, in flat memory; one that broke off goes on where it stopped. */
export async function sendTable({
  table,
  format,
  dryRun,
  receiver,
  onRefused,
  onPage,
}: SendTableOptions): Promise<Tally> {
  const { name, header, size } = table
  const fileId = `${format.id}-${table.fingerprint}`
  const done = dryRun ? 0 : await receiver.rowsDone(fileId)
  const room = BYTES_AT_ONCE - bytesOf(header)
  let tally: Tally = NO_TALLY
  let page: TableRecord[] = []
  let bytes = 0
  const refuse = (remark: Remark) => {
    tally = withRefused(tally, remark)
    onRefused?.(remark)
  }
  const send = async (isEnd: boolean) => {
    const last = page.at(-1)
    const row = last ? last.row + last.rows.length - 1 : tally.row
    const position = table.position()
    const file = { id: fileId, name, size, position, rows: row, isEnd }
    const answer = await receiver.send({ format: format.id, header, dryRun, records: page, file })
    tally = { ...withAnswer(tally, answer), row, share: isEnd || size === 0 ? 1 : position / size }
    for (const remark of answer.refused) onRefused?.(remark)
    page = []
    bytes = 0
    onPage?.(tally)
  }
  for await (const record of recordsOf(table, format.goesOn)) {
    tally = { ...tally, records: tally.records + 1 }
    if (isRemark(record)) {
      refuse(record)
      continue
    }
    if (record.row <= done) {
      tally = { ...tally, skipped: tally.skipped + 1, row: record.row + record.rows.length - 1 }
      continue
    }
    const own = bytesOf(record) + 1
    if (own > room) {
      refuse({ row: record.row, reason: `has ${own} bytes, expected at most ${room}` })
      continue
    }
    if (page.length === RECORDS_AT_ONCE || bytes + own > room) await send(false)
    page.push(record)
    bytes += own
  }
  await send(true)
  return tally
}
