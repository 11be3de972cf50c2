import { openTable, tablesIn, type Table } from '@ciclo/csv'
import { fileSource, hashInPieces } from './fileSource.ts'

/** Opens the table that a file is, or that is alone in a zip archive. Throws where it cannot be read. */
export async function openCsvFile(file: File): Promise<Table> {
  const found = await tablesIn(fileSource(file))
  if (!found.ok) throw new Error(found.problem)
  const [source, ...others] = found.sources
  if (!source || others.length > 0)
    throw new Error(`${file.name}: has ${found.sources.length} files, expected one`)
  const opened = await openTable(source, { hash: hashInPieces })
  if (!opened.ok) throw new Error(opened.problem)
  return opened.table
}
