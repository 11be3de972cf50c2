import type { TestServer } from './startTestServer.ts'
import { forwardedFor, sendRaw, type Answer } from './sendFrom.ts'

/** A browser as most people have it: no bot. */
export const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36'

export type SentEvent = Record<string, unknown>

/** A browser that asks for an address to be subscribed. */
export const signUp = (email: string, anonymousId: string, properties: SentEvent = {}) => ({
  type: 'track',
  event: 'Subscribed',
  anonymousId,
  properties: { email, ...properties },
})

/** Who talks to a server from the internet: as many browsers, at as many addresses, as it likes. */
export function createAttacker(server: TestServer) {
  let addresses = 0
  /** Another address of the internet each time. */
  const anywhere = () => {
    addresses += 1
    return `198.18.${addresses >> 8}.${addresses & 255}`
  }
  const post = async (
    path: string,
    body: unknown,
    from: string,
    headers: Record<string, string> = {},
  ): Promise<Answer> =>
    await sendRaw(server.url, path, {
      method: 'POST',
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      headers: { 'user-agent': CHROME, ...forwardedFor(from), ...headers },
    })
  return {
    anywhere,
    post,
    /** With the write key. */
    fromBrowser: async (events: SentEvent[], from = anywhere()) =>
      await post('/v1/batch', { writeKey: server.writeKey, batch: events }, from),
    /** Everything that the API knows of a customer. */
    allOf: async (id: string) => ({
      customer: (await server.api.customers()).find((one) => one.id === id),
      events: await server.api.events(id),
      transitions: await server.api.transitions(id),
      messages: await server.api.messages(id),
    }),
  }
}
