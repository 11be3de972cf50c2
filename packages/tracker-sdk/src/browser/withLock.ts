/**
 * Runs the work while no other tab of this origin runs work of that name. Where there are no locks (no https, a
 * sandboxed frame) it just runs: the server drops what two tabs send twice.
 *
 * @param work never throws
 */
export const withLock = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await navigator.locks.request(name, work)
  } catch {
    return work()
  }
}
