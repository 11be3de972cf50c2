import type { Command } from 'commander'
import { JobsSchema, ModelSchema } from '../routes/modelSchemas.ts'
import type { z } from 'zod'
import { insightCommand } from './insightCommand.ts'
import { harmless, quoted, quotedJson } from './quoted.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

type Model = z.infer<typeof ModelSchema>
type Job = z.infer<typeof JobsSchema>['jobs'][number]

const figure = (value: number) => value.toPrecision(4)

function* modelLines({ fit, missing, version, validFrom }: Model): Generator<string> {
  if (fit) {
    yield `Fitted ${fit.at} on ${fit.customers} customers, ${fit.repeaters} of whom came back (orders ${fit.firstAt} to ${fit.lastAt}).`
    for (const [name, model] of [
      ['MBG/NBD', fit.mbgnbd],
      ['BG/NBD', fit.bgnbd],
    ] as const) {
      const { r, alpha, a, b, logLikelihood } = model
      yield `  ${name.padEnd(12)} r ${figure(r)}  alpha ${figure(alpha)} days  a ${figure(a)}  b ${figure(b)}  log-likelihood ${logLikelihood.toFixed(1)}`
    }
    if (fit.gammaGamma) {
      const { p, q, v, customers, logLikelihood } = fit.gammaGamma
      yield `  Gamma-Gamma  p ${figure(p)}  q ${figure(q)}  v ${figure(v)}  log-likelihood ${logLikelihood.toFixed(1)}  (${customers} customers)`
    } else yield '  Not enough data yet to predict spend: orders are predicted alone.'
  } else if (missing) {
    yield 'Not enough data yet for predictions:'
    for (const [name, { found, needed }] of Object.entries(missing)) yield `  ${name}: ${found} of ${needed}`
  } else
    yield 'There is enough data for predictions: the next weekly refresh fits them, or `ciclo insight refresh`.'
  yield `Version ${version} of the rules, valid ${validFrom === null ? 'from the beginning' : `since ${validFrom}`}.`
}

const inLine = (value: unknown) => harmless(JSON.stringify(value ?? {}))

function jobLine({ name, dueAt, isRunning, progress, endedAt, result, error }: Job): string {
  const state = isRunning ? `running ${inLine(progress)}` : dueAt === null ? 'when asked' : `due ${dueAt}`
  const last = endedAt === null ? 'never ended' : `ended ${endedAt} ${inLine(result)}`
  return `${name.padEnd(20)}  ${state}  ${last}${error === null ? '' : `  failed: ${quoted(error)}`}`
}

/** `ciclo insight model`, `refresh` and `jobs`: what predictions rest on, and drawing all of it anew. */
export function addModelCommands(program: Command, surroundings: Surroundings): void {
  const { say } = surroundings
  const insight = insightCommand(program)
  insight
    .command('model')
    .description('The parameters that customers are predicted by, and on how many they were fitted')
    .option('--json', 'all of it')
    .action(async ({ json }: { json?: boolean }) => {
      await withApiTarget(surroundings, async ({ request }) => {
        const model = ModelSchema.parse(await (await request('GET', '/insight/model')).json())
        if (json === true) say(quotedJson(model))
        else for (const line of modelLines(model)) say(line)
      })
    })
  insight
    .command('refresh')
    .description(
      'Draw the gap curve, the lines and the predictions anew, as the running server does by itself',
    )
    .option('--curve', 'without the predictions, as every day')
    .action(async ({ curve }: { curve?: boolean }) => {
      await withApiTarget(surroundings, async ({ request }) => {
        const what = curve === true ? 'curve' : 'predictions'
        await request('POST', '/insight/refresh', { what })
        say(
          'Asked for. The server does it now, or when it starts next; `ciclo insight jobs` says how far it is.',
        )
      })
    })
  insight
    .command('jobs')
    .description('The work over all customers: when it is due, how far it is, how it has ended')
    .action(async () => {
      await withApiTarget(surroundings, async ({ request }) => {
        const { jobs } = JobsSchema.parse(await (await request('GET', '/insight/jobs')).json())
        for (const job of jobs) say(jobLine(job))
        if (jobs.length === 0) say('No job has run yet: the server has not been started.')
      })
    })
}
