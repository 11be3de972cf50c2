import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Received {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** A server on this machine that keeps what it is told. */
export async function startReceiver() {
  const received: Received[] = []
  const world = {
    received,
    /** How it answers; 204 until somebody says otherwise. */
    answer: (_request: Received, response: ServerResponse): void => void response.writeHead(204).end(),
    url: '',
    host: '',
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  const server = createServer((request, response) => {
    text(request)
      .then((body) => {
        const { method = '', url: path = '', headers } = request
        const one = { method, path, headers, body }
        received.push(one)
        world.answer(one, response)
      })
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  world.url = `http://127.0.0.1:${port}`
  world.host = `127.0.0.1:${port}`
  return world
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>
