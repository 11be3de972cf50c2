import { openTable, tablesIn, type Encoding, type TableSource } from '@ciclo/csv'
import type { InferResponseType } from 'hono/client'
import { api } from '../../../../api/api.ts'
import { messageOf } from '../../../../api/apiProblem.ts'
import { ask } from '../../../../api/ask.ts'
import { withBody } from '../../../../api/withBody.ts'
import { fileSource, hashInPieces } from '../fileSource.ts'

type Recognised = InferResponseType<typeof api.moveIn.recognise.$post>
export type ExportFormat = NonNullable<Recognised['format']>

/** What was made out of a chosen file, or of a file in a chosen archive. */
export interface ChosenFile {
  source: TableSource
  name: string
  size: number
  format: ExportFormat | null
  encoding: Encoding
  /** Whether the letters only suggest the encoding: somebody has to look at the first row. */
  isGuess: boolean
  firstRow: readonly string[]
  /** Why it cannot be moved in; null where it can. */
  problem: string | null
  /** What the likeliest exports would have needed, where it is none. */
  nearest: readonly Recognised['nearest'][number][]
}

const NOTHING = { format: null, encoding: 'utf-8', isGuess: false, firstRow: [], nearest: [] } as const

/** Reads a file through: which export it is, and in which encoding. */
export async function lookAt(source: TableSource, encoding?: Encoding): Promise<ChosenFile> {
  const { name } = source
  try {
    const opened = await openTable(source, { hash: hashInPieces, encoding })
    if (!opened.ok) return { ...NOTHING, source, name, size: 0, problem: opened.problem }
    const { table } = opened
    const first = await table.rows.next()
    await table.close()
    const header = table.header.map((cell) => cell.slice(0, 500)).slice(0, 500)
    const { format, nearest } = await ask(api.moveIn.recognise.$post({}, withBody({ header })))
    return {
      source,
      name,
      size: table.size,
      format,
      nearest,
      encoding: table.encoding.encoding,
      isGuess: table.encoding.isGuess || encoding !== undefined,
      firstRow: first.value && 'cells' in first.value ? first.value.cells : [],
      problem: null,
    }
  } catch (error) {
    return { ...NOTHING, source, name, size: 0, problem: messageOf(error) }
  }
}

/** Those that get nothing come first, then customers, then orders: a yes must not come before a no. */
const ORDER: readonly ExportFormat['kind'][] = ['suppressions', 'profiles', 'orders']
const rankOf = ({ format }: ChosenFile) => (format ? ORDER.indexOf(format.kind) : ORDER.length)

/** What each file is, those in archives too, in the order in which they are moved in. */
export async function chooseFiles(files: readonly File[]): Promise<ChosenFile[]> {
  const chosen: ChosenFile[] = []
  for (const file of files) {
    const source = fileSource(file)
    const found = await tablesIn(source)
    if (!found.ok)
      chosen.push({ ...NOTHING, source, name: file.name, size: file.size, problem: found.problem })
    else for (const one of found.sources) chosen.push(await lookAt(one))
  }
  return chosen.toSorted((one, other) => rankOf(one) - rankOf(other))
}
