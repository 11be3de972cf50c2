import { EVENT_NAMES, HOUR, type EventInput, type MessageState, ownEvent } from '@ciclo/engine'
import type { Clock } from '../clock.ts'
import { clockless } from '../clockless.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { IngestItem, IngestVerdict } from '../ingest/ingestItem.ts'
import { keptResponse, type SmtpFailure } from '../mail/smtpFailure.ts'
import type { ServerBreakers } from '../sending/serverBreakers.ts'
import { giveBackRoom } from '../sending/streamRoom.ts'
import { WORKERS } from '../sending/transports.ts'
import { recordOutcome, type MessageOutcome, type OutboxMessage } from '../store/queries/messages.ts'
import type { Store, Tx } from '../store/store.ts'
import type { AwayMails } from './awayMails.ts'
import type { Dispatch } from './claim.ts'
import type { SettleDoubtsOptions } from './settleDoubts.ts'
import { untilDone } from './untilDone.ts'

/** A claim holds for this long; a message whose claim is half over before its turn comes is left to the next claim. */
export const LEASE = 60_000
/** One that is begun holds longer: the server may be slow to answer, and the store away when that is to be recorded. */
export const BEGUN_LEASE = 5 * 60_000
const FIRST_PAUSE = 5_000
/** With pauses that grow to an hour these take some 72 hours. */
const MOST_ATTEMPTS = 100
/** So often a mail goes out again that its server had got and said nothing of: each may be one that arrives. */
const MOST_UNANSWERED = 4
const FIRST_UNANSWERED_PAUSE = 2 * 60_000
/** So many, or for so many milliseconds: each transaction waits for the disk. */
const GATHERED = 2 * WORKERS
const GATHERED_FOR = 20

export interface AttemptRecordsOptions extends Pick<SettleDoubtsOptions, 'afterCrash' | 'onError'> {
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
  /** It could not be made into a mail for now: for later. */
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

async function giveBack(tx: Tx, { message, sender }: Dispatch): Promise<void> {
  const claimedAt = (message.leaseUntil ?? 0) - LEASE
  await giveBackRoom(tx, sender, { address: message.address, claimedAt })
}

/** What goes back to the queue has used no room of its stream; nor has what could not be made into a mail. */
async function write(
  tx: Tx,
  dispatch: Dispatch,
  result: Result,
  hasRoom = result.state === 'queued',
): Promise<void> {
  const { message } = dispatch
  const isOurs = await recordOutcome(tx, message.workspaceId, outcomeOf(message, result))
  if (isOurs && hasRoom) await giveBack(tx, dispatch)
}

export function createAttemptRecords(options: AttemptRecordsOptions): AttemptRecords {
  const { store, ingest, clock, random, breakers, awayMails, afterCrash, onError, onEnded } = options

  /** While the store is away it is asked again: a mail of which nothing is recorded counts as one that may have left. */
  const keep = (fn: (tx: Tx) => Promise<void>): Promise<void> =>
    untilDone(
      () => store.write(fn),
      (error) => store.dialect.classifyError(error) !== 'other',
    )

  const record = async (dispatch: Dispatch, result: Result, hasRoom?: boolean): Promise<void> => {
    await keep((tx) => write(tx, dispatch, result, hasRoom))
    if (result.state !== 'queued') onEnded(result.state, result.reason)
  }

  /** What was reported within a few milliseconds is one transaction. */
  let gathered: { items: IngestItem[]; isFull: () => void; recorded: Promise<IngestVerdict[]> } | undefined

  const gather = () => {
    const items: IngestItem[] = []
    const { promise: full, resolve: isFull } = Promise.withResolvers<void>()
    const recorded = Promise.race([clockless(GATHERED_FOR), full]).then(async () => {
      gathered = undefined
      // To forget a mail that has left would send it twice.
      return await untilDone(
        () => ingest.submit(items),
        () => true,
      )
    })
    return { items, isFull, recorded }
  }

  /** With its event. Returns what became of that. */
  const report = async (
    { message }: Dispatch,
    input: EventInput,
    result: Result,
  ): Promise<IngestVerdict | undefined> => {
    const { workspaceId, customerId } = message
    const group = (gathered ??= gather())
    const place = group.items.length
    group.items.push({ workspaceId, customerId, input, outcome: outcomeOf(message, result) })
    if (group.items.length === GATHERED) group.isFull()
    return (await group.recorded)[place]
  }

  /** The clock of whoever asked for the mail may be ahead of ours: it cannot have left before that. */
  const timeOf = ({ createdAt }: OutboxMessage) => Math.max(clock.now(), createdAt)

  /** What is not the end of the mail must not keep its end from being told. */
  const bounced = ({ message }: Dispatch, { kind, meaning, response }: SmtpFailure) => {
    const { address, claimed } = message
    const name = EVENT_NAMES.emailBounced
    const key = kind === 'unwelcome' ? `${name} ${kind}` : name
    const properties = { permanent: meaning === 'hard', class: meaning, address, claimed, response }
    return feedback(message, { key, name, at: timeOf(message) }, properties)
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

  /** It may have arrived: where that matters it is not sent again, and else not often, nor soon. */
  const unanswered = async (dispatch: Dispatch, response: string): Promise<void> => {
    const { workspaceId, template, expiresAt, attempts: before } = dispatch.message
    const answer = await afterCrash(workspaceId, template).catch((error: unknown) => {
      // A template that cannot be read minds nothing: a mail twice is better than none.
      onError(error)
      return 'resend'
    })
    const attempts = before + 1
    const pause = Math.min(HOUR, FIRST_UNANSWERED_PAUSE * 4 ** (attempts - 1))
    const dueAt = Math.max(dueWhenBack(dispatch, true) ?? 0, clock.now() + pause)
    const isOver = answer === 'hold' || attempts >= MOST_UNANSWERED || dueAt >= expiresAt
    const result = isOver
      ? ({ state: 'unknown', reason: 'no-answer' } as const)
      : ({ state: 'queued', reason: 'retry', dueAt } as const)
    // A place of the stream stays taken: it may be in a mailbox.
    await record(dispatch, { ...result, response, attempts }, false)
  }

  return {
    sent: async (dispatch, subject, response) => {
      const sentAt = timeOf(dispatch.message)
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
      const { kind, response, mayHaveArrived } = failure
      if (mayHaveArrived) {
        await unanswered(dispatch, response)
        return
      }
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
        if (kind !== 'unwelcome') await record(dispatch, queued)
        else if ((await report(dispatch, bounced(dispatch, failure), queued)) !== 'claim-lost')
          await keep((tx) => giveBack(tx, dispatch))
        return
      }
      const dead = { state: 'dead', reason: 'undeliverable-in-time', response, attempts } as const
      if (kind === 'later') await report(dispatch, bounced(dispatch, failure), dead)
      else await record(dispatch, dead)
    },

    unreadable: async (dispatch, reason) => {
      const attempts = dispatch.message.attempts + 1
      await record(dispatch, { state: 'failed', reason: reason.slice(0, 500), attempts }, true)
    },

    putOff: async (dispatch, response) => {
      const { dueAt, attempts } = nextTry(dispatch)
      await record(dispatch, { state: 'queued', reason: 'retry', dueAt, response, attempts })
    },

    putBack: async (dispatches) => {
      if (dispatches.length === 0) return
      const results = dispatches.map((dispatch) => {
        const { dueAt, attempts } = dispatch.message
        const whenBack = dueWhenBack(dispatch, false)
        const result =
          whenBack === undefined ? { reason: null, dueAt } : { reason: 'server-away', dueAt: whenBack }
        return [dispatch, { state: 'queued', attempts, ...result }] as const
      })
      await keep(async (tx) => {
        for (const [dispatch, result] of results) await write(tx, dispatch, result)
      })
    },
  }
}
