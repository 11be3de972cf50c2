import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { serve, type ServerType } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../src/cli/main.ts'
import { runCliIn, writeIn, type CliRun } from './cli.support.ts'
import { createTestCiclo, SECRET, type TestCiclo } from './support/createTestCiclo.ts'
import { createTestFolder } from './support/createTestFolder.ts'

let folder: ReturnType<typeof createTestFolder>
let test: TestCiclo
let server: ServerType | undefined
let environment: Record<string, string>

const now = () => test.clock.now()
const cli = (...argv: string[]) => runCliIn(folder.path, ['journey', ...argv], environment, now)
const fileOf = (name: string) => join(folder.path, name)
const close = () => new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
const read = (name: string) => readFileSync(fileOf(name), 'utf8')

/** With somebody at the terminal. */
async function answering(answer: boolean, ...argv: string[]): Promise<CliRun & { asked: string[] }> {
  const [said, warned, asked]: string[][] = [[], [], []]
  const code = await runCli(['journey', ...argv], {
    environment,
    folder: folder.path,
    say: (line) => said?.push(...line.split('\n')),
    warn: (line) => warned?.push(...line.split('\n')),
    terminal: undefined,
    now,
    confirm: async (question) => {
      asked?.push(question)
      return answer
    },
  })
  return { code, said: said ?? [], warned: warned ?? [], asked: asked ?? [] }
}

const MINE = `id: mine
name: My own
trigger: { kind: event, name: Order Completed }
reentry: { kind: always }
exits:
  - on: { kind: event, name: Order Cancelled }
steps:
  # How long people need to look at it.
  - { kind: delay, id: pause, duration: 2d }
  - { kind: send, id: mail, template: thank-you, purpose: marketing }
`

describe('ciclo journey', { timeout: 30_000 }, () => {
  beforeAll(async () => {
    folder = createTestFolder()
    const databaseUrl = `file:${fileOf('ciclo.db')}`
    test = await createTestCiclo({ databaseUrl, smtpUrl: 'smtp://127.0.0.1:9', journeys: 'shipped' })
    server = await new Promise<ServerType>((resolve) => {
      const started = serve({ fetch: test.ciclo.app.fetch, hostname: '127.0.0.1', port: 0 }, () =>
        resolve(started),
      )
    })
    const { port } = server.address() as AddressInfo
    environment = { PORT: String(port), DATABASE_URL: databaseUrl, CICLO_SECRET: SECRET }
  }, 60_000)
  afterAll(async () => {
    await close()
    await test.stop()
    folder.remove()
  })

  it('lists the shipped ones, and shows one with its file', async () => {
    const { code, said } = await cli('list')
    expect(code).toBe(0)
    expect(said.find((line) => line.startsWith('welcome '))).toMatch(
      /^welcome +live +v1 +0 running, 0 ended, 0 goals {2}"/,
    )
    expect(said.find((line) => line.startsWith('win-back '))).toMatch(/ draft +draft v1 /)
    const shown = await cli('show', 'welcome')
    expect(shown.said[0]).toMatch(/^welcome: live {2}"/)
    expect(shown.said[1]).toMatch(/^ {2}version 1: live, 0 running, \d{4}-.*Z, [0-9a-f]{12}$/)
    expect(shown.said).toContain('id: welcome')
    expect(await cli('show', 'none')).toMatchObject({ code: 1, warned: ['There is no journey none'] })
  })

  it('tells what is wrong with files, and where', async () => {
    writeIn(folder.path, 'mine.yaml', MINE)
    writeIn(
      folder.path,
      'wrong.yaml',
      MINE.replace('id: mine', 'id: wrong').replace('2d', '2 days').replace('name: My', 'nmae: My'),
    )
    writeIn(
      folder.path,
      'unknown.yaml',
      MINE.replace('id: mine', 'id: unknown').replace('thank-you', 'thankyou'),
    )
    const { code, warned, said } = await cli('validate', 'mine.yaml', 'wrong.yaml', 'unknown.yaml')
    expect(code).toBe(2)
    expect(warned).toEqual([
      expect.stringMatching(/^wrong\.yaml:1:1.*name/),
      expect.stringMatching(/^wrong\.yaml:2:1 nmae: .*expected name$/),
      expect.stringMatching(/^wrong\.yaml:9:\d+ steps\.0\.duration: given "2 days", expected a duration/),
      expect.stringMatching(
        /^unknown\.yaml:10:\d+: error: step 'mail': given the template 'thankyou', .*'thank-you'$/,
      ),
    ])
    expect(said).toEqual(['2 journeys, 4 errors, 0 warnings'])
    expect(await cli('validate', 'mine.yaml')).toEqual({
      code: 0,
      said: ['1 journeys, 0 errors, 0 warnings'],
      warned: [],
    })
    expect((await cli('validate', 'none.yaml')).warned.join()).toContain('there is no such file or folder')
    expect((await cli('push', 'wrong.yaml', '--yes')).code).toBe(2)
  })

  it('pushes files, shows the difference first, and publishes them', async () => {
    expect(await cli('push', 'mine.yaml')).toEqual({
      code: 2,
      said: ['mine: new'],
      warned: ['Nobody can be asked here: say --yes'],
    })
    expect((await cli('push', 'mine.yaml', '--yes')).said).toEqual([
      'mine: new',
      'mine: saved as version 1, a draft',
    ])
    expect((await cli('push', 'mine.yaml', '--yes')).said).toEqual(['mine: unchanged'])
    expect((await cli('push', 'mine.yaml', '--publish', '--yes')).said).toEqual([
      'mine: unchanged',
      'mine: version 1 is live',
    ])
    writeIn(folder.path, 'mine.yaml', MINE.replace('2d', '3d'))
    const difference = ['mine: changed', "  step 'pause': duration 2d -> 3d"]
    expect(await answering(false, 'push', 'mine.yaml', '--publish')).toMatchObject({
      code: 2,
      said: difference,
      asked: [expect.stringMatching(/: save 1 and publish 1\?$/)],
    })
    expect(await answering(true, 'push', 'mine.yaml', '--publish')).toMatchObject({
      code: 0,
      said: [...difference, 'mine: saved as version 2, a draft', 'mine: version 2 is live'],
    })
    expect(await cli('push', 'unknown.yaml', '--publish', '--yes')).toMatchObject({ code: 2 })
    expect((await cli('show', 'unknown')).code).toBe(1)
  })

  it('pulls files, and overwrites none that was changed without showing it', async () => {
    const first = await cli('pull')
    expect(first.code).toBe(0)
    expect(first.said).toContain('mine.yaml: new')
    expect(existsSync(fileOf('journeys/win-back.yaml'))).toBe(true)
    expect((await cli('pull')).said).toEqual([])
    // Comments and order are nobody's business, a longer delay is.
    writeFileSync(fileOf('journeys/mine.yaml'), `# ours\n${MINE.replace('2d', '72h')}`)
    expect((await cli('pull')).said).toEqual([])
    const changed = MINE.replace('2d', '9d')
    writeFileSync(fileOf('journeys/mine.yaml'), changed)
    const said = ['mine.yaml: differs', "  step 'pause': duration 9d -> 3d"]
    expect(await cli('pull')).toMatchObject({ code: 2, said })
    expect(await answering(false, 'pull')).toMatchObject({ code: 2, asked: ['Overwrite 1 changed files?'] })
    expect(read('journeys/mine.yaml')).toBe(changed)
    expect(await cli('pull', '--yes')).toMatchObject({ code: 0, said: [...said, '1 overwritten'] })
    expect(read('journeys/mine.yaml')).toContain('duration: 3d')
    // What was pulled is what is there.
    const pushed = await cli('push', '--yes')
    expect(pushed).toMatchObject({ code: 0 })
    expect(pushed.said.every((line) => line.endsWith(': unchanged'))).toBe(true)
  })

  it('publishes, pauses, resumes and archives one', async () => {
    writeIn(folder.path, 'mine.yaml', MINE.replace('2d', '4d'))
    await cli('push', 'mine.yaml', '--yes')
    expect(await cli('publish', 'mine')).toMatchObject({
      code: 2,
      said: ['mine: version 3, after version 2', "  step 'pause': duration 3d -> 4d"],
      warned: ['Nobody can be asked here: say --yes'],
    })
    expect((await cli('publish', 'mine', '--yes', '--move-step', 'pause=nowhere')).warned.join()).toContain(
      "given the step 'nowhere'",
    )
    expect((await cli('publish', 'mine', '--yes', '--move')).said.at(-1)).toBe('mine: version 3 is live')
    expect((await cli('pause', 'mine')).said).toEqual(['mine: paused'])
    expect(await cli('pause', 'mine')).toMatchObject({
      code: 1,
      warned: [expect.stringContaining('version 3 is paused; expected a live version to pause')],
    })
    expect((await cli('resume', 'mine')).said).toEqual(['mine: live'])
    expect((await cli('archive', 'mine', '--end-runs')).said).toEqual(['mine: archived'])
    expect((await cli('publish', 'mine', '--opening-days', '-1')).code).toBe(1)
  })

  it('works on the database itself where no server runs', async () => {
    await close()
    server = undefined
    const { code, said } = await cli('list')
    expect(code).toBe(0)
    expect(said.find((line) => line.startsWith('mine '))).toMatch(/^mine +archived /)
  })
})
