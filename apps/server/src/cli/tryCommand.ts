import { basename, resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import { describeIssue } from '../describeIssue.ts'
import { JourneySchema } from '../routes/journeySchemas.ts'
import { TrySchema } from '../routes/trySchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { customerIdOf } from './customerIdOf.ts'
import { isJourneyFile, readJourneyFile } from './journeyDefinition.ts'
import { pathOf } from './journeyFiles.ts'
import { harmless, quotedJson } from './quoted.ts'
import { readTextFile } from './readTextFile.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

interface TryOptions {
  customer?: string
  email: string
  language?: string
  timeZone?: string
  country?: string
  withoutPermission?: boolean
  events?: string
  begin?: string
  until: string
  locale?: string
  json?: boolean
}

const text = z.string().min(1)
const bag = z.record(z.string(), z.unknown())

/** What happens, as somebody writes it: the name of an event, and when. */
const EventsSchema = z.array(
  z.strictObject({
    at: text,
    event: text.optional(),
    type: text.optional(),
    properties: bag.optional(),
    traits: bag.optional(),
    from: text.optional(),
    enter: z.literal(true).optional(),
  }),
)

async function readActions(file: string, { folder }: Surroundings) {
  const { readYaml } = await import('@ciclo/journeys')
  const name = basename(file)
  const read = readYaml(await readTextFile(resolve(folder, file)))
  if ('problems' in read) {
    const lines = read.problems.map(({ line, column, message }) => `${name}:${line}:${column}: ${message}`)
    throw new CicloError('bad-request', lines.join('\n'))
  }
  const events = EventsSchema.safeParse(read.value)
  if (!events.success)
    throw new CicloError('bad-request', `${name}: ${describeIssue(events.error, 'the file')}`)
  return events.data.map(({ at, from, enter, ...event }) => ({
    at,
    ...(from === undefined ? {} : { from }),
    ...(enter ? { enter } : { event }),
  }))
}

/** What a file says, or the draft of a stored journey, else the version that is live. */
async function definitionOf(journey: string, { request }: ApiTarget, surroundings: Surroundings) {
  if (isJourneyFile(journey)) return (await readJourneyFile(journey, surroundings)).definition
  const { draft, current } = JourneySchema.parse(await (await request('GET', pathOf(journey))).json())
  const { definition } = draft ?? current ?? {}
  if (definition) return definition
  throw new CicloError('not-found', `The journey ${journey} has neither a draft nor a version at work`)
}

const minute = (at: string) => at.slice(0, 16).replace('T', ' ')

async function run(journey: string, options: TryOptions, surroundings: Surroundings): Promise<void> {
  const { say } = surroundings
  const actions = options.events === undefined ? [] : await readActions(options.events, surroundings)
  const { language: locale, timeZone, country } = options
  const answer = await withApiTarget(surroundings, async (target) => {
    const customer =
      options.customer === undefined
        ? {
            email: options.email,
            permission: options.withoutPermission ? 'none' : 'subscribed',
            ...(locale === undefined ? {} : { locale }),
            ...(timeZone === undefined ? {} : { timeZone }),
            ...(country === undefined ? {} : { country }),
          }
        : { customerId: await customerIdOf(target, options.customer) }
    const body = {
      definition: await definitionOf(journey, target, surroundings),
      customer,
      actions,
      until: options.until,
      ...(options.begin === undefined ? {} : { begin: options.begin }),
    }
    const asked = options.locale === undefined ? '' : `?locale=${encodeURIComponent(options.locale)}`
    return TrySchema.parse(await (await target.request('POST', `/journeys/try${asked}`, body)).json())
  })
  if (options.json) {
    say(quotedJson(answer))
    return
  }
  for (const { at, sentence } of answer.timeline) say(harmless(`${minute(at)}  ${sentence}`))
  if (answer.timeline.length === 0) say('Nothing happens.')
  const { stage, value, engagement, permission, advocacy } = answer.lifecycle
  say(`${minute(answer.at)}  ${[stage, value, engagement, permission, advocacy].join(', ')}`)
  say(answer.next === null ? 'Nothing more happens by itself.' : `Next by itself: ${minute(answer.next)} UTC`)
}

/** `ciclo journey try <journey>`: what comes of it for one customer, by a clock of its own. */
export function addTryCommand(journey: Command, surroundings: Surroundings): void {
  journey
    .command('try')
    .description('What a journey does with one customer, by a clock of its own: it sends and writes nothing')
    .argument('<journey>', 'its id, or a file with its definition')
    .option('--customer <who>', 'a customer of the shop, by id or e-mail; one who is invented, if left out')
    .option('--email <address>', 'of the invented one', 'somebody@example.com')
    .option('--language <tag>', 'of the invented one, such as pl')
    .option('--time-zone <name>', 'of the invented one, such as Europe/Warsaw')
    .option('--country <code>', 'of the invented one, such as PL')
    .option('--without-permission', 'the invented one has not agreed to marketing')
    .option('--events <file>', 'what happens: a list in YAML of { at: 1h, event: Product Added, properties }')
    .option('--begin <time>', 'ISO 8601; now, if left out')
    .option('--until <when>', 'a time of ISO 8601, or how long after the beginning', '7d')
    .option('--locale <tag>', 'the language of the answer')
    .option('--json', 'the whole answer as JSON')
    .action(async (id: string, options: TryOptions) => {
      await run(id, options, surroundings)
    })
}
