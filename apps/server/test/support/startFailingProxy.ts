import { once } from 'node:events'
import { createServer } from 'node:http'

/**
 * What happens to a request: it is refused, with Retry-After where it is 429, or it is forwarded and its answer lost on
 * the way back.
 */
export type Failure = 503 | 429 | 'lost answer'

export interface FailingProxy {
  /** http://127.0.0.1:port */
  url: string
  /** The failures that have not happened yet. */
  pending(): number
  /** The statuses that clients have seen, in their order. */
  answers: readonly number[]
  /** How often clients have seen each status but 200. */
  failed: () => Record<string, number>
  stop(): Promise<void>
}

/** Stands before a server and fails the first POSTs, one by one, as planned; all else goes through. */
export async function startFailingProxy(target: string, failures: readonly Failure[]): Promise<FailingProxy> {
  const plan = [...failures]
  const answers: number[] = []
  const server = createServer((request, response) => {
    const forward = async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const isPost = request.method === 'POST'
      const failure = isPost ? plan.shift() : undefined
      const fail = (status: number) => {
        answers.push(status)
        response.writeHead(status, {
          'access-control-allow-origin': '*',
          'access-control-expose-headers': 'retry-after',
          'content-type': 'application/json',
          ...(status === 429 ? { 'retry-after': '1' } : {}),
        })
        response.end(JSON.stringify({ code: 'planned', message: 'The test wants this to fail' }))
      }
      if (typeof failure === 'number') return fail(failure)
      const { host: _host, connection: _connection, ...headers } = request.headers
      const answer = await fetch(`${target}${request.url ?? '/'}`, {
        method: request.method ?? 'GET',
        headers: headers as Record<string, string>,
        ...(isPost ? { body: Buffer.concat(chunks) } : {}),
      })
      const body = Buffer.from(await answer.arrayBuffer())
      if (failure) return fail(503)
      if (isPost) answers.push(answer.status)
      const {
        'content-encoding': _encoding,
        'content-length': _length,
        ...kept
      } = Object.fromEntries(answer.headers)
      response.writeHead(answer.status, kept)
      response.end(body)
    }
    forward().catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    pending: () => plan.length,
    answers,
    failed: () => {
      const counts: Record<string, number> = {}
      for (const status of answers) if (status !== 200) counts[status] = (counts[status] ?? 0) + 1
      return counts
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
