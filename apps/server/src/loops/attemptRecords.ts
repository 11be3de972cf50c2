import { EVENT_NAMES, HOUR, type EventInput, type MessageState, ownEvent } from '@ciclo/engine'
import type { Clock } from '../clock.ts'
import { clockless } from '../clockless.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { IngestItem } from '../ingest/ingestItem.ts'
import { keptResponse, type SmtpFailure } from '../mail/smtpFailure.ts'
import type { ServerBreakers } from '../sending/serverBreakers.ts'
import { giveBackRoom } from '../sending/streamRoom.ts'
import { WORKERS } from '../sending/transports.ts'
import { recordOutcome, type MessageOutcome, type OutboxMessage } from '../store/queries/messages.ts'
import type { Store, Tx } from '../store/store.ts'
import type { AwayMails } from './awayMails.ts'
import type { Dispatch } from './claim.ts'

/** A claim holds for this long; a message whose claim is half over before its turn comes is left to the next claim. */
export const LEASE = 60_000
const FIRST_PAUSE = 5_000
/** With pauses that grow to an hour these take some 72 hours. */
const MOST_ATTEMPTS = 100
const REPORT_TRIES = 60
const REPORT_PAUSE = 1_000
/** So many, or for so many milliseconds: each transaction waits for the disk. */
const GATHERED = 2 * WORKERS
const GATHERED_FOR = 20

export interface AttemptRecordsOptions {
  store: Store
  ingest: Pick<Ingest, 'submit'>
  clock: Clock
  random: () => number
  breakers: Pick<ServerBreakers, 'closedUntil' | 'isAway'>
  awayMails: Pick<AwayMails, 'dueAt'>
  /** Told of messages that come to their end without an event. */
  onEnded: (state: MessageState, reason: string | null) => void
}

/** Writes down what became of claimed messages. */
export interface AttemptRecords {
  sent(dispatch: Dispatch, subject: string, response: string): Promise<void>
  failed(dispatch: Dispatch, subject: string, failure: SmtpFailure): Promise<void>
  /** It could not be made into a mail: no later attempt would fare better. */
  unreadable(dispatch: Dispatch, reason: string): Promise<void>
  /** It could not be signed, or the like: for later. */
  putOff(dispatch: Dispatch, response: string): Promise<void>
  /** They were never begun: back they go, all at once. */
  putBack(dispatches: readonly Dispatch[]): Promise<void>
}

/** Exponential with jitter, so that a server that comes back is not met by everything at once. */
const pauseAfter = (attempts: number, random: () => number) =>
  Math.round(Math.min(HOUR, FIRST_PAUSE * 2 ** Math.min(attempts, 20)) * (0.5 + random() / 2))

/** @param key makes its id, with the message's: what is told twice counts once */
function feedback(
  { id, template, purpose }: OutboxMessage,
  { key, name, at }: { key: string; name: string; at: number },
  properties: Record<string, unknown>,
): EventInput {
  return ownEvent(`${key}/${id}`, at, name, { message: id, template, purpose, ...properties })
}

type Result = Omit<MessageOutcome, 'messageId' | 'fence'>

const outcomeOf = ({ id: messageId, fence }: OutboxMessage, result: Result): MessageOutcome => ({
  messageId,
  fence,
  ...result,
})

/** What goes back to the queue has used no room of its stream. */
async function write(tx: Tx, { message, sender }: Dispatch, result: Result): Promise<void> {
  const isOurs = await recordOutcome(tx, message.workspaceId, outcomeOf(message, result))
  if (!isOurs || result.state !== 'queued') return
  const claimedAt = (message.leaseUntil ?? 0) - LEASE
  await giveBackRoom(tx, sender, { address: message.address, claimedAt })
}

export function createAttemptRecords(options: AttemptRecordsOptions): AttemptRecords {
  const { store, ingest, clock, random, breakers, awayMails, onEnded } = options

  const record = async (dispatch: Dispatch, result: Result): Promise<void> => {
    await store.write((tx) => write(tx, dispatch, result))
    if (result.state !== 'queued') onEnded(result.state, result.reason)
  }

  /** What was reported within a few milliseconds is one transaction. */
  let gathered: { items: IngestItem[]; isFull: () => void; recorded: Promise<void> } | undefined

  /** While the store is away this is asked again: to forget a mail that has left would send it twice. */
  const submit = async (items: readonly IngestItem[]): Promise<void> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await ingest.submit(items)
        return
      } catch (error) {
        if (attempt === REPORT_TRIES) throw error
        await clockless(REPORT_PAUSE)
      }
    }
  }

  const gather = () => {
    const items: IngestItem[] = []
    const { promise: full, resolve: isFull } = Promise.withResolvers<void>()
    const recorded = Promise.race([clockless(GATHERED_FOR), full]).then(async () => {
      gathered = undefined
      await submit(items)
    })
    return { items, isFull, recorded }
  }

  /** With its event. */
  const report = ({ message }: Dispatch, input: EventInput, result: Result): Promise<void> => {
    const { workspaceId, customerId } = message
    const group = (gathered ??= gather())
    group.items.push({ workspaceId, customerId, input, outcome: outcomeOf(message, result) })
    if (group.items.length === GATHERED) group.isFull()
    return group.recorded
  }

  /** What is not the end of the mail must not keep its end from being told. */
  const bounced = ({ message }: Dispatch, { kind, meaning, response }: SmtpFailure) => {
    const { address, claimed } = message
    const name = EVENT_NAMES.emailBounced
    const key = kind === 'unwelcome' ? `${name} ${kind}` : name
    const properties = { permanent: meaning === 'hard', class: meaning, address, claimed, response }
    return feedback(message, { key, name, at: clock.now() }, properties)
  }

  /** When a mail is due again whose server is away; undefined where it is not. */
  const dueWhenBack = ({ sender: { smtpUrl } }: Dispatch, isTried: boolean): number | undefined =>
    breakers.isAway(smtpUrl)
      ? awayMails.dueAt(smtpUrl, breakers.closedUntil(smtpUrl) ?? clock.now(), isTried)
      : undefined

  /** When a message is tried again, and whether that would be too late. */
  const nextTry = (dispatch: Dispatch) => {
    const { message, isTry } = dispatch
    const { attempts, expiresAt } = message
    const whenBack = dueWhenBack(dispatch, true)
    const dueAt = whenBack ?? clock.now() + pauseAfter(attempts, random)
    // What only asks whether the server is back is no attempt of the mail.
    const counted = isTry && whenBack !== undefined ? attempts : attempts + 1
    return { dueAt, attempts: counted, isTooLate: dueAt >= expiresAt || counted >= MOST_ATTEMPTS }
  }

  return {
    sent: async (dispatch, subject, response) => {
      const sentAt = clock.now()
      const name = EVENT_NAMES.emailSent
      const input = feedback(dispatch.message, { key: name, name, at: sentAt }, { subject })
      const attempts = dispatch.message.attempts + 1
      const kept = keptResponse(response)
      await report(dispatch, input, {
        state: 'sent',
        reason: null,
        subject,
        sentAt,
        attempts,
        response: kept,
      })
    },

    failed: async (dispatch, subject, failure) => {
      const { kind, response } = failure
      if (kind === 'bounce' || kind === 'refused') {
        const reason = kind === 'bounce' ? 'bounced' : 'refused-by-server'
        const attempts = dispatch.message.attempts + 1
        await report(dispatch, bounced(dispatch, failure), {
          state: 'failed',
          reason,
          subject,
          response,
          attempts,
        })
        return
      }
      const { dueAt, attempts, isTooLate } = nextTry(dispatch)
      if (!isTooLate) {
        const queued = { state: 'queued', reason: 'retry', dueAt, response, attempts } as const
        // Told once, so that the stream is stopped where it happens to many.
        if (kind === 'unwelcome') await report(dispatch, bounced(dispatch, failure), queued)
        else await record(dispatch, queued)
        return
      }
      const dead = { state: 'dead', reason: 'undeliverable-in-time', response, attempts } as const
      if (kind === 'later') await report(dispatch, bounced(dispatch, failure), dead)
      else await record(dispatch, dead)
    },

    unreadable: async (dispatch, reason) => {
      const attempts = dispatch.message.attempts + 1
      await record(dispatch, { state: 'failed', reason: reason.slice(0, 500), attempts })
    },

    putOff: async (dispatch, response) => {
      const { dueAt, attempts } = nextTry(dispatch)
      await record(dispatch, { state: 'queued', reason: 'retry', dueAt, response, attempts })
    },

    putBack: async (dispatches) => {
      if (dispatches.length === 0) return
      await store.write(async (tx) => {
        for (const dispatch of dispatches) {
          const { dueAt, attempts } = dispatch.message
          const whenBack = dueWhenBack(dispatch, false)
          const result =
            whenBack === undefined ? { reason: null, dueAt } : { reason: 'server-away', dueAt: whenBack }
          await write(tx, dispatch, { state: 'queued', attempts, ...result })
        }
      })
    },
  }
}
