import { InvalidArgumentError, type Command } from 'commander'
import type { z } from 'zod'
import {
  JourneyPreviewSchema,
  JourneySchema,
  JourneysSchema,
  ResumedSchema,
  VersionDetailSchema,
} from '../routes/journeySchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { addBacktestCommand } from './backtestCommand.ts'
import { createApiRun } from './createApiRun.ts'
import { isAgreed } from './isAgreed.ts'
import {
  judgeFiles,
  pathOf,
  publishOne,
  pullJourneys,
  pushJourneys,
  readJourneyFiles,
} from './journeyFiles.ts'
import { addJourneyTestCommand } from './journeyTestCommand.ts'
import { harmless, quoted } from './quoted.ts'
import { addJourneyRunCommands } from './journeyRunCommands.ts'
import type { Surroundings } from './surroundings.ts'
import { addTryCommand } from './tryCommand.ts'

type Say = Surroundings['say']
type Preview = z.infer<typeof JourneyPreviewSchema>

const FOLDER = 'journeys'
const CODES = '\nExit codes: 0 done, 1 could not be carried out, 2 there are errors, or somebody said no'

async function list({ request }: ApiTarget, say: Say): Promise<void> {
  const { journeys } = JourneysSchema.parse(await (await request('GET', '/journeys')).json())
  const width = Math.max(...journeys.map(({ id }) => id.length), 0)
  for (const { id, status, version, draft, runs, name } of journeys) {
    const numbers = [version === null ? '' : `v${version}`, draft === null ? '' : `draft v${draft}`]
    const counts = `${runs.running} running, ${runs.ended} ended, ${runs.goals} goals`
    const held = runs.held > 0 ? `, ${runs.held} held` : ''
    const cells = [id.padEnd(width), status.padEnd(9), numbers.filter(Boolean).join(', ').padEnd(14)]
    say([...cells, counts + held, quoted(name)].join('  '))
  }
  if (journeys.length === 0) say('There is no journey.')
}

async function show({ request }: ApiTarget, id: string, say: Say): Promise<void> {
  const journey = JourneySchema.parse(await (await request('GET', pathOf(id))).json())
  say(`${journey.id}: ${journey.status}  ${quoted(journey.name)}`)
  for (const { version, status, running, publishedAt, hash } of journey.versions)
    say(
      `  version ${version}: ${status}, ${running} running, ${publishedAt ?? 'not published'}, ${hash.slice(0, 12)}`,
    )
  for (const { version, step, runs, held, heldSince } of journey.runs) {
    const waiting = held > 0 ? `, ${held} held since ${heldSince}` : ''
    say(`  ${runs} at '${step}' of version ${version}${waiting}`)
  }
  for (const { severity, message } of journey.problems) say(harmless(`  ${severity}: ${message}`))
  const shown = journey.versions.findLast(({ hash }) => hash === journey.hash)
  if (!shown) return
  const detail = VersionDetailSchema.parse(
    await (await request('GET', `${pathOf(id)}/versions/${shown.version}`)).json(),
  )
  say('')
  say(detail.text.trimEnd().split('\n').map(harmless).join('\n'))
}

function tellPreview(id: string, preview: Preview, isMoving: boolean, say: Say): void {
  const { version, from, difference, mustCount, isPaused, runs, already } = preview
  say(`${id}: version ${version}${from === null ? ', the first' : `, after version ${from}`}`)
  for (const { text } of difference) say(harmless(`  ${text}`))
  for (const { version: of, step, runs: count, to, why } of runs) {
    const goal =
      to === null ? `stay: ${why}` : isMoving ? `go on at '${to}'` : `stay; can be moved to '${to}'`
    say(`  ${count} at '${step}' of version ${of} ${goal}`)
  }
  if (already !== null) say(`  ${already} customers are where it begins already`)
  if (mustCount) say('  it goes live when the server has looked at everybody once')
  if (isPaused) say('  the journey is paused, and stays so until it is resumed')
}

interface PublishFlags {
  move?: boolean
  moveStep: Readonly<Record<string, string>>
  openingDays?: number
  yes?: boolean
}

async function publish(
  target: ApiTarget,
  id: string,
  { move, moveStep, openingDays, yes }: PublishFlags,
  surroundings: Surroundings,
): Promise<number> {
  const { say, warn } = surroundings
  const mapped = Object.keys(moveStep).length > 0 ? { move: moveStep } : undefined
  const isMoving = move === true || mapped !== undefined
  const asked = { runs: mapped ?? 'move' }
  const response = await target.request('POST', `${pathOf(id)}/preview`, asked)
  const preview = JourneyPreviewSchema.parse(await response.json())
  tellPreview(id, preview, isMoving, say)
  for (const { severity, message } of preview.problems) warn(harmless(`${severity}: ${message}`))
  if (preview.problems.some(({ severity }) => severity === 'error')) return 2
  const question = `Publish version ${preview.version} of ${id} on ${target.description}?`
  if (!(await isAgreed(question, yes, surroundings))) return 2
  const runs = isMoving ? asked.runs : 'stay'
  const opening = openingDays === undefined ? null : { days: openingDays }
  say(await publishOne(target, id, { runs, opening }))
  return 0
}

function readMapping(value: string, known: Readonly<Record<string, string>>): Record<string, string> {
  const [from, to, ...rest] = value.split('=')
  if (!from || !to || rest.length > 0)
    throw new InvalidArgumentError(`given "${value}", expected old=new, such as two-days=three-days`)
  return { ...known, [from]: to }
}

function readDays(value: string): number {
  const days = Number(value)
  if (!(value.trim() !== '' && days >= 0 && days <= 365))
    throw new InvalidArgumentError(`given "${value}", expected days from 0 to 365`)
  return days
}

/** `ciclo journey ...`: journeys as files, their versions and their life. */
export function addJourneyCommands(
  program: Command,
  surroundings: Surroundings,
  exitWith: (code: number) => void,
): void {
  const { say, warn, folder } = surroundings
  const run = createApiRun(surroundings, exitWith)
  const journey = program
    .command('journey')
    .description('Journeys and their versions, as docs/journeys.md tells')
  addJourneyRunCommands(journey, surroundings)

  journey
    .command('list')
    .description('Every journey, how it stands, and how many runs it has')
    .action(() => run((target) => list(target, say)))
  journey
    .command('show')
    .description('One journey: its versions, its runs, what is wrong with it, and its file')
    .argument('<id>')
    .action((id: string) => run((target) => show(target, id, say)))
  journey
    .command('validate')
    .description(
      'What is wrong with journeys in files: file:line:column, what was given and what was expected',
    )
    .argument('<files...>', 'files, or folders of them')
    .addHelpText('after', CODES)
    .action(async (names: string[]) => {
      const { files, problems } = await readJourneyFiles(names, folder)
      for (const { text } of problems) warn(harmless(text))
      await run(async (target) => {
        const { lines, errors } = await judgeFiles(target, files)
        for (const line of lines) warn(line)
        const wrong = problems.length + errors
        say(`${files.length} journeys, ${wrong} errors, ${lines.length - errors} warnings`)
        return wrong > 0 ? 2 : 0
      })
    })
  journey
    .command('publish')
    .description('Publish the draft of a journey: shows first what that does')
    .argument('<id>')
    .option('--move', 'runs under way go on in the new version, each at the step of its id and kind')
    .option(
      '--move-step <old=new>',
      'runs at a step go on at another one; may be given several times',
      readMapping,
      {},
    )
    .option(
      '--opening-days <days>',
      'let in those, too, who are where it begins already, spread over so many days',
      readDays,
    )
    .option('--yes', 'do not ask')
    .addHelpText('after', CODES)
    .action((id: string, flags: PublishFlags) => run((target) => publish(target, id, flags, surroundings)))
  journey
    .command('pause')
    .description('Nobody comes in, and no run goes on; what becomes due waits')
    .argument('<id>')
    .action((id: string) =>
      run(async ({ request }) => {
        await request('POST', `${pathOf(id)}/pause`)
        say(`${id}: paused`)
      }),
    )
  journey
    .command('resume')
    .description('The journey is live again, and what became due meanwhile goes on')
    .argument('<id>')
    .action((id: string) =>
      run(async ({ request }) => {
        const { due } = ResumedSchema.parse(await (await request('POST', `${pathOf(id)}/resume`)).json())
        say(`${id}: live`)
        for (const { held, step, version, heldSince } of due)
          say(`  ${held} at '${step}' of version ${version} go on, due since ${heldSince}`)
      }),
    )
  journey
    .command('archive')
    .description('The journey takes no runs any more; those under way are finished')
    .argument('<id>')
    .option('--end-runs', 'end them instead')
    .action((id: string, { endRuns }: { endRuns?: boolean }) =>
      run(async ({ request }) => {
        await request('POST', `${pathOf(id)}/archive`, { runs: endRuns ? 'end' : 'finish' })
        say(`${id}: archived`)
      }),
    )
  journey
    .command('pull')
    .description(
      'Write every journey into its file; shows the difference before a changed one is overwritten',
    )
    .argument('[folder]', 'where to', FOLDER)
    .option('--yes', 'do not ask')
    .addHelpText('after', CODES)
    .action((to: string, flags: { yes?: boolean }) =>
      run((target) => pullJourneys(target, to, flags, surroundings)),
    )
  journey
    .command('push')
    .description('Save journeys from files as drafts; shows the difference first')
    .argument('[files...]', `files, or folders of them; the folder ${FOLDER}, if left out`)
    .option('--publish', 'publish them, too; runs under way stay with their version')
    .option('--yes', 'do not ask')
    .addHelpText('after', CODES)
    .action(async (names: string[], flags: { publish?: boolean; yes?: boolean }) => {
      const { files, problems } = await readJourneyFiles(names.length > 0 ? names : [FOLDER], folder)
      for (const { text } of problems) warn(harmless(text))
      if (problems.length > 0) return exitWith(2)
      await run((target) => pushJourneys(target, files, flags, surroundings))
    })

  // What journeys do: each in a file of its own.
  addJourneyTestCommand(journey, surroundings, exitWith)
  addBacktestCommand(journey, surroundings)
  addTryCommand(journey, surroundings)
}
