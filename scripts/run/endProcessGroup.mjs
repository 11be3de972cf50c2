import { setTimeout as delay } from 'node:timers/promises'

const politeMs = 2000
const checkEveryMs = 25

/**
 * Ends what is left of a process group: SIGTERM, and SIGKILL for what is still there two seconds later.
 *
 * @param {number} leader the process id of the group's leader, which may be gone already
 * @returns {Promise<void>}
 */
export async function endProcessGroup(leader) {
  const deadline = Date.now() + politeMs
  if (!signalGroup(leader, 'SIGTERM')) return
  while (Date.now() < deadline) {
    await delay(checkEveryMs)
    if (!signalGroup(leader, 0)) return
  }
  signalGroup(leader, 'SIGKILL')
}

/**
 * @param {number} leader
 * @param {NodeJS.Signals | 0} signal
 * @returns {boolean} whether the group still has a member
 */
function signalGroup(leader, signal) {
  try {
    process.kill(-leader, signal)
    return true
  } catch {
    return false
  }
}
