import type { OnsiteMessage, ShownMessage } from '@ciclo/engine'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'

export const onsiteListQuery = queryOptions({
  queryKey: ['onsite'],
  queryFn: () => ask(api.onsite.index.$get()),
})

export type OnsiteListed = Awaited<ReturnType<typeof listed>>['messages'][number]
const listed = () => ask(api.onsite.index.$get())

export const onsiteQuery = (id: string) =>
  queryOptions({
    queryKey: ['onsite', 'one', id],
    queryFn: () => ask(api.onsite[':id'].$get({ param: { id } })),
    // An editor goes on with what it has.
    staleTime: 0,
    gcTime: 0,
  })

export const FIGURE_DAYS = 28

export const figuresQuery = (id: string) =>
  queryOptions({
    queryKey: ['onsite', 'figures', id],
    queryFn: ({ signal }) =>
      ask(
        api.onsite[':id'].figures.$get(
          { param: { id }, query: { days: String(FIGURE_DAYS) } },
          { init: { signal } },
        ),
      ),
    staleTime: 60_000,
  })

/** What a browser of that language would be told of a message. */
export const shownQuery = (message: OnsiteMessage, locale: string) =>
  queryOptions({
    queryKey: ['onsite', 'preview', JSON.stringify(message), locale],
    queryFn: ({ signal }): Promise<ShownMessage> =>
      ask(api.onsite.preview.$post({}, { init: { ...withBody({ message, locale }).init, signal } })),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    retry: false,
  })

/** Saves a message, only over what was seen: null where there is none yet. */
export const saveOnsite = (message: OnsiteMessage, seen: string | null) => {
  const { init } = withBody(message)
  const expected: Record<string, string> =
    seen === null ? { 'if-none-match': '*' } : { 'if-match': `"${seen}"` }
  return ask(
    api.onsite[':id'].$put(
      { param: { id: message.id } },
      { init: { ...init, headers: { ...init.headers, ...expected } } },
    ),
  )
}
