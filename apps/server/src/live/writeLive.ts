import type { SSEStreamingApi } from 'hono/streaming'
import { clockless } from '../clockless.ts'
import type { Follower } from './createLive.ts'
import { changedParts } from './liveVersion.ts'

export interface LiveTimes {
  /** Proxies close what is silent: milliseconds between two signs of life. */
  heartbeat: number
  /** So long a stream lasts: whoever may not look any more is found out when it comes back. */
  lifetime: number
  /** So long a browser waits before it comes back. */
  retry: number
}

export const LIVE_TIMES: LiveTimes = { heartbeat: 15_000, lifetime: 15 * 60_000, retry: 1_500 }

/**
 * Tells a page which parts of its customer have changed since the version that it holds, each time with the version that
 * it then has. Waits for the page to read before it goes on: what happens meanwhile is one change.
 *
 * @param held the version that the page holds; undefined: it is told the one of now, and that it may have missed all
 */
export async function writeLive(
  stream: SSEStreamingApi,
  follower: Follower,
  held: string | undefined,
  { heartbeat, lifetime, retry }: LiveTimes,
): Promise<void> {
  let known: string | null | undefined = held
  const until = performance.now() + lifetime
  const over = clockless(lifetime).then(() => 'ended' as const)
  const aborted = new Promise<'ended'>((resolve) => stream.onAbort(() => resolve('ended')))
  const isOver = () => stream.aborted || follower.hasEnded() || performance.now() >= until

  /** A page that does not read holds up its own stream, for as long as that may last. */
  const write = async (text: string) => {
    const done = stream.write(text).then(() => 'written' as const)
    if ((await Promise.race([done, aborted, over])) === 'ended') stream.abort()
  }
  /** Says now and then that it is still there, until there is something to say. */
  const waitFor = async (version: string | null | undefined) => {
    const changed = follower.changed(version).then(() => 'changed' as const)
    for (;;) {
      const silence = clockless(heartbeat).then(() => 'silence' as const)
      if ((await Promise.race([changed, aborted, over, silence])) !== 'silence') return
      await write(': here\n\n')
    }
  }

  await write(`retry: ${retry}\n\n`)
  while (!isOver()) {
    const version = follower.version()
    if (version === null) {
      await write('event: gone\ndata: {}\n\n')
      return
    }
    if (version === undefined || version === known) {
      await waitFor(version)
      continue
    }
    const parts = JSON.stringify({ parts: changedParts(known ?? undefined, version) })
    await write(`event: change\nid: ${version}\ndata: ${parts}\n\n`)
    known = version
  }
}
