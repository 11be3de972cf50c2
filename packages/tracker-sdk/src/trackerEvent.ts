export type Properties = Record<string, unknown>
export type Traits = Record<string, unknown>

/** What was true of the page when the event happened (https://segment.com/docs/connections/spec/common/#context). */
export interface EventContext {
  page: { path: string; referrer: string; search: string; title: string; url: string }
  userAgent: string
  locale: string
  timezone?: string
  library: { name: string; version: string }
  /** When the visit began, in epoch milliseconds: a visit ends with 30 minutes of silence. */
  sessionId?: number
  /** Which visit of this browser it is, from 1. */
  sessionNumber?: number
  /** Only on the first event of a visit. */
  sessionStart?: true
  /** From the `utm_*` parameters of the page's address; absent without any. `utm_campaign` is its `name`. */
  campaign?: Record<string, string>
  /** Signed by the shop's server for the person who is logged in: proves the identity that `identify` states. */
  identityToken?: string
  /** Brought by a click in one of our mails: proves whose browser this is. */
  visitToken?: string
}

/** One event as it travels, in the Segment specification's form. Its identity is that of the moment it was recorded. */
export interface TrackerEvent {
  type: 'track' | 'page' | 'identify' | 'group' | 'alias'
  /** Unique, under 100 characters, and sorts by time. A resent event keeps it, so a server can drop the copy. */
  messageId: string
  /** ISO 8601, by the visitor's clock. */
  timestamp: string
  anonymousId: string
  userId?: string | undefined
  /** The name of a `track` event. */
  event?: string | undefined
  /** The name of a `page` event. */
  name?: string | undefined
  category?: string | undefined
  groupId?: string | undefined
  previousId?: string | undefined
  properties?: Properties
  traits?: Traits
  context: Partial<EventContext>
}

/**
 * The body of `POST /v1/batch`. Parts of the context that all events share stand once, in the batch's own `context`,
 * which counts for every event of the batch.
 */
export interface TrackerBatch {
  batch: TrackerEvent[]
  context: Partial<EventContext>
  writeKey: string
  /** ISO 8601, by the visitor's clock: lets the server correct that clock. */
  sentAt: string
}
