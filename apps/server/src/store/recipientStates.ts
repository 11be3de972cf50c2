/** Where a recipient of a campaign may be: the first two are on the way. */
export const RECIPIENT_STATES = [
  'waiting',
  'queued',
  'skipped',
  'cancelled',
  'sent',
  'refused',
  'failed',
  'expired',
  'dead',
  'unknown',
] as const

export type RecipientState = (typeof RECIPIENT_STATES)[number]
