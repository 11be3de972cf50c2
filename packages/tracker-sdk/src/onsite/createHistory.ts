import { readItem, readJson, removeItem, writeItem } from '../browser/storage.ts'
import type { Seen } from './chooseMessage.ts'

export type History = Record<string, Seen | undefined>

const KEY = 'ciclo.onsite'
/** 60 bytes each: the shop's own storage stays free. */
const MOST = 50

/** What this browser has seen and answered. Where nothing can be stored, a message is shown once per page load. */
export const createHistory = () => {
  let unstored: History = {}
  // Read anew each time: another tab may have asked the same.
  const read = (): History => ({ ...(readJson(readItem(KEY)) as History | undefined), ...unstored })

  const note = (id: string, change: (seen: Seen) => Seen) => {
    const { [id]: before, ...others } = read()
    const seen = change(before ?? { times: 0, last: 0, answered: false })
    const newest = Object.entries({ ...others, [id]: seen }).slice(-MOST)
    if (!writeItem(KEY, JSON.stringify(Object.fromEntries(newest)))) {
      unstored = { ...unstored, [id]: { ...seen, answered: true } }
    }
  }

  return {
    read,
    showed: (id: string, now: number): void =>
      note(id, ({ times, answered }) => ({ times: times + 1, last: now, answered })),
    answered: (id: string): void => note(id, (seen) => ({ ...seen, answered: true })),
    clear: (): void => removeItem(KEY),
  }
}
