import type { CartLine } from './cartLine.ts'
import type { RunCoupon } from './journeys/enrolment.ts'
import type { Purpose } from './journeys/journeyStep.ts'

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

/** What a mail can show of its customer and its run. Products are shown as the shop's catalogue has them. */
export interface MessageData {
  customer: { firstName?: string; email: string }
  /** What the run is about: the cart as it is now, or the order or product that started it. */
  lines?: readonly CartLine[]
  /** Integer minor units of `currency`. */
  total?: number
  currency?: string
  orderId?: string
  coupon?: RunCoupon
  /** What the shop's server said in the event that started the run. */
  event?: Readonly<Record<string, string | number | boolean>>
}

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
  /** What it is about, of the workspace's topics: who has left that out does not get it. Null: about all of them. */
  topic: string | null
  /** Of the workspace's senders another than the live one of its purpose; null: that one. */
  sender: string | null
  /** What the frequency cap does to it: `postpone` until it would come too late, or `skip`. */
  onCap: 'postpone' | 'skip'
  data: MessageData
  causeAt: number
  createdAt: number
  expiresAt: number
  state: Extract<MessageState, 'queued' | 'expired' | 'refused'>
  reason: string | null
}
