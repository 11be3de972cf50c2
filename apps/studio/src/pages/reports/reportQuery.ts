import { queryOptions } from '@tanstack/react-query'
import type { InferResponseType } from 'hono/client'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'

export type Report = InferResponseType<(typeof api.reports.journeys)[':id']['$get']>
export type ReportKind = Report['kind']

/** What a journey, template or campaign has come to. */
export const reportQuery = (kind: ReportKind, id: string, days: number) =>
  queryOptions({
    queryKey: ['report', kind, id, days],
    queryFn: (): Promise<Report> => {
      const query = { days: String(days) }
      if (kind === 'journeys') return ask(api.reports.journeys[':id'].$get({ param: { id }, query }))
      if (kind === 'campaigns') return ask(api.reports.campaigns[':id'].$get({ param: { id }, query }))
      return ask(api.reports.templates[':name'].$get({ param: { name: id }, query }))
    },
  })
