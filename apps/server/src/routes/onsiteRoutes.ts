import { isShownAt, OnsiteMessageSchema, shownMessage, ShownMessageSchema } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { definitionHash } from '../definitionHash.ts'
import { CicloError } from '../errors.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import { readOnsite } from '../onsite/readOnsite.ts'
import { insertAudit } from '../store/queries/audit.ts'
import {
  deleteOnsite,
  findOnsite,
  listOnsite,
  saveOnsite,
  type StoredOnsite,
} from '../store/queries/onsite.ts'
import { readSettings } from '../store/queries/settings.ts'
import { lockWorkspace } from '../store/queries/workspaces.ts'
import type { Store, Tx } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { bodyOf } from './bodyOf.ts'
import { describer, query } from './describeApi.ts'
import { expectationOf, expectSeen } from './expectation.ts'
import { iso } from './iso.ts'
import {
  OnsiteFiguresQuerySchema,
  OnsiteFiguresSchema,
  OnsiteListSchema,
  OnsitePreviewRequestSchema,
  OnsiteRequestSchema,
  OnsiteSchema,
} from './onsiteSchemas.ts'

const describe = describer('onsite', 'There is no such on-site message')

/** All of them are kept in memory, and told to browsers together. */
const MOST_MESSAGES = 200
const MOST_LIVE = 30
const DAY = 86_400_000

export interface OnsiteRoutesOptions {
  store: Store
  insight: InsightRunner
  now: () => number
  newId: () => string
  /** Told when what visitors see of a workspace may have changed. */
  onChanged: (workspaceId: string) => void
}

const named = (context: Context<ApiEnvironment>) => ({
  workspaceId: context.get('workspaceId'),
  id: context.req.param('id') ?? '',
})

const unknown = (id: string) => new CicloError('not-found', `There is no on-site message ${id}`)

/** What tracker and visitors see on the shop's pages: sign-up forms, contests, pop-ups, bars and surveys. */
export function createOnsiteRoutes({ store, insight, now, newId, onChanged }: OnsiteRoutesOptions) {
  /** Undefined of a message of another version, which had other words. */
  const present = ({
    definition,
    createdAt,
    updatedAt,
  }: StoredOnsite): z.infer<typeof OnsiteSchema> | undefined => {
    const { data: message } = OnsiteMessageSchema.safeParse(definition)
    if (!message) return undefined
    return {
      message,
      hash: definitionHash(definition),
      isShown: isShownAt(message, now()),
      createdAt: iso(createdAt),
      updatedAt: iso(updatedAt),
    }
  }
  const audit = async (tx: Tx, context: Context<ApiEnvironment>, action: string, details: object) => {
    const entry = auditEntry(context, { now, newId }, { action, details: { ...details } })
    await insertAudit(tx, context.get('workspaceId'), [entry])
  }

  return new Hono<ApiEnvironment>()
    .get('/', describe('The on-site messages, by their ids', OnsiteListSchema), async (context) => {
      const { workspaceId } = named(context)
      const stored = await store.read((tx) => listOnsite(tx, workspaceId))
      return context.json({ messages: stored.map(present).filter((one) => one !== undefined) })
    })
    .post(
      '/preview',
      describe(
        'What a browser would be told of a message, whether or not it is live, saved, or for that visitor',
        ShownMessageSchema,
        OnsitePreviewRequestSchema,
      ),
      async (context) => {
        const given = await bodyOf(context, OnsitePreviewRequestSchema)
        const message = readOnsite(given.message, 'message')
        const { brand, locale } = await store.read((tx) => readSettings(tx, context.get('workspaceId')))
        return context.json(shownMessage(message, given.locale, { brand, shopLocale: locale }))
      },
    )
    .get('/:id', describe('One on-site message', OnsiteSchema), async (context) => {
      const { workspaceId, id } = named(context)
      const stored = await store.read((tx) => findOnsite(tx, workspaceId, id))
      const presented = stored && present(stored)
      if (!presented) throw unknown(id)
      context.header('etag', `"${presented.hash}"`)
      return context.json(presented)
    })
    .get(
      '/:id/figures',
      describe('What became of a message within the last days', OnsiteFiguresSchema),
      query(OnsiteFiguresQuerySchema),
      async (context) => {
        const { workspaceId, id } = named(context)
        const { days } = context.req.valid('query')
        if (!(await store.read((tx) => findOnsite(tx, workspaceId, id)))) throw unknown(id)
        const wanted = { workspaceId, id, since: now() - days * DAY }
        const figures = await insight.run('onsiteFigures', wanted, { signal: context.req.raw.signal })
        return context.json({ days, ...figures })
      },
    )
    .put(
      '/:id',
      describe(
        'Saves a message, new or in the place of another; If-Match: its hash as it was read; If-None-Match: * for a new one',
        OnsiteSchema,
        OnsiteRequestSchema,
      ),
      async (context) => {
        const { workspaceId, id } = named(context)
        const given = await bodyOf(context, OnsiteRequestSchema)
        const message = readOnsite({ id, ...given }, 'body')
        if (message.id !== id)
          throw new CicloError('bad-request', `id: given ${message.id}, expected ${id} as in the path`)
        const expectation = expectationOf(context)
        const saved = await store.write(async (tx) => {
          // Two who save at once would each find room for theirs.
          await lockWorkspace(tx, workspaceId)
          const before = await findOnsite(tx, workspaceId, id)
          expectSeen(`on-site message ${id}`, before && definitionHash(before.definition), expectation)
          await expectRoom(tx, workspaceId, message)
          await expectTopic(tx, workspaceId, message.topic)
          await saveOnsite(tx, workspaceId, { id, definition: { ...message } }, now())
          await audit(tx, context, 'onsite.saved', { id, definition: message })
          return await findOnsite(tx, workspaceId, id)
        })
        onChanged(workspaceId)
        const presented = saved && present(saved)
        if (!presented) throw unknown(id)
        context.header('etag', `"${presented.hash}"`)
        return context.json(presented)
      },
    )
    .delete('/:id', describe('Deletes a message', z.object({ id: z.string() })), async (context) => {
      const { workspaceId, id } = named(context)
      await store.write(async (tx) => {
        if (!(await deleteOnsite(tx, workspaceId, id))) throw unknown(id)
        await audit(tx, context, 'onsite.deleted', { id })
      })
      onChanged(workspaceId)
      return context.json({ id })
    })
}

async function expectRoom(
  tx: Tx,
  workspaceId: string,
  { id, live }: { id: string; live: boolean },
): Promise<void> {
  const others = (await listOnsite(tx, workspaceId)).filter((other) => other.id !== id)
  if (others.length >= MOST_MESSAGES)
    throw new CicloError('conflict', `There are ${others.length} on-site messages, expected no more`)
  const liveOnes = others.filter(({ definition }) => definition['live'] === true).length
  if (live && liveOnes >= MOST_LIVE)
    throw new CicloError(
      'conflict',
      `live: ${liveOnes} on-site messages are live, expected at most ${MOST_LIVE}`,
    )
}

async function expectTopic(tx: Tx, workspaceId: string, topic: string | null): Promise<void> {
  if (topic === null) return
  const { topics } = await readSettings(tx, workspaceId)
  if (!topics.some(({ id }) => id === topic))
    throw new CicloError('bad-request', `topic: There is no topic ${topic} among the settings`)
}
