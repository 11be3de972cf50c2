import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { createTestFolder } from '../support/createTestFolder.ts'
import { startSmtpCatcher, type SmtpCatcher } from '../support/startSmtpCatcher.ts'
import { startTestServer } from '../support/startTestServer.ts'

const LIMIT = 5_000

let smtp: SmtpCatcher
beforeAll(async () => {
  smtp = await startSmtpCatcher()
})
afterAll(() => smtp.stop())

it('SIGTERM ends the server in time, with code 0, while a request is open and a connection idle', async () => {
  const server = await startTestServer({ environment: { SMTP_URL: smtp.url } })
  onTestFinished(async () => void (await server.kill()))
  const { port } = new URL(server.url)
  const idle = connect(Number(port), '127.0.0.1')
  const open = connect(Number(port), '127.0.0.1')
  for (const socket of [idle, open]) {
    socket.on('error', () => {})
    await once(socket, 'connect')
  }
  idle.write('GET /healthz HTTP/1.1\r\nhost: ciclo\r\n\r\n')
  await once(idle, 'data')
  open.write('POST /v1/batch HTTP/1.1\r\nhost: ciclo\r\ncontent-length: 1000\r\n\r\n{"batch": [')
  // What is sent on the same loopback afterwards arrives afterwards.
  await server.api.customers()
  const { code, duration } = await server.stop()
  expect(code).toBe(0)
  expect(duration).toBeLessThan(LIMIT)
  expect(server.output()).toContain('Ciclo has stopped.')
})

it('SIGTERM ends the server in time while a mail is on its way, and the next server delivers it', async () => {
  const folder = createTestFolder()
  onTestFinished(folder.remove)
  const email = 'inflight@example.com'
  const options = { folder: folder.path, environment: { SMTP_URL: smtp.url } }
  const server = await startTestServer(options)
  onTestFinished(async () => void (await server.kill()))
  smtp.answer(email, ['silence'])
  await server.api.send([
    { type: 'identify', userId: 'inflight', traits: { email } },
    { type: 'track', event: 'Subscribed', userId: 'inflight' },
  ])
  await vi.waitFor(() => expect(smtp.attempts(email)).toBe(1), { timeout: 15_000, interval: 20 })
  const { code, duration } = await server.stop()
  expect(code).toBe(0)
  expect(duration).toBeLessThan(LIMIT)
  expect(smtp.mailsTo(email)).toEqual([])

  const next = await startTestServer(options)
  onTestFinished(async () => void (await next.kill()))
  // The claim of the first server runs out, and the mail is due again.
  await next.api.passTime(600_000)
  const { id } = await next.api.customerWith({ email })
  expect(await next.api.messages(id)).toMatchObject([{ template: 'welcome', state: 'sent' }])
  expect(smtp.mailsTo(email)).toHaveLength(1)
})
