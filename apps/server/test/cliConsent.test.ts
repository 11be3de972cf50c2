import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCliIn } from './cli.support.ts'
import { createTestCiclo, SECRET } from './support/createTestCiclo.ts'
import { createTestFolder } from './support/createTestFolder.ts'

const folder = createTestFolder()
afterAll(() => folder.remove())

beforeAll(async () => {
  const databaseUrl = `file:${join(folder.path, 'ciclo.db')}`
  const test = await createTestCiclo({ databaseUrl, smtpUrl: 'smtp://127.0.0.1:9' })
  await test.ciclo.ingest.submit([
    test.item('secret', {
      type: 'track',
      name: 'Subscribed',
      userId: 'u1',
      properties: { email: 'ann@example.com', text: 'Yes\u001b[2J', country: 'PL' },
    }),
  ])
  const topics = [{ id: 'offers', name: { en: 'Offers' } }]
  await test.request('/api/settings', { method: 'PATCH', body: JSON.stringify({ topics }) })
  await test.stop()
})

const run = (...argv: string[]) => runCliIn(folder.path, ['consent', ...argv], { CICLO_SECRET: SECRET })

describe('ciclo consent, where no server runs', () => {
  it('records what a customer has told the shop, and shows all that is known', async () => {
    const words = 'record --user-id u1 --purpose tracking --status refused --method phone'
    const recorded = await run(...words.split(' '))
    expect(recorded).toMatchObject({ code: 0, warned: [] })
    expect(recorded.said[0]).toBe('applied')
    const { code, said } = await run('show', '--email', 'Ann@Example.com')
    expect(code).toBe(0)
    expect(said[0]).toMatch(/^customer \S+, country PL$/)
    expect(said[1]).toMatch(/^ {2}marketing-email: granted consent /)
    expect(said[2]).toMatch(/^ {2}tracking: refused /)
    expect(said[3]).toMatch(/tracking {2}refused {2}- {2}PL {2}secret {2}- {2}"phone"/)
    // What somebody else wrote does nothing to the terminal.
    expect(said[4]).toMatch(/marketing-email {2}granted {2}consent {2}PL .*"Yes\\u001b\[2J"$/)
    expect(said).toHaveLength(5)
  })

  it('records that a customer leaves one topic out, and shows it', async () => {
    const words = 'record --user-id u1 --purpose marketing-email --status refused --topic'
    expect(await run(...words.split(' '), 'offers')).toMatchObject({ code: 0, warned: [] })
    const { said } = await run('show', '--user-id', 'u1')
    expect(said[1]).toMatch(/^ {2}marketing-email: granted consent /)
    expect(said[3]).toBe('  left out: offers')
    expect(said[4]).toMatch(/marketing-email\/offers {2}refused {2}- /)
    const wrong = await run(...words.split(' '), 'offer')
    expect([wrong.code, wrong.warned.join()]).toEqual([
      1,
      expect.stringContaining('there is no topic offer, expected one of offers'),
    ])
  })

  it('tells what the policy allows in each country', async () => {
    const { code, said } = await run('policy')
    expect(code).toBe(0)
    expect(said.join('\n')).toMatch(/^ES +consent: allowed {2}existing-customer: not-used.*LSSI/m)
    expect(said.join('\n')).toMatch(/^PL +consent: allowed {2}existing-customer: not-lawful.*PKE/m)
  })

  it.each([
    [['show'], /Given 0 names, expected one: --email, --user-id or --id/],
    [['show', '--email', 'a@b.cd', '--id', 'x'], /Given 2 names/],
    [['show', '--email', 'nobody@example.com'], /no customer with the email nobody@example\.com/],
    [['show', '--id', 'nobody'], /There is no customer nobody/],
    [['record', '--user-id', 'u1', '--purpose', 'life', '--status', 'granted'], /purpose/],
  ])('says what is wrong with %j', async (argv, message) => {
    const { code, warned } = await run(...argv)
    expect(code).toBe(1)
    expect(warned.join('\n')).toMatch(message)
  })
})
