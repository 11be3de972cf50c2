import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { sendTable, type GoesOn, type Table, type TableReceiver, type Tally } from '@ciclo/csv'
import { CicloError } from '../errors.ts'
import { ImportRunSchema, MovedInSchema } from '../routes/moveInSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { createProgress } from './progress.ts'
import type { Surroundings } from './surroundings.ts'

const quotedCell = (text: string) => `"${text.replaceAll('"', '""')}"`

function openRefusals(path: string | undefined): WriteStream | undefined {
  if (path === undefined) return undefined
  const file = createWriteStream(path)
  file.write('file,row,reason\n')
  return file
}

/** Up to which row a file was taken in, where an earlier import broke off. */
async function earlierRows(request: ApiTarget['request'], id: string): Promise<number> {
  try {
    const run = ImportRunSchema.parse(await (await request('GET', `/import/runs/${id}`)).json())
    return run.state === 'running' ? run.rows : 0
  } catch (error) {
    if (error instanceof CicloError && error.code === 'not-found') return 0
    throw error
  }
}

export interface MoveInFileOptions {
  format: { id: string; goesOn: GoesOn | null }
  table: Table
  dryRun: boolean
  /** Where all that is refused is written to, as CSV. */
  refusals: string | undefined
}

/** Moves one file in, page by page and in flat memory; one that broke off goes on where it stopped. */
export async function moveInFile(
  { request }: ApiTarget,
  { format, table, dryRun, refusals }: MoveInFileOptions,
  surroundings: Surroundings,
): Promise<Tally> {
  const { name } = table
  const progress = createProgress(surroundings)
  const refusalFile = openRefusals(refusals)
  let row = 0
  const receiver: TableReceiver = {
    rowsDone: async (id) => {
      const done = await earlierRows(request, id)
      if (done > 0)
        surroundings.warn(`${name}: goes on behind row ${done}, where an earlier import broke off`)
      return done
    },
    send: async (page) => {
      row = page.file.rows
      return MovedInSchema.parse(await (await request('POST', '/import/records', page)).json())
    },
  }
  try {
    return await sendTable({
      table,
      format,
      dryRun,
      receiver,
      onRefused: ({ row: refused, reason }) =>
        refusalFile?.write(`${quotedCell(name)},${refused},${quotedCell(reason)}\n`),
      onPage: ({ records, share }) => progress.show(records, share),
    })
  } catch (error) {
    if (!(error instanceof CicloError) || dryRun) throw error
    throw new CicloError(
      error.code,
      `${name}: the import broke off before row ${row + 1}: ${error.message}\n` +
        'The same command again goes on from there.',
      { cause: error },
    )
  } finally {
    progress.end()
    // Who reads the file next finds all of it.
    if (refusalFile) await finished(refusalFile.end())
  }
}
