import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ShopAnswer {
  status?: number
  headers?: Record<string, string>
  body: unknown
}

export interface ShopRequest {
  url: URL
  header: (name: string) => string | undefined
  body: string
}

/** A shop's server in this process, on a port of its own. */
export async function startShop(answer: (request: ShopRequest) => ShopAnswer) {
  const requests: ShopRequest[] = []
  const read = async (request: IncomingMessage) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    return body
  }
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const asked: ShopRequest = {
        url: new URL(request.url ?? '/', 'http://shop'),
        header: (name) => request.headers[name]?.toString(),
        body,
      }
      requests.push(asked)
      const { status = 200, headers = {}, body: said } = answer(asked)
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(typeof said === 'string' ? said : JSON.stringify(said))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
