import { readdirSync, readFileSync } from 'node:fs'
import type { Journey } from '@ciclo/engine'
import { readJourneyText } from './readJourneyText.ts'

const FOLDER = new URL('../journeys/', import.meta.url)

/** Sign-up works with these in every new workspace: they are on from the start, all others when the shop turns them on. */
export const FIRST_JOURNEYS: readonly string[] = ['opt-in-confirmation', 'welcome']

function readFolder(): Journey[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => {
      const read = readJourneyText(readFileSync(new URL(file, FOLDER), 'utf8'), file)
      if ('problems' in read) throw new SyntaxError(read.problems.map(({ text }) => text).join('\n'))
      return read.journey
    })
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
}

let shipped: readonly Journey[] | undefined

/** Every journey that Ciclo ships, in the order of their ids. Its folder is read once. */
export const loadShippedJourneys = (): Journey[] => [...(shipped ??= readFolder())]
