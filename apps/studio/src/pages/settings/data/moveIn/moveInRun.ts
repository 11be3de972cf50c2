import {
  addMonths,
  NO_TALLY,
  openTable,
  sendTable,
  type OrderMonth,
  type Remark,
  type TableReceiver,
  type Tally,
} from '@ciclo/csv'
import { api } from '../../../../api/api.ts'
import { messageOf } from '../../../../api/apiProblem.ts'
import { ask } from '../../../../api/ask.ts'
import { withBody } from '../../../../api/withBody.ts'
import { hashInPieces } from '../fileSource.ts'
import type { ChosenFile, ExportFormat } from './chooseFiles.ts'

export interface MovedFile {
  name: string
  size: number
  format: ExportFormat
  tally: Tally
  phase: 'waiting' | 'running' | 'done'
}

export interface MoveInState {
  phase: 'idle' | 'running' | 'done' | 'failed'
  /** Nothing is stored: what would come of it is shown. */
  dryRun: boolean
  files: readonly MovedFile[]
  /** Orders by month: of the files, and as Ciclo knows them. */
  months: { files: ReadonlyMap<string, OrderMonth>; known: readonly OrderMonth[] } | null
  /** Every row that was refused, as far as there is room. */
  refusals: readonly (Remark & { file: string })[]
  error: string | null
}

const IDLE: MoveInState = { phase: 'idle', dryRun: true, files: [], months: null, refusals: [], error: null }

/** As many as can be looked through; the command line writes all of them to a file. */
const MOST_REFUSALS = 50_000

// It goes on while somebody looks at other pages, and so belongs to none.
let state = IDLE
const listeners = new Set<() => void>()
const change = (next: Partial<MoveInState>) => {
  state = { ...state, ...next }
  for (const listener of listeners) listener()
}
let current: AbortController | undefined

export const moveInStore = {
  read: () => state,
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  },
}

const warn = (event: BeforeUnloadEvent) => event.preventDefault()

/** Up to which row an earlier import has come that broke off. */
async function rowsDone(id: string): Promise<number> {
  const { imports } = await ask(api.moveIn.runs.$get())
  return imports.find((run) => run.id === id && run.state === 'running')?.rows ?? 0
}

const receiverFor = (signal: AbortSignal): TableReceiver => ({
  rowsDone,
  send: async (page) => {
    signal.throwIfAborted()
    return await ask(api.moveIn.records.$post({}, withBody(page)))
  },
})

const changeFile = (place: number, next: Partial<MovedFile>) =>
  change({ files: state.files.map((file, at) => (at === place ? { ...file, ...next } : file)) })

async function moveAll(chosen: readonly (ChosenFile & { format: ExportFormat })[], signal: AbortSignal) {
  const { dryRun } = state
  let months: ReadonlyMap<string, OrderMonth> = new Map()
  for (const [place, { source, name, format, encoding }] of chosen.entries()) {
    changeFile(place, { phase: 'running' })
    const opened = await openTable(source, { hash: hashInPieces, encoding })
    if (!opened.ok) throw new Error(opened.problem)
    const refusals: (Remark & { file: string })[] = []
    const tally = await sendTable({
      table: opened.table,
      format,
      dryRun,
      receiver: receiverFor(signal),
      onRefused: (remark) => {
        if (state.refusals.length + refusals.length < MOST_REFUSALS) refusals.push({ ...remark, file: name })
      },
      onPage: (known) => changeFile(place, { tally: known }),
    })
    changeFile(place, { tally, phase: 'done' })
    change({ refusals: [...state.refusals, ...refusals] })
    months = addMonths(months, tally.months.values())
  }
  if (months.size === 0) return
  const known = await ask(api.moveIn.months.$get())
  change({ months: { files: months, known: known.months } })
}

/** Moves files in, one after the other; with `dryRun` nothing is stored. One go at a time. */
export async function runMoveIn(chosen: readonly ChosenFile[], dryRun: boolean): Promise<void> {
  if (state.phase === 'running') return
  current = new AbortController()
  const files = chosen.flatMap((file) => (file.format ? [{ ...file, format: file.format }] : []))
  change({
    ...IDLE,
    phase: 'running',
    dryRun,
    files: files.map(({ name, size, format }) => ({ name, size, format, tally: NO_TALLY, phase: 'waiting' })),
  })
  window.addEventListener('beforeunload', warn)
  try {
    await moveAll(files, current.signal)
    change({ phase: 'done' })
  } catch (error) {
    change({ phase: 'failed', error: messageOf(error) })
  } finally {
    window.removeEventListener('beforeunload', warn)
  }
}

/** Stops after the rows that are on their way. */
export const stopMoveIn = () => current?.abort(new Error('stopped'))

/** Forgets what was found out: other files were chosen. */
export function resetMoveIn(): void {
  if (state.phase !== 'running') change(IDLE)
}
