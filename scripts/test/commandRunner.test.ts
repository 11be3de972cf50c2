import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test, vi } from 'vitest'
import { createCommandRunner } from '../support/createCommandRunner.ts'
import { repositoryRoot } from '../support/repository.ts'
import { runSteps } from '../support/runSteps.ts'
import { makeFolder } from './support/makeRepository.ts'
import { isAlive, startProcess } from './support/startProcess.ts'

const runnerUrl = pathToFileURL(join(repositoryRoot, 'scripts/support/createCommandRunner.ts')).href

test('a command gives its exit code and its output, and finds the pinned Node first', async () => {
  const run = createCommandRunner()
  const result = await run({
    command: 'node',
    args: ['-e', 'console.log(process.execPath); process.exit(4)'],
    output: 'collect',
  })
  expect(result).toEqual({ code: 4, output: `${process.execPath}\n` })
})

test('a command that cannot be started is an error that names it', async () => {
  const run = createCommandRunner()
  await expect(run({ command: 'no-such-command', args: [], output: 'collect' })).rejects.toThrow(
    'Could not start no-such-command',
  )
})

test.each([
  ['stops at once', ''],
  ['ignores the signal', "process.on('SIGTERM', () => {}); "],
])('a signal ends the task and a command that %s, and starts no further one', async (_, prelude) => {
  const command = `${prelude}setInterval(() => {}, 1000); console.log('command ' + process.pid + ' is ready')`
  const folder = await makeFolder({
    'task.mjs': `
      import { createCommandRunner } from ${JSON.stringify(runnerUrl)}
      const run = createCommandRunner()
      await run({ command: 'node', args: ['-e', ${JSON.stringify(command)}], output: 'inherit' })
      console.log('went on')
    `,
  })
  const started = startProcess(process.execPath, [join(folder, 'task.mjs')], { cwd: folder })
  await started.says('is ready')
  const begin = performance.now()
  process.kill(started.pid, 'SIGTERM')
  expect(await started.ended).toEqual({ code: 143, signal: null })
  expect(performance.now() - begin).toBeLessThan(5000)
  const pid = Number(/command (\d+) is ready/.exec(started.output())?.[1])
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false))
  expect(started.output()).not.toContain('went on')
})

test('steps run a few at a time, to the end, and keep their order', async () => {
  let running = 0
  let most = 0
  const step = (name: string, passed: boolean) => ({
    name,
    run: async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
      if (name === 'broken') throw new Error('no such tool')
      return { passed, output: name }
    },
  })
  const ended: string[] = []
  const results = await runSteps(
    [step('a', true), step('b', false), step('broken', true), step('c', true)],
    2,
    ({ name }) => ended.push(name),
  )
  expect(results.map(({ name, passed, output }) => [name, passed, output])).toEqual([
    ['a', true, 'a'],
    ['b', false, 'b'],
    ['broken', false, 'Error: no such tool'],
    ['c', true, 'c'],
  ])
  expect(ended.toSorted()).toEqual(['a', 'b', 'broken', 'c'])
  expect(most).toBe(2)
})
