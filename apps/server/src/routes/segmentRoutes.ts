import { SegmentIdSchema } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { campaignWaitingFor } from '../campaigns/segmentsOf.ts'
import { CicloError } from '../errors.ts'
import { expectValid } from '../expectValid.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import { SEGMENT_BUILD } from '../segments/buildSegments.ts'
import { readSegmentUses } from '../segments/segmentUses.ts'
import {
  presentCountedSegment,
  presentMember,
  presentSegment,
  type SegmentSurroundings,
} from './presentSegment.ts'
import { readRule } from '../segments/readRule.ts'
import {
  CountedSegmentSchema,
  MembersSchema,
  PreviewRequestSchema,
  PreviewSchema,
  SeenEventQuerySchema,
  SeenNamesSchema,
  SeenPropertiesSchema,
  SegmentRequestSchema,
  SegmentSchema,
  SegmentsSchema,
} from './segmentSchemas.ts'
import { MEMBER_FORMATS } from './writeMembers.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { readJobs, requestJob } from '../store/queries/jobs.ts'
import {
  deleteMembers,
  deleteSegment,
  listSegments,
  pageOfMembers,
  readSegment,
  saveSegment,
  type SavedSegment,
} from '../store/queries/segments.ts'
import type { ReadTx, Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { PageQuerySchema } from './apiSchemas.ts'
import { bodyOf } from './bodyOf.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { describer, query } from './describeApi.ts'
import { presentCustomer } from './present.ts'
import { streamOf } from './streamOf.ts'

const describe = describer('segments', 'There is no such segment')

/** Each is looked at whenever a customer changes, and is compiled by every process. */
const MOST_SEGMENTS = 500
const SAMPLE = 10
/** What one transaction removes: some 20 ms of it. */
const MEMBERS_AT_ONCE = 2_000

/** What a build writes down on its way. */
const BuiltSchema = z.object({ customers: z.int() })

const FormatSchema = z.object({ format: z.enum(['csv', 'jsonl']).default('csv') })

async function found(tx: ReadTx, workspaceId: string, id: string) {
  const segment = await readSegment(tx, workspaceId, id)
  if (!segment) throw new CicloError('not-found', `There is no segment ${id}`)
  return segment
}

/** Over which the list tells how many came and went. */
const WEEK = 7 * 86_400_000

export interface SegmentRoutesOptions {
  store: Store
  insight: InsightRunner
  now: () => number
  newId: () => string
  /** Told when a segment has to be built. */
  onSaved: () => void
}

/** Segments: whom a rule is true of, saved rules, and who is in them. */
export function createSegmentRoutes({ store, insight, now, newId, onSaved }: SegmentRoutesOptions) {
  const auditOf = (context: Context<ApiEnvironment>, action: string, details: Record<string, unknown>) =>
    auditEntry(context, { now, newId }, { action, details })

  const save = async (context: Context<ApiEnvironment>, id: string) => {
    const workspaceId = context.get('workspaceId')
    const { name, rule } = await bodyOf(context, SegmentRequestSchema, { asWritten: true })
    const isNewOnly = context.req.header('if-none-match') === '*'
    const wanted = { id, name, rule: readRule(rule) }
    const saved = await store.write(async (tx) => {
      const { segment, before } = await saveSegment(tx, workspaceId, wanted, now())
      if (before && isNewOnly)
        throw new CicloError('conflict', `There is a segment ${id} already: expected another id`)
      if (!before && (await listSegments(tx, workspaceId)).length > MOST_SEGMENTS)
        throw new CicloError(
          'bad-request',
          `There are ${MOST_SEGMENTS} segments already, expected at most as many: delete one`,
        )
      if (segment.status === 'building') await requestJob(tx, workspaceId, SEGMENT_BUILD, now())
      const details = { id, name, rule: segment.rule, ...(before ? { before: before.rule } : {}) }
      await insertAudit(tx, workspaceId, [auditOf(context, 'segment.saved', details)])
      return segment
    })
    onSaved()
    return context.json(presentSegment(saved))
  }

  /** What is told of saved segments, or of one of them, besides what was saved. */
  const surroundingsOf = async (
    workspaceId: string,
    segments: readonly SavedSegment[],
    segmentId?: string,
  ): Promise<SegmentSurroundings> => {
    const [uses, jobs] = await store.read(async (tx) => [
      await readSegmentUses(tx, workspaceId),
      await readJobs(tx, workspaceId),
    ])
    const figures = await insight.run('segmentFigures', {
      workspaceId,
      since: now() - WEEK,
      withTotal: segments.some(({ status }) => status === 'building'),
      ...(segmentId === undefined ? {} : { segmentId }),
    })
    const progress = jobs.find(({ name }) => name === SEGMENT_BUILD)?.progress
    return { uses, figures, built: BuiltSchema.safeParse(progress).data?.customers ?? 0 }
  }

  return new Hono<ApiEnvironment>()
    .get(
      '/suggestions/names',
      describe(
        'The events, traits, languages, countries and currencies of the newest customers',
        SeenNamesSchema,
      ),
      async (context) =>
        context.json(
          await insight.run(
            'seenWords',
            { workspaceId: context.get('workspaceId') },
            { signal: context.req.raw.signal },
          ),
        ),
    )
    .get(
      '/suggestions/properties',
      describe('What the latest events of one kind bring along', SeenPropertiesSchema),
      query(SeenEventQuerySchema),
      async (context) => {
        const { type, name = null } = context.req.valid('query')
        const properties = await insight.run(
          'seenOfEvent',
          { workspaceId: context.get('workspaceId'), event: { type, name } },
          { signal: context.req.raw.signal },
        )
        return context.json({ properties })
      },
    )
    .post(
      '/preview',
      describe(
        'Whom a rule is true of: how many, some of them, and what each part does to that',
        PreviewSchema,
        PreviewRequestSchema,
      ),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const request = await bodyOf(context, PreviewRequestSchema, { asWritten: true })
        const rule = readRule(request.rule)
        const at = request.at === undefined ? now() : Date.parse(request.at)
        const moment = { workspaceId, at }
        const preview = await insight.run(
          'segmentPreview',
          { rule, moment, sample: SAMPLE },
          { signal: context.req.raw.signal },
        )
        return context.json({
          at: new Date(at).toISOString(),
          customers: preview.customers,
          total: preview.total,
          parts: preview.parts.map(({ leaf, ...part }) => ({ ...part, kind: leaf.kind })),
          steps: preview.steps,
          sample: preview.sample.map(({ parts, ...record }) => ({ ...presentCustomer(record), parts })),
        })
      },
    )
    .get('/', describe('All segments, with how many are in each', SegmentsSchema), async (context) => {
      const workspaceId = context.get('workspaceId')
      const segments = await store.read((tx) => listSegments(tx, workspaceId))
      if (segments.length === 0) return context.json({ segments: [] })
      const surroundings = await surroundingsOf(workspaceId, segments)
      return context.json({
        segments: segments.map((segment) => presentCountedSegment(segment, surroundings)),
      })
    })
    .post(
      '/',
      describe('Saves a new segment', SegmentSchema, SegmentRequestSchema),
      async (context) => await save(context, newId()),
    )
    .get('/:id', describe('One segment, with how many are in it', CountedSegmentSchema), async (context) => {
      const workspaceId = context.get('workspaceId')
      const segment = await store.read((tx) => found(tx, workspaceId, context.req.param('id')))
      const surroundings = await surroundingsOf(workspaceId, [segment], segment.id)
      return context.json(presentCountedSegment(segment, surroundings))
    })
    .put(
      '/:id',
      describe(
        'Saves a segment under this id, new or with another rule',
        SegmentSchema,
        SegmentRequestSchema,
      ),
      async (context) => {
        const id = expectValid(SegmentIdSchema, context.req.param('id'), 'id')
        return await save(context, id)
      },
    )
    .delete(
      '/:id',
      describe('Deletes a segment; who was in it stays as it is', z.object({ id: z.string() })),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const id = context.req.param('id')
        await store.write(async (tx) => {
          const campaign = await campaignWaitingFor(tx, workspaceId, id)
          if (campaign !== undefined)
            throw new CicloError(
              'conflict',
              `The campaign ${campaign} waits for the segment ${id}: cancel it before`,
            )
          const journey = (await readSegmentUses(tx, workspaceId)).find(
            ({ kind, segmentId, isHolding }) => kind === 'journey' && isHolding && segmentId === id,
          )
          if (journey)
            throw new CicloError(
              'conflict',
              `The journey ${journey.id} is ${journey.status} and begins by the segment ${id}: archive it before`,
            )
          if (!(await deleteSegment(tx, workspaceId, id)))
            throw new CicloError('not-found', `There is no segment ${id}`)
          await insertAudit(tx, workspaceId, [auditOf(context, 'segment.deleted', { id })])
        })
        let hasMore = true
        while (hasMore)
          hasMore = await store.write((tx) => deleteMembers(tx, workspaceId, id, MEMBERS_AT_ONCE))
        return context.json({ id })
      },
    )
    .get(
      '/:id/customers',
      describe('Who is in a segment, by the id', MembersSchema),
      query(PageQuerySchema),
      async (context) => {
        const { cursor, limit } = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        const after = decodeCursor(z.string(), cursor)
        const members = await store.read(async (tx) => {
          const { id } = await found(tx, workspaceId, context.req.param('id'))
          return await pageOfMembers(tx, workspaceId, id, { after, limit: limit + 1 })
        })
        const { rows, next } = pageOf(members, limit, ({ customer }) => customer.id)
        return context.json({ customers: rows.map(presentMember), next })
      },
    )
    .get(
      '/:id/export',
      describe('Everybody who is in a segment, as CSV or JSON lines (`format=jsonl`)', z.string()),
      query(FormatSchema),
      async (context) => {
        const { format } = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        const { id } = await store.write(async (tx) => {
          const segment = await found(tx, workspaceId, context.req.param('id'))
          if (segment.status === 'building')
            throw new CicloError(
              'conflict',
              `The segment ${segment.id} is still being built: its members are not complete yet`,
            )
          await insertAudit(tx, workspaceId, [
            auditOf(context, 'segment.exported', { id: segment.id, format }),
          ])
          return segment
        })
        const { type, write } = MEMBER_FORMATS[format]
        return context.body(streamOf(write(store, workspaceId, id)), 200, {
          'content-type': type,
          'content-disposition': `attachment; filename="${id}.${format}"`,
          'cache-control': 'no-store',
        })
      },
    )
}
