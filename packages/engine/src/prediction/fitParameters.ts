import { minimise } from './minimise.ts'

/** The least and the most that a parameter may be: what lies beyond says the same about customers. */
export interface Range {
  least: number
  most: number
}

export interface ParameterFit {
  parameters: number[]
  logLikelihood: number
}

/** A likelihood that differs by less says the same: a thousandth of what separates two neighbouring beliefs. */
const TOLERANCE = 1e-6
const MOST_EVALUATIONS = 4_000
/** In the logarithm of a parameter. */
const FIRST_STEP = 0.4

const within = (value: number, { least, most }: Range) => Math.min(Math.max(value, least), most)

/**
 * The positive parameters of the greatest likelihood within their ranges. The search goes over their logarithms, from
 * the likeliest of the starts. A shop whose customers are all alike has no greatest likelihood, it grows for ever: the
 * ranges end that.
 */
export function fitParameters(
  logLikelihood: (parameters: readonly number[]) => number,
  starts: readonly (readonly number[])[],
  ranges: readonly Range[],
): ParameterFit {
  const inside = (parameters: readonly number[]) =>
    parameters.map((value, index) => within(value, ranges[index] as Range))
  const cost = (logarithms: readonly number[]) =>
    -logLikelihood(inside(logarithms.map((value) => Math.exp(value))))
  const candidates = starts.map((start) => {
    const point = inside(start).map((value) => Math.log(value))
    return { point, value: cost(point) }
  })
  const likeliest = candidates.reduce((one, other) => (other.value < one.value ? other : one))
  const { point } = minimise(cost, likeliest.point, {
    size: FIRST_STEP,
    tolerance: TOLERANCE,
    mostEvaluations: MOST_EVALUATIONS,
  })
  const parameters = inside(point.map((value) => Math.exp(value)))
  return { parameters, logLikelihood: logLikelihood(parameters) }
}
