import type { EndReason } from './enrolment.ts'

/**
 * Why what a run has not sent yet is taken back at its end, or null where it still goes out: it is what an ended message
 * tells of.
 */
export function withdrawalOf(reason: EndReason | null): string | null {
  if (reason === null || reason === 'completed' || reason === 'held-out') return null
  return reason === 'merged' ? 'merged' : `run-${reason}`
}
