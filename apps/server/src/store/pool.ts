/** Up to `limit` items, opened when first needed, each used by one at a time; the rest wait their turn. */
export const makePool = <Item>(limit: number, openItem: () => Item) => {
  const all: Item[] = []
  const free: Item[] = []
  const waiting: ((item: Item) => void)[] = []
  const state: { users: number; closed?: Promise<void> | undefined; whenUnused?: (() => void) | undefined } =
    {
      users: 0,
    }

  const take = async (): Promise<Item> => {
    const unused = free.pop()
    if (unused !== undefined) return unused
    if (all.length >= limit) return await new Promise((resolve) => waiting.push(resolve))
    const opened = openItem()
    all.push(opened)
    return opened
  }

  const giveBack = (item: Item) => {
    const next = waiting.shift()
    if (next === undefined) free.push(item)
    else next(item)
  }

  const isOpen = async () => {
    while (state.closed) await state.closed
  }

  return {
    async use<T>(work: (item: Item) => Promise<T>): Promise<T> {
      await isOpen()
      state.users += 1
      try {
        const item = await take()
        try {
          return await work(item)
        } finally {
          giveBack(item)
        }
      } finally {
        state.users -= 1
        if (state.users === 0) state.whenUnused?.()
      }
    },
    /** Runs `work` while nobody uses any item: those who come meanwhile wait. */
    async whileUnused<T>(work: () => T): Promise<T> {
      await isOpen()
      const closed = Promise.withResolvers<void>()
      state.closed = closed.promise
      try {
        if (state.users > 0) {
          const unused = Promise.withResolvers<void>()
          state.whenUnused = unused.resolve
          await unused.promise
        }
        return work()
      } finally {
        state.whenUnused = undefined
        state.closed = undefined
        closed.resolve()
      }
    },
    /** Every item opened so far. */
    items: (): readonly Item[] => all,
  }
}
