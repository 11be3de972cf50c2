import { DAY, HOUR } from '@ciclo/engine'
import { keptResponse } from '../mail/smtpFailure.ts'
import type { WebhookOutcome } from '../store/queries/webhooks.ts'
import type { WebhookAnswer } from './postWebhook.ts'

const SECOND = 1_000
/** For so long after it was asked for a webhook is tried again. */
const LIFE = 3 * DAY
const FIRST_PAUSE = 30 * SECOND
const PAUSE_FACTOR = 4
const LONGEST_PAUSE = 20 * HOUR
/** No receiver is obeyed that wants to be left alone for longer. */
const LONGEST_WISH = DAY

/** Seconds, or a date (RFC 9110, 10.2.3), as milliseconds from now. */
function wishOf(retryAfter: string | undefined, now: number): number {
  if (retryAfter === undefined) return 0
  const wish = /^\d+$/.test(retryAfter) ? Number(retryAfter) * SECOND : Date.parse(retryAfter) - now
  return Number.isNaN(wish) ? 0 : Math.min(LONGEST_WISH, Math.max(0, wish))
}

/** Exponential, with jitter, so that a server that comes back is not met by everything at once: some 10 tries in 3 days. */
const pauseAfter = (attempts: number, random: () => number) =>
  Math.min(LONGEST_PAUSE, FIRST_PAUSE * PAUSE_FACTOR ** Math.min(attempts, 20)) * (0.75 + random() / 4)

export interface Tried {
  createdAt: number
  /** How often it was tried before. */
  attempts: number
}

/** What becomes of a webhook by what its receiver has said: https://www.standardwebhooks.com, section "Deliverability". */
export function judgeAnswer(
  answer: WebhookAnswer,
  { createdAt, attempts }: Tried,
  now: number,
  random: () => number,
): Pick<WebhookOutcome, 'state' | 'reason' | 'status' | 'attempts' | 'dueAt' | 'endedAt'> {
  const status = answer.kind === 'answered' ? answer.status : null
  const told = { status, attempts: attempts + 1 }
  if (status !== null && status >= 200 && status < 300)
    return { ...told, state: 'delivered', reason: null, endedAt: now }
  const reason = keptResponse(
    answer.kind === 'answered'
      ? [`answered ${answer.status}`, answer.text.trim()].filter(Boolean).join(': ')
      : answer.reason,
  )
  if (answer.kind === 'forbidden' || status === 410)
    return { ...told, state: 'refused', reason, endedAt: now }
  const isBusy = status === 429 || status === 503
  const wish = isBusy && answer.kind === 'answered' ? wishOf(answer.retryAfter, now) : 0
  const dueAt = Math.round(now + Math.max(wish, pauseAfter(attempts, random)))
  return dueAt > createdAt + LIFE
    ? { ...told, state: 'dead', reason, endedAt: now }
    : { ...told, state: 'queued', reason, dueAt }
}
