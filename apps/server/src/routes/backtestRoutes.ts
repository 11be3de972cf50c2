import { DurationSchema, JourneySchema, type Journey } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import type { z } from 'zod'
import { describeIssue } from '../describeIssue.ts'
import { CicloError, problemOf } from '../errors.ts'
import { parseInstant } from '../ingest/parseInstant.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import { isDraft, standingVersion } from '../journeys/lifeOfVersion.ts'
import { runBacktest } from '../journeys/runBacktest.ts'
import { readVersions, type StoredVersion } from '../store/queries/journeys.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { ProblemSchema } from './apiSchemas.ts'
import { BacktestLineSchema, BacktestRequestSchema } from './backtestSchemas.ts'
import { bodyOf } from './bodyOf.ts'
import { presentBacktest, presentBacktestMessage } from './presentBacktest.ts'

/** How many mails and differences the result shows. */
const SAMPLE = 100
/** Between two lines of progress: milliseconds. */
const PROGRESS_EVERY = 200

type BacktestRequest = z.infer<typeof BacktestRequestSchema>

function periodOf({ since, until }: BacktestRequest, now: number): { since: number; until: number } {
  const ago = DurationSchema.safeParse(since)
  const begin = ago.success ? now - ago.data : parseInstant(since)
  if (begin === undefined)
    throw new CicloError(
      'bad-request',
      `since: given "${since}", expected a time of ISO 8601, or how long ago, such as 90d`,
    )
  const end = until === undefined ? now : parseInstant(until)
  if (end === undefined)
    throw new CicloError('bad-request', `until: given "${until}", expected a time of ISO 8601`)
  if (end > now) throw new CicloError('bad-request', `until: given "${until}", expected a time that is over`)
  if (begin >= end)
    throw new CicloError(
      'bad-request',
      `since: given "${since}", expected a time before the end of the period`,
    )
  return { since: begin, until: end }
}

/** The version that somebody means who names none. */
const meant = (versions: readonly StoredVersion[]) => versions.find(isDraft) ?? standingVersion(versions)

function candidateOf(
  id: string,
  { definition, version }: BacktestRequest,
  versions: readonly StoredVersion[],
): { definition: Journey; version: number | null } {
  if (definition !== undefined) {
    const parsed = JourneySchema.safeParse(definition)
    if (!parsed.success) throw new CicloError('bad-request', `definition.${describeIssue(parsed.error, '')}`)
    if (parsed.data.id !== id)
      throw new CicloError(
        'bad-request',
        `definition.id: given "${parsed.data.id}", expected "${id}" as in the address`,
      )
    return { definition: parsed.data, version: null }
  }
  const found = version === undefined ? meant(versions) : versions.find((one) => one.version === version)
  if (found) return found
  const what =
    version === undefined || versions.length === 0
      ? `journey ${id}`
      : `version ${version} of the journey ${id}`
  throw new CicloError('not-found', `There is no ${what}`)
}

const problem = { 'application/problem+json': { schema: resolver(ProblemSchema) } }

/** What a journey would have done over the stored history of all customers. Mounted below a journey's id. */
export function createBacktestRoutes({
  store,
  insight,
  now,
  onError,
}: {
  store: Store
  /** Processes of its own, so that other questions need not wait for minutes. */
  insight: InsightRunner
  now: () => number
  /** Told of what went wrong after the answer has begun. */
  onError: (error: unknown) => void
}) {
  const backtest = async (context: Context<ApiEnvironment>) => {
    const workspaceId = context.get('workspaceId')
    const id = context.req.param('id') ?? ''
    const request = await bodyOf(context, BacktestRequestSchema)
    const period = periodOf(request, now())
    const versions = await store.read((tx) => readVersions(tx, workspaceId, id))
    const candidate = candidateOf(id, request, versions)
    const live = versions.find(({ status }) => status === 'live')?.version ?? null

    const ended = new AbortController()
    const stream = new TransformStream<Uint8Array, Uint8Array>()
    const writer = stream.writable.getWriter()
    // Whoever goes away while it is worked on wants no more of it.
    writer.closed.catch((error: unknown) => ended.abort(error))
    const encoder = new TextEncoder()
    const write = (line: z.input<typeof BacktestLineSchema>) =>
      writer.write(encoder.encode(`${JSON.stringify(line)}\n`))
    let toldAt = -Infinity
    const work = async () => {
      const { definition } = candidate
      const { messages: tellsMessages } = request
      const tally = await runBacktest(
        insight,
        { workspaceId, definition, ...period, sample: SAMPLE, tellsMessages },
        {
          signal: AbortSignal.any([ended.signal, context.req.raw.signal]),
          onProgress: async (progress) => {
            const at = performance.now()
            if (progress.customers < progress.of && at - toldAt < PROGRESS_EVERY) return
            toldAt = at
            await write({ progress })
          },
          onMessages: async (messages) => {
            for (const message of messages) await write({ message: presentBacktestMessage(message) })
          },
        },
      )
      await write({ result: presentBacktest(tally, { ...candidate, live, ...period, sample: SAMPLE }) })
    }
    const answer = async () => {
      try {
        await work()
      } catch (error) {
        if (ended.signal.aborted || context.req.raw.signal.aborted) return
        // The answer has begun with a 200: what went wrong is its last line.
        const known =
          error instanceof CicloError ? error : new CicloError('internal', 'Something went wrong here')
        onError(error)
        const { code, detail } = problemOf(known)
        await write({ error: { code, detail } })
      } finally {
        await writer.close().catch(() => {})
      }
    }
    void answer().catch(() => {})
    return context.body(stream.readable, 200, {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'cache-control': 'no-store',
    })
  }

  return new Hono<ApiEnvironment>().post(
    '/',
    describeRoute({
      summary:
        'Lives through the stored history of all customers with a version of a journey in the place of its live one: ' +
        'what it would have done. Sends nothing, writes nothing; closing the connection ends it',
      tags: ['journeys'],
      requestBody: { content: { 'application/json': { schema: resolver(BacktestRequestSchema) } } },
      responses: {
        200: {
          description:
            'Lines of JSON: progress, with `messages` every mail, and in the end the result or an error',
          content: { 'application/x-ndjson': { schema: resolver(BacktestLineSchema) } },
        },
        400: { description: 'What was given, where, and what was expected', content: problem },
        404: { description: 'There is no such journey, or no such version of it', content: problem },
      },
    }),
    backtest,
  )
}
