import type { EndReason, MessageState, Refusal, Waiting } from '@ciclo/engine'

type EndedBy = EndReason extends infer Reason
  ? Reason extends `${infer Kind}:${string}`
    ? Kind
    : Reason
  : never

/** What withdraws the mails of a run; a run that is complete, or held out, withdraws none. */
const RUN_ENDS = {
  goal: 'run-goal',
  unsubscribed: 'run-unsubscribed',
  suppressed: 'run-suppressed',
  overtaken: 'run-overtaken',
  removed: 'run-removed',
  merged: 'merged',
  exit: 'run-exit',
  'ended-by': 'run-ended-by',
} as const satisfies Record<Exclude<EndedBy, 'completed' | 'held-out'>, string>

const REFUSALS = {
  'no-permission': true,
  unsubscribed: true,
  erased: true,
  suppressed: true,
  'basis-not-allowed': true,
  'topic-refused': true,
  'address-changed': true,
  'confirmation-sent-recently': true,
  'quiet-hours': true,
  'frequency-cap': true,
  'warm-up': true,
  'domain-limit': true,
  expired: true,
} as const satisfies Record<Refusal, true>

const WAITINGS = {
  'journey-paused': true,
  'customer-parked': true,
  'stream-stopped': true,
  'open-case': true,
  'quiet-hours': true,
  'frequency-cap': true,
  'warm-up': true,
  'domain-limit': true,
} as const satisfies Record<Waiting, true>

/** Every reason that is ever written beside the state of a message, by the state: without what follows a colon. */
export const MESSAGE_REASONS: Readonly<Record<MessageState, readonly string[]>> = {
  queued: [...Object.keys(WAITINGS), 'retry', 'server-away', 'campaign-paused', 'broken-rules'],
  sending: [],
  sent: [],
  refused: [
    ...Object.keys(REFUSALS).filter((reason) => reason !== 'expired'),
    ...Object.values(RUN_ENDS),
    'no-address',
    'campaign-cancelled',
    'cancelled',
  ],
  failed: ['bounced', 'refused-by-server', 'render'],
  expired: ['late', 'expired'],
  dead: ['undeliverable-in-time'],
  unknown: ['no-answer', 'crashed-while-sending'],
}

/** A reason in its parts: `run-exit:ordered` is the code `run-exit` and the detail `ordered`. */
export function readReason(reason: string): { code: string; detail: string | null } {
  const [code = reason, ...rest] = reason.split(':')
  return { code, detail: rest.length === 0 ? null : rest.join(':').trim() }
}
