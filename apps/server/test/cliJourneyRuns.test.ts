import { afterEach, beforeEach, expect, it } from 'vitest'
import { runCliIn, writeIn } from './cli.support.ts'
import { createTestFolder } from './support/createTestFolder.ts'

let folder: ReturnType<typeof createTestFolder>

beforeEach(() => {
  folder = createTestFolder()
})
afterEach(() => folder.remove())

it('asks a customer into a journey, shows its runs and steps, says why, and ends a run', async () => {
  const cli = (...argv: string[]) => runCliIn(folder.path, argv)
  const said = async (...argv: string[]) => {
    const run = await cli(...argv)
    expect(run).toMatchObject({ code: 0, warned: [] })
    return run.said
  }
  const rows = ['o1,2024-01-01,10.00,ann@x.org', 'o2,2024-02-01,10.00,bob@x.org']
  const orders = writeIn(folder.path, 'orders.csv', ['order_id,date,total,email', ...rows].join('\n'))
  await cli('import', 'orders', orders)

  expect(await cli('journey', 'enrol', 'at-risk', 'ann@x.org')).toMatchObject({
    code: 1,
    warned: ['The journey at-risk is draft, expected one that is live'],
  })
  expect(await cli('journey', 'enrol', 'welcome', 'nobody@x.org')).toMatchObject({
    code: 1,
    warned: ['There is no customer with the e-mail "nobody@x.org"'],
  })
  expect(await said('journey', 'runs', 'welcome')).toEqual(['There is no such run.'])
  expect(await said('journey', 'why', 'welcome', 'ann@x.org', '--locale', 'en')).toEqual([
    'Not in the journey, but would come in: as soon as they become “subscribed”.',
    'Marketing e-mail: is not sent: they have not agreed to it.',
  ])

  const [begun = ''] = await said('journey', 'enrol', 'welcome', 'ann@x.org')
  const [, id = ''] = /^"(welcome\/[^"]+)": /.exec(begun) ?? []
  expect(id).not.toBe('')
  expect(await said('journey', 'runs', 'welcome')).toEqual([expect.stringContaining(`"${id}"`)])
  const steps = await said('journey', 'steps', 'welcome')
  expect(steps[0]).toMatch(/^1 came in, 1 are under way$/)
  expect(await said('journey', 'remove', id)).toEqual([`"${id}": removed`])
  expect(await said('journey', 'enrol', 'welcome', 'ann@x.org', '--locale', 'ro')).toEqual([
    'În afara parcursului: se poate intra o singură dată.',
  ])
})
