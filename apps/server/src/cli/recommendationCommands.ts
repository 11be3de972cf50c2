import type { Command } from 'commander'
import { RecommendationsSchema } from '../routes/recommendationSchemas.ts'
import { moneyText } from './moneyText.ts'
import { count } from './progress.ts'
import { harmless } from './quoted.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

const WORDS = {
  together: 'bought together by',
  next: 'bought next by',
  popular: 'bought by',
  viewed: 'looked at by',
} as const

/** `ciclo recommendations show|build`: what goes with what. */
export function addRecommendationCommands(program: Command, surroundings: Surroundings): void {
  const { say } = surroundings
  const recommendations = program
    .command('recommendations')
    .description('What goes with what, and what to show to whom, as docs/recommendations.md tells')
  recommendations
    .command('show')
    .description('What is recommended beside a product, or to a customer, and why')
    .argument('[product]', 'its id; left out, what is popular')
    .option('--email <address>', 'to whom')
    .option('--kind <kind>', 'together, next, popular or viewed', 'together')
    .action((productId: string | undefined, { email, kind }: { email?: string; kind: string }) =>
      withApiTarget(surroundings, async ({ request }) => {
        const query = new URLSearchParams({
          kind,
          limit: '20',
          ...(productId === undefined ? {} : { productId }),
          ...(email === undefined ? {} : { email }),
        })
        const response = await request('GET', `/recommendations?${query.toString()}`)
        const { recommendations: found } = RecommendationsSchema.parse(await response.json())
        for (const { product, reason } of found) {
          const { id, name, price, currency } = product
          const cost = price === null || currency === null ? '' : `  ${moneyText(price, currency)}`
          const why =
            reason.kind === 'viewed'
              ? 'looked at'
              : `${WORDS[reason.kind]} ${count(reason.customers)} of ${count(reason.of)} customers`
          say(harmless(`${id}  ${name}${cost}  (${why})`))
        }
        if (found.length === 0)
          say('There is nothing: ciclo recommendations build, when orders with products are there')
      }),
    )
  recommendations
    .command('build')
    .description('Make them anew; a server that runs does so once a day')
    .action(() =>
      withApiTarget(surroundings, async ({ request }) => {
        await request('POST', '/recommendations/build')
        say('They are made while a server runs')
      }),
    )
}
