import type { Command } from 'commander'
import {
  EnrolledSchema,
  JourneyStandingSchema,
  RunSchema,
  RunsSchema,
  StepsSchema,
} from '../routes/runSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { customerIdOf } from './customerIdOf.ts'
import { pathOf } from './journeyFiles.ts'
import { harmless, quoted } from './quoted.ts'
import { readPages } from './readPages.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

type Say = Surroundings['say']

const languageOf = (locale: string | undefined) =>
  locale === undefined ? '' : `?locale=${encodeURIComponent(locale)}`

interface EnrolOptions {
  key?: string
  locale?: string
}

async function enrol(
  target: ApiTarget,
  { journey, customer, key, locale }: EnrolOptions & { journey: string; customer: string },
  say: Say,
): Promise<void> {
  const who = { customerId: await customerIdOf(target, customer) }
  const body = key === undefined ? who : { ...who, key }
  const response = await target.request('POST', `${pathOf(journey)}/runs${languageOf(locale)}`, body)
  const { run, refusal } = EnrolledSchema.parse(await response.json())
  if (run)
    say(`${quoted(run.id)}: ${run.status === 'ended' ? `ended, ${quoted(run.endReason)}` : `at ${run.step}`}`)
  else say(harmless(refusal?.sentence ?? 'No run began.'))
}

async function listRuns(
  target: ApiTarget,
  { journey, ...filter }: { journey: string; status?: string; step?: string },
  say: Say,
): Promise<void> {
  let told = 0
  for await (const { runs } of readPages(target, `${pathOf(journey)}/runs`, RunsSchema, { filter })) {
    for (const run of runs)
      say([run.startedAt, run.customerId, run.endReason ?? `at ${run.step}`, quoted(run.id)].join('  '))
    told += runs.length
  }
  if (told === 0) say('There is no such run.')
}

async function tellSteps({ request }: ApiTarget, journey: string, say: Say): Promise<void> {
  const { totals, steps } = StepsSchema.parse(await (await request('GET', `${pathOf(journey)}/steps`)).json())
  const ended = Object.entries(totals.ended).map(([reason, runs]) => `${runs} ${reason}`)
  say(
    `${totals.entered} came in, ${totals.running} are under way${ended.length > 0 ? `; ${ended.join(', ')}` : ''}`,
  )
  for (const { id, kind, waiting, held, entered, messages } of steps) {
    const mails = Object.entries(messages).map(([state, count]) => `${count} ${state}`)
    const now = `${waiting} wait${held > 0 ? ` (${held} for the pause to end)` : ''}`
    say(
      `  ${id} (${kind}): entered ${entered} times, ${now}${mails.length > 0 ? `; mails: ${mails.join(', ')}` : ''}`,
    )
  }
}

async function why(
  target: ApiTarget,
  { journey, customer, locale }: { journey: string; customer: string; locale: string | undefined },
  say: Say,
): Promise<void> {
  const id = encodeURIComponent(await customerIdOf(target, customer))
  const path = `/customers/${id}${pathOf(journey)}${languageOf(locale)}`
  const { sentence, mail } = JourneyStandingSchema.parse(await (await target.request('GET', path)).json())
  say(harmless(sentence))
  say(harmless(mail.sentence))
}

/** Below `ciclo journey`: `enrol`, `runs`, `remove`, `steps` and `why`. */
export function addJourneyRunCommands(journey: Command, surroundings: Surroundings): void {
  const { say } = surroundings
  const run = (work: (target: ApiTarget) => Promise<void>) => withApiTarget(surroundings, work)
  journey
    .command('enrol')
    .description('Ask a customer into a live journey; says why, where no run begins')
    .argument('<journey>')
    .argument('<customer>', 'id or e-mail')
    .option('--key <key>', 'the cart, checkout or order that the run is to be about')
    .option('--locale <language>', 'the language of the reason: en, es, pl or ro')
    .action((id: string, customer: string, options: EnrolOptions) =>
      run((target) => enrol(target, { journey: id, customer, ...options }, say)),
    )
  journey
    .command('runs')
    .description('The runs of a journey, the last begun first')
    .argument('<journey>')
    .option('--status <status>', 'running or ended; both, if left out')
    .option('--step <step>', 'only those that stand at, or ended at, this step')
    .action((id: string, options: { status?: string; step?: string }) =>
      run((target) => listRuns(target, { journey: id, ...options }, say)),
    )
  journey
    .command('remove')
    .description('End a run by hand; what it has not sent yet is withdrawn')
    .argument('<run>', 'its id, as `runs` shows it')
    .action((id: string) =>
      run(async ({ request }) => {
        const removed = RunSchema.parse(
          await (await request('DELETE', `/runs/${encodeURIComponent(id)}`)).json(),
        )
        say(`${quoted(removed.id)}: ${removed.endReason ?? 'ended'}`)
      }),
    )
  journey
    .command('steps')
    .description('How many came in, where they wait now, and what became of the mails of each step')
    .argument('<journey>')
    .action((id: string) => run((target) => tellSteps(target, id, say)))
  journey
    .command('why')
    .description('Why a customer is in a journey, or is not, and what comes next')
    .argument('<journey>')
    .argument('<customer>', 'id or e-mail')
    .option('--locale <language>', 'the language of the sentences: en, es, pl or ro')
    .action((id: string, customer: string, { locale }: { locale?: string }) =>
      run((target) => why(target, { journey: id, customer, locale }, say)),
    )
}
