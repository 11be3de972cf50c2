/** What was edited and had not reached the server, as this device keeps it. */
export interface KeptDraft<Value> {
  value: Value
  /** The hash of what the server had when that was begun; null: nothing. */
  base: string | null
  /** When it was edited last: milliseconds since 1970. */
  at: number
}

/** What a tab has left. */
export interface LeftDraft<Value> extends KeptDraft<Value> {
  /** It came after the page was shown: somebody may be writing already. */
  isLate: boolean
}

/** Keeps what is edited on this device, for each tab by itself: two tabs do not write over each other here, either. */
export interface KeptDrafts {
  /** False where this device does not take it: it is full, or keeps nothing at all. */
  keep: <Value>(key: string, draft: KeptDraft<Value>) => boolean
  drop: (key: string) => void
  /**
   * Offers the newest that a tab has left which is gone, and after it what tabs leave that only are about to go, as one
   * that is loaded anew. What is taken (the offer says true) must have been kept anew before.
   */
  takeOver: <Value>(key: string, offer: (left: LeftDraft<Value>) => boolean) => void
}

const PREFIX = 'ciclo-draft'

/** A lock that a tab holds for as long as it lives; browsers let go of it however a tab ends. */
const lockOf = (tab: string) => `${PREFIX}-tab/${tab}`

interface TabLocks {
  /** Calls when no other tab holds the lock, which is held until what it returns settles. */
  request: (name: string, held: () => Promise<unknown>) => Promise<unknown>
  query: () => Promise<{ held?: { name?: string }[] }>
}

interface DeviceParts {
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>
  /** Undefined where the browser has none, as on pages without TLS: every other tab then counts as gone. */
  locks: TabLocks | undefined
  tab: string
}

const isKept = (value: unknown): value is KeptDraft<unknown> =>
  typeof value === 'object' && value !== null && 'value' in value && 'base' in value && 'at' in value

function readKept(text: string | null): KeptDraft<unknown> | undefined {
  if (text === null) return undefined
  try {
    const read: unknown = JSON.parse(text)
    return isKept(read) ? read : undefined
  } catch {
    return undefined
  }
}

/** `KeptDrafts` in the storage of a browser. */
export function createKeptDrafts({ storage, locks, tab }: DeviceParts): KeptDrafts {
  // Held until the tab is gone: the promise never settles.
  void locks?.request(lockOf(tab), () => new Promise(() => {})).catch(() => {})
  const placeOf = (key: string, of = tab) => `${PREFIX}/${key}/${of}`
  const othersOf = (key: string): { place: string; tab: string }[] => {
    const start = `${PREFIX}/${key}/`
    const found = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
    return found
      .filter((place) => place.startsWith(start) && !place.slice(start.length).includes('/'))
      .map((place) => ({ place, tab: place.slice(start.length) }))
  }
  return {
    keep(key, draft) {
      try {
        storage.setItem(placeOf(key), JSON.stringify(draft))
        return true
      } catch {
        return false
      }
    },
    drop(key) {
      storage.removeItem(placeOf(key))
    },
    takeOver<Value>(key: string, offer: (left: LeftDraft<Value>) => boolean) {
      const offerOf = (places: readonly string[], isLate: boolean) => {
        const [newest] = places
          .flatMap((place) => {
            const kept = readKept(storage.getItem(place))
            return kept ? [{ place, kept: kept as KeptDraft<Value> }] : []
          })
          .toSorted((one, other) => other.kept.at - one.kept.at)
        if (newest && offer({ ...newest.kept, isLate }) && newest.place !== placeOf(key))
          storage.removeItem(newest.place)
      }
      const look = async () => {
        const { held = [] } = (await locks?.query().catch(() => undefined)) ?? {}
        const living = new Set(held.map(({ name }) => name))
        const all = othersOf(key).map((one) => ({
          ...one,
          isLiving: one.tab !== tab && living.has(lockOf(one.tab)),
        }))
        offerOf(
          all.flatMap(({ place, isLiving }) => (isLiving ? [] : [place])),
          false,
        )
        for (const { place, tab: other, isLiving } of all)
          if (isLiving)
            void locks
              ?.request(lockOf(other), async () => await Promise.resolve(offerOf([place], true)))
              .catch(() => {})
      }
      void look()
    },
  }
}
