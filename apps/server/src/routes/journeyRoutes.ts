import type { Journey } from '@ciclo/engine'
import { journeyDifference, journeyHash, writeJourneyText } from '@ciclo/journeys'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { describeIssue } from '../describeIssue.ts'
import { CicloError } from '../errors.ts'
import { readJsonBody, readTextBody } from '../ingest/readBody.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import { dropDraft, saveDraft, type DraftExpectation } from '../journeys/changeDraft.ts'
import { archiveJourney, pauseJourney, resumeJourney } from '../journeys/changeLife.ts'
import { NO_RUNS } from '../journeys/countRuns.ts'
import { shownVersion, statusOf, versionFor } from '../journeys/lifeOfVersion.ts'
import { expectMapping } from '../journeys/moveRuns.ts'
import { previewPublish } from '../journeys/previewPublish.ts'
import { publishDraft } from '../journeys/publish.ts'
import { invalidJourney, readDefinition } from '../journeys/readDefinition.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { listVersions, readCurrentVersions, readVersions } from '../store/queries/journeys.ts'
import type { ReadTx, Store, Tx } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { describer, query } from './describeApi.ts'
import {
  ArchiveRequestSchema,
  DifferenceQuerySchema,
  DifferenceSchema,
  DraftSchema,
  JourneyFilesSchema,
  JourneyPreviewSchema,
  JourneyRequestSchema,
  JourneySchema,
  JourneysSchema,
  PreviewRequestSchema,
  PublishedSchema,
  PublishRequestSchema,
  ResumedSchema,
  ValidatedSchema,
  ValidateRequestSchema,
  VersionDetailSchema,
} from './journeySchemas.ts'
import {
  isCurrent,
  isDraft,
  presentJourney,
  presentPreview,
  presentProblem,
  presentStepRuns,
  presentVersionDetail,
} from './presentJourney.ts'

const describe = describer('journeys', 'There is no such journey, or version of it')

const MOST_BYTES = 512 * 1024
const MOST_VALIDATED = 200

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new CicloError('bad-json', `The body is not JSON: ${(cause as Error).message}`, { cause })
  }
}

/** The body of a request that need not have one. */
async function bodyOf<T>({ req }: Context, schema: z.ZodType<T>): Promise<T> {
  const text = await readTextBody(req.raw, MOST_BYTES)
  const parsed = schema.safeParse(text.trim() === '' ? {} : parseJson(text))
  if (!parsed.success) throw new CicloError('bad-request', describeIssue(parsed.error, 'body'))
  return parsed.data
}

const isYaml = ({ req }: Context) =>
  /^(application|text)\/(x-)?yaml\b/i.test(req.header('content-type') ?? '')

/** The journey of a request, as JSON or YAML. Throws `invalid-journey` with all that is wrong with it. */
async function journeyOf(context: Context): Promise<Journey> {
  const given = isYaml(context)
    ? { text: await readTextBody(context.req.raw, MOST_BYTES) }
    : { value: await readJsonBody(context.req.raw) }
  const read = readDefinition(given)
  if ('problems' in read) throw invalidJourney('This is no journey', read.problems)
  return read.journey
}

/** What was seen of the journey by who changes it (RFC 9110, If-Match); undefined where anything will do. */
function expectedHash({ req }: Context): string | undefined {
  const given = req.header('if-match')?.trim()
  if (given === undefined || given === '*') return undefined
  return given.replace(/^W\//, '').replaceAll('"', '')
}

function numberOf(given: string): number {
  if (!/^\d{1,9}$/.test(given))
    throw new CicloError('bad-request', `version: given "${given}", expected a number such as 2`)
  return Number(given)
}

async function found(tx: ReadTx, workspaceId: string, id: string) {
  const versions = await readVersions(tx, workspaceId, id)
  if (versions.length === 0) throw new CicloError('not-found', `There is no journey ${id}`)
  return versions
}

async function foundVersion(tx: ReadTx, workspaceId: string, id: string, number: number) {
  const versions = await found(tx, workspaceId, id)
  const version = versions.find((one) => one.version === number)
  if (!version) {
    const known = versions.map((one) => one.version).join(', ')
    throw new CicloError(
      'not-found',
      `There is no version ${number} of the journey ${id}, expected one of ${known}`,
    )
  }
  return version
}

export interface JourneyRoutesOptions {
  store: Store
  insight: InsightRunner
  now: () => number
  newId: () => string
  /** Told when jobs were asked for. */
  onRequested: () => void
}

/** Journeys: their drafts and versions, what is wrong with them, and their life. */
export function createJourneyRoutes({ store, insight, now, newId, onRequested }: JourneyRoutesOptions) {
  const record = async (
    tx: Tx,
    context: Context<ApiEnvironment>,
    action: string,
    details: Record<string, unknown>,
  ) => {
    const entry = { id: newId(), at: now(), actor: context.get('actor'), action, subject: null, details }
    await insertAudit(tx, context.get('workspaceId'), [entry])
  }

  const judge = async (context: Context<ApiEnvironment>, definitions: readonly Journey[]) =>
    definitions.length === 0
      ? []
      : await insight.run(
          'journeyProblems',
          { workspaceId: context.get('workspaceId'), definitions },
          { signal: context.req.raw.signal },
        )

  const answerDraft = async (
    context: Context<ApiEnvironment>,
    journey: Journey,
    saved: { version: number; hash: string },
  ) => {
    const [problems = []] = await judge(context, [journey])
    context.header('etag', `"${saved.hash}"`)
    const { version, hash } = saved
    return context.json({ id: journey.id, version, hash, problems: problems.map(presentProblem) })
  }

  const save = async (
    context: Context<ApiEnvironment>,
    journey: Journey,
    expected: DraftExpectation,
    action: { name: string; details: Record<string, unknown> } = { name: 'journey.draft.saved', details: {} },
  ) => {
    const workspaceId = context.get('workspaceId')
    const saved = await store.write(async (tx) => {
      const draft = await saveDraft(tx, workspaceId, journey, expected, now())
      const { version, hash, before } = draft
      await record(tx, context, action.name, { id: journey.id, version, hash, before, ...action.details })
      return draft
    })
    return await answerDraft(context, journey, saved)
  }

  const publish = async (context: Context<ApiEnvironment>, id: string) => {
    const workspaceId = context.get('workspaceId')
    const options = await bodyOf(context, PublishRequestSchema)
    const versions = await store.read((tx) => found(tx, workspaceId, id))
    const draft = versionFor(id, versions, 'publish')
    const expected = expectedHash(context) ?? draft.hash
    const older = versions.filter((one) => one !== draft).map(({ definition }) => definition)
    expectMapping(options.runs, older, draft.definition)
    const [problems = []] = await judge(context, [draft.definition])
    if (problems.some(({ severity }) => severity === 'error'))
      throw invalidJourney(`The journey ${id} cannot be published`, problems.map(presentProblem))
    const published = await store.write(async (tx) => {
      const done = await publishDraft(tx, workspaceId, id, expected, options, now())
      await record(tx, context, 'journey.published', { id, ...done, hash: expected, ...options })
      return done
    })
    onRequested()
    return context.json({ id, ...published })
  }

  const preview = async (
    context: Context<ApiEnvironment>,
    id: string,
    { runs }: z.infer<typeof PreviewRequestSchema>,
  ) => {
    const asked = { workspaceId: context.get('workspaceId'), id, runs }
    return context.json(
      presentPreview(await previewPublish({ store, insight, now }, asked, context.req.raw.signal)),
    )
  }

  return new Hono<ApiEnvironment>()
    .get(
      '/',
      describe('All journeys: how they stand, and how many runs they have', JourneysSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const versions = await store.read((tx) => listVersions(tx, workspaceId))
        const counts = await insight.run(
          'journeyRunCounts',
          { workspaceId },
          { signal: context.req.raw.signal },
        )
        const journeys = [...Map.groupBy(versions, ({ id }) => id)].map(([id, own]) => ({
          id,
          name: shownVersion(own)?.name ?? id,
          status: statusOf(own),
          version: own.find(isCurrent)?.version ?? null,
          draft: own.find(isDraft)?.version ?? null,
          versions: own.length,
          runs: (Object.hasOwn(counts, id) ? counts[id] : undefined) ?? NO_RUNS,
        }))
        return context.json({ journeys })
      },
    )
    .post(
      '/',
      describe('Makes a new journey, as a draft', DraftSchema, JourneyRequestSchema),
      async (context) => await save(context, await journeyOf(context), { none: 'journey' }),
    )
    .post(
      '/validate',
      describe(
        'What is wrong with a journey, or with several that name each other; saves nothing',
        ValidatedSchema,
        ValidateRequestSchema,
      ),
      async (context) => {
        const given: ({ text: string } | { value: unknown })[] = []
        if (isYaml(context)) given.push({ text: await readTextBody(context.req.raw, MOST_BYTES) })
        else {
          const body = await readJsonBody(context.req.raw)
          const several = z.object({ journeys: z.array(z.unknown()).max(MOST_VALIDATED) }).safeParse(body)
          for (const value of several.success ? several.data.journeys : [body]) given.push({ value })
        }
        const read = given.map(readDefinition)
        const journeys = read.flatMap((one) => ('journey' in one ? one.journey : []))
        const judged = await judge(context, journeys)
        return context.json({
          journeys: read.map((one) => {
            if ('problems' in one) return { id: null, hash: null, problems: one.problems.map(presentProblem) }
            const { journey } = one
            const problems = judged[journeys.indexOf(journey)] ?? []
            return { id: journey.id, hash: journeyHash(journey), problems: problems.map(presentProblem) }
          }),
        })
      },
    )
    .get(
      '/files',
      describe(
        'Every journey that is not archived as its file: its draft, or what is at work or about to be',
        JourneyFilesSchema,
      ),
      async (context) => {
        const versions = await store.read((tx) => readCurrentVersions(tx, context.get('workspaceId')))
        const files = [...Map.groupBy(versions, ({ id }) => id).values()].flatMap((own) => {
          const shown = shownVersion(own)
          if (!shown) return []
          const { id, version, status, hash, definition } = shown
          return [{ file: `${id}.yaml`, id, version, status, hash, text: writeJourneyText(definition) }]
        })
        return context.json({ files })
      },
    )
    .get(
      '/:id',
      describe('One journey: its versions, its draft, its problems and its runs', JourneySchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const id = context.req.param('id')
        const versions = await store.read((tx) => found(tx, workspaceId, id))
        const shown = shownVersion(versions)
        const [[problems = []], runs] = await Promise.all([
          judge(context, shown ? [shown.definition] : []),
          insight.run('journeyStepRuns', { workspaceId, id }, { signal: context.req.raw.signal }),
        ])
        const answer = presentJourney(id, versions, problems, runs)
        context.header('etag', `"${answer.hash}"`)
        return context.json(answer)
      },
    )
    .put(
      '/:id/draft',
      describe(
        'Writes the draft of a journey, new or in the place of the one that there is; If-Match: its hash as it was read',
        DraftSchema,
        JourneyRequestSchema,
      ),
      async (context) => {
        const journey = await journeyOf(context)
        const id = context.req.param('id')
        if (journey.id !== id)
          throw new CicloError('bad-request', `id: given "${journey.id}", expected "${id}" as in the address`)
        return await save(context, journey, { hash: expectedHash(context) })
      },
    )
    .delete(
      '/:id/draft',
      describe(
        'Deletes the draft of a journey, and one that was never published with it',
        z.object({ id: z.string() }),
      ),
      async (context) => {
        const id = context.req.param('id')
        await store.write(async (tx) => {
          await dropDraft(tx, context.get('workspaceId'), id, expectedHash(context))
          await record(tx, context, 'journey.draft.deleted', { id })
        })
        return context.json({ id })
      },
    )
    .get(
      '/:id/versions/:version',
      describe('One version of a journey', VersionDetailSchema),
      async (context) => {
        const { id, version } = context.req.param()
        const number = numberOf(version)
        const stored = await store.read((tx) => foundVersion(tx, context.get('workspaceId'), id, number))
        return context.json(presentVersionDetail(stored))
      },
    )
    .post(
      '/:id/versions/:version/restore',
      describe('Makes what a version says the draft', DraftSchema),
      async (context) => {
        const { id, version } = context.req.param()
        const number = numberOf(version)
        const { definition } = await store.read((tx) =>
          foundVersion(tx, context.get('workspaceId'), id, number),
        )
        const expected = { none: 'draft', hash: expectedHash(context) } as const
        return await save(context, definition, expected, {
          name: 'journey.restored',
          details: { from: number },
        })
      },
    )
    .get(
      '/:id/difference',
      describe('In what two versions of a journey differ', DifferenceSchema),
      query(DifferenceQuerySchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const id = context.req.param('id')
        const asked = context.req.valid('query')
        const [from, to] = await store.read(async (tx) => {
          const versions = await found(tx, workspaceId, id)
          const current = asked.from ?? versions.find(isCurrent)?.version
          const draft = asked.to ?? versions.find(isDraft)?.version
          if (current === undefined)
            throw new CicloError(
              'bad-request',
              `from: given nothing, and ${id} has no live version; expected a version`,
            )
          if (draft === undefined)
            throw new CicloError(
              'bad-request',
              `to: given nothing, and ${id} has no draft; expected a version`,
            )
          return [
            await foundVersion(tx, workspaceId, id, current),
            await foundVersion(tx, workspaceId, id, draft),
          ]
        })
        return context.json({
          from: from.version,
          to: to.version,
          changes: journeyDifference(from.definition, to.definition),
        })
      },
    )
    .get(
      '/:id/preview',
      describe('What publishing the draft would do', JourneyPreviewSchema),
      async (context) => await preview(context, context.req.param('id'), { runs: 'move' }),
    )
    .post(
      '/:id/preview',
      describe(
        'What publishing the draft would do, with another mapping of steps',
        JourneyPreviewSchema,
        PreviewRequestSchema,
      ),
      async (context) =>
        await preview(context, context.req.param('id'), await bodyOf(context, PreviewRequestSchema)),
    )
    .post(
      '/:id/publish',
      describe(
        'Publishes the draft: 422 with all problems where it has errors; If-Match: the hash that was looked at',
        PublishedSchema,
        PublishRequestSchema,
      ),
      async (context) => await publish(context, context.req.param('id')),
    )
    .post('/:id/pause', describe('Nobody comes in, and no run goes on', PublishedSchema), async (context) => {
      const id = context.req.param('id')
      const version = await store.write(async (tx) => {
        const paused = await pauseJourney(tx, context.get('workspaceId'), id, now())
        await record(tx, context, 'journey.paused', { id, version: paused })
        return paused
      })
      onRequested()
      return context.json({ id, version, status: 'paused' as const })
    })
    .post(
      '/:id/resume',
      describe('The journey is live again, and what became due meanwhile goes on', ResumedSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const id = context.req.param('id')
        const runs = await insight.run('journeyStepRuns', { workspaceId, id })
        const version = await store.write(async (tx) => {
          const resumed = await resumeJourney(tx, workspaceId, id, now())
          await record(tx, context, 'journey.resumed', { id, version: resumed })
          return resumed
        })
        onRequested()
        const due = runs
          .filter(({ held }) => held > 0)
          .map((one) => {
            const { runs: _all, ...shown } = presentStepRuns(one)
            return shown
          })
        return context.json({ id, version, status: 'live' as const, due })
      },
    )
    .post(
      '/:id/archive',
      describe(
        'The journey takes no runs any more; those under way are finished, or ended',
        PublishedSchema,
        ArchiveRequestSchema,
      ),
      async (context) => {
        const id = context.req.param('id')
        const { runs } = await bodyOf(context, ArchiveRequestSchema)
        const version = await store.write(async (tx) => {
          const archived = await archiveJourney(tx, context.get('workspaceId'), id, runs, now())
          await record(tx, context, 'journey.archived', { id, version: archived, runs })
          return archived
        })
        onRequested()
        return context.json({ id, version, status: 'archived' as const })
      },
    )
}
