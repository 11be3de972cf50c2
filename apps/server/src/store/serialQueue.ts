const pause = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Runs tasks one at a time, in the order given; a task that fails does not stop the next. */
export const makeSerialQueue = () => {
  let tail: Promise<void> = Promise.resolve()
  return {
    run<T>(task: () => Promise<T>): Promise<T> {
      const result = tail.then(task)
      // SQLite's statements are synchronous, so that a long queue would otherwise keep the event loop from everything else.
      tail = result.then(pause, pause)
      return result
    },
    /** Resolves when all that was given so far has ended. */
    idle: () => tail,
  }
}
