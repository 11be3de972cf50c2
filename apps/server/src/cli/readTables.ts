import { createReadStream } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { basename } from 'node:path'
import { openTable, tablesIn, type Encoding, type Table, type TableSource } from '@ciclo/csv'
import { CicloError } from '../errors.ts'
import { hashInPieces } from '../hashInPieces.ts'

const PIECE = 256 * 1024

/** What is wrong with a file is for the person who named it to mend. */
async function orBadRequest<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof CicloError) throw error
    throw new CicloError('bad-request', `${path}: cannot be read: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

function tableOr(opened: Awaited<ReturnType<typeof openTable>>): Table {
  if (opened.ok) return opened.table
  throw new CicloError('bad-request', opened.problem)
}

async function sourceOf(path: string): Promise<TableSource> {
  await access(path, constants.R_OK).catch((cause: unknown) => {
    throw new CicloError('bad-request', `${path}: cannot be opened: ${(cause as Error).message}`, { cause })
  })
  return { name: basename(path), bytes: () => createReadStream(path, { highWaterMark: PIECE }) }
}

/** The tables that a file holds, whatever system has written it: itself, or those in a zip archive. */
export async function readTables(path: string, encoding: Encoding | undefined): Promise<Table[]> {
  const source = await sourceOf(path)
  return await orBadRequest(path, async () => {
    const found = await tablesIn(source)
    if (!found.ok) throw new CicloError('bad-request', found.problem)
    return await Promise.all(
      found.sources.map(async (one) => tableOr(await openTable(one, { hash: hashInPieces, encoding }))),
    )
  })
}
