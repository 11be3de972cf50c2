import { accessSync, constants, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { CicloError } from '../errors.ts'

/** Whether a path can be read off the disk as a folder, and be written to. */
function isWritableFolder(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK)
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/**
 * Before anything is done for the sake of a file: whether it can be written in the end.
 *
 * @param path absolute
 * Throws `bad-request` with the path and what was expected.
 */
export function expectWritable(path: string): void {
  const folder = dirname(path)
  if (!isWritableFolder(folder)) {
    throw new CicloError(
      'bad-request',
      `${path}: expected a file in a folder that exists and can be written to`,
    )
  }
  const there = statSync(path, { throwIfNoEntry: false })
  if (there?.isDirectory()) throw new CicloError('bad-request', `${path}: given a folder, expected a file`)
}
