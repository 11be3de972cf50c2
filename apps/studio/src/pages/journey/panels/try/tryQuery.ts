import type { Journey } from '@ciclo/engine'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../../api/api.ts'
import { ask } from '../../../../api/ask.ts'
import { withBody } from '../../../../api/withBody.ts'
import type { TrySession } from './trySession.ts'

/** Everything that happened so far, lived through again from the beginning: nothing of it is kept by the server. */
export const tryQuery = (
  definition: Journey,
  { customer, begin, until, actions }: TrySession,
  locale: string,
) =>
  queryOptions({
    queryKey: ['journeys', 'try', definition, customer, begin, until, actions, locale],
    queryFn: ({ signal }) =>
      ask(
        api.try.index.$post(
          { query: { locale } },
          { init: { ...withBody({ definition, customer, begin, until, actions }).init, signal } },
        ),
      ),
    retry: false,
    staleTime: Infinity,
    gcTime: 60_000,
  })
