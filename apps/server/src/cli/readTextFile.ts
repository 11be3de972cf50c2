import { readFile } from 'node:fs/promises'
import { CicloError } from '../errors.ts'

/** A file's text, without a byte order mark. Throws `bad-request` that names the path where it cannot be read. */
export async function readTextFile(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '')
  } catch (cause) {
    throw new CicloError('bad-request', `${path}: cannot be read: ${(cause as Error).message}`, { cause })
  }
}
