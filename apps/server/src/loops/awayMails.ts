/** When mails whose servers are away are looked at again. */
export interface AwayMails {
  /**
   * When the next mail is due that waits for this server, which is away until then at least. Not all come back at once:
   * after some hundred the next ones come a second later. Each server has a line of its own: one that thousands wait
   * for keeps no other from being asked whether it is back.
   *
   * @param isTried it was tried in vain: the next to be tried is another
   */
  dueAt(server: string, until: number, isTried?: boolean): number
  /** Servers that mails wait for. */
  servers(): readonly string[]
  /** All that wait for these are due until then. */
  latest(servers: readonly string[]): number
  /** It is back: nothing waits for it any more. */
  forget(server: string): void
}

/** Deciding on so many takes a fraction of that time, in milliseconds. */
const AT_ONCE = 200
const APART = 1_000

export function createAwayMails(): AwayMails {
  const lines = new Map<string, { slot: number; count: number }>()
  return {
    dueAt: (server, until, isTried = false) => {
      const line = lines.get(server) ?? { slot: 0, count: 0 }
      lines.set(server, line)
      if (until > line.slot || line.count === AT_ONCE) {
        line.slot = Math.max(until, line.slot + APART)
        line.count = 0
      }
      line.count += 1
      return isTried ? line.slot + 1 : line.slot
    },
    servers: () => [...lines.keys()],
    latest: (servers) => Math.max(0, ...servers.map((server) => lines.get(server)?.slot ?? 0)) + 1,
    forget: (server) => {
      lines.delete(server)
    },
  }
}
