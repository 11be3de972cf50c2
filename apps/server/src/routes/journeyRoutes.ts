import type { Journey } from '@ciclo/engine'
import { journeyDifference, journeyHash, writeJourneyText } from '@ciclo/journeys'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import { readTextBody } from '../ingest/readBody.ts'
import { dropDraft, saveDraft, type DraftExpectation } from '../journeys/changeDraft.ts'
import { NO_RUNS } from '../journeys/countRuns.ts'
import { expectVersions } from '../journeys/expectVersions.ts'
import { isCurrent, isDraft, shownVersion, statusOf } from '../journeys/lifeOfVersion.ts'
import { readDefinition } from '../journeys/readDefinition.ts'
import { parseJson } from '../parseJson.ts'
import { listVersions, readCurrentVersions } from '../store/queries/journeys.ts'
import type { ReadTx } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { describer, query } from './describeApi.ts'
import { createJourneyLifeRoutes } from './journeyLifeRoutes.ts'
import {
  expectedHash,
  isYaml,
  journeyOf,
  judge,
  MOST_BYTES,
  recordJourney,
  type JourneyRoutesOptions,
} from './journeyRequests.ts'
import {
  DifferenceQuerySchema,
  DifferenceSchema,
  DraftSchema,
  JourneyFilesSchema,
  JourneyRequestSchema,
  JourneySchema,
  JourneysSchema,
  ValidatedSchema,
  ValidateRequestSchema,
  VersionDetailSchema,
} from './journeySchemas.ts'
import { presentJourney, presentProblem, presentVersionDetail } from './presentJourney.ts'

const describe = describer('journeys', 'There is no such journey, or version of it')

const MOST_VALIDATED = 200

function numberOf(given: string): number {
  if (!/^\d{1,9}$/.test(given))
    throw new CicloError('bad-request', `version: given "${given}", expected a number such as 2`)
  return Number(given)
}

async function foundVersion(tx: ReadTx, workspaceId: string, id: string, number: number) {
  const versions = await expectVersions(tx, workspaceId, id)
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

/** Journeys: their drafts and versions, what is wrong with them, and their life. */
export function createJourneyRoutes(options: JourneyRoutesOptions) {
  const { store, insight, now } = options
  const answerDraft = async (
    context: Context<ApiEnvironment>,
    journey: Journey,
    saved: { version: number; hash: string },
  ) => {
    const [problems = []] = await judge(context, [journey], options)
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
      await recordJourney(
        tx,
        context,
        action.name,
        { id: journey.id, version, hash, before, ...action.details },
        options,
      )
      return draft
    })
    return await answerDraft(context, journey, saved)
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
          const body = parseJson(await readTextBody(context.req.raw, MOST_BYTES))
          const several = z.object({ journeys: z.array(z.unknown()).max(MOST_VALIDATED) }).safeParse(body)
          for (const value of several.success ? several.data.journeys : [body]) given.push({ value })
        }
        const read = given.map(readDefinition)
        const journeys = read.flatMap((one) => ('journey' in one ? one.journey : []))
        const judged = await judge(context, journeys, options)
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
        const versions = await store.read((tx) => expectVersions(tx, workspaceId, id))
        const shown = shownVersion(versions)
        const [[problems = []], runs] = await Promise.all([
          judge(context, shown ? [shown.definition] : [], options),
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
          await recordJourney(tx, context, 'journey.draft.deleted', { id }, options)
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
          const versions = await expectVersions(tx, workspaceId, id)
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
    .route('/', createJourneyLifeRoutes(options))
}
