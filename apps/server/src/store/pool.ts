/** Up to `limit` items, opened when first needed, each used by one at a time; the rest wait their turn. */
export const makePool = <Item>(limit: number, open: () => Item) => {
  const all: Item[] = []
  const free: Item[] = []
  const waiting: ((item: Item) => void)[] = []

  const take = async (): Promise<Item> => {
    const unused = free.pop()
    if (unused !== undefined) return unused
    if (all.length >= limit) return await new Promise((resolve) => waiting.push(resolve))
    const opened = open()
    all.push(opened)
    return opened
  }

  const giveBack = (item: Item) => {
    const next = waiting.shift()
    if (next === undefined) free.push(item)
    else next(item)
  }

  return {
    async use<T>(work: (item: Item) => Promise<T>): Promise<T> {
      const item = await take()
      try {
        return await work(item)
      } finally {
        giveBack(item)
      }
    },
    /** Every item opened so far. */
    items: (): readonly Item[] => all,
  }
}
