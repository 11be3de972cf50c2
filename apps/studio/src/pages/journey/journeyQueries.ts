import type { Journey } from '@ciclo/engine'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'

/** One journey as the server has it. Never kept: what is edited begins with what there is now. */
export const journeyQuery = (id: string) =>
  queryOptions({
    queryKey: ['journeys', 'one', id],
    queryFn: () => ask(api.journeys[':id'].$get({ param: { id } })),
    staleTime: 0,
    gcTime: 0,
  })

/** What is wrong with a journey. Given up as soon as it has changed again. */
export const problemsQuery = (definition: Journey) =>
  queryOptions({
    queryKey: ['journeys', 'problems', JSON.stringify(definition)],
    queryFn: ({ signal }) =>
      ask(api.journeys.validate.$post({}, { init: { ...withBody(definition).init, signal } })),
    staleTime: 10_000,
    gcTime: 60_000,
  })

export const journeyNamesQuery = queryOptions({
  queryKey: ['journeys', 'names'],
  queryFn: () => ask(api.journeys.index.$get()),
  select: ({ journeys }) => journeys.map(({ id, name }) => ({ id, name })),
})

export const templateNamesQuery = queryOptions({
  queryKey: ['templates', 'names'],
  queryFn: () => ask(api.templates.index.$get()),
  select: ({ templates }) => templates.map(({ name }) => name),
})

export const poolsQuery = queryOptions({
  queryKey: ['coupons', 'pools'],
  queryFn: () => ask(api.coupons.index.$get()),
})
