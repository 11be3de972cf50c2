import { afterEach, beforeEach, expect, it } from 'vitest'
import { runCliIn, writeIn } from './cli.support.ts'
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
const save = async (more: object = {}) => {
  const campaign = {
    name: 'Spring \u001b[31m',
    audience: { rule: { kind: 'reachable' } },
    template: 'win-back',
    ...more,
  }
  return await cli(
    'campaigns',
    'save',
    'spring',
    writeIn(folder.path, 'spring.json', JSON.stringify(campaign)),
  )
}

it('saves, previews, starts, cancels and deletes campaigns where no server runs', async () => {
  expect(await said('campaigns', 'list')).toEqual(['There are no campaigns.'])
  expect(await save({ template: '' })).toMatchObject({
    code: 1,
    warned: [expect.stringContaining('template')],
  })
  expect(await cli('campaigns', 'save', 'spring', writeIn(folder.path, 'broken.json', '{'))).toMatchObject({
    code: 1,
    warned: [expect.stringContaining('expected a campaign as JSON')],
  })
  expect(await save({ topic: 'news' })).toMatchObject({ code: 0, said: ['spring: saved'] })
  expect(await cli('campaigns', 'start', 'spring', '--yes')).toMatchObject({
    code: 2,
    said: expect.arrayContaining(['  topic: "There is no topic news among the settings"']) as unknown,
    warned: ['spring cannot be started'],
  })
  await save()
  expect(await said('campaigns', 'list')).toEqual(['spring  draft      -  "Spring \\u001b[31m"'])
  expect((await said('campaigns', 'preview', 'spring'))[0]).toMatch(
    /^1 customers at \S+: 0 get it, 1 \(no-permission 1\) are skipped$/,
  )
  expect(await cli('campaigns', 'start', 'spring')).toMatchObject({
    code: 2,
    warned: ['Nobody can be asked here: say --yes'],
  })
  expect((await said('campaigns', 'start', 'spring', '--yes')).at(-1)).toBe('spring: freezing')
  expect(await said('campaigns', 'figures', 'spring')).toEqual([
    'freezing: 0 customers',
    '  skipped: 0',
    'all (win-back): 0 recipients',
    '  delivered 0, clicked 0 (not enough data yet), unsubscribed 0',
    '  bounced 0, complained 0',
  ])
  expect(await said('campaigns', 'recipients', 'spring', '--state', 'sent')).toEqual([])
  expect(await said('campaigns', 'pause', 'spring')).toEqual(['spring: paused'])
  expect(await said('campaigns', 'resume', 'spring')).toEqual(['spring: freezing'])
  expect(await said('campaigns', 'cancel', 'spring')).toEqual(['spring: cancelled'])
  expect((await said('campaigns', 'show', 'spring')).join('\n')).toContain('"status": "cancelled"')
})
