import { basename, resolve } from 'node:path'
import { CicloError } from '../errors.ts'
import { readTextFile } from './readTextFile.ts'
import type { Surroundings } from './surroundings.ts'

/** Whether somebody names a file, and not the id of a journey. */
export const isJourneyFile = (text: string) => /\.(?:ya?ml|json)$/i.test(text)

/** A journey's definition, as data: the server says what is wrong with it. */
export async function readJourneyFile(
  file: string,
  { folder }: Surroundings,
): Promise<{ id: string; definition: unknown }> {
  const path = resolve(folder, file)
  const text = await readTextFile(path)
  // No other command needs the journeys.
  const { readJourneyText } = await import('@ciclo/journeys')
  const read = readJourneyText(text, basename(path))
  if ('problems' in read)
    throw new CicloError('bad-request', read.problems.map((problem) => problem.text).join('\n'))
  return { id: read.journey.id, definition: read.journey }
}
