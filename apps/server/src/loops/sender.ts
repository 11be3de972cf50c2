import type { MessageState } from '@ciclo/engine'
import type { Clock } from '../clock.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { RulesCache } from '../ingest/rulesCache.ts'
import type { ComposeMail } from '../mail/composeMail.ts'
import type { SmtpFailure } from '../mail/smtpFailure.ts'
import type { Senders } from '../sending/senders.ts'
import type { ServerBreakers } from '../sending/serverBreakers.ts'
import type { Transports } from '../sending/transports.ts'
import { nextMessageAt, releaseMessages } from '../store/queries/messages.ts'
import type { Store } from '../store/store.ts'
import { createAttemptRecords, LEASE } from './attemptRecords.ts'
import { createAwayMails } from './awayMails.ts'
import type { ClaimOptions } from './claim.ts'
import { claimAndDecide } from './claimAndDecide.ts'
import { createHandOver } from './handOver.ts'
import { createLoop, type Loop } from './loop.ts'
import { settleDoubts, type SettleDoubtsOptions } from './settleDoubts.ts'

const MESSAGES_PER_TURN = 200
const RELEASED_AT_ONCE = 1_000

export interface SenderOptions
  extends Pick<ClaimOptions, 'hashAddress'>, Pick<SettleDoubtsOptions, 'afterCrash'> {
  store: Store
  ingest: Pick<Ingest, 'submit'>
  rules: RulesCache
  clock: Clock
  random: () => number
  senders: Pick<Senders, 'senderOf'>
  breakers: ServerBreakers
  transports: Transports
  composeMail: ComposeMail
  onError: (error: unknown) => void
  /** Told of every attempt to hand a mail over, and its time. */
  onAttempted: (result: 'sent' | SmtpFailure['kind'], seconds: number) => void
  /** Told of messages that come to their end without an event. */
  onEnded: (state: MessageState, reason: string | null) => void
}

/**
 * Hands the outbox to the SMTP servers: claim under a lease and decide, render, sign, note that it begins, send, and give
 * the result back to ingest as an event, recorded under the claim's fence in the same transaction. SMTP has no two-phase
 * commit: a crash between the server's answer and that transaction sends again, with the same Message-ID.
 */
export function createSender(options: SenderOptions): Loop {
  const { store, clock, breakers, onError, onEnded } = options
  const awayMails = createAwayMails()
  let isStopping = false
  const handOver = createHandOver({
    ...options,
    records: createAttemptRecords({ ...options, awayMails }),
    isStopping: () => isStopping,
  })

  /** What waits for a server that is back need not wait for its own time. */
  const releaseWaiting = async (): Promise<void> => {
    const back = awayMails.servers().filter((server) => !breakers.isAway(server))
    if (back.length === 0) return
    const now = clock.now()
    const wanted = { reason: 'server-away', now, latest: awayMails.latest(back), limit: RELEASED_AT_ONCE }
    let released = RELEASED_AT_ONCE
    while (released === RELEASED_AT_ONCE) released = await store.write((tx) => releaseMessages(tx, wanted))
    for (const server of back) awayMails.forget(server)
  }

  const loop = createLoop({
    clock,
    onError,
    atLeastEvery: 10_000,
    run: async () => {
      if (isStopping) return undefined
      const now = clock.now()
      const claimed = await store.write((tx) =>
        claimAndDecide(tx, {
          ...options,
          awayMails,
          now,
          lease: LEASE,
          limit: MESSAGES_PER_TURN,
          onBroken: onError,
        }),
      )
      for (const { state, reason } of claimed.ended) onEnded(state, reason)
      await settleDoubts(options, claimed.doubtful)
      await handOver(claimed.dispatches)
      await releaseWaiting()
      return claimed.taken === MESSAGES_PER_TURN || claimed.doubtful.length > 0
        ? now
        : await store.read(nextMessageAt)
    },
  })
  return {
    ...loop,
    // Else a long turn would go on while the parts that it needs are stopped under it.
    stop: async () => {
      isStopping = true
      await loop.stop()
    },
  }
}
