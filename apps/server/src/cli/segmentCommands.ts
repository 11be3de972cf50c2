import { createWriteStream } from 'node:fs'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { CicloError } from '../errors.ts'
import { PreviewSchema, SegmentSchema, SegmentsSchema } from '../routes/segmentSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { expectWritable } from './expectWritable.ts'
import { harmless, quoted } from './quoted.ts'
import { readInstant } from '../imports/readInstant.ts'
import { readTextFile } from './readTextFile.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

const pathOf = (id: string) => `/segments/${encodeURIComponent(id)}`

async function readRuleFile(file: string, { folder }: Surroundings): Promise<unknown> {
  const path = resolve(folder, file)
  const text = await readTextFile(path)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new CicloError('bad-request', `${path}: expected a rule as JSON: ${(cause as Error).message}`, {
      cause,
    })
  }
}

async function list({ request }: ApiTarget, say: Surroundings['say']): Promise<void> {
  const { segments } = SegmentsSchema.parse(await (await request('GET', '/segments')).json())
  for (const { id, name, status, customers } of segments)
    say([id, String(customers).padStart(8), status.padEnd(8), quoted(name)].join('  '))
  if (segments.length === 0) say('No segment is saved.')
}

async function preview(
  { request }: ApiTarget,
  rule: unknown,
  at: number | undefined,
  say: Surroundings['say'],
): Promise<void> {
  const moment = at === undefined ? {} : { at: new Date(at).toISOString() }
  const response = await request('POST', '/segments/preview', { rule, ...moment })
  const found = PreviewSchema.parse(await response.json())
  say(`${found.customers} customers at ${found.at}`)
  for (const { path, kind, customers, without } of found.parts)
    say(`  ${path || 'rule'} (${kind}): ${customers} by itself, ${without} without it`)
  for (const { id, email, userId } of found.sample) say([id, quoted(email), quoted(userId)].join('  '))
}

async function exportTo(
  id: string,
  { format, output }: { format: string; output?: string },
  surroundings: Surroundings,
): Promise<void> {
  const path = output === undefined ? undefined : resolve(surroundings.folder, output)
  if (path !== undefined) expectWritable(path)
  await withApiTarget(surroundings, async ({ request, description }) => {
    const response = await request('GET', `${pathOf(id)}/export?format=${encodeURIComponent(format)}`)
    if (path === undefined) {
      surroundings.say(harmless((await response.text()).trimEnd()))
      return
    }
    // Readable by nobody else: it names people.
    await pipeline(Readable.from(response.body ?? []), createWriteStream(path, { mode: 0o600 }))
    surroundings.say(`${path}: who is in ${id}, from ${description}`)
  })
}

/** `ciclo segments list|preview|save|export|delete`: whom a rule is true of, and saved rules. */
export function addSegmentCommands(program: Command, surroundings: Surroundings): void {
  const { say } = surroundings
  const run = (work: (target: ApiTarget) => Promise<void>) => withApiTarget(surroundings, work)
  const segments = program.command('segments').description('Customers by a rule, as docs/segments.md tells')
  segments
    .command('list')
    .description('Every saved segment, and how many are in it')
    .action(() => run((target) => list(target, say)))
  segments
    .command('preview')
    .description('How many a rule is true of, some of them, and what each part of it does to that')
    .argument('<file>', 'the rule as JSON')
    .option('--at <time>', 'ISO 8601: where the windows of events end; now, if left out')
    .action(async (file: string, { at }: { at?: string }) => {
      const rule = await readRuleFile(file, surroundings)
      const instant = at === undefined ? undefined : readInstant(at)
      if (at !== undefined && instant === undefined)
        throw new CicloError('bad-request', `--at: given "${at}", expected a time of ISO 8601`)
      await run((target) => preview(target, rule, instant, say))
    })
  segments
    .command('save')
    .description('Save a rule under an id, new or in the place of another')
    .argument('<id>', 'letters, digits, - and _')
    .argument('<file>', 'the rule as JSON')
    .option('--name <name>', 'for people; the id, if left out')
    .action(async (id: string, file: string, { name = id }: { name?: string }) => {
      const rule = await readRuleFile(file, surroundings)
      await run(async ({ request }) => {
        const saved = SegmentSchema.parse(await (await request('PUT', pathOf(id), { name, rule })).json())
        say(
          saved.status === 'live'
            ? `${saved.id}: saved`
            : `${saved.id}: saved, and live when the server has looked at everybody once`,
        )
      })
    })
  segments
    .command('export')
    .description('Everybody who is in a segment')
    .argument('<id>')
    .option('--format <format>', 'csv or jsonl', 'csv')
    .option('--output <file>', 'where to; standard output when left out')
    .action((id: string, options: { format: string; output?: string }) => exportTo(id, options, surroundings))
  segments
    .command('delete')
    .description('Delete a segment; who was in it stays as it is')
    .argument('<id>')
    .action((id: string) =>
      run(async ({ request }) => {
        await request('DELETE', pathOf(id))
        say(`${id}: deleted`)
      }),
    )
}
