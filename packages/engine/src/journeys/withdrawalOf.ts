import type { EndReason } from './enrolment.ts'

/** What becomes of the mails that a run has asked for and that have not left when it ends. */
export interface Withdrawal {
  /** What the mail tells of its end. */
  reason: string
  /**
   * Whether a mail is taken back that nobody has looked at yet. One that is due at once is as good as sent: who
   * subscribes at the checkout is welcomed, although the order ends the series. What was put off is not sent any more.
   */
  isUnseenToo: boolean
}

/** What is taken back at the end of a run, or null where everything still goes out. */
export function withdrawalOf(reason: EndReason | null): Withdrawal | null {
  if (reason === null || reason === 'completed' || reason === 'held-out') return null
  if (reason === 'merged') return { reason, isUnseenToo: true }
  return { reason: `run-${reason}`, isUnseenToo: reason !== 'goal' && !reason.startsWith('exit:') }
}
