import { expect, it, onTestFinished } from 'vitest'
import { startTestServer } from '../support/startTestServer.ts'

const TOKEN = 'a-token-for-the-figures'

it.each<[Record<string, string>, Record<string, string>, number]>([
  [{}, {}, 200],
  // A proxy on this machine speaks for somebody elsewhere.
  [{}, { 'x-forwarded-for': '203.0.113.9' }, 403],
  [{}, { via: '1.1 proxy' }, 403],
  [{ METRICS_TOKEN: TOKEN }, {}, 403],
  [{ METRICS_TOKEN: TOKEN }, { authorization: `Bearer ${TOKEN}x` }, 403],
  [{ METRICS_TOKEN: TOKEN }, { authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '203.0.113.9' }, 200],
])('with %j and a request with %j the figures are answered %i', async (environment, headers, status) => {
  const server = await startTestServer({ environment })
  onTestFinished(async () => void (await server.kill()))
  const response = await fetch(`${server.url}/metrics`, { headers })
  expect(response.status).toBe(status)
  expect((await response.text()).includes('ciclo_build_info')).toBe(status === 200)
})
