import { Hono } from 'hono'
import { expectValid } from '../expectValid.ts'
import { knownWriteKey, readGuideSteps } from '../guide/guideFacts.ts'
import type { GuideWatch } from '../guide/guideWatch.ts'
import { forgetMilestone, laterName, reachMilestone } from '../store/queries/milestones.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { bodyOf } from './bodyOf.ts'
import { describer } from './describeApi.ts'
import { GuideSchema, GuideStepSchema, LaterRequestSchema } from './guideSchemas.ts'
import { iso, isoOrNull } from './iso.ts'

const describe = describer('guide', 'There is no such step')

export interface GuideRoutesOptions {
  store: Store
  secret: string
  watch: Pick<GuideWatch, 'lastOfBrowser'>
  /** Write keys that this server knows by themselves, not by their hash alone. */
  writeKeys: readonly string[]
  mail: { goesOut: boolean; mailbox: string | null }
  now: () => number
}

/** The way from an empty workspace to the first mail, and how far it was gone. */
export function createGuideRoutes({ store, secret, watch, writeKeys, mail, now }: GuideRoutesOptions) {
  const read = async (workspaceId: string) => {
    const { steps, writeKey } = await store.read(async (tx) => ({
      steps: await readGuideSteps(tx, workspaceId),
      writeKey: await knownWriteKey(tx, workspaceId, { secret, candidates: writeKeys }),
    }))
    const last = watch.lastOfBrowser(workspaceId)
    return {
      steps: steps.map((step) => ({ ...step, doneAt: isoOrNull(step.doneAt) })),
      writeKey,
      lastBrowserEvent: last ? { ...last, at: iso(last.at) } : null,
      mail,
    }
  }

  return new Hono<ApiEnvironment>()
    .get(
      '/',
      describe('The steps from an empty workspace to the first mail, and which are done', GuideSchema),
      async (context) => context.json(await read(context.get('workspaceId'))),
    )
    .put(
      '/:step',
      describe('Puts a step off, or takes it up again', GuideSchema, LaterRequestSchema),
      async (context) => {
        const step = expectValid(GuideStepSchema, context.req.param('step'), 'step')
        const { isLater } = await bodyOf(context, LaterRequestSchema)
        const workspaceId = context.get('workspaceId')
        await store.write(async (tx) => {
          if (isLater) await reachMilestone(tx, workspaceId, laterName(step), now())
          else await forgetMilestone(tx, workspaceId, laterName(step))
        })
        return context.json(await read(workspaceId))
      },
    )
}
