import { EVENT_NAMES, HOUR, type EventInput } from '@ciclo/engine'
import type { Transporter } from 'nodemailer'
import type { Clock } from '../clock.ts'
import { describeError } from '../describeError.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { RulesCache } from '../ingest/rulesCache.ts'
import type { ComposeMail } from '../mail/composeMail.ts'
import { classifySmtpError } from '../mail/smtpFailure.ts'
import {
  nextMessageAt,
  recordOutcome,
  type MessageOutcome,
  type OutboxMessage,
} from '../store/queries/messages.ts'
import type { Store } from '../store/store.ts'
import { claimAndDecide, type Dispatch } from './claimAndDecide.ts'
import { createLoop, type Loop } from './loop.ts'

const MESSAGES_PER_TURN = 200
/** A claim holds for this long; a message whose claim is half over before its turn comes is left to the next claim. */
const LEASE = 120_000
const FIRST_PAUSE = 5_000

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
  return {
    kind: 'event',
    id: `${name}/${message.id}`,
    at,
    receivedAt: at,
    source: 'own',
    event: {
      type: 'track',
      name,
      properties: {
        message: message.id,
        template: message.template,
        purpose: message.purpose,
        ...properties,
      },
      traits: {},
      context: {},
    },
  }
}

/**
 * Hands the outbox to the SMTP server: claim under a lease and decide, render, send, and give the result back to
 * ingest as an event, recorded under the claim's fence in the same transaction. SMTP has no two-phase commit: a crash
 * between the server's answer and that transaction sends again, with the same Message-ID.
 */
export function createSender(options: SenderOptions): Loop {
  const { store, ingest, rules, clock, random, transport, composeMail, hashAddress, onError } = options

  /** Back to the queue, or to its end where the message would come too late by then. */
  const putOff = async (message: OutboxMessage, response: string): Promise<void> => {
    const { workspaceId, id: messageId, fence } = message
    const attempts = message.attempts + 1
    const dueAt = clock.now() + pauseAfter(message.attempts, random)
    const outcome: MessageOutcome =
      dueAt >= message.expiresAt
        ? { messageId, fence, attempts, state: 'dead', reason: 'undeliverable-in-time', response }
        : { messageId, fence, attempts, state: 'queued', reason: 'retry', dueAt, response }
    await store.write((tx) => recordOutcome(tx, workspaceId, outcome))
  }

  const report = async (
    message: OutboxMessage,
    input: EventInput,
    outcome: Partial<MessageOutcome>,
  ): Promise<void> => {
    const { workspaceId, customerId, id: messageId, fence } = message
    const attempts = message.attempts + 1
    await ingest.submit([
      {
        workspaceId,
        customerId,
        input,
        outcome: { messageId, fence, attempts, state: 'failed', reason: null, ...outcome },
      },
    ])
  }

  const send = async ({ message, settings }: Dispatch): Promise<void> => {
    if (clock.now() > (message.leaseUntil ?? 0) - LEASE / 2) return
    let subject = ''
    try {
      const composed = await composeMail(message, settings)
      subject = composed.subject
      const { response } = (await transport.sendMail(composed.mail)) as { response?: string }
      const at = clock.now()
      await report(message, feedback(message, EVENT_NAMES.emailSent, at, { subject }), {
        state: 'sent',
        subject,
        sentAt: at,
        response: response ?? '',
      })
    } catch (error) {
      if (!isSmtpError(error)) {
        onError(error)
        // A template or a datum is broken: no later attempt would fare better. What the store refused may be retried.
        return await (subject === '' ? fail(message, error) : putOff(message, describeError(error)))
      }
      const failure = classifySmtpError(error)
      if (failure.kind === 'later') return await putOff(message, failure.response)
      const properties = { permanent: failure.kind === 'bounce', response: failure.response }
      await report(message, feedback(message, EVENT_NAMES.emailBounced, clock.now(), properties), {
        reason: failure.kind === 'bounce' ? 'bounced' : 'refused-by-server',
        subject,
        response: failure.response,
      })
    }
  }

  const fail = async (message: OutboxMessage, error: unknown): Promise<void> => {
    const { workspaceId, id: messageId, fence, attempts } = message
    const reason = `render: ${describeError(error)}`.slice(0, 500)
    await store.write((tx) =>
      recordOutcome(tx, workspaceId, { messageId, fence, attempts: attempts + 1, state: 'failed', reason }),
    )
  }

  return createLoop({
    clock,
    onError,
    atLeastEvery: 10_000,
    run: async () => {
      const now = clock.now()
      const { dispatches, taken } = await store.write((tx) =>
        claimAndDecide(tx, { now, lease: LEASE, limit: MESSAGES_PER_TURN, rules, hashAddress }),
      )
      // The transport's pool bounds how many are in flight; a failed one never holds up the others.
      const results = await Promise.allSettled(dispatches.map(send))
      for (const result of results) if (result.status === 'rejected') onError(result.reason)
      return taken === MESSAGES_PER_TURN ? now : await store.read(nextMessageAt)
    },
  })
}

/** nodemailer's errors carry the server's answer, the command or a network code. */
function isSmtpError(error: unknown): boolean {
  return (
    error instanceof Error &&
    ('responseCode' in error || 'command' in error || 'code' in error) &&
    error.name !== 'CicloError'
  )
}
