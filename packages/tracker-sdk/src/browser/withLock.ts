/**
 * Runs the work while no other tab of this origin runs work of that name. Where there are no locks (no https, a
 * sandboxed frame) it just runs: the server drops what two tabs send twice.
 */
export const withLock = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
  let started = false
  const run = () => {
    started = true
    return work()
  }
  try {
    return await navigator.locks.request(name, run)
  } catch (cause) {
    if (started) throw cause
    return work()
  }
}
