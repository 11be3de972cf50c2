import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BacktestResultSchema } from '../src/routes/backtestSchemas.ts'
import { runCliIn, writeIn } from './cli.support.ts'
import { createTestFolder } from './support/createTestFolder.ts'

const folder = createTestFolder()
const cli = (...argv: string[]) => runCliIn(folder.path, argv)

const CONFIRM = `
id: confirm
name: Confirm
trigger: { kind: event, name: Order Completed }
reentry: { kind: always }
steps:
  - { kind: delay, id: hour, duration: 1h }
  - { kind: send, id: mail, template: order-confirmation, purpose: transactional }
`

beforeAll(async () => {
  const rows = [
    'o1,2024-01-01,10.00,ann@x.org',
    'o2,2024-02-01,10.00,ann@x.org',
    'o3,2024-02-03,10.00,bob@x.org',
  ]
  const orders = writeIn(folder.path, 'orders.csv', ['order_id,date,total,email', ...rows].join('\n'))
  await cli('import', 'orders', orders)
  writeIn(folder.path, 'confirm.yaml', CONFIRM)
})
afterAll(() => folder.remove())

const PERIOD = ['--since', '2024-01-15', '--until', '2024-03-01']

it('back-tests a file where no server runs, and writes every mail to a file that only its owner reads', async () => {
  const run = await cli('journey', 'backtest', 'confirm.yaml', ...PERIOD, '--csv', 'mails.csv')
  expect(run.code).toBe(0)
  expect(run.said).toEqual(
    expect.arrayContaining([
      'confirm, as given, as if it had been live from 2024-01-15 00:00 to 2024-03-01 00:00 UTC',
      '2 customers looked at; 2 would have come in, 2 times',
      '2 mails: 2 sent, 0 refused, 0 too late, 0 still waiting',
      '        entered  waiting  went on  ended',
      '  hour        2        0        2      0',
      '  mail        2        0        2      0',
      'Compared with no such journey (all mails of all journeys)',
      '  2 customers would have got more mails, 0 fewer, 0 others; 0 the same',
    ]),
  )
  const path = join(folder.path, 'mails.csv')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const [head, ...mails] = readFileSync(path, 'utf8').trimEnd().split('\n')
  expect(head).toBe('at,customerId,to,step,template,purpose,locale,outcome,reason,waitedFor')
  expect(mails.toSorted()).toEqual([
    expect.stringMatching(
      /^2024-02-01T01:00:00\.000Z,[^,]+,ann@x\.org,mail,order-confirmation,transactional,en,sent,,$/,
    ),
    expect.stringMatching(
      /^2024-02-03T01:00:00\.000Z,[^,]+,bob@x\.org,mail,order-confirmation,transactional,en,sent,,$/,
    ),
  ])
})

it('tells the whole result as JSON', async () => {
  const { said } = await cli('journey', 'backtest', 'confirm.yaml', ...PERIOD, '--json')
  const result = BacktestResultSchema.parse(JSON.parse(said.join('\n')))
  expect(result).toMatchObject({ journey: 'confirm', version: null, live: null, mails: { sent: 2 } })
})

it.each([
  [['nobodys'], 'There is no journey nobodys'],
  [['confirm.yaml', '--since', 'soon'], '--since: given "soon", expected a time of ISO 8601'],
  [['confirm.yaml', '--version', 'one'], '--version: given "one", expected a whole number'],
  [['missing.yaml'], 'missing.yaml: cannot be read'],
  [['confirm.yaml', '--csv', 'nowhere/mails.csv'], 'expected a file in a folder that exists'],
])('says what is wrong with %j', async (argv, expected) => {
  const { code, warned } = await cli('journey', 'backtest', ...argv)
  expect(code).toBe(1)
  expect(warned.join('\n')).toContain(expected)
})
