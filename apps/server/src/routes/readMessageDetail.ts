import type { z } from 'zod'
import { CicloError } from '../errors.ts'
import { iso, isoOrNull } from './iso.ts'
import type { MessageDetailSchema } from './messageSchemas.ts'
import { presentOutboxMessage, presentResponse } from './presentOutbox.ts'
import type { MailSender } from '../sending/mailSender.ts'
import type { Senders } from '../sending/senders.ts'
import { memberIds, readCustomer } from '../store/queries/customers.ts'
import { eventsOfMessage, findEvent } from '../store/queries/messageEvents.ts'
import { namesOfMessages } from '../store/queries/messageNames.ts'
import { readMessage, type OutboxMessage } from '../store/queries/messages.ts'
import { readRun } from '../store/queries/runs.ts'
import { listTemplateVersions } from '../store/queries/templates.ts'
import type { ReadTx } from '../store/store.ts'

type Detail = z.infer<typeof MessageDetailSchema>

/** So many of what came back are shown. */
const RESPONSES = 200

/** Throws `not-found`. */
export async function messageNamed(tx: ReadTx, workspaceId: string, id: string): Promise<OutboxMessage> {
  const message = await readMessage(tx, workspaceId, id)
  if (message) return message
  throw new CicloError(
    'not-found',
    `There is no message ${id}: there never was, or whoever it went to was erased`,
  )
}

async function whyOf(
  tx: ReadTx,
  message: OutboxMessage,
  members: readonly string[],
): Promise<Pick<Detail, 'run' | 'cause'>> {
  const { workspaceId, enrolmentId } = message
  const run = enrolmentId === null ? undefined : await readRun(tx, workspaceId, enrolmentId)
  if (!run) return { run: null, cause: null }
  const { id, startedAt, endedAt, endReason, causeId } = run
  const cause = await findEvent(tx, workspaceId, { members, id: causeId })
  return {
    run: { id, startedAt: iso(startedAt), endedAt: isoOrNull(endedAt), endReason },
    cause: cause
      ? {
          id: cause.id,
          type: cause.event.type,
          name: cause.event.name ?? null,
          at: iso(cause.at),
          source: cause.source,
        }
      : null,
  }
}

function headersOf({ mailId, purpose }: OutboxMessage, sender: MailSender): Detail['headers'] {
  const domain = sender.from.address.slice(sender.from.address.lastIndexOf('@') + 1)
  return {
    from: sender.from,
    replyTo: sender.replyTo,
    messageId: mailId === null ? null : `<${mailId}@${domain}>`,
    // What `composeMail` does: every marketing mail has its way out.
    listUnsubscribe: purpose === 'marketing',
    dkimDomain: sender.dkim?.domain ?? null,
    sender: sender.id,
  }
}

/** When the template was published last, where the mail had left before. */
async function templateChangedAt(tx: ReadTx, { workspaceId, template, sentAt }: OutboxMessage) {
  if (sentAt === null) return null
  const versions = await listTemplateVersions(tx, workspaceId, template)
  const published = versions.flatMap(({ publishedAt }) => publishedAt ?? [])
  const last = Math.max(0, ...published)
  return last > sentAt ? last : null
}

/** Everything about one message: where it is, why it was asked for, how it goes, and what came back. */
export async function readMessageDetail(
  tx: ReadTx,
  workspaceId: string,
  { id, senders }: { id: string; senders: Pick<Senders, 'senderOf'> },
): Promise<Detail> {
  const message = await messageNamed(tx, workspaceId, id)
  const record = await readCustomer(tx, workspaceId, message.customerId)
  const rootId = record?.customer.id ?? message.customerId
  const members = await memberIds(tx, workspaceId, rootId)
  const names = await namesOfMessages(tx, workspaceId, [{ ...message, customerId: rootId }])
  const sender = await senders.senderOf(tx, workspaceId, message.purpose, message.sender)
  const wanted = { id, since: message.createdAt, members, limit: RESPONSES + 1 }
  const events = await eventsOfMessage(tx, workspaceId, wanted)
  return {
    ...presentOutboxMessage({ ...message, customerId: rootId }, names),
    isClaimed: message.claimed,
    causeAt: iso(message.causeAt),
    attemptedAt: isoOrNull(message.attemptedAt),
    ...(await whyOf(tx, message, members)),
    headers: headersOf(message, sender),
    responses: events.slice(0, RESPONSES).flatMap(presentResponse),
    hasMoreResponses: events.length > RESPONSES,
    templateChangedAt: isoOrNull(await templateChangedAt(tx, message)),
    canCancel: message.state === 'queued',
  }
}
