import { api } from '../../../api/api.ts'
import { messageOf } from '../../../api/apiProblem.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import { openCsvFile } from './openCsvFile.ts'
import { forgetPlace, keepPlace, placeIn } from './importPlace.ts'

export type ImportKind = 'orders' | 'customers'

/** Which column of the file holds each field, from 0. */
export type ImportMapping = Readonly<Record<string, number | null>>

interface ImportPlan {
  file: File
  kind: ImportKind
  mapping: ImportMapping
  dryRun: boolean
}

export interface ImportState {
  phase: 'idle' | 'running' | 'done' | 'failed'
  plan: ImportPlan | null
  /** How much of the file has been read, from 0 to 1. */
  share: number
  rows: number
  read: number
  applied: number
  duplicate: number
  parked: number
  erased: number
  refused: number
  /** The first of them. */
  refusals: readonly { row: number; reason: string }[]
  /** Rows that were sent before the page was loaded again. */
  skipped: number
  error: string | null
}

const IDLE: ImportState = {
  phase: 'idle',
  plan: null,
  share: 0,
  rows: 0,
  read: 0,
  applied: 0,
  duplicate: 0,
  parked: 0,
  erased: 0,
  refused: 0,
  refusals: [],
  skipped: 0,
  error: null,
}

const ROWS_AT_ONCE = 500
/** The server takes 512 KB; letters may take several bytes each. */
const CHARACTERS_AT_ONCE = 120_000
const LONGEST_CELL = 2_000
const REFUSALS_SHOWN = 100

// It goes on while somebody looks at other pages, and so belongs to none.
let state = IDLE
const listeners = new Set<() => void>()
const change = (next: Partial<ImportState>) => {
  state = { ...state, ...next }
  for (const listener of listeners) listener()
}
let current: AbortController | undefined

export const importStore = {
  read: () => state,
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  },
}

const isRunning = () => state.phase === 'running'

const warn = (event: BeforeUnloadEvent) => event.preventDefault()

interface SentRow {
  row: number
  cells: Record<string, string>
}

function cellsOf(cells: readonly string[], mapping: ImportMapping): Record<string, string> {
  return Object.fromEntries(
    Object.entries(mapping).flatMap(([field, column]) =>
      column === null ? [] : [[field, (cells[column] ?? '').slice(0, LONGEST_CELL)]],
    ),
  )
}

const sizeOf = ({ cells }: SentRow) => Object.values(cells).reduce((sum, cell) => sum + cell.length + 20, 40)

function refuse(refusals: readonly { row: number; reason: string }[]): void {
  if (refusals.length === 0) return
  change({
    refused: state.refused + refusals.length,
    refusals: [...state.refusals, ...refusals].slice(0, REFUSALS_SHOWN),
  })
}

async function send({ kind, dryRun }: ImportPlan, rows: readonly SentRow[]): Promise<void> {
  const done = await ask(api.import.rows.$post({}, withBody({ kind, dryRun, rows })))
  change({
    read: state.read + done.read,
    applied: state.applied + done.applied,
    duplicate: state.duplicate + done.duplicate,
    parked: state.parked + done.parked,
    erased: state.erased + done.erased,
  })
  refuse(done.refused)
}

async function readAll(plan: ImportPlan, signal: AbortSignal): Promise<void> {
  const { file, mapping, dryRun } = plan
  const begin = dryRun ? 0 : placeIn(plan)
  let waiting: SentRow[] = []
  let size = 0
  const flush = async () => {
    if (waiting.length === 0) return
    signal.throwIfAborted()
    await send(plan, waiting)
    const last = waiting.at(-1)
    if (!dryRun && last) keepPlace(plan, last.row)
    waiting = []
    size = 0
  }
  const { rows, size: bytes, position } = await openCsvFile(file)
  for await (const record of rows) {
    const { row } = record
    if (row <= begin) {
      change({ skipped: state.skipped + 1 })
      continue
    }
    change({ rows: state.rows + 1, share: bytes === 0 ? 1 : position() / bytes })
    if ('problem' in record) {
      refuse([{ row, reason: record.problem }])
      continue
    }
    const sent = { row, cells: cellsOf(record.cells, mapping) }
    const own = sizeOf(sent)
    if (waiting.length === ROWS_AT_ONCE || size + own > CHARACTERS_AT_ONCE) await flush()
    waiting.push(sent)
    size += own
  }
  await flush()
}

/** Reads a file and sends it row by row; with `dryRun` nothing is stored. One at a time. */
export async function runImport(plan: ImportPlan): Promise<void> {
  if (isRunning()) return
  current = new AbortController()
  change({ ...IDLE, phase: 'running', plan })
  window.addEventListener('beforeunload', warn)
  try {
    await readAll(plan, current.signal)
    if (!plan.dryRun) forgetPlace()
    change({ phase: 'done', share: 1 })
  } catch (error) {
    change({ phase: 'failed', error: messageOf(error) })
  } finally {
    window.removeEventListener('beforeunload', warn)
  }
}

/** Stops after the rows that are on their way. */
export const stopImport = () => current?.abort(new Error('stopped'))

/** Forgets what was found out of a file: another one was chosen. */
export function resetImport(): void {
  if (!isRunning()) change(IDLE)
}
