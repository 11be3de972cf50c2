import { EVENT_NAMES, HOUR, type EventInput, type MessageState, ownEvent } from '@ciclo/engine'
import type { Transporter } from 'nodemailer'
import type { Clock } from '../clock.ts'
import { describeError } from '../describeError.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { RulesCache } from '../ingest/rulesCache.ts'
import type { ComposedMail, ComposeMail } from '../mail/composeMail.ts'
import { classifySmtpError, keptResponse, type SmtpFailure } from '../mail/smtpFailure.ts'
import {
  nextMessageAt,
  readMessage,
  recordOutcome,
  type MessageOutcome,
  type OutboxMessage,
} from '../store/queries/messages.ts'
import type { Store } from '../store/store.ts'
import { claimAndDecide, type Dispatch } from './claimAndDecide.ts'
import { createLoop, type Loop } from './loop.ts'

const MESSAGES_PER_TURN = 200
/** A claim holds for this long; a message whose claim is half over before its turn comes is left to the next claim. */
const LEASE = 60_000
/** A claim younger than this is not looked up again before its mail goes out. */
const UNSEEN = 1_000
const FIRST_PAUSE = 5_000
/** Mails in the server's hands at a time. With those whose recording is under way they are what a crash can repeat. */
export const WORKERS = 10
const REPORT_TRIES = 60
const REPORT_PAUSE = 1_000

export interface SenderOptions {
  store: Store
  ingest: Ingest
  rules: RulesCache
  clock: Clock
  random: () => number
  transport: Pick<Transporter, 'sendMail'>
  composeMail: ComposeMail
  hashAddress: (workspaceId: string, address: string) => string
  onError: (error: unknown) => void
  /** Told of every attempt to hand a mail over, and its time. */
  onAttempted: (result: 'sent' | SmtpFailure['kind'], seconds: number) => void
  /** Told of messages that come to their end without an event. */
  onEnded: (state: MessageState, reason: string | null) => void
}

/** Exponential with full jitter, so that a server that comes back is not met by everything at once. */
function pauseAfter(attempts: number, random: () => number): number {
  return Math.round(Math.min(HOUR, FIRST_PAUSE * 2 ** Math.min(attempts, 20)) * (0.5 + random() / 2))
}

function feedback(
  message: OutboxMessage,
  name: string,
  at: number,
  properties: Record<string, unknown>,
): EventInput {
  const { id, template, purpose } = message
  return ownEvent(`${name}/${id}`, at, name, { message: id, template, purpose, ...properties })
}

/** Records what became of an attempt. */
type Recording = () => Promise<void>

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds)
  })

/**
 * Hands the outbox to the SMTP server: claim under a lease and decide, render, send, and give the result back to
 * ingest as an event, recorded under the claim's fence in the same transaction. SMTP has no two-phase commit: a crash
 * between the server's answer and that transaction sends again, with the same Message-ID.
 */
export function createSender(options: SenderOptions): Loop {
  const {
    store,
    ingest,
    rules,
    clock,
    random,
    transport,
    composeMail,
    hashAddress,
    onError,
    onAttempted,
    onEnded,
  } = options

  const record = async (
    message: OutboxMessage,
    result: Omit<MessageOutcome, 'messageId' | 'fence' | 'attempts'>,
  ) => {
    const { workspaceId, id: messageId, fence, attempts } = message
    await store.write((tx) =>
      recordOutcome(tx, workspaceId, { messageId, fence, attempts: attempts + 1, ...result }),
    )
    if (result.state !== 'queued') onEnded(result.state, result.reason)
  }

  /** Back to the queue, or to its end where the message would come too late by then. */
  const putOff = async (message: OutboxMessage, response: string): Promise<void> => {
    const dueAt = clock.now() + pauseAfter(message.attempts, random)
    await record(
      message,
      dueAt >= message.expiresAt
        ? { state: 'dead', reason: 'undeliverable-in-time', response }
        : { state: 'queued', reason: 'retry', dueAt, response },
    )
  }

  /** With its event. While the store is away this is asked again: to forget a mail that has left would send it twice. */
  const report = async (
    message: OutboxMessage,
    input: EventInput,
    result: Omit<MessageOutcome, 'messageId' | 'fence' | 'attempts'>,
  ): Promise<void> => {
    const { workspaceId, customerId, id: messageId, fence, attempts } = message
    const outcome: MessageOutcome = { messageId, fence, attempts: attempts + 1, ...result }
    for (let attempt = 1; ; attempt += 1) {
      try {
        await ingest.submit([{ workspaceId, customerId, input, outcome }])
        return
      } catch (error) {
        if (attempt === REPORT_TRIES) throw error
        await pause(REPORT_PAUSE)
      }
    }
  }

  /** A mail that waits behind others may belong to somebody who was erased meanwhile. */
  const isStillThere = async (message: OutboxMessage): Promise<boolean> => {
    const claimedAt = (message.leaseUntil ?? 0) - LEASE
    if (clock.now() - claimedAt < UNSEEN) return true
    const stored = await store.read((tx) => readMessage(tx, message.workspaceId, message.id))
    return stored?.fence === message.fence
  }

  const attempt = async ({ message, settings }: Dispatch): Promise<Recording> => {
    if (clock.now() > (message.leaseUntil ?? 0) - LEASE / 2) return () => Promise.resolve()
    if (!(await isStillThere(message))) return () => Promise.resolve()
    let composed: ComposedMail
    try {
      composed = await composeMail(message, settings)
    } catch (error) {
      // What the mail is to show could not be read: its claim runs out, and it is tried again.
      if (store.dialect.classifyError(error) !== 'other') throw error
      // A template or a datum is broken: no later attempt would fare better.
      onError(error)
      const reason = `render: ${describeError(error)}`.slice(0, 500)
      return () => record(message, { state: 'failed', reason })
    }
    const { mail, subject } = composed
    const start = performance.now()
    const attempted = (result: 'sent' | SmtpFailure['kind']) =>
      onAttempted(result, (performance.now() - start) / 1_000)
    try {
      const { response = '' } = (await transport.sendMail(mail)) as { response?: string }
      attempted('sent')
      const sentAt = clock.now()
      const input = feedback(message, EVENT_NAMES.emailSent, sentAt, { subject })
      const sent = { state: 'sent', reason: null, subject, sentAt } as const
      return () => report(message, input, { ...sent, response: keptResponse(response) })
    } catch (error) {
      const { kind, response } = classifySmtpError(error)
      attempted(kind)
      if (kind === 'later') return () => putOff(message, response)
      const at = clock.now()
      const { address, claimed } = message
      const properties = { permanent: kind === 'bounce', address, claimed, response }
      const input = feedback(message, EVENT_NAMES.emailBounced, at, properties)
      const reason = kind === 'bounce' ? 'bounced' : 'refused-by-server'
      return () => report(message, input, { state: 'failed', reason, subject, response })
    }
  }

  /** Each worker takes the next mail when the server has answered its last one; the recordings gather meanwhile. */
  const sendAll = async (dispatches: readonly Dispatch[]): Promise<void> => {
    const waiting = dispatches.values()
    const recordings: Promise<void>[] = []
    const work = async () => {
      for (const dispatch of waiting) recordings.push((await attempt(dispatch))().catch(onError))
    }
    await Promise.all(Array.from({ length: WORKERS }, work))
    await Promise.all(recordings)
  }

  return createLoop({
    clock,
    onError,
    atLeastEvery: 10_000,
    run: async () => {
      const now = clock.now()
      const { dispatches, taken, ended } = await store.write((tx) =>
        claimAndDecide(tx, {
          now,
          lease: LEASE,
          limit: MESSAGES_PER_TURN,
          rules,
          hashAddress,
          onBroken: onError,
        }),
      )
      for (const { state, reason } of ended) onEnded(state, reason)
      await sendAll(dispatches)
      return taken === MESSAGES_PER_TURN ? now : await store.read(nextMessageAt)
    },
  })
}
