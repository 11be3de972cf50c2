import type { MessageState } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { describeError } from '../describeError.ts'
import { CicloError } from '../errors.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import { inertLinks } from '../mail/inertLinks.ts'
import type { RenderMessage } from '../mail/renderMessage.ts'
import { SHOWN_MAIL_POLICY, shownMail } from '../mail/shownMail.ts'
import { messageFilterOf } from './messageFilterOf.ts'
import { readMessageFilters } from './readMessageFilters.ts'
import { messageNamed, readMessageDetail } from './readMessageDetail.ts'
import type { Senders } from '../sending/senders.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { CANCELLED, cancelMessage } from '../store/queries/cancelMessage.ts'
import { countByState, pageOfOutbox } from '../store/queries/messageList.ts'
import { namesOfMessages } from '../store/queries/messageNames.ts'
import { readSettings } from '../store/queries/settings.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { describer, query } from './describeApi.ts'
import { iso } from './iso.ts'
import {
  CancelledSchema,
  MailContentSchema,
  MailQuerySchema,
  MessageCountsSchema,
  MessageDetailSchema,
  MessageFilterSchema,
  MessageFiltersSchema,
  OutboxQuerySchema,
  OutboxSchema,
} from './messageSchemas.ts'
import { presentOutboxMessage } from './presentOutbox.ts'

const describe = describer('messages', 'There is no such message')

const PlaceSchema = z.object({ createdAt: z.int(), id: z.string() })

/** So many messages are looked at in this process: a few milliseconds. What takes more is another one's work. */
const SCAN = 2_000

const idOf = (context: Context) => context.req.param('id') ?? ''

export interface MessageRoutesOptions {
  store: Store
  insight: InsightRunner
  senders: Pick<Senders, 'senderOf'>
  renderMessage: RenderMessage
  publicUrl: () => string
  hash: (workspaceId: string, text: string) => string
  now: () => number
  newId: () => string
  /** Told of messages that come to their end without an event. */
  onEnded: (state: MessageState, reason: string | null) => void
}

/** The outbox: every mail that was ever asked for, why, how it looks, and what came of it. */
export function createMessageRoutes(options: MessageRoutesOptions) {
  const { store, insight, senders, renderMessage, publicUrl, hash, now, newId, onEnded } = options

  const page = async (context: Context<ApiEnvironment>, asked: z.infer<typeof OutboxQuerySchema>) => {
    const { cursor, limit: size, ...wanted } = asked
    const workspaceId = context.get('workspaceId')
    const after = decodeCursor(PlaceSchema, cursor)
    const limit = size + 1
    const { filter, near } = await store.read(async (tx) => {
      const known = await messageFilterOf(tx, workspaceId, wanted)
      return { filter: known, near: await pageOfOutbox(tx, workspaceId, known, { after, limit, scan: SCAN }) }
    })
    if (near.reached === null || near.rows.length === limit) return near
    const further = { after: near.reached, limit: limit - near.rows.length }
    const { signal } = context.req.raw
    const far = await insight.run('messageSearch', { workspaceId, filter, ...further }, { signal })
    return { rows: [...near.rows, ...far.rows], reached: far.reached }
  }

  /** The mail as it would be made today. */
  const rendered = async (workspaceId: string, id: string) => {
    const { message, settings } = await store.read(async (tx) => ({
      message: await messageNamed(tx, workspaceId, id),
      settings: await readSettings(tx, workspaceId),
    }))
    try {
      return await renderMessage(message, settings, inertLinks(publicUrl(), message.purpose))
    } catch (error) {
      if (store.dialect.classifyError(error) !== 'other') throw error
      throw new CicloError('conflict', `This mail cannot be made any more: ${describeError(error)}`, {
        cause: error,
      })
    }
  }

  return new Hono<ApiEnvironment>()
    .get(
      '/',
      describe('The outbox, newest first', OutboxSchema),
      query(OutboxQuerySchema),
      async (context) => {
        const asked = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        const { rows: found, reached } = await page(context, asked)
        const rows = found.slice(0, asked.limit)
        const last = rows.at(-1)
        const isFull = found.length > asked.limit && last !== undefined
        const place = isFull ? { createdAt: last.createdAt, id: last.id } : reached
        const names = await store.read((tx) => namesOfMessages(tx, workspaceId, rows))
        return context.json({
          messages: rows.map((row) => presentOutboxMessage(row, names)),
          next: place && encodeCursor(place),
          searchedTo: isFull || place === null ? null : iso(place.createdAt),
        })
      },
    )
    .get(
      '/counts',
      describe('How many messages are in each state, whichever state is asked for', MessageCountsSchema),
      query(MessageFilterSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const { filter, near } = await store.read(async (tx) => {
          const known = await messageFilterOf(tx, workspaceId, context.req.valid('query'))
          return { filter: known, near: await countByState(tx, workspaceId, known, { scan: SCAN }) }
        })
        // Of all messages at least those are told that were counted.
        const isBounded = near.every(({ isMore }) => isMore)
        const { signal } = context.req.raw
        const states = isBounded
          ? await insight.run('messageCounts', { workspaceId, filter }, { signal })
          : near
        return context.json({ states })
      },
    )
    .get(
      '/filters',
      describe('What the outbox can be filtered by', MessageFiltersSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        return context.json(await store.read((tx) => readMessageFilters(tx, workspaceId)))
      },
    )
    .get('/:id', describe('One message, and everything about it', MessageDetailSchema), async (context) => {
      const wanted = { id: idOf(context), senders }
      return context.json(await store.read((tx) => readMessageDetail(tx, context.get('workspaceId'), wanted)))
    })
    .get(
      '/:id/content',
      describe('The subject and the text of a mail, made of what is stored', MailContentSchema),
      async (context) => {
        const { subject, text } = await rendered(context.get('workspaceId'), idOf(context))
        return context.json({ subject, text })
      },
    )
    .get(
      '/:id/mail',
      describe('The mail as a page for a frame: nothing in it does anything', z.string()),
      query(MailQuerySchema),
      async (context) => {
        const { html } = await rendered(context.get('workspaceId'), idOf(context))
        context.header('content-security-policy', SHOWN_MAIL_POLICY)
        context.header('cache-control', 'no-store')
        context.header('referrer-policy', 'no-referrer')
        return context.html(shownMail(html, context.req.valid('query').scheme))
      },
    )
    .post(
      '/:id/cancel',
      describe('Cancels a message that waits: it is never sent', CancelledSchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const id = idOf(context)
        await store.write(async (tx) => {
          const message = await messageNamed(tx, workspaceId, id)
          if (!(await cancelMessage(tx, workspaceId, id)))
            throw new CicloError(
              'conflict',
              `The message ${id} is ${message.state === 'queued' ? 'sending' : message.state}, expected one that is queued`,
            )
          const entry = auditEntry(
            context,
            { now, newId },
            {
              action: 'message.cancelled',
              subject: hash(workspaceId, message.customerId),
              details: {
                template: message.template,
                journey: message.journeyId,
                campaign: message.campaignId,
              },
            },
          )
          await insertAudit(tx, workspaceId, [entry])
        })
        onEnded('refused', CANCELLED)
        return context.json({ id, state: 'refused' as const, reason: CANCELLED })
      },
    )
}
