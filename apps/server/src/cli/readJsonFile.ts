import { resolve } from 'node:path'
import { CicloError } from '../errors.ts'
import { readTextFile } from './readTextFile.ts'
import type { Surroundings } from './surroundings.ts'

/** What a file holds as JSON. Throws `bad-request` that names the file, and `what` was expected in it. */
export async function readJsonFile(
  file: string,
  what: string,
  { folder }: Pick<Surroundings, 'folder'>,
): Promise<unknown> {
  const path = resolve(folder, file)
  const text = await readTextFile(path)
  try {
    return JSON.parse(text)
  } catch (cause) {
    const problem = `${path}: expected ${what} as JSON: ${(cause as Error).message}`
    throw new CicloError('bad-request', problem, { cause })
  }
}
