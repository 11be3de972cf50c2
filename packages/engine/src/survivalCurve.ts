/** How long something lasted until it ended, or until one stopped looking: it lasted at least so long (censored). */
export interface Duration {
  duration: number
  ended: boolean
}

/** One time at which something ended. */
export interface SurvivalStep {
  duration: number
  /** How many had lasted until then and were still looked at. */
  atRisk: number
  /** How many of those ended then. */
  ended: number
  /** The share that lasts longer than `duration`. */
  survival: number
  /** Its standard error by Greenwood's formula; 0 where `survival` is 0. */
  error: number
}

/**
 * The Kaplan-Meier estimate: one step per distinct time at which something ended, ascending. Where something ends at the
 * very time at which something else is lost from sight, the ending comes first: the other was still there. O(n log n).
 * The steps are made as they are asked for, as often as they are: of a million durations only the numbers are kept.
 * Source: Kaplan, Meier 1958, Journal of the American Statistical Association 53:282.
 */
export function survivalCurve(durations: Iterable<Duration>): Iterable<SurvivalStep> {
  const endedAt: number[] = []
  const openAt: number[] = []
  for (const { duration, ended } of durations) (ended ? endedAt : openAt).push(duration)
  const ends = Float64Array.from(endedAt).toSorted()
  const opens = Float64Array.from(openAt).toSorted()
  return { [Symbol.iterator]: () => stepsOf(ends, opens) }
}

function* stepsOf(ends: Float64Array, opens: Float64Array): Generator<SurvivalStep> {
  let survival = 1
  let greenwood = 0
  let lost = 0
  for (let gone = 0; gone < ends.length;) {
    const duration = ends[gone] as number
    while (lost < opens.length && (opens[lost] as number) < duration) lost += 1
    const atRisk = ends.length - gone + opens.length - lost
    let ended = 0
    while (ends[gone + ended] === duration) ended += 1
    survival *= (atRisk - ended) / atRisk
    greenwood += ended / (atRisk * (atRisk - ended))
    const error = survival === 0 ? 0 : survival * Math.sqrt(greenwood)
    yield { duration, atRisk, ended, survival, error }
    gone += ended
  }
}
