import { Hono } from 'hono'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import { readJsonBody } from '../ingest/readBody.ts'

const BodySchema = z.object({
  now: z.union([z.number(), z.iso.datetime({ offset: true }).transform((time) => Date.parse(time))]),
})

export interface TestClockOptions {
  /** Moves the clock to `at` and brings about everything that is due by then; resolves with the time it is then. */
  passTime: (at: number) => Promise<number>
}

/** The seam of end-to-end tests: only with CICLO_CLOCK=test, only on loopback. */
export function createTestClockRoutes({ passTime }: TestClockOptions): Hono {
  const routes = new Hono()
  routes.post('/api/test/clock', async (context) => {
    const parsed = BodySchema.safeParse(await readJsonBody(context.req.raw))
    if (!parsed.success)
      throw new CicloError('bad-request', 'now: expected epoch milliseconds or an ISO 8601 date')
    return context.json({ now: await passTime(parsed.data.now) })
  })
  return routes
}
