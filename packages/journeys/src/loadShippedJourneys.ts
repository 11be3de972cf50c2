import { readdirSync, readFileSync } from 'node:fs'
import type { Journey } from '@ciclo/engine'
import { readJourneyText } from './readJourneyText.ts'

const FOLDER = new URL('../journeys/', import.meta.url)

/** Sign-up works with these in every new workspace: they are on from the start, all others when the shop turns them on. */
export const FIRST_JOURNEYS: readonly string[] = ['opt-in-confirmation', 'welcome']

/** Every journey that Ciclo ships, by the order of their ids. Reads its folder: call it once. */
export function loadShippedJourneys(): Journey[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
    .map((file) => {
      const read = readJourneyText(readFileSync(new URL(file, FOLDER), 'utf8'), file)
      if ('problems' in read) throw new SyntaxError(read.problems.map(({ text }) => text).join('\n'))
      return read.journey
    })
}
