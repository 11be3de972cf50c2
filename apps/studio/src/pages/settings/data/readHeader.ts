import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import { openCsvFile } from './openCsvFile.ts'
import type { ImportKind } from './importRun.ts'

const SAMPLES = 3

/** The header of a file, the first rows below it, and which column the server takes for what. */
export async function readHeader(file: File, kind: ImportKind) {
  const { header, rows } = await openCsvFile(file)
  const samples: string[][] = []
  for await (const record of rows) {
    if ('cells' in record) samples.push(record.cells)
    if (samples.length === SAMPLES) break
  }
  const names = header.map((cell) => cell.trim().slice(0, 500)).slice(0, 500)
  const { fields } = await ask(api.import.columns.$post({}, withBody({ kind, header: names })))
  return { names, samples, fields }
}

export type Header = Awaited<ReturnType<typeof readHeader>>
