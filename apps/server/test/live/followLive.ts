/** One event of a stream. */
export interface LiveEvent {
  event: string
  id: string
  data: { parts?: string[] }
}

/**
 * Reads server-sent events as a browser does: gathers them, and how many signs of life came in between. With `since` or
 * `lastEventId` it goes on from there.
 */
export async function followLive(
  fetchStream: (path: string, init: RequestInit) => Response | Promise<Response>,
  path: string,
  { since, lastEventId }: { since?: string; lastEventId?: string } = {},
) {
  const abort = new AbortController()
  const response = await fetchStream(`${path}${since === undefined ? '' : `?since=${since}`}`, {
    signal: abort.signal,
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
  })
  const events: LiveEvent[] = []
  let beats = 0
  let hasEnded = false
  const take = (block: string) => {
    if (block.startsWith(':')) beats += 1
    const fields = new Map(
      block.split('\n').flatMap((line) => {
        const place = line.indexOf(': ')
        return place > 0 ? [[line.slice(0, place), line.slice(place + 2)] as const] : []
      }),
    )
    const event = fields.get('event')
    if (event === undefined) return
    const data = JSON.parse(fields.get('data') ?? '{}') as LiveEvent['data']
    events.push({ event, id: fields.get('id') ?? '', data })
  }
  const reader =
    response.status === 200 ? (response.body as ReadableStream<Uint8Array>).getReader() : undefined
  const read = async () => {
    const decoder = new TextDecoder()
    let text = ''
    if (!reader) return
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      text += decoder.decode(value, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) take(block)
    }
  }
  const ended = read()
    .catch(() => {})
    .then(() => {
      hasEnded = true
    })
  return {
    status: response.status,
    headers: response.headers,
    body: () => response.json(),
    events,
    beats: () => beats,
    hasEnded: () => hasEnded,
    ended,
    stop: async () => {
      // Within one process nobody hears of the signal.
      await reader?.cancel().catch(() => {})
      abort.abort()
      await ended
    },
  }
}
