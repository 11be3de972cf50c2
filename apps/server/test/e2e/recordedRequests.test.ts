import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  readRecordings,
  RECORDED_KEY,
  type RecordedRequest,
  type Recording,
} from '../recordedRequests.data.ts'
import { readAllEvents } from '../support/readAllEvents.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'

const { kind, recordings } = readRecordings()

interface SentEvent {
  type: string
  messageId: string
  event?: string
  name?: string
  timestamp: string
  anonymousId?: string
  userId?: string | null
  properties?: Record<string, unknown>
  traits?: Record<string, unknown>
}

/** The events that a request carries, each with when it was sent. */
function eventsIn({ body }: RecordedRequest): (SentEvent & { sentAt: string })[] {
  if (typeof body !== 'object' || body === null) return []
  const { batch, sentAt } = body as { batch?: SentEvent[]; sentAt: string }
  return (batch ?? [body as SentEvent]).map((event) => ({ ...event, sentAt }))
}

/** Sends what was recorded, with the server's own key. */
async function replay(server: TestServer, key: string, { requests }: Recording): Promise<number[]> {
  const statuses: number[] = []
  const basic = (user: string) => Buffer.from(`${user}:`).toString('base64')
  for (const { method, path, headers, body } of requests) {
    // The length is that of the recorded key.
    const { 'content-length': _length, authorization, ...others } = headers
    const response = await fetch(server.url + path.replace(RECORDED_KEY, key), {
      method,
      headers: {
        ...others,
        ...(authorization ? { authorization: authorization.replace(basic(RECORDED_KEY), basic(key)) } : {}),
      },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body).replaceAll(RECORDED_KEY, key) }),
    })
    statuses.push(response.status)
    await response.arrayBuffer()
  }
  return statuses
}

/** One of each messageId, the first: what is sent again is not stored again. */
const byId = <T extends { messageId: string }>(events: readonly T[]) =>
  [...new Map(events.toReversed().map((event) => [event.messageId, event])).values()].toSorted((one, other) =>
    one.messageId < other.messageId ? -1 : 1,
  )

describe.each([
  { who: 'browsers', keyOf: (server: TestServer) => server.writeKey, ours: recordings },
  {
    who: 'the shop’s server',
    keyOf: (server: TestServer) => server.secretKey,
    ours: recordings.filter(({ name }) => name.includes('node')),
  },
])(`The ${kind} requests of real clients, with the key of $who`, ({ who, keyOf, ours }) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.stop())

  it.for(['the first time', 'once more'])('are all answered 200, %s', async () => {
    for (const recording of ours) {
      const statuses = await replay(server, keyOf(server), recording)
      expect(statuses, recording.name).toEqual(recording.requests.map(() => 200))
    }
  })

  it('are stored exactly once, with all that they said, at their time by the server’s clock', async () => {
    const sent = byId(ours.flatMap(({ requests }) => requests.flatMap(eventsIn)))
    const stored = await readAllEvents(server.api)
    expect(stored).toHaveLength(sent.length)
    expect(sent.length).toBeGreaterThan(5)
    for (const [index, event] of byId(stored).entries()) {
      const expected = sent[index]!
      expect(event, expected.messageId).toMatchObject({
        messageId: expected.messageId,
        type: expected.type,
        name: expected.event ?? expected.name ?? null,
        properties: expected.properties ?? {},
        traits: expected.traits ?? {},
        source: who === 'browsers' ? 'public' : 'secret',
      })
      // Recorded long ago, so the sending clock counts as wrong, and what is left is how long the event had waited.
      const waited = Date.parse(expected.sentAt) - Date.parse(expected.timestamp)
      expect(Date.parse(event.receivedAt) - Date.parse(event.timestamp), expected.messageId).toBe(waited)
    }
  })

  it('are of the customers that they name', async () => {
    const stored = await readAllEvents(server.api)
    if (who === 'browsers') {
      const identified = ours.flatMap(({ requests }) =>
        requests.flatMap(eventsIn).filter(({ type, anonymousId }) => type === 'identify' && anonymousId),
      )
      expect(identified.length).toBe(3)
      for (const { anonymousId, messageId } of identified) {
        const customer = stored.find((event) => event.messageId === messageId)?.customer
        expect(customer).toMatchObject({
          email: null,
          userId: null,
          claims: { userId: 'u1', email: 'a@example.com' },
          lifecycle: { stage: 'visitor' },
          orders: { revenue: {} },
        })
        // Whatever came from this browser is of this one customer.
        const sent = ours.flatMap(({ requests }) => requests.flatMap(eventsIn))
        const same = new Set(
          sent.filter((event) => event.anonymousId === anonymousId).map((event) => event.messageId),
        )
        const theirs = stored.filter((event) => same.has(event.messageId))
        expect(new Set(theirs.map((event) => event.customer.id))).toEqual(new Set([customer?.id]))
        expect(theirs).toHaveLength(same.size)
      }
      return
    }
    expect(await server.api.customers()).toMatchObject([
      {
        email: 'a@example.com',
        userId: 'u1',
        claims: {},
        traits: { firstName: 'A' },
        lifecycle: { stage: 'new' },
        orders: { count: 1, revenue: { USD: 2750 } },
      },
    ])
  })
})
