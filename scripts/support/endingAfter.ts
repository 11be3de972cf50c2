import fc, { type Plugin } from 'fast-check'

/**
 * A plugin of fast-check: ends a property that goes on and on, and counts it as failed. Vitest cannot stop one
 * that never awaits, and to make the example of a failure smaller can take over an hour where each step is a whole
 * life: the run would show neither the failure nor its seed.
 */
export const endingAfter = (milliseconds: number): Plugin<unknown> =>
  fc.interruptAfterTimeLimit(milliseconds, { failOnInterrupt: true })
