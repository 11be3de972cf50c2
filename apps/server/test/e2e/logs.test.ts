import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { injectFault, whyNoFaults } from '../support/injectFault.ts'
import { startSmtpCatcher } from '../support/startSmtpCatcher.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'

/** In every place where a person's data can be; none of it may ever be in a log. */
const CANARY = 'canary'
const EMAIL = `${CANARY}.person@example.com`

async function start() {
  const smtp = await startSmtpCatcher()
  onTestFinished(() => smtp.stop())
  const server = await startTestServer({ environment: { SMTP_URL: smtp.url, LOG_LEVEL: 'trace' } })
  onTestFinished(async () => void (await server.kill()))
  return { smtp, server }
}

const linesOf = (server: TestServer) =>
  server
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)

const post = (server: TestServer, body: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/v1/batch?writeKey=${CANARY}-in-the-query`, {
    method: 'POST',
    body,
    headers: { authorization: `Basic ${btoa(`${server.secretKey}:`)}`, ...headers },
  })

const person = {
  type: 'track',
  event: 'Subscribed',
  userId: `${CANARY}-user`,
  messageId: `${CANARY}-message`,
  properties: { email: EMAIL, note: CANARY },
  context: { userAgent: `${CANARY} browser`, page: { url: `https://shop.example/?${CANARY}` } },
}

it('no log line at any level holds what a person or client sent', async () => {
  const { smtp, server } = await start()
  smtp.answer(EMAIL, [{ at: 'RCPT TO', reply: `550 5.7.1 <${EMAIL}> Canary Person is refused` }])
  const statuses = [
    await post(server, JSON.stringify({ batch: [person] }), { 'x-request-id': 'a-request-of-a-shop' }),
    await post(server, `{"batch": [{"email": "${EMAIL}", ${CANARY}`),
    await post(server, JSON.stringify({ batch: [{ ...person, timestamp: CANARY, type: CANARY }] })),
    await fetch(`${server.url}/v1/track`, {
      method: 'POST',
      body: JSON.stringify({ writeKey: `${CANARY}-key-0001` }),
    }),
    await fetch(`${server.url}/u/${CANARY}-token?email=${EMAIL}`),
    await fetch(`${server.url}/${CANARY}/${EMAIL}`),
    await fetch(`${server.url}/api/customers?email=${EMAIL}`, {
      headers: { authorization: `Bearer ${server.secretKey}`, 'user-agent': CANARY, 'x-request-id': EMAIL },
    }),
    await fetch(`${server.url}/api/customers?limit=${CANARY}`, {
      headers: { authorization: `Bearer ${server.secretKey}` },
    }),
  ]
  expect(statuses.map(({ status }) => status)).toEqual([200, 400, 400, 401, 404, 404, 200, 400])
  await vi.waitFor(() => expect(smtp.attempts(EMAIL)).toBe(1), { timeout: 10_000 })
  await vi.waitFor(async () => {
    const { id } = await server.api.customerWith({ email: EMAIL })
    expect(await server.api.messages(id)).toMatchObject([{ state: 'failed' }])
  })
  expect(server.output().toLowerCase()).not.toContain(CANARY)

  const lines = linesOf(server)
  expect(lines.find(({ requestId }) => requestId === 'a-request-of-a-shop')).toMatchObject({
    level: 20,
    method: 'POST',
    route: '/v1/batch',
    status: 200,
    milliseconds: expect.any(Number) as number,
    workspace: expect.any(String) as string,
  })
  expect(lines.filter(({ level }) => level === 40)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ route: '/v1/track', status: 401, code: 'unknown-key' }),
      expect.objectContaining({ route: '/u/:token', status: 404 }),
    ]),
  )
})

it.skipIf(whyNoFaults() !== undefined)('nor does a line about a store that fails', async () => {
  const { server } = await start()
  const fault = await injectFault(server.pid, 'pwrite64', 'EIO')
  const response = await post(server, JSON.stringify({ batch: [person] }), {
    'x-request-id': 'a-failing-one',
  })
  await fault.end()
  expect(response.status).toBe(503)
  expect(await response.json()).toMatchObject({ code: 'store-unavailable', requestId: 'a-failing-one' })
  expect(response.headers.get('x-request-id')).toBe('a-failing-one')
  await vi.waitFor(() =>
    expect(linesOf(server).filter(({ level }) => level === 50)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          requestId: 'a-failing-one',
          status: 503,
          err: expect.objectContaining({
            message: expect.stringContaining('SQLITE_IOERR') as string,
          }) as object,
        }),
      ]),
    ),
  )
  expect(server.output().toLowerCase()).not.toContain(CANARY)
})

let shared: TestServer
beforeAll(async () => {
  shared = await startTestServer()
})
afterAll(async () => void (await shared.stop()))

it.each(['short', 'with/a/slash', 'x'.repeat(65), EMAIL, 'two words'])(
  'a request id that is not sane is replaced: %s',
  async (given) => {
    const response = await fetch(`${shared.url}/nowhere`, { headers: { 'x-request-id': given } })
    const used = response.headers.get('x-request-id')
    expect(used === given).toBe(given === 'short')
    expect(await response.json()).toMatchObject({ code: 'not-found', requestId: used })
  },
)
