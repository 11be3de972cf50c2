import { existsSync, readFileSync, rmSync } from 'node:fs'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCliIn, writeIn } from './cli.support.ts'
import { createTestFolder } from './support/createTestFolder.ts'

let folder: ReturnType<typeof createTestFolder>

beforeAll(async () => {
  folder = createTestFolder()
  writeIn(folder.path, 'orders.csv', 'order_id,date,total,email\no1,2024-01-01,10.00,ann@x.org\n')
  await runCliIn(folder.path, ['import', 'orders', 'orders.csv'])
})
afterAll(() => folder.remove())

const cli = (...argv: string[]) => runCliIn(folder.path, argv)
const said = async (...argv: string[]) => {
  const run = await cli(...argv)
  expect(run).toMatchObject({ code: 0, warned: [] })
  return run.said
}
const read = (name: string) => readFileSync(join(folder.path, name), 'utf8')
const write = (name: string, content: string) => writeIn(folder.path, name, content)

it('pulls, checks, pushes, shows and gives back templates where no server runs', async () => {
  expect(await said('templates', 'list')).toContain('welcome                   shipped')
  expect(await said('templates', 'pull')).toEqual([expect.stringContaining('There is no own template')])
  expect(await said('templates', 'pull', 'welcome')).toEqual(['welcome: written (shipped)'])
  expect(read('templates/welcome/template.mjml')).toContain('<mjml>')
  expect(JSON.parse(read('templates/welcome/pl.json'))).toHaveProperty('subject')
  expect(await said('templates', 'check')).toEqual(['1 templates, 0 errors'])
  expect(await said('templates', 'push', '--publish')).toEqual(['welcome: unchanged'])

  const strings = JSON.parse(read('templates/welcome/en.json')) as Record<string, string>
  write(
    'templates/welcome/en.json',
    JSON.stringify({ ...strings, subject: 'Mine, {{ customer.nick }}', extra: 'x' }),
  )
  expect(await cli('templates', 'check')).toMatchObject({
    code: 2,
    said: ['1 templates, 1 errors'],
    warned: [
      expect.stringMatching(/^templates\/welcome\/en\.json subject: error: customer\.nick is nothing/),
      expect.stringMatching(/^templates\/welcome\/en\.json extra: warning: /),
    ],
  })
  expect(await cli('templates', 'push', '--publish', '--yes')).toMatchObject({
    code: 2,
    warned: expect.arrayContaining([
      'Nothing was saved: a template with errors cannot be published',
    ]) as unknown,
  })
  write('templates/welcome/en.json', JSON.stringify({ ...strings, subject: 'Mine' }))
  expect((await cli('templates', 'push')).code).toBe(2)
  expect(await said('templates', 'push', '--publish', '--yes')).toEqual([
    'welcome: changed',
    'welcome: saved as version 1, a draft',
    'welcome: version 1 is published',
  ])
  expect(await said('templates', 'list')).toContain('welcome                   own, version 1')

  const shown = await said('templates', 'preview', 'welcome', '--email', 'ann@x.org', '--out', 'welcome.html')
  expect(shown).toEqual(
    expect.arrayContaining(['Subject: Mine', 'Language: en', 'The HTML is in welcome.html']),
  )
  expect(read('welcome.html')).toContain('<title>Mine</title>')
  expect(await cli('templates', 'test', 'welcome', '--to', 'me@x.org')).toMatchObject({
    code: 2,
    said: [expect.stringContaining('[Test] Mine: not taken')],
  })

  rmSync(join(folder.path, 'templates'), { recursive: true })
  expect(await said('templates', 'pull')).toEqual(['welcome: written (published)'])
  write('templates/welcome/xx.json', '{}')
  expect(await cli('templates', 'pull')).toMatchObject({ code: 2, said: ['welcome: xx.json differ'] })
  expect(existsSync(join(folder.path, 'templates/welcome/xx.json'))).toBe(true)
  await said('templates', 'pull', '--yes')
  expect(existsSync(join(folder.path, 'templates/welcome/xx.json'))).toBe(false)

  expect(await said('templates', 'use-shipped', 'welcome')).toEqual(['welcome: what comes with Ciclo'])
  expect(await said('templates', 'restore', 'welcome', '1')).toEqual([
    'welcome: version 1 is the draft, as version 3',
  ])
  expect(await said('templates', 'versions', 'welcome')).toEqual([
    expect.stringMatching(/^1 {2}published/),
    expect.stringMatching(/^2 {2}published .*back to what comes with Ciclo$/),
    expect.stringMatching(/^3 {2}draft/),
  ])
})

it('says which file cannot be read, and what it expected', async () => {
  mkdirSync(join(folder.path, 'own/spring'), { recursive: true })
  write('own/spring/template.mjml', '<mjml/>')
  expect(await cli('templates', 'push', '--from', 'own')).toMatchObject({
    code: 1,
    warned: [expect.stringContaining('strings')],
  })
  write('own/spring/en.json', '{ "subject": ')
  expect(await cli('templates', 'check', '--from', 'own')).toMatchObject({
    code: 1,
    warned: [expect.stringMatching(/^own\/spring\/en\.json: /)],
  })
  write('own/spring/en.json', '{}')
  write('own/spring/template.json', '{ "colour": "red" }')
  expect(await cli('templates', 'check', '--from', 'own')).toMatchObject({
    code: 1,
    warned: [expect.stringMatching(/own\/spring.*colour/)],
  })
  for (const argv of [
    ['check', 'none', '--from', 'own'],
    ['check', '--from', 'nowhere'],
    ['preview', 'none'],
    ['restore', 'welcome', 'x'],
  ])
    expect((await cli('templates', ...argv)).code).toBe(1)
})
