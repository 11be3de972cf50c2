import type { Purpose } from './journey.ts'

/** The states in which a message ends, and the two on its way there. */
export const MESSAGE_STATES = [
  'queued',
  'sending',
  'sent',
  'refused',
  'failed',
  'expired',
  'dead',
  'unknown',
] as const
export type MessageState = (typeof MESSAGE_STATES)[number]

/** One e-mail to one customer, as the engine asks for it. */
export interface Message {
  /** enrolmentId / stepId / visit: no version in it, so that no move, replay or merge can send it twice. */
  id: string
  enrolmentId: string
  journeyId: string
  stepId: string
  template: string
  purpose: Purpose
  /** Lower-cased; empty where the customer has no address, and the message is refused for it. */
  address: string
  /** Whether `address` only asked to be subscribed: then nothing but one confirmation a day may go there. */
  claimed: boolean
  locale: string
  data: { customer: { firstName?: string; email: string } }
  causeAt: number
  createdAt: number
  expiresAt: number
  state: Extract<MessageState, 'queued' | 'expired' | 'refused'>
  reason: string | null
}
