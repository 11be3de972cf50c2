import { queryOptions } from '@tanstack/react-query'
import type { InferResponseType } from 'hono/client'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'

export type PublishPreview = InferResponseType<(typeof api.journeys)[':id']['preview']['$post'], 200>

/** Which steps of older versions go on at which of the new one. */
export type StepMapping = Readonly<Record<string, string>>

/** What publishing would do, with the steps at which runs would go on; null: those of the same id and kind. */
export const previewQuery = (id: string, mapping: StepMapping | null) =>
  queryOptions({
    queryKey: ['journeys', 'preview', id, mapping],
    queryFn: ({ signal }) =>
      ask(
        api.journeys[':id'].preview.$post(
          { param: { id } },
          { init: { ...withBody({ runs: mapping ? { move: mapping } : 'move' }).init, signal } },
        ),
      ),
    retry: false,
    gcTime: 0,
    staleTime: 60_000,
  })

/** What becomes of who is in it, and whether those are let in who are there already. */
export interface PublishChoice {
  runs: 'stay' | 'move' | { move: StepMapping }
  opening: { days: number } | null
}

/** Publishes the draft as it was looked at: 409 where somebody has changed it since. */
export function publishJourney(id: string, hash: string, choice: PublishChoice) {
  const { init } = withBody(choice)
  const headers = { ...init.headers, 'if-match': `"${hash}"` }
  return ask(api.journeys[':id'].publish.$post({ param: { id } }, { init: { ...init, headers } }))
}
