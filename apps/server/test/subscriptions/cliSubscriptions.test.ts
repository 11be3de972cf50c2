import { afterEach, beforeEach, expect, it } from 'vitest'
import { runCliIn, writeIn } from '../cli.support.ts'
import { createTestFolder } from '../support/createTestFolder.ts'
import { startReceiver, type Receiver } from '../webhooks/startReceiver.ts'

let folder: ReturnType<typeof createTestFolder>
let receiver: Receiver
beforeEach(async () => {
  folder = createTestFolder()
  receiver = await startReceiver()
  writeIn(folder.path, 'orders.csv', 'order_id,date,total,email\no1,2024-01-01,10.00,ann@x.org')
  await runCliIn(folder.path, ['import', 'orders', 'orders.csv'])
})
afterEach(async () => {
  await receiver.close()
  folder.remove()
})

const cli = async (...argv: string[]) =>
  await runCliIn(folder.path, ['webhooks', ...argv], { CICLO_WEBHOOK_HOSTS: '127.0.0.1' })

it('a server is subscribed, tried out, listed, told again and left alone', async () => {
  const subscribed = await cli(
    'subscribe',
    `${receiver.url}/hook`,
    '--name',
    'ERP',
    '--event',
    'Order Completed',
  )
  expect(subscribed).toMatchObject({ code: 0, warned: [] })
  expect(subscribed.said.join('\n')).toMatch(/told from now on\nAn invented event was taken: 204/)
  expect(receiver.received).toMatchObject([{ path: '/hook' }])
  const id = String(subscribed.said[0]).split(':')[0] ?? ''
  expect((await cli('subscriptions')).said.join('\n')).toMatch(/standard {2}on {2}"?ERP.*Order Completed/)
  expect((await cli('replay', '--subscription', id)).said).toEqual(['0 are sent when a server runs'])
  expect((await cli('replay')).warned.join('\n')).toContain('Expected either the id of one or --subscription')
  expect((await cli('unsubscribe', id)).code).toBe(0)
  expect((await cli('subscriptions')).said).toEqual(['Nobody has subscribed.'])
})

it('a token comes from a file, and is shown to nobody', async () => {
  writeIn(folder.path, 'token.txt', 'hidden-token\n')
  const flags = ['--format', 'chatwoot', '--account', '7', '--inbox', '3', '--token-file', 'token.txt']
  const subscribed = await cli('subscribe', receiver.url, ...flags)
  expect(subscribed.code).toBe(0)
  expect(receiver.received[0]?.headers['api_access_token']).toBe('hidden-token')
  const listed = await cli('subscriptions')
  expect([...subscribed.said, ...listed.said].join('\n')).not.toContain('hidden-')
  expect((await cli('subscribe', receiver.url, ...flags.slice(0, 6))).warned.join('\n')).toContain('token')
})
