import { vi } from 'vitest'

export interface Load {
  /** Sends one batch of new events, or those that were refused last; its answer. */
  send(): Promise<Response>
  /** Sends until the answer has this status. */
  sendUntil(status: number, limit?: number): Promise<Response>
  /** The messageIds that were answered with 200. */
  acknowledged: ReadonlySet<string>
  /** Every messageId that was ever sent. */
  sent: ReadonlySet<string>
}

/** Events of a shop's server with some weight, which keeps what was not acknowledged and sends it again, as a client does. */
export function createLoad(
  server: () => { url: string; secretKey: string },
  { name = 'load', events = 20, bytes = 2_000 }: { name?: string; events?: number; bytes?: number } = {},
): Load {
  const acknowledged = new Set<string>()
  const sent = new Set<string>()
  let waiting: string[] = []
  let count = 0

  const send = async (): Promise<Response> => {
    if (waiting.length === 0) waiting = Array.from({ length: events }, () => `${name}-${(count += 1)}`)
    const batch = waiting.map((messageId, place) => ({
      type: 'track',
      event: 'Load Sent',
      messageId,
      userId: `${name}-user-${place % 5}`,
      properties: { weight: messageId.padEnd(bytes, '.') },
    }))
    for (const messageId of waiting) sent.add(messageId)
    const { url, secretKey } = server()
    const response = await fetch(`${url}/v1/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${secretKey}:`)}` },
      body: JSON.stringify({ batch }),
    })
    if (response.status === 200) {
      for (const messageId of waiting) acknowledged.add(messageId)
      waiting = []
    }
    return response
  }

  return {
    send,
    sendUntil: async (status, limit = 20_000) =>
      await vi.waitFor(
        async () => {
          const response = await send()
          if (response.status !== status) throw new Error(`Answered ${response.status}, expected ${status}`)
          return response
        },
        { timeout: limit, interval: 1 },
      ),
    acknowledged,
    sent,
  }
}
