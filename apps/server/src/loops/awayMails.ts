/** When mails whose servers are away are looked at again. */
export interface AwayMails {
  /**
   * When the next mail is due that waits for this server, which is away until then at least. Not all come back at once:
   * after some hundred the next ones come a second later.
   *
   * @param isTried it was tried in vain: the next to be tried is another
   */
  dueAt(server: string, until: number, isTried?: boolean): number
  /** Servers that mails wait for. */
  servers(): readonly string[]
  /** All that wait are due until then. */
  latest(): number
  /** It is back: nothing waits for it any more. */
  forget(server: string): void
}

/** Deciding on so many takes a fraction of that time, in milliseconds. */
const AT_ONCE = 200
const APART = 1_000

export function createAwayMails(): AwayMails {
  const awaited = new Set<string>()
  let slot = 0
  let count = 0
  return {
    dueAt: (server, until, isTried = false) => {
      awaited.add(server)
      if (until > slot || count === AT_ONCE) {
        slot = Math.max(until, slot + APART)
        count = 0
      }
      count += 1
      return isTried ? slot + 1 : slot
    },
    servers: () => [...awaited],
    latest: () => slot + 1,
    forget: (server) => {
      awaited.delete(server)
      if (awaited.size === 0) slot = 0
    },
  }
}
