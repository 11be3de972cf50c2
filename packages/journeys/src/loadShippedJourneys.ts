import { readdirSync, readFileSync } from 'node:fs'
import type { Journey } from '@ciclo/engine'
import { readJourneyText } from './readJourneyText.ts'

const FOLDER = new URL('../journeys/', import.meta.url)

/** Sign-up works with these in every new workspace: they are on from the start, all others when the shop turns them on. */
export const FIRST_JOURNEYS: readonly string[] = ['opt-in-confirmation', 'welcome']

const files = () => readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'))

/** The ids of all journeys that Ciclo ships: each file is called by its journey's. */
export const shippedJourneyIds = (): string[] => files().map((file) => file.slice(0, -'.yaml'.length))

function readFolder(): Journey[] {
  return files()
    .map((file) => {
      const read = readJourneyText(readFileSync(new URL(file, FOLDER), 'utf8'), file)
      if ('problems' in read) throw new SyntaxError(read.problems.map(({ text }) => text).join('\n'))
      return read.journey
    })
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
}

let shipped: readonly Journey[] | undefined

/** Every journey that Ciclo ships, in the order of their ids. Reading them takes 150 ms, once. */
export const loadShippedJourneys = (): Journey[] => [...(shipped ??= readFolder())]
