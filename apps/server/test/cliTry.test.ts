import { afterAll, beforeAll, expect, it } from 'vitest'
import { TrySchema } from '../src/routes/trySchemas.ts'
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
const EVENTS =
  '- { at: 1h, event: Order Completed, properties: { order_id: o1, total: 10, currency: EUR } }\n'

beforeAll(async () => {
  const orders = writeIn(
    folder.path,
    'orders.csv',
    'order_id,date,total,email\no0,2024-01-01,10.00,ann@x.org',
  )
  await cli('import', 'orders', orders)
  writeIn(folder.path, 'confirm.yaml', CONFIRM)
  writeIn(folder.path, 'events.yaml', EVENTS)
  writeIn(folder.path, 'torn.yaml', '- { at: 1h, event')
  writeIn(folder.path, 'odd.yaml', '- { when: 1h }')
})
afterAll(() => folder.remove())

const TRY = ['journey', 'try', 'confirm.yaml', '--events', 'events.yaml', '--begin', '2026-03-02T10:00:00Z']

it('tries a file where no server runs, and tells what happens', async () => {
  const { code, said } = await cli(...TRY, '--until', '1d')
  expect(code).toBe(0)
  expect(said).toEqual(
    expect.arrayContaining([
      '2026-03-02 11:00  “Order Completed” happens.',
      '2026-03-02 11:00  “Confirm” begins.',
      '2026-03-02 12:00  E-mail “order-confirmation”: is sent.',
      '2026-03-03 10:00  new, standard, warm, subscribed, none',
    ]),
  )
})

it('tells the whole answer as JSON', async () => {
  const { said } = await cli(...TRY, '--json', '--email', 'ann@x.example')
  const answer = TrySchema.parse(JSON.parse(said.join('\n')))
  expect(answer.messages).toMatchObject([{ id: 'confirm/invented/try-000/mail/1', outcome: 'sent' }])
})

it.each([
  [['nobodys'], 'There is no journey nobodys'],
  [['confirm.yaml', '--until', 'soon'], 'until: given "soon", expected a time of ISO 8601'],
  [['confirm.yaml', '--events', 'torn.yaml'], 'torn.yaml:1:'],
  [['confirm.yaml', '--events', 'odd.yaml'], 'odd.yaml: 0.at'],
  [['confirm.yaml', '--customer', 'nobody@x.example'], 'There is no customer with the e-mail'],
])('says what is wrong with %j', async (argv, expected) => {
  const { code, warned } = await cli('journey', 'try', ...argv)
  expect(code).toBe(1)
  expect(warned.join('\n')).toContain(expected)
})
