type Scalar = string | number | boolean

/** A place in what was sent, and what stood there. */
export interface SeenValue {
  /** As rules have it: `*` is each element of a list. */
  path: string[]
  /** What kinds of values were seen there: only these can be compared. */
  types: ('text' | 'number' | 'boolean')[]
  /** The most frequent ones, of which there are few enough to choose from. */
  values: Scalar[]
}

const TYPES = { string: 'text', number: 'number', boolean: 'boolean' } as const
/** As deep as a rule's path goes. */
const DEPTH = 4
const MOST_PATHS = 200
const MOST_VALUES = 20
/** Longer text is no word that somebody chooses from a list. */
const LONGEST = 100

const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/** Gathers what stands at which place in JSON that was sent. */
export function createSeenValues() {
  const seen = new Map<
    string,
    { path: string[]; times: number; values: Map<Scalar, number>; types: Set<SeenValue['types'][number]> }
  >()

  const note = (path: string[], value: Scalar) => {
    const key = JSON.stringify(path)
    const place = seen.get(key) ?? { path, times: 0, values: new Map(), types: new Set() }
    if (!seen.has(key)) {
      if (seen.size >= MOST_PATHS) return
      seen.set(key, place)
    }
    place.times += 1
    const type = TYPES[typeof value as keyof typeof TYPES]
    place.types.add(type)
    if (typeof value === 'string' && (value === '' || value.length > LONGEST)) return
    place.values.set(value, (place.values.get(value) ?? 0) + 1)
  }

  const walk = (value: unknown, path: string[]) => {
    if (isScalar(value)) {
      if (path.length > 0) note(path, value)
    } else if (path.length < DEPTH && typeof value === 'object' && value !== null) {
      const entries = Array.isArray(value)
        ? value.map((element): [string, unknown] => ['*', element])
        : Object.entries(value).filter(([name]) => name !== '*' && name !== '')
      for (const [name, inner] of entries) walk(inner, [...path, name])
    }
  }

  return {
    add: (value: unknown) => walk(value, []),
    /** The most frequent places first. */
    list: (): SeenValue[] =>
      [...seen.values()]
        .toSorted((one, other) => other.times - one.times)
        .map(({ path, types, values }) => ({
          path,
          types: [...types],
          values: [...values]
            .toSorted(([, one], [, other]) => other - one)
            .slice(0, MOST_VALUES)
            .map(([value]) => value),
        })),
  }
}
