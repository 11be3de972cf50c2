import { nearestName } from '../nearestName.ts'

/** What is wrong with a journey, or probably not meant. `JOURNEY_PROBLEMS` says of each how bad it is. */
export const JOURNEY_PROBLEMS = {
  'unreachable-step': 'error',
  'loop-without-delay': 'error',
  'missing-template': 'error',
  'missing-locale': 'error',
  'unknown-event': 'error',
  'unknown-trait': 'error',
  'unknown-segment': 'error',
  'unknown-journey': 'error',
  'unknown-pool': 'error',
  'unknown-topic': 'error',
  'impossible-trigger': 'error',
  'impossible-condition': 'error',
  'entry-contradicts-trigger': 'error',
  'unreachable-way': 'error',
  'starts-itself': 'error',
  'always-true': 'warning',
  'unused-coupon': 'warning',
  'coupon-expired': 'warning',
  'no-exit': 'warning',
  'frequent-entry': 'warning',
} as const satisfies Record<string, 'error' | 'warning'>

export type JourneyProblemCode = keyof typeof JOURNEY_PROBLEMS

export interface JourneyProblem {
  /** A journey with an error is not published; a warning is for somebody to look at. */
  severity: 'error' | 'warning'
  code: JourneyProblemCode
  /** Where it is in the definition: `['steps', 2, 'template']`. */
  path: (string | number)[]
  /** The id of the step; null where it is about the journey as a whole. */
  step: string | null
  /** A sentence: where, what was given and what was expected. */
  message: string
  expected: string
  /** Those that a template lacks. */
  locales?: string[]
}

/** Where in a definition, and what people call that place. */
export interface JourneyPlace {
  path: (string | number)[]
  step: string | null
}

/** @param severity where the world decides it: what is not known yet is no error */
export function journeyProblem(
  code: JourneyProblemCode,
  { path, step }: JourneyPlace,
  given: string,
  expected: string,
  severity: JourneyProblem['severity'] = JOURNEY_PROBLEMS[code],
): JourneyProblem {
  const place = step === null ? path.join('.') : `step '${step}'`
  return { severity, code, path, step, message: `${place}: given ${given}, expected ${expected}`, expected }
}

/** What is expected instead of an unknown name: the nearest, or the kind of it. */
export function expectedName(kind: string, given: string, names: Iterable<string>): string {
  const nearest = nearestName(given, names)
  return nearest === undefined ? kind : `${kind}, such as '${nearest}'`
}
