import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import type { TemplateValue } from '../../templates/templateQueries.ts'
import { stampOf } from './stampOf.ts'

const check = (name: string, value: TemplateValue, signal: AbortSignal) =>
  ask(api.templates[':name'].check.$post({ param: { name } }, { init: { ...withBody(value).init, signal } }))

export type TemplateProblem = Awaited<ReturnType<typeof check>>['problems'][number]

const NONE: readonly TemplateProblem[] = []

/** What is wrong with a template as it stands. Given up as soon as it stands otherwise. */
export function useTemplateProblems(name: string, value: TemplateValue) {
  const { data, error, isFetching } = useQuery({
    queryKey: ['template-check', name, stampOf(value)],
    queryFn: ({ signal }) => check(name, value, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
  })
  return { problems: data?.problems ?? NONE, error, isChecking: isFetching }
}
