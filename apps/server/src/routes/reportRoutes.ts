import { DAY } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import type { z } from 'zod'
import { CicloError } from '../errors.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import type { ReportKind } from '../reports/readReport.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { describer, query } from './describeApi.ts'
import { ATTRIBUTION_DEFINITION } from './insightRoutes.ts'
import { iso } from './iso.ts'
import { ReportQuerySchema, ReportSchema } from './reportSchemas.ts'

const describe = describer('insight', 'There is no such journey, template or campaign')

const DEFINITION =
  'Mails that were sent in the period, and what has become of them since; orders that were made in the period, ' +
  'credited to a click on any of its mails'

const NOUNS: Record<ReportKind, string> = {
  journeys: 'journey',
  templates: 'template',
  campaigns: 'campaign',
}

/** What a journey, a template or a campaign has come to. All of it is read off the event loop. */
export function createReportRoutes({ insight, now }: { insight: InsightRunner; now: () => number }) {
  const report = async (
    context: Context<ApiEnvironment>,
    { kind, id, days }: { kind: ReportKind; id: string; days: number },
  ): Promise<z.infer<typeof ReportSchema>> => {
    const wanted = { workspaceId: context.get('workspaceId'), kind, id, days, now: now() }
    const found = await insight.run('report', wanted, { signal: context.req.raw.signal })
    if (!found) throw new CicloError('not-found', `There is no ${NOUNS[kind]} ${id}`)
    const { period, window, ...figures } = found
    return {
      kind,
      id,
      period: { from: iso(period.from), to: iso(period.to), days },
      rule: ATTRIBUTION_DEFINITION,
      windowDays: window / DAY,
      definition: DEFINITION,
      ...figures,
    }
  }
  return new Hono<ApiEnvironment>()
    .get(
      '/journeys/:id',
      describe('What the mails of a journey have come to, by step and by day', ReportSchema),
      query(ReportQuerySchema),
      async (context) => {
        const { days } = context.req.valid('query')
        return context.json(await report(context, { kind: 'journeys', id: context.req.param('id'), days }))
      },
    )
    .get(
      '/templates/:name',
      describe('What the mails of a template have come to, by where it is sent and by day', ReportSchema),
      query(ReportQuerySchema),
      async (context) => {
        const { days } = context.req.valid('query')
        return context.json(await report(context, { kind: 'templates', id: context.req.param('name'), days }))
      },
    )
    .get(
      '/campaigns/:id',
      describe('What a campaign has come to, by variant, and by day since it began', ReportSchema),
      query(ReportQuerySchema),
      async (context) => {
        const { days } = context.req.valid('query')
        return context.json(await report(context, { kind: 'campaigns', id: context.req.param('id'), days }))
      },
    )
}
