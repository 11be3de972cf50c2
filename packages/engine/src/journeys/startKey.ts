import type { Customer } from '../customer.ts'
import type { EventInput } from '../input.ts'
import type { CompiledJourney } from './compileJourney.ts'
import { cartOf, runKeyOf } from './runKey.ts'
import { runningOf } from './runningOf.ts'

/** What a run would be about: of a cart, its run that is under way may know it by the other of its two names. */
export function startKeyOf(
  { definition: { id, key: by } }: CompiledJourney,
  input: EventInput | null,
  before: Customer,
  after: Customer,
): string | null {
  if (by === undefined) return null
  const key = runKeyOf(by, input, before, after)
  const cart = cartOf(by, key, after)
  const running =
    cart && runningOf(after).find((run) => run.journeyId === id && cartOf(by, run.key, after) === cart)
  return running ? running.key : key
}
