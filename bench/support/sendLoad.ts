import { connect, type Socket } from 'node:net'

export interface Post {
  path: string
  body: string
}

export interface Load {
  /** On 127.0.0.1. */
  port: number
  /** The user of Basic authorization. */
  key: string
  /** Each connection sends every n-th of them, one at a time and in their order. */
  posts: readonly Post[]
  connections: number
  /** No request begins later than this many milliseconds after the first. */
  timeLimit: number
}

export interface LoadResult {
  requests: number
  /** From the first request to the last answer. */
  milliseconds: number
  /** How long each request took, in milliseconds. */
  latencies: number[]
}

const HEAD_END = '\r\n\r\n'

/** The length of the first answer in `received`, or undefined while it is not complete. Throws for any but a 200. */
function answerLength(received: string): number | undefined {
  const headEnd = received.indexOf(HEAD_END)
  if (headEnd === -1) return undefined
  if (!received.startsWith('HTTP/1.1 200 '))
    throw new Error(`Expected a 200, was answered ${received.slice(0, 600)}`)
  const length = /\r\ncontent-length: (\d+)/i.exec(received)?.[1]
  if (length === undefined)
    throw new Error(`Expected a content-length, was answered ${received.slice(0, headEnd)}`)
  const total = headEnd + HEAD_END.length + Number(length)
  return received.length >= total ? total : undefined
}

/**
 * Sends requests over keep-alive connections. It speaks HTTP itself, over sockets: a client library costs as much as
 * the servers that are measured here, and would be what is measured.
 */
export async function sendLoad({ port, key, posts, connections, timeLimit }: Load): Promise<LoadResult> {
  const authorization = Buffer.from(`${key}:`).toString('base64')
  const requests = posts.map(({ path, body }) => {
    const lines = [
      `POST ${path} HTTP/1.1`,
      `host: 127.0.0.1:${port}`,
      `authorization: Basic ${authorization}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
    ]
    return Buffer.from(lines.join('\r\n') + HEAD_END + body)
  })
  const latencies: number[] = []
  const sockets = await Promise.all(Array.from({ length: connections }, async () => await open(port)))
  const startedAt = performance.now()

  const drive = (socket: Socket, first: number) =>
    new Promise<void>((resolve, reject) => {
      let place = first
      let sentAt = 0
      let received = ''
      const next = () => {
        const request = requests[place]
        sentAt = performance.now()
        if (request === undefined || sentAt - startedAt > timeLimit) return resolve()
        place += connections
        socket.write(request)
      }
      socket.on('data', (chunk: Buffer) => {
        received += chunk.toString('latin1')
        try {
          if (answerLength(received) === undefined) return
        } catch (error) {
          return reject(error)
        }
        received = ''
        latencies.push(performance.now() - sentAt)
        next()
      })
      socket.once('error', reject)
      socket.once('close', () =>
        reject(new Error('The server closed a connection in the middle of the load')),
      )
      next()
    })

  try {
    await Promise.all(sockets.map(drive))
  } finally {
    for (const socket of sockets) socket.destroy()
  }
  return { requests: latencies.length, milliseconds: performance.now() - startedAt, latencies }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}
