import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import type { Live } from '../live/createLive.ts'
import { isLiveVersion, readLiveVersion } from '../live/liveVersion.ts'
import { LIVE_TIMES, writeLive, type LiveTimes } from '../live/writeLive.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { describer, query } from './describeApi.ts'

const describe = describer('customers', 'There is no such customer')

const VersionSchema = z.object({
  /** Given to the stream, it tells of everything that changes from then on. */
  version: z.string(),
})

const LiveQuerySchema = z.object({
  since: z
    .string()
    .refine(isLiveVersion, { error: 'expected a version that the stream or /version has told' })
    .optional(),
})

export interface CustomerLiveOptions {
  store: Store
  live: Live
  times?: LiveTimes
}

/** Below a customer: what happens to it, as it happens. */
export function createCustomerLiveRoutes({ store, live, times = LIVE_TIMES }: CustomerLiveOptions) {
  const expectVersion = async (workspaceId: string, id: string) => {
    const version = await readLiveVersion(store, workspaceId, id)
    if (version === undefined) throw new CicloError('not-found', `There is no customer ${id}`)
    return version
  }
  return new Hono<ApiEnvironment>()
    .get(
      '/version',
      describe('What is known of a customer now, as a short text', VersionSchema),
      async (context) =>
        context.json({
          version: await expectVersion(context.get('workspaceId'), context.req.param('id') ?? ''),
        }),
    )
    .get(
      '/live',
      describeRoute({
        tags: ['customers'],
        summary:
          'Server-sent events: `change` with the parts that have changed and the version as its id, and `gone`. Goes on from Last-Event-ID or `since`',
        responses: { 200: { description: 'A stream', content: { 'text/event-stream': {} } } },
      }),
      query(LiveQuerySchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const id = context.req.param('id') ?? ''
        await expectVersion(workspaceId, id)
        const last = context.req.header('last-event-id') ?? ''
        const held = isLiveVersion(last) ? last : context.req.valid('query').since
        const follower = live.follow(workspaceId, id)
        context.header('x-accel-buffering', 'no')
        return streamSSE(context, async (stream) => {
          try {
            await writeLive(stream, follower, held, times)
          } finally {
            follower.stop()
          }
        })
      },
    )
}
