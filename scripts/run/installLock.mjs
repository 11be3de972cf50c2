import { mkdirSync, rmSync, statSync, utimes } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

const touchEveryMs = 1000
const staleAfterMs = 10_000
const askEveryMs = 200

/**
 * Lets one process at a time do something. The lock is a folder (its creation is atomic) whose time the
 * holder keeps fresh: a lock that nobody has touched for ten seconds belongs to a process that was killed,
 * and is taken over. A process id would not tell as much: ids are used again, and differ between containers.
 *
 * @template Result
 * @param {string} path of the lock; its parent exists
 * @param {() => void} onWait called once if somebody else holds the lock
 * @param {() => Promise<Result>} action
 * @returns {Promise<Result>}
 */
export async function withInstallLock(path, onWait, action) {
  for (let waited = false; !tryToTake(path); waited = true) {
    if (!waited) onWait()
    await delay(askEveryMs)
  }
  const touching = setInterval(() => {
    const now = new Date()
    // A lock that somebody took over (this machine slept) is gone: the work goes on without it.
    utimes(path, now, now, () => {})
  }, touchEveryMs)
  try {
    return await action()
  } finally {
    clearInterval(touching)
    rmSync(path, { recursive: true, force: true })
  }
}

/** @param {string} path */
function tryToTake(path) {
  try {
    mkdirSync(path)
    return true
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  }
  if (isStale(path)) rmSync(path, { recursive: true, force: true })
  return false
}

/** @param {string} path */
function isStale(path) {
  try {
    return Date.now() - statSync(path).mtimeMs > staleAfterMs
  } catch {
    return false
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code
}
