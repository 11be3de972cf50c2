import type { Enrolment, PastRuns } from './enrolment.ts'

/** Of how many carts or orders it is known when they had their last run. */
const KEYS_REMEMBERED = 30

type Past = Readonly<Record<string, PastRuns>>
type Told = Pick<Enrolment, 'journeyId' | 'key' | 'startedAt'>

/** The runs of a journey that a customer has had. */
export const pastOf = (past: Past, journeyId: string): PastRuns | undefined =>
  Object.hasOwn(past, journeyId) ? past[journeyId] : undefined

/** The last of a journey's runs with a key, as long as it is remembered. */
export const lastOfKey = (keys: PastRuns['keys'], key: string) =>
  keys && Object.hasOwn(keys, key) ? keys[key] : undefined

function withKey(
  keys: PastRuns['keys'],
  key: string | null,
  startedAt: number,
  endedAt: number | null,
): Pick<PastRuns, 'keys'> {
  if (key === null) return keys ? { keys } : {}
  const others = Object.entries(keys ?? {}).filter(([name]) => name !== key)
  // The latest stands at the end, as long as keys are no whole numbers, which JSON objects put first: so by time.
  const latest = [...others, [key, [startedAt, endedAt] as const] as const]
    .toSorted(([, [one]], [, [other]]) => one - other)
    .slice(-KEYS_REMEMBERED)
  return { keys: Object.fromEntries(latest) }
}

/** A run has begun. */
export function withStart(past: Past, { journeyId, key, startedAt }: Told): Record<string, PastRuns> {
  const known = pastOf(past, journeyId)
  const runs: PastRuns = {
    count: (known?.count ?? 0) + 1,
    lastStartedAt: startedAt,
    lastEndedAt: null,
    ...withKey(known?.keys, key, startedAt, null),
  }
  return { ...past, [journeyId]: runs }
}

/** A run has ended. */
export function withEnd(
  past: Past,
  { journeyId, key, startedAt }: Told,
  at: number,
): Record<string, PastRuns> {
  const known = pastOf(past, journeyId)
  if (!known) return { ...past }
  // While its last mail waited, the next run may have begun: that is the last one.
  const last = key === null ? undefined : lastOfKey(known.keys, key)
  const isLastOfKey = (last?.[0] ?? startedAt) <= startedAt
  return {
    ...past,
    [journeyId]: {
      ...known,
      ...(known.lastStartedAt <= startedAt ? { lastEndedAt: at } : {}),
      ...(isLastOfKey ? withKey(known.keys, key, startedAt, at) : {}),
    },
  }
}

/** What a customer was in until an instant, at which what still runs counts as ended. */
export function pastUntil(
  runs: readonly (Told & Pick<Enrolment, 'endedAt'>)[],
  until: number,
): Record<string, PastRuns> {
  let past: Record<string, PastRuns> = {}
  for (const run of runs.toSorted((one, other) => one.startedAt - other.startedAt)) {
    if (run.startedAt >= until) break
    past = withEnd(withStart(past, run), run, Math.min(run.endedAt ?? until, until))
  }
  return past
}

/** What two customers who turn out to be one have been in. */
export function mergePast(one: Past, other: Past): Record<string, PastRuns> {
  const merged: Record<string, PastRuns> = { ...one }
  for (const [journeyId, runs] of Object.entries(other)) {
    const known = pastOf(one, journeyId)
    if (!known) {
      merged[journeyId] = runs
      continue
    }
    const newer = known.lastStartedAt >= runs.lastStartedAt ? known : runs
    let keys = known.keys
    for (const [key, [startedAt, endedAt]] of Object.entries(runs.keys ?? {})) {
      const own = lastOfKey(keys, key)
      if (!own || own[0] < startedAt) ({ keys } = withKey(keys, key, startedAt, endedAt))
    }
    const { keys: _keys, ...last } = newer
    merged[journeyId] = { ...last, count: known.count + runs.count, ...(keys ? { keys } : {}) }
  }
  return merged
}
