import type { JourneyStanding, SentenceLanguage } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import type { z } from 'zod'
import { CicloError } from '../errors.ts'
import { readJourneyStandings } from '../journeys/readJourneyStandings.ts'
import { readMailFacts } from '../journeys/readMailFacts.ts'
import { readCustomer } from '../store/queries/customers.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { describer, query } from './describeApi.ts'
import { presentJourneyStanding } from './presentRun.ts'
import { LocaleQuerySchema, reasonLanguage } from './reasonLanguage.ts'
import { explainerFor, type RunRoutesOptions } from './runRoutes.ts'
import { JourneyStandingSchema, JourneyStandingsSchema } from './runSchemas.ts'

const describe = describer('journeys', 'There is no such customer, or no such journey')

type Presented = z.infer<typeof JourneyStandingSchema>

/** Below a customer: how they stand to each journey, and why. */
export function createCustomerJourneyRoutes({
  store,
  rules,
  hash,
  now,
}: Pick<RunRoutesOptions, 'store' | 'rules' | 'hash' | 'now'>) {
  const standingsFor = async (
    context: Context<ApiEnvironment>,
    asked: string | undefined,
    journeyId?: string,
  ): Promise<Presented[]> =>
    await store.read(async (tx) => {
      const workspaceId = context.get('workspaceId')
      const id = context.req.param('id') ?? ''
      const record = await readCustomer(tx, workspaceId, id)
      if (!record) throw new CicloError('not-found', `There is no customer ${id}`)
      const current = (await rules.rulesFor(tx, [workspaceId]))(workspaceId)
      const options = { now: now(), rules: current }
      const facts = await readMailFacts(tx, workspaceId, record, { ...options, hashAddress: hash })
      const standings: JourneyStanding[] = await readJourneyStandings(tx, workspaceId, record, {
        ...options,
        facts,
        ...(journeyId === undefined ? {} : { journeyId }),
      })
      const language: SentenceLanguage = reasonLanguage(context, asked, current.settings)
      const explainer = await explainerFor(tx, workspaceId, current, { language, now: options.now })
      return standings.map((standing) => presentJourneyStanding(standing, explainer))
    })

  return new Hono<ApiEnvironment>()
    .get(
      '/',
      describe('How a customer stands to each journey, and why', JourneyStandingsSchema),
      query(LocaleQuerySchema),
      async (context) =>
        context.json({ journeys: await standingsFor(context, context.req.valid('query').locale) }),
    )
    .get(
      '/:journey',
      describe('How a customer stands to one journey, and why', JourneyStandingSchema),
      query(LocaleQuerySchema),
      async (context) => {
        const journeyId = context.req.param('journey')
        const [standing] = await standingsFor(context, context.req.valid('query').locale, journeyId)
        if (!standing)
          throw new CicloError(
            'not-found',
            `There is no journey ${journeyId} that is live or has runs under way`,
          )
        return context.json(standing)
      },
    )
}
