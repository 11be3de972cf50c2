import { CicloError } from '../errors.ts'

/**
 * Lets only so many pieces of work run at once, and the others wait for their turn.
 *
 * @param atOnce how many run
 * @param mayWait how many wait; whoever comes after them is refused
 */
export function createTurns(atOnce: number, mayWait: number) {
  let running = 0
  const waiting: (() => void)[] = []
  return async function take<T>(work: () => Promise<T>): Promise<T> {
    if (running >= atOnce) {
      if (waiting.length >= mayWait)
        throw new CicloError(
          'too-many-requests',
          `${waiting.length} images wait to be read already: try again in a moment`,
          { retryAfter: 5 },
        )
      // Whoever is called takes the place of the one that has ended.
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
