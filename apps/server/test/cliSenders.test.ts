import { afterEach, beforeEach, expect, it } from 'vitest'
import { runCliIn, writeIn } from './cli.support.ts'
import { createTestFolder } from './support/createTestFolder.ts'
import { startSmtpCatcher } from './support/startSmtpCatcher.ts'

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

it('sets up a sender, makes its key, tries it out, and stops what goes by another', async () => {
  expect(await said('senders', 'list')).toEqual([
    `marketing  marketing  live, main, of the installation  "nobody@ciclo.localhost"  "the installation's server"`,
    `transactional  transactional  live, main, of the installation  "nobody@ciclo.localhost"  "the installation's server"`,
  ])
  const smtp = await startSmtpCatcher()
  const server = { preset: 'smtp', host: '127.0.0.1', port: smtp.port, tls: 'offered' }
  const news = { purpose: 'marketing', from: { name: 'Luna', address: 'news@shop.example' }, server }
  const file = writeIn(folder.path, 'news.json', JSON.stringify(news))
  const line = `news  marketing  draft  "news@shop.example"  "smtp 127.0.0.1:${smtp.port}"`
  expect(await said('senders', 'set', 'news', file)).toEqual([line])
  expect(await said('senders', 'dkim', 'news', '--selector', 's1')).toEqual([
    'Publish this record, then check the sender:',
    expect.stringMatching(/^ {2}TXT {2}s1\._domainkey\.shop\.example {2}v=DKIM1; k=rsa; p=MII/),
  ])
  expect(await said('senders', 'test', 'news', 'me@shop.example')).toEqual([
    expect.stringMatching(/^taken: "250 /),
  ])
  expect(smtp.mailsTo('me@shop.example')).toHaveLength(1)
  smtp.answer('me@shop.example', [{ at: 'RCPT TO', reply: '550 5.7.1 Not \u001b[31myou' }])
  expect(await cli('senders', 'test', 'news', 'me@shop.example')).toMatchObject({
    code: 1,
    said: [expect.stringMatching(/^not taken: "550 5\.7\.1 Not +\[31myou"$/)],
  })
  await smtp.stop()
  const shown = (await said('senders', 'show', 'news')).join('\n')
  expect(JSON.parse(shown)).toMatchObject({ id: 'news', status: 'draft', dkim: { signedBy: 'ciclo' } })
  expect(await said('senders', 'stop', 'marketing', '--reason', 'a wrong price')).toEqual([
    `marketing  marketing  stopped, main  "nobody@ciclo.localhost"  "the installation's server"  "by hand: a wrong price"`,
  ])
  expect(await said('senders', 'resume', 'marketing')).toEqual([expect.stringContaining('live, main')])
  expect(await said('senders', 'delete', 'news')).toEqual(['news: deleted'])
  expect(await cli('senders', 'delete', 'news')).toMatchObject({
    code: 1,
    warned: [expect.stringContaining('There is no sender news')],
  })
})
