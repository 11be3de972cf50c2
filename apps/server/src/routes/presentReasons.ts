import type { Cause, Explainer, StateReason } from '@ciclo/engine'
import type { z } from 'zod'
import type { ReasonSchema, ReasonsSchema } from './apiSchemas.ts'
import { iso } from './iso.ts'

function presentCause(cause: Cause): NonNullable<z.infer<typeof ReasonSchema>['cause']> {
  const { kind, id } = cause
  if (kind === 'event') return { kind, id, name: cause.name }
  return kind === 'timer' ? { kind, id, dueAt: iso(cause.dueAt) } : { kind, id, from: iso(cause.from) }
}

/** The reason of every region's state, as data and as a sentence. */
export function presentReasons(
  reasons: readonly StateReason[],
  explainer: Explainer,
): z.infer<typeof ReasonsSchema> {
  const presented = reasons.map((reason) => {
    const { region, state, since, from, cause, numbers, now, next } = reason
    return [
      region,
      {
        state,
        since: since === null ? null : iso(since),
        from,
        cause: cause && presentCause(cause),
        numbers,
        now,
        next: next && { state: next.state, at: iso(next.at) },
        sentence: explainer.state(reason),
      },
    ] as const
  })
  return Object.fromEntries(presented) as z.infer<typeof ReasonsSchema>
}
