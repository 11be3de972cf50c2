import { createHash } from 'node:crypto'
import { EVENT_NAMES, ownEvent } from '@ciclo/engine'
import { CicloError } from '../errors.ts'
import type { Ingest } from '../ingest/ingest.ts'
import { mailboxOf } from '../mail/mailboxOf.ts'
import { keptResponse } from '../mail/smtpFailure.ts'
import { readLastMessageTo } from '../store/queries/messageTo.ts'
import type { OutboxMessage } from '../store/queries/messages.ts'
import { insertReport } from '../store/queries/reports.ts'
import { firstWorkspaceId } from '../store/queries/workspaces.ts'
import type { Store } from '../store/store.ts'
import type { BounceMeaning } from './bounceMeaning.ts'
import { findMessage, type FindShell, type MailPointers } from './findMessage.ts'
import { parseReport } from './parseReport.ts'
import type { DeliveryStatus, Report } from './report.ts'

/**
 * What became of something that came back: `taken` it is an event of its customer, `duplicate` it was before, `ignored`
 * it says nothing that matters, or is of somebody who was erased; `unread` it is kept for people.
 */
export type FeedbackOutcome = 'taken' | 'duplicate' | 'ignored' | 'unread'

/** What somebody says of one of our mails. */
export interface Statement {
  meaning: BounceMeaning | 'complaint' | 'unsubscribe'
  /** To whom the mail went, as they say; null where they do not. */
  address: string | null
  /** What the server said. */
  response: string
  /** When it happened; now, where they do not say. */
  at: number | null
}

/** What a provider says of a mail, under a signature or a secret that was checked before. */
export interface ProviderStatement extends Statement {
  pointers: MailPointers
  /** Whether their signature proves to whom it went: then the last mail to that address is the one that is meant. */
  provesAddress: boolean
}

interface UnreadMail {
  via: string
  reason: string
  workspaceId?: string
  about?: string
}

export interface Feedback {
  /**
   * Reads a mail that came back, and takes over what it proves. Resolves when that is stored; rejects with
   * `store-unavailable` or `too-many-requests` where it is to be told again.
   *
   * @param recipients whom it was addressed to, by its envelope
   */
  takeMail(raw: Uint8Array, from: { via: string; recipients: readonly string[] }): Promise<FeedbackOutcome>
  takeStatement(workspaceId: string, via: string, statement: ProviderStatement): Promise<FeedbackOutcome>
  /** Keeps for people what nothing can be made of; `about` whom, so that it goes when they are erased. */
  keepUnread(raw: Uint8Array, kept: UnreadMail): Promise<void>
}

export interface FeedbackOptions extends FindShell {
  store: Store
  ingest: Pick<Ingest, 'submit'>
  now: () => number
  onOutcome: (via: string, outcome: FeedbackOutcome) => void
}

/** What of an unread mail is kept. */
const EXCERPT = 4_000

/** Line ends and tabs stay; a NUL no database takes, and the others act on terminals. */
const cleanText = (text: string) => text.toWellFormed().replaceAll(/[^\P{Cc}\n\t]/gu, '')

const textOf = (raw: Uint8Array) =>
  cleanText(Buffer.from(raw.subarray(0, EXCERPT)).toString('utf8')).toLowerCase()

const isSame = (one: string | null, other: string) => one !== null && mailboxOf(one) === mailboxOf(other)

/** What a server said is read this far: longer answers are cut in any case. */
const READ_OF_RESPONSE = 1_000

/** What a server said of the address that we wrote to; somebody else to whom it went on is no business of ours. */
const responseAbout = (response: string, address: string) =>
  keptResponse(
    response
      .slice(0, READ_OF_RESPONSE)
      .replaceAll(/[^\s<>()[\],;:"]+@[^\s<>()[\],;:"]+/g, (named) =>
        isSame(named.replaceAll(/^[.']+|[.'!]+$/g, ''), address) ? named : '…@…',
      ),
  )

const recipientsOf = ({ finalRecipient, originalRecipient }: DeliveryStatus) =>
  [finalRecipient, originalRecipient].filter((address) => address !== null)

/** What a delivery report says of the one recipient that each of our mails has; undefined where nothing came back. */
function statementIn(
  recipients: readonly DeliveryStatus[],
  address: string,
): Omit<Statement, 'at'> | undefined {
  const own =
    recipients.find((status) => recipientsOf(status).some((one) => isSame(one, address))) ??
    recipients.find((status) => recipientsOf(status).length === 0)
  const chosen = own ?? recipients.find(({ meaning }) => meaning !== null)
  if (!chosen?.meaning) return undefined
  const { meaning, diagnostic, status } = chosen
  const named = own ? address : (chosen.finalRecipient ?? address)
  return { meaning, address: named, response: diagnostic || (status ?? '') }
}

const EVENTS = {
  complaint: EVENT_NAMES.emailMarkedAsSpam,
  unsubscribe: EVENT_NAMES.unsubscribed,
} as const

/**
 * Makes an event of a statement. Its id is made of the mail and of what is said: told again, by whichever way, it is the
 * same event.
 */
function eventOf(
  message: OutboxMessage,
  { meaning, address, response, at }: Statement,
  via: string,
  now: number,
) {
  const { id, template, purpose, claimed } = message
  const happenedAt = Math.min(Math.max(at ?? now, message.sentAt ?? message.createdAt), now)
  // Never the address that they name: it is ours that is in question.
  const base = { message: id, template, purpose, address: message.address, via }
  if (meaning === 'complaint' || meaning === 'unsubscribe') {
    const name = EVENTS[meaning]
    return ownEvent(`feedback/${meaning}/${id}`, happenedAt, name, { ...base, method: via })
  }
  // It went on to somebody else, who is not reached: that is no word on the address which we wrote to.
  const isElsewhere = address !== null && !isSame(address, message.address)
  const kind = meaning === 'hard' && isElsewhere ? 'soft' : meaning
  return ownEvent(`feedback/${kind}/${id}`, happenedAt, EVENT_NAMES.emailBounced, {
    ...base,
    permanent: kind === 'hard',
    class: kind,
    claimed,
    response: responseAbout(response, message.address),
  })
}

/** Takes over what comes back of our mails: nothing counts that does not prove to be about one of them. */
export function createFeedback(options: FeedbackOptions): Feedback {
  const { store, ingest, now, onOutcome } = options

  /** A store that is away is nobody's fault: the same is to be told again. */
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (cause) {
      if (cause instanceof CicloError || store.dialect.classifyError(cause) === 'other') throw cause
      throw new CicloError('store-unavailable', 'What came back cannot be stored now; tell it again', {
        cause,
      })
    }
  }

  const tell = async (
    message: OutboxMessage,
    statement: Statement,
    via: string,
  ): Promise<FeedbackOutcome> => {
    const { workspaceId, customerId } = message
    const at = now()
    const event = eventOf(message, statement, via, at)
    const input = { ...event, receivedAt: at }
    const [verdict] = await ingest.submit([{ workspaceId, customerId, input }])
    if (verdict === 'duplicate') return 'duplicate'
    return verdict === 'erased' || verdict === 'refused' ? 'ignored' : 'taken'
  }

  const keepUnread: Feedback['keepUnread'] = async (raw, { via, reason, workspaceId, about }) => {
    const owner = workspaceId ?? (await store.read(firstWorkspaceId))
    if (owner === undefined) return
    const id = createHash('sha256').update(raw).digest('hex').slice(0, 32)
    // The mail may name its recipient further down, encoded, or not at all.
    const excerpt = about === undefined ? textOf(raw) : `${textOf(raw)}\n${cleanText(about).toLowerCase()}`
    const report = { id, at: now(), via, reason: cleanText(reason.slice(0, 500)), excerpt }
    await store.write((tx) => insertReport(tx, owner, report))
  }

  const take = async (
    raw: Uint8Array,
    report: Exclude<Report, { kind: 'auto-reply' }>,
    { via, recipients }: { via: string; recipients: readonly string[] },
  ): Promise<FeedbackOutcome> => {
    const pointers = { ...report.pointers, addresses: [...recipients, ...report.pointers.addresses] }
    // Whoever is forwarded a mail has its link: that makes nobody's mailbox a dead one.
    const proving = report.kind === 'delivery' ? { ...pointers, unsubscribeTokens: [] } : pointers
    const { message, about, isOurs } = await store.read(async (tx) => {
      const proven = await findMessage(tx, proving, options)
      const linked = proven.message ? proven : await findMessage(tx, pointers, options)
      return { message: proven.message, about: linked.message, isOurs: linked.isOurs && !linked.message }
    })
    const unread = async (reason: string): Promise<FeedbackOutcome> => {
      const owner = about ? { workspaceId: about.workspaceId, about: about.address } : {}
      await keepUnread(raw, { via, reason, ...owner })
      return 'unread'
    }
    // Of a mail that is no more nothing is kept: its customer was erased.
    if (!message && isOurs) return 'ignored'
    if (report.kind === 'unknown') return await unread(report.why)
    if (!message)
      return await unread(
        about
          ? 'it names a mail by its unsubscribe link alone, which does not prove that it came back'
          : 'it is about no mail that was sent from here',
      )
    if (report.kind === 'delivery') {
      const statement = statementIn(report.recipients, message.address)
      return statement ? await tell(message, { ...statement, at: null }, via) : 'ignored'
    }
    if (report.feedbackType === 'not-spam') return 'ignored'
    if (report.feedbackType !== 'abuse')
      return await unread(
        `a report of the kind ${report.feedbackType || 'unknown'}, about our mail and not by its reader`,
      )
    const complaint = { meaning: 'complaint', address: null, response: '', at: null } as const
    return await tell(message, complaint, via)
  }

  const told = (via: string, outcome: FeedbackOutcome): FeedbackOutcome => {
    onOutcome(via, outcome)
    return outcome
  }

  const takeStatement: Feedback['takeStatement'] = async (workspaceId, via, statement) => {
    const { pointers, provesAddress, address } = statement
    const { message, isOurs } = await store.read(async (tx) => {
      const found = await findMessage(tx, pointers, options)
      // A provider speaks for the workspace whose account it is.
      if (found.message?.workspaceId === workspaceId) return found
      const last =
        provesAddress && address !== null && !found.message
          ? await readLastMessageTo(tx, workspaceId, address)
          : undefined
      return { message: last, isOurs: found.isOurs && !found.message }
    })
    if (message) return told(via, await tell(message, statement, via))
    if (isOurs) return told(via, 'ignored')
    const raw = Buffer.from(JSON.stringify(statement))
    await keepUnread(raw, { via, reason: 'it is about no mail that was sent from here', workspaceId })
    return told(via, 'unread')
  }

  return {
    keepUnread: (raw, kept) => guarded(() => keepUnread(raw, kept)),
    takeMail: async (raw, from) => {
      const report = await parseReport(raw)
      if (report.kind === 'auto-reply') return told(from.via, 'ignored')
      return told(from.via, await guarded(() => take(raw, report, from)))
    },
    takeStatement: (workspaceId, via, statement) => guarded(() => takeStatement(workspaceId, via, statement)),
  }
}
