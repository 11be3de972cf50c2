import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runCliIn, writeIn } from './cli.support.ts'
import { readSample } from './feedback/readSample.ts'
import { createTestFolder } from './support/createTestFolder.ts'

let folder: ReturnType<typeof createTestFolder>

beforeEach(async () => {
  folder = createTestFolder()
  writeIn(folder.path, 'orders.csv', 'order_id,date,total,email\no1,2024-01-01,10.00,ann@x.org\n')
  await runCliIn(folder.path, ['import', 'orders', 'orders.csv'])
})
afterEach(() => folder.remove())

const cli = (...argv: string[]) => runCliIn(folder.path, argv)
const said = async (...argv: string[]) => {
  const run = await cli(...argv)
  expect(run).toMatchObject({ code: 0, warned: [] })
  return run.said
}
const BECAUSE = ['--because', 'they have called']

it('lists, adds, shows, removes, imports and exports suppressions where no server runs', async () => {
  expect(await said('suppressions', 'list')).toEqual(['No address is on the list.'])
  expect((await said('suppressions', 'add', 'Ann@x.org', '--reason', 'complaint', ...BECAUSE))[0]).toMatch(
    /^complaint {5}\S+ {2}"ann@x.org" {2}"they have called"$/,
  )
  const file = writeIn(folder.path, 'list.csv', 'email,reason\nbob@x.org,Bounced\nnobody,Bounced\n')
  expect(await cli('suppressions', 'import', file)).toEqual({
    code: 2,
    said: ['1 bounce; 1 refused'],
    warned: ['line 3: "given \\"nobody\\", expected an address"'],
  })
  expect(await said('suppressions', 'list', '--reason', 'bounce')).toHaveLength(1)
  expect(await said('suppressions', 'show', 'bob@x.org')).toHaveLength(1)
  expect(await cli('suppressions', 'remove', 'ann@x.org', ...BECAUSE)).toMatchObject({
    code: 1,
    warned: [expect.stringContaining('force')],
  })
  expect(await said('suppressions', 'remove', 'ann@x.org', '--force', ...BECAUSE)).toEqual([
    '"ann@x.org" is off the list, on which it was by complaint',
  ])
  await said('suppressions', 'export', '--output', 'out.csv')
  const out = readFileSync(join(folder.path, 'out.csv'), 'utf8')
  expect(out.split('\r\n')).toHaveLength(3)
  expect(out).toContain('bob@x.org,bounce,')
  expect(await cli('suppressions', 'import', 'out.csv')).toMatchObject({
    code: 0,
    said: ['1 bounce; 0 refused'],
  })
  expect(await cli('suppressions', 'add', 'ann@x.org')).toMatchObject({ code: 1 })
})

it('shows how a mail that came back is read', async () => {
  const read = async (sample: string) => {
    writeFileSync(join(folder.path, 'mail.eml'), readSample(sample, { RECIPIENT: 'ann@x.org' }))
    return await said('feedback', 'read', 'mail.eml')
  }
  expect((await read('postfix-user-unknown')).slice(0, 2)).toEqual([
    'a delivery report (RFC 3464)',
    expect.stringMatching(/^ {2}"ann@x\.org" {2}failed {2}5\.1\.1 {2}a hard bounce/),
  ])
  expect((await read('arf-abuse'))[0]).toMatch(/^a complaint/)
  expect(await read('vacation')).toEqual(['an automatic reply (RFC 3834): ignored'])
  expect((await read('qmail-like'))[0]).toMatch(/^unknown: /)
  expect(await cli('feedback', 'read', 'none.eml')).toMatchObject({ code: 1 })
})

it('makes the address that a provider calls, and shows what was not understood', async () => {
  expect((await said('feedback', 'hook', 'mailgun', '--key', 'signing-key'))[0]).toMatch(
    /^http\S+\/feedback\/mailgun\/v1\.[\w-]+$/,
  )
  expect(await cli('feedback', 'hook', 'mailgun')).toMatchObject({
    code: 1,
    warned: [expect.stringContaining('signing key')],
  })
  expect(await said('feedback', 'renew-hooks')).toEqual([expect.stringContaining('version 2')])
  expect(await said('feedback', 'reports')).toEqual(['Nothing came back that was not understood.'])
  expect(await cli('feedback', 'forget', 'none')).toMatchObject({
    code: 1,
    warned: ['There is no report none'],
  })
})
