import { describe, expect, test, vi } from 'vitest'
import { makeRepository } from './support/makeRepository.ts'
import { isAlive, startProcess, type Started } from './support/startProcess.ts'

/** Stops on a signal, and says how many it saw: a second one within 300 ms would be counted. */
const politeTask = `
  let seen = 0
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      seen += 1
      if (seen > 1) return
      setTimeout(() => {
        console.log('stopped by ' + signal + ' after ' + seen)
        process.exit(5)
      }, 300)
    })
  }
  setInterval(() => {}, 1000)
  console.log('task ' + process.pid + ' is ready')
`

const startRun = (root: string, ...args: string[]): Started =>
  startProcess(process.execPath, ['scripts/run.mjs', ...args], { cwd: root })

const pidOfTask = (started: Started): number => Number(/task (\d+) is ready/.exec(started.output())?.[1])

describe('run.mjs', () => {
  test('hands the arguments over and ends with the exit code of the task', async () => {
    const { root } = await makeRepository({
      args: 'console.log(JSON.stringify(process.argv.slice(2))); process.exit(7)',
    })
    const started = startRun(root, 'args', 'one', '--two', 'three four')
    expect(await started.ended).toEqual({ code: 7, signal: null })
    expect(started.output()).toBe('["one","--two","three four"]\n')
  })

  test.each([[['missing']], [[]]])('lists the tasks when asked for %j', async (args) => {
    const { root } = await makeRepository({ build: '', check: '' })
    const started = startRun(root, ...args)
    expect((await started.ended).code).toBe(1)
    expect(started.output()).toContain('expected one of build, check.')
  })

  test('ends with 128 + n when the task dies of signal n', async () => {
    const { root } = await makeRepository({ fatal: "process.kill(process.pid, 'SIGTERM')" })
    expect(await startRun(root, 'fatal').ended).toEqual({ code: 143, signal: null })
  })

  test.each([
    ['a signal to run.mjs', 'SIGTERM', (pid: number) => process.kill(pid, 'SIGTERM')],
    ['a hang-up', 'SIGHUP', (pid: number) => process.kill(pid, 'SIGHUP')],
    ['a Ctrl-C, which reaches the whole group', 'SIGINT', (pid: number) => process.kill(-pid, 'SIGINT')],
    [
      'a Ctrl-C that npm passes on a second time',
      'SIGINT',
      (pid: number) => {
        process.kill(-pid, 'SIGINT')
        setTimeout(() => process.kill(pid, 'SIGINT'), 50)
      },
    ],
  ])('%s reaches the task once, and its exit code comes back', async (_, signal, send) => {
    const { root } = await makeRepository({ polite: politeTask })
    const started = startRun(root, 'polite')
    await started.says('is ready')
    send(started.pid)
    expect(await started.ended).toEqual({ code: 5, signal: null })
    expect(started.output()).toContain(`stopped by ${signal} after 1`)
  })

  test('a signal to npm reaches the task, and npm waits for it', async () => {
    const { root } = await makeRepository({ polite: politeTask })
    const started = startProcess('npm', ['run', 'polite'], { cwd: root })
    await started.says('is ready')
    process.kill(started.pid, 'SIGTERM')
    // npm itself ends only after the task has.
    await new Promise((resolve) => started.child.once('exit', resolve))
    expect(isAlive(pidOfTask(started))).toBe(false)
    expect(started.output()).toContain('stopped by SIGTERM after 1')
  })

  test.each([
    ['npm', 'npm', ['run', 'polite']],
    ['run.mjs', process.execPath, ['scripts/run.mjs', 'polite']],
  ])('the task stops when %s is killed without a chance to pass anything on', async (_, command, args) => {
    const { root } = await makeRepository({ polite: politeTask })
    const started = startProcess(command, args, { cwd: root })
    await started.says('is ready')
    process.kill(started.pid, 'SIGKILL')
    await vi.waitFor(() => expect(isAlive(pidOfTask(started))).toBe(false), { timeout: 10_000, interval: 50 })
    expect(started.output()).toContain('stopped by SIGTERM after 1')
  })

  test('what the task leaves behind is ended with it, even if it ignores SIGTERM', async () => {
    const { root } = await makeRepository({
      leaving: `
        import { spawn } from 'node:child_process'
        const code = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('deaf')"
        const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] })
        child.stdout.once('data', () => {
          console.log('left ' + child.pid)
          process.exit(3)
        })
      `,
    })
    const started = startRun(root, 'leaving')
    const begin = performance.now()
    expect((await started.ended).code).toBe(3)
    expect(performance.now() - begin).toBeLessThan(5000)
    const left = Number(/left (\d+)/.exec(started.output())?.[1])
    await vi.waitFor(() => expect(isAlive(left)).toBe(false), { timeout: 2000, interval: 50 })
  })
})
