import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { endProcessGroup } from './endProcessGroup.mjs'

/** @type {NodeJS.Signals[]} */
const forwardedSignals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** How long a child that was told to stop may take to close its connections and finish its transactions. */
const graceMs = 15_000

const checkParentEveryMs = 500

/**
 * Runs a child to its end, and passes on each kind of signal exactly once.
 *
 * The child leads a process group of its own: a terminal's Ctrl-C reaches this process, npm passes the same
 * signal on a second time, and the child still sees one. Whatever the child leaves behind in its group is
 * ended with it.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<{ code: number, stoppedBy?: NodeJS.Signals }>} its exit code, or 128 + n when signal n
 *   ended it; and the first signal that was passed on, if there was one
 * @throws when the command cannot be started
 */
export async function superviseChild(command, args, options) {
  const ownGroup = process.platform !== 'win32'
  /** @type {Set<NodeJS.Signals>} */
  const passedOn = new Set()
  /** @type {NodeJS.Timeout | undefined} */
  let impatience

  /** @param {NodeJS.Signals} signal */
  const passOnOnce = (signal) => {
    if (passedOn.has(signal)) return
    passedOn.add(signal)
    child.kill(signal)
    impatience ??= setTimeout(() => {
      console.error(`${command} did not stop within ${graceMs / 1000} s of ${signal}: it is killed.`)
      child.kill('SIGKILL')
    }, graceMs)
  }
  const passOnResize = () => child.kill('SIGWINCH')

  // Listening comes first: a signal in the moment of the start would end this process and leave the child.
  for (const signal of forwardedSignals) process.on(signal, passOnOnce)
  // A group of its own has no controlling terminal, so nobody else tells the child of a resize.
  process.on('SIGWINCH', passOnResize)
  const parentWatch = watchNpm(() => passOnOnce('SIGTERM'))
  const child = spawn(command, args, { ...options, detached: ownGroup })

  try {
    const ended = await endOf(child, command)
    if (ownGroup && child.pid !== undefined) await endProcessGroup(child.pid)
    const [stoppedBy] = passedOn
    return stoppedBy === undefined ? ended : { ...ended, stoppedBy }
  } finally {
    for (const signal of forwardedSignals) process.off(signal, passOnOnce)
    process.off('SIGWINCH', passOnResize)
    clearInterval(parentWatch)
    clearTimeout(impatience)
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} command
 * @returns {Promise<{ code: number }>}
 */
function endOf(child, command) {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => {
      // A signal that could not be delivered is an 'error' as well; only a child without an id never started.
      if (child.pid === undefined)
        reject(new Error(`Could not start ${command}: ${cause.message}`, { cause }))
    })
    child.once('exit', (code, signal) => {
      resolve({ code: code ?? 128 + constants.signals[signal ?? 'SIGKILL'] })
    })
  })
}

/**
 * Not every shell replaces itself with the command that npm gives it, and one that does not dies of npm's
 * signal without passing it on. A vanished parent under npm therefore means: stop.
 *
 * @param {() => void} onGone
 * @returns {NodeJS.Timeout | undefined}
 */
function watchNpm(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return undefined
  const parent = process.ppid
  return setInterval(() => {
    if (process.ppid !== parent) onGone()
  }, checkParentEveryMs)
}
