import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { TrackerBatch, TrackerEvent } from '../../src/index.ts'
import { listen } from './listen.ts'

export interface Answer {
  status: number
  retryAfter?: string
  /** Milliseconds before the answer, as a distant server has. */
  delay?: number
}

/** What arrived, as a real ingest sees it: batch context merged in, and copies of a message dropped when stored. */
export const createFakeIngest = async () => {
  const requests: {
    method: string
    contentType: string
    at: number
    answered: number
    events: TrackerEvent[]
  }[] = []
  /** Scripts that it serves. */
  const files: Record<string, string | Buffer> = {}
  /** What it says to events. */
  const said = { success: true, onsite: false }
  /** What was asked of it besides taking events. */
  const others: { method: string; path: string; body: string }[] = []
  /** Answers for the next requests, in turn; afterwards 200. */
  const answers: Answer[] = []
  /** What it answers when nothing else was said. */
  const usual: Answer = { status: 200 }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const at = Date.now()
    const body = await text(request)
    const path = request.url ?? ''
    const file = files[path]
    if (file !== undefined) {
      response
        .writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' })
        .end(file)
      return
    }
    if (path !== '/v1/batch') {
      others.push({ method: request.method ?? '', path, body })
      response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/html' }).end()
      return
    }
    const { batch = [], context } = (body ? JSON.parse(body) : {}) as Partial<TrackerBatch>
    const { status, retryAfter, delay = 0 } = (request.method === 'POST' && answers.shift()) || usual
    const events = batch.map((event) => ({ ...event, context: { ...context, ...event.context } }))
    const contentType = request.headers['content-type'] ?? ''
    requests.push({ method: request.method ?? '', contentType, at, answered: status, events })
    if (delay) await new Promise((resolve) => setTimeout(resolve, delay))
    response.writeHead(status, {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'access-control-expose-headers': 'retry-after',
      ...(retryAfter !== undefined && { 'retry-after': retryAfter }),
    })
    response.end(JSON.stringify(said))
  }
  const server = await listen((request, response) => void answer(request, response))

  const received = () => requests.filter(({ answered }) => answered === 200).flatMap(({ events }) => events)

  return {
    ...server,
    requests,
    files,
    said,
    others,
    answers,
    usual,
    received,
    /** Each message once, in the order of time. */
    stored: () => {
      const messages = [...new Map(received().map((event) => [event.messageId, event])).values()]
      messages.sort((left, right) => (left.messageId < right.messageId ? -1 : 1))
      return messages
    },
  }
}

export type FakeIngest = Awaited<ReturnType<typeof createFakeIngest>>
