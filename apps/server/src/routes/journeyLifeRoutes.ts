import { Hono, type Context } from 'hono'
import type { z } from 'zod'
import { archiveJourney, pauseJourney, resumeJourney } from '../journeys/changeLife.ts'
import { expectVersions } from '../journeys/expectVersions.ts'
import { versionFor } from '../journeys/lifeOfVersion.ts'
import { expectMapping } from '../journeys/moveRuns.ts'
import { previewPublish } from '../journeys/previewPublish.ts'
import { publishDraft } from '../journeys/publish.ts'
import { invalidJourney } from '../journeys/readDefinition.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { bodyOf } from './bodyOf.ts'
import { describer } from './describeApi.ts'
import { expectedHash, judge, recordJourney, type JourneyRoutesOptions } from './journeyRequests.ts'
import {
  ArchiveRequestSchema,
  JourneyPreviewSchema,
  PreviewRequestSchema,
  PublishedSchema,
  PublishRequestSchema,
  ResumedSchema,
} from './journeySchemas.ts'
import { presentPreview, presentProblem, presentStepRuns } from './presentJourney.ts'

const describe = describer('journeys', 'There is no such journey')

/** What becomes of a journey: published, paused, resumed, archived. */
export function createJourneyLifeRoutes(options: JourneyRoutesOptions) {
  const { store, insight, now, onRequested } = options

  const publish = async (context: Context<ApiEnvironment>, id: string) => {
    const workspaceId = context.get('workspaceId')
    const asked = await bodyOf(context, PublishRequestSchema, { mayBeEmpty: true })
    const versions = await store.read((tx) => expectVersions(tx, workspaceId, id))
    const draft = versionFor(id, versions, 'publish')
    const expected = expectedHash(context) ?? draft.hash
    const older = versions.filter((one) => one !== draft).map(({ definition }) => definition)
    expectMapping(asked.runs, older, draft.definition)
    const [problems = []] = await judge(context, [draft.definition], options)
    if (problems.some(({ severity }) => severity === 'error'))
      throw invalidJourney(`The journey ${id} cannot be published`, problems.map(presentProblem))
    const published = await store.write(async (tx) => {
      const done = await publishDraft(tx, workspaceId, id, expected, asked, now())
      await recordJourney(
        tx,
        context,
        'journey.published',
        { id, ...done, hash: expected, ...asked },
        options,
      )
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
    const wanted = { workspaceId: context.get('workspaceId'), id, runs }
    return context.json(
      presentPreview(await previewPublish({ store, insight, now }, wanted, context.req.raw.signal)),
    )
  }

  return new Hono<ApiEnvironment>()
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
        await preview(
          context,
          context.req.param('id'),
          await bodyOf(context, PreviewRequestSchema, { mayBeEmpty: true }),
        ),
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
        await recordJourney(tx, context, 'journey.paused', { id, version: paused }, options)
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
          await recordJourney(tx, context, 'journey.resumed', { id, version: resumed }, options)
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
        const { runs } = await bodyOf(context, ArchiveRequestSchema, { mayBeEmpty: true })
        const version = await store.write(async (tx) => {
          const archived = await archiveJourney(tx, context.get('workspaceId'), id, runs, now())
          await recordJourney(tx, context, 'journey.archived', { id, version: archived, runs }, options)
          return archived
        })
        onRequested()
        return context.json({ id, version, status: 'archived' as const })
      },
    )
}
