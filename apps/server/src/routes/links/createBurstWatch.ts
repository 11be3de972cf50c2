/** Nobody follows two different links of one mail within so little time: milliseconds. */
const WINDOW = 2_000
/** Of how many mails clicks are remembered: the oldest go. */
const CAPACITY = 10_000

interface Clicks {
  at: number
  urls: Set<string>
}

/** Says of each click whether it is one of a burst: of several different links of one mail at once, as scanners follow them. */
export interface BurstWatch {
  isBurst(mail: string, url: string, at: number): boolean
}

/**
 * Decides by what is known at the click: the first of a burst looks as a person's does. Remembers in this process only,
 * and no more than it has to.
 */
export function createBurstWatch(): BurstWatch {
  const known = new Map<string, Clicks>()
  return {
    isBurst: (mail, url, at) => {
      const before = known.get(mail)
      const urls = before && at - before.at < WINDOW ? before.urls : new Set<string>()
      urls.add(url)
      // Deleted first, so that what was touched last stands at the end.
      known.delete(mail)
      known.set(mail, { at, urls })
      const [oldest] = known.keys()
      if (known.size > CAPACITY && oldest !== undefined) known.delete(oldest)
      return urls.size > 1
    },
  }
}
