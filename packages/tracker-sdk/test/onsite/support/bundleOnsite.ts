import { readFile } from 'node:fs/promises'
import { buildTracker } from '../../../build.ts'
import { trackerOnsiteFile } from '../../../src/index.ts'

/** The chunk as it is shipped. */
export const bundleOnsite = async (): Promise<string> => {
  await buildTracker()
  return await readFile(trackerOnsiteFile, 'utf8')
}
