import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { withInstallLock } from '../run/installLock.mjs'
import { installStamp } from '../run/installStamp.mjs'
import { makeFolder, makeRepository, pathWithNpx } from './support/makeRepository.ts'
import { startProcess, type Started } from './support/startProcess.ts'

const tasks = { hello: "console.log('hello from the task')" }

/** Stands in for the network: notes its arguments, takes a moment, and installs the given Node. */
const installingNpx = `
  echo "$@" >> installs.log
  echo "CI=$CI"
  sleep 0.5
  mkdir -p node_modules/node/bin
  ln -sf "${process.execPath}" node_modules/node/bin/node
`

const startHello = (root: string, path: string): Started =>
  startProcess(process.execPath, ['scripts/run.mjs', 'hello'], { cwd: root, env: { PATH: path } })

describe('installStamp', () => {
  test.each([
    ['pnpm-lock.yaml', 'lockfileVersion: 10\n'],
    ['pnpm-workspace.yaml', 'packages: []\n'],
    ['package.json', '{ "packageManager": "pnpm@1.2.4" }'],
    ['packages/one/package.json', '{ "name": "one" }'],
    ['packages/two/package.json', '{}'],
    ['bench/package.json', '{}'],
  ])('changes with %s', async (path, content) => {
    const repository = await makeRepository({})
    const before = installStamp(repository.root)
    await repository.write(path, content)
    expect(installStamp(repository.root)).not.toBe(before)
  })

  test.each([
    'packages/one/src/index.ts',
    'node_modules/x/package.json',
    'packages/one/test/data/package.json',
  ])('does not change with %s', async (path) => {
    const repository = await makeRepository({})
    const before = installStamp(repository.root)
    await repository.write(path, '{}')
    expect(installStamp(repository.root)).toBe(before)
  })
})

describe('the install', () => {
  test('does not happen when the stamp fits', async () => {
    const { root } = await makeRepository(tasks)
    const started = startHello(root, await pathWithNpx(installingNpx))
    expect((await started.ended).code).toBe(0)
    expect(started.output()).toBe('hello from the task\n')
  })

  test('happens once after a change, without asking anything, before the task runs', async () => {
    const repository = await makeRepository(tasks)
    await repository.write('pnpm-lock.yaml', 'lockfileVersion: 10\n')
    const path = await pathWithNpx(installingNpx)

    const first = startHello(repository.root, path)
    expect((await first.ended).code).toBe(0)
    expect(first.output()).toMatch(/^Installing the pinned packages with pnpm@1\.2\.3.*\n/)
    expect(first.output()).toMatch(/hello from the task\n$/)
    const second = startHello(repository.root, path)
    expect((await second.ended).code).toBe(0)

    expect(await readFile(join(repository.root, 'installs.log'), 'utf8')).toBe(
      '--yes pnpm@1.2.3 install --frozen-lockfile --prod=false --config.confirmModulesPurge=false\n',
    )
  })

  test.each([
    ['the pinned Node', 'node_modules/node'],
    ["a workspace's packages", 'packages/one/node_modules'],
  ])('happens again when %s is gone', async (_, gone) => {
    const repository = await makeRepository(tasks)
    await repository.write('packages/one/package.json', '{ "dependencies": { "x": "1.0.0" } }')
    await mkdir(join(repository.root, 'packages/one/node_modules'))
    await repository.stamp()
    await rm(join(repository.root, gone), { recursive: true })

    const started = startHello(repository.root, await pathWithNpx(installingNpx))
    expect((await started.ended).code).toBe(0)
    expect(existsSync(join(repository.root, 'installs.log'))).toBe(true)
  })

  test('happens once when two scripts start at the same time', async () => {
    const repository = await makeRepository(tasks)
    await repository.write('pnpm-lock.yaml', 'lockfileVersion: 10\n')
    const path = await pathWithNpx(installingNpx)

    const started = [startHello(repository.root, path), startHello(repository.root, path)]
    const ended = await Promise.all(started.map((each) => each.ended))
    expect(ended.map(({ code }) => code)).toEqual([0, 0])
    expect(
      (await readFile(join(repository.root, 'installs.log'), 'utf8')).trimEnd().split('\n'),
    ).toHaveLength(1)
  })

  test('says what to do when it fails, and does not run the task', async () => {
    const repository = await makeRepository(tasks)
    await repository.write('pnpm-lock.yaml', 'lockfileVersion: 10\n')
    const started = startHello(repository.root, await pathWithNpx('echo ERR_PNPM_META_FETCH_FAIL; exit 9'))
    expect((await started.ended).code).toBe(1)
    expect(started.output()).toContain('Installing the packages failed (exit code 9)')
    expect(started.output()).toContain('npx --yes pnpm@1.2.3 install')
    expect(started.output()).not.toContain('hello')
  })

  test('stops on a signal, leaving the lock free', async () => {
    const repository = await makeRepository(tasks)
    await repository.write('pnpm-lock.yaml', 'lockfileVersion: 10\n')
    const started = startHello(repository.root, await pathWithNpx('echo installing; exec sleep 30'))
    await started.says('installing')
    process.kill(started.pid, 'SIGTERM')
    expect(await started.ended).toEqual({ code: 143, signal: null })
    expect(existsSync(join(repository.root, 'node_modules/.ciclo-install-lock'))).toBe(false)
  })
})

describe('withInstallLock', () => {
  test('lets one in at a time', async () => {
    const lock = join(await makeFolder(), 'lock')
    let inside = 0
    let most = 0
    const enter = (): Promise<void> =>
      withInstallLock(
        lock,
        () => {},
        async () => {
          inside += 1
          most = Math.max(most, inside)
          await new Promise((resolve) => setImmediate(resolve))
          inside -= 1
        },
      )
    await Promise.all([enter(), enter(), enter()])
    expect(most).toBe(1)
  })

  test('takes over a lock that nobody has touched for ten seconds', async () => {
    const lock = join(await makeFolder(), 'lock')
    await mkdir(lock)
    const past = new Date(Date.now() - 11_000)
    await utimes(lock, past, past)
    expect(
      await withInstallLock(
        lock,
        () => {},
        () => Promise.resolve('mine'),
      ),
    ).toBe('mine')
  })

  test('is free again after a failure', async () => {
    const lock = join(await makeFolder(), 'lock')
    const failing = withInstallLock(
      lock,
      () => {},
      () => Promise.reject(new Error('no network')),
    )
    await expect(failing).rejects.toThrow('no network')
    expect(existsSync(lock)).toBe(false)
  })
})
