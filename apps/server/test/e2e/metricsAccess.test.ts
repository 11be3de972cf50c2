import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'

const TOKEN = 'a-token-for-the-figures'

describe.each<[Record<string, string>, [Record<string, string>, number][]]>([
  [
    {},
    [
      [{}, 200],
      // A proxy on this machine speaks for somebody elsewhere.
      [{ 'x-forwarded-for': '203.0.113.9' }, 403],
      [{ via: '1.1 proxy' }, 403],
    ],
  ],
  [
    { METRICS_TOKEN: TOKEN },
    [
      [{}, 403],
      [{ authorization: `Bearer ${TOKEN}x` }, 403],
      [{ authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '203.0.113.9' }, 200],
    ],
  ],
])('with %j', (environment, cases) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ environment })
  })
  afterAll(async () => void (await server?.kill()))

  it.each(cases)('and a request with %j the figures are answered %i', async (headers, status) => {
    const response = await fetch(`${server.url}/metrics`, { headers })
    expect(response.status).toBe(status)
    expect((await response.text()).includes('ciclo_build_info')).toBe(status === 200)
  })
})
