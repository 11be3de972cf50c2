import type { Settings } from '@ciclo/engine'
import type { RulesCache } from '../ingest/rulesCache.ts'
import type { MailSender } from '../sending/mailSender.ts'
import type { Senders } from '../sending/senders.ts'
import type { ServerBreakers } from '../sending/serverBreakers.ts'
import type { MessageOutcome, OutboxMessage } from '../store/queries/messages.ts'
import type { AwayMails } from './awayMails.ts'

/** A message that is ours to send now, under its lease. */
export interface Dispatch {
  message: OutboxMessage
  settings: Settings
  sender: MailSender
  /** It finds out whether a server that was away answers again. */
  isTry: boolean
}

export interface ClaimOptions {
  now: number
  lease: number
  limit: number
  rules: RulesCache
  senders: Pick<Senders, 'senderOf'>
  breakers: Pick<ServerBreakers, 'admit' | 'isAway'>
  awayMails: Pick<AwayMails, 'dueAt'>
  hashAddress: (workspaceId: string, address: string) => string
  /** Told of a workspace whose settings or journeys cannot be read. */
  onBroken: (error: unknown) => void
}

export interface Claimed {
  /** What is to be sent. */
  dispatches: Dispatch[]
  /** What may have left: whoever had begun it has died. Nothing was decided on it. */
  doubtful: OutboxMessage[]
  /** What has come to its end without being sent. */
  ended: MessageOutcome[]
  /** How many messages were taken. */
  taken: number
}

/** What becomes of a message of a claim besides being sent. */
export type Ending = Pick<MessageOutcome, 'state' | 'reason' | 'dueAt'>
