import { existsSync, readdirSync, statSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import type { Journey } from '@ciclo/engine'
import type { FileProblem } from '@ciclo/journeys'
import { CicloError } from '../errors.ts'
import {
  DraftSchema,
  JourneyFilesSchema,
  JourneySchema,
  PublishedSchema,
  ValidatedSchema,
} from '../routes/journeySchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { isAgreed } from './isAgreed.ts'
import { harmless } from './quoted.ts'
import { readTextFile } from './readTextFile.ts'
import type { Surroundings } from './surroundings.ts'

export const pathOf = (id: string) => `/journeys/${encodeURIComponent(id)}`

/** A file that holds a journey. */
interface JourneyFile {
  /** As it is called in messages. */
  file: string
  journey: Journey
  placeOf: (path: readonly PropertyKey[]) => { line: number; column: number }
}

/** The files named, and those in the folders named. */
function listFiles(names: readonly string[], folder: string): string[] {
  return names.flatMap((name) => {
    const path = resolve(folder, name)
    if (!existsSync(path)) throw new CicloError('bad-request', `${path}: there is no such file or folder`)
    if (!statSync(path).isDirectory()) return [path]
    const files = readdirSync(path).filter((file) => /\.(ya?ml|json)$/.test(file))
    if (files.length === 0)
      throw new CicloError('bad-request', `${path}: expected files of journeys: .yaml or .json`)
    return files.toSorted().map((file) => join(path, file))
  })
}

/** Reads files of journeys, and everything that is wrong with those that hold none. */
export async function readJourneyFiles(
  names: readonly string[],
  folder: string,
): Promise<{ files: JourneyFile[]; problems: FileProblem[] }> {
  const { readJourneyText } = await import('@ciclo/journeys')
  const files: JourneyFile[] = []
  const problems: FileProblem[] = []
  const seen = new Map<string, string>()
  for (const path of listFiles(names, folder)) {
    const file = relative(folder, path)
    const read = readJourneyText(await readTextFile(path), file)
    if ('problems' in read) {
      problems.push(...read.problems)
      continue
    }
    const { id } = read.journey
    const other = seen.get(id)
    if (other !== undefined)
      throw new CicloError(
        'bad-request',
        `${file}: given the journey ${id}, which is in ${other}, too; expected it once`,
      )
    seen.set(id, file)
    files.push({ file, ...read })
  }
  return { files, problems }
}

/** What the server says of journeys in files, a line for each problem; and whether one of them is an error. */
export async function judgeFiles(
  { request }: ApiTarget,
  files: readonly JourneyFile[],
): Promise<{ lines: string[]; errors: number }> {
  if (files.length === 0) return { lines: [], errors: 0 }
  const body = { journeys: files.map(({ journey }) => journey) }
  const response = await request('POST', '/journeys/validate', body)
  const { journeys } = ValidatedSchema.parse(await response.json())
  let errors = 0
  const lines = files.flatMap(({ file, placeOf }, index) =>
    (journeys[index]?.problems ?? []).map(({ severity, path, message }) => {
      if (severity === 'error') errors += 1
      const { line, column } = placeOf(path)
      return harmless(`${file}:${line}:${column}: ${severity}: ${message}`)
    }),
  )
  return { lines, errors }
}

/** What the server has of a journey: the version that is worked on. */
interface ServerJourney {
  journey: Journey | null
  hash: string
  isDraft: boolean
}

/** What the server has of those of these journeys that it knows, by their ids. */
async function readServerJourneys(
  { request }: ApiTarget,
  ids: readonly string[],
): Promise<Map<string, ServerJourney>> {
  const { readJourneyText } = await import('@ciclo/journeys')
  const known = new Map<string, ServerJourney>()
  const { files } = JourneyFilesSchema.parse(await (await request('GET', '/journeys/files')).json())
  for (const { file, id, hash, status, text } of files) {
    const read = readJourneyText(text, file)
    const journey = 'journey' in read ? read.journey : null
    known.set(id, { journey, hash, isDraft: status === 'draft' })
  }
  for (const id of ids) {
    if (known.has(id)) continue
    // New, or only archived: of that it is enough to have seen it.
    const response = await request('GET', pathOf(id)).catch((error: unknown) => {
      if (error instanceof CicloError && error.code === 'not-found') return undefined
      throw error
    })
    if (!response) continue
    const { hash } = JourneySchema.parse(await response.json())
    known.set(id, { journey: null, hash, isDraft: false })
  }
  return known
}

interface PushOptions {
  publish?: boolean
  yes?: boolean
}

/** Writes journeys from files to the server, as drafts, or published. Returns the exit code. */
export async function pushJourneys(
  target: ApiTarget,
  files: readonly JourneyFile[],
  { publish = false, yes }: PushOptions,
  surroundings: Surroundings,
): Promise<number> {
  const { say, warn } = surroundings
  const { journeyDifference, journeyHash } = await import('@ciclo/journeys')
  const { lines, errors } = await judgeFiles(target, files)
  for (const line of lines) warn(line)
  if (publish && errors > 0) {
    warn('Nothing was saved: a journey with errors cannot be published')
    return 2
  }
  const changed: { journey: Journey; server: ServerJourney | undefined }[] = []
  const published: string[] = []
  const ids = files.map(({ journey }) => journey.id)
  const known = await readServerJourneys(target, ids)
  for (const { journey } of files) {
    const server = known.get(journey.id)
    const isSame = server?.hash === journeyHash(journey)
    if (isSame) say(`${journey.id}: unchanged`)
    else {
      say(`${journey.id}: ${server ? 'changed' : 'new'}`)
      const differences = server?.journey ? journeyDifference(server.journey, journey) : []
      for (const { text } of differences) say(harmless(`  ${text}`))
      changed.push({ journey, server })
    }
    if (publish && (!isSame || server?.isDraft)) published.push(journey.id)
  }
  const work = [
    ...(changed.length > 0 ? [`save ${changed.length}`] : []),
    ...(published.length > 0 ? [`publish ${published.length}`] : []),
  ]
  if (work.length === 0) return 0
  const question = `On ${target.description}: ${work.join(' and ')}?`
  if (!(await isAgreed(question, yes, surroundings))) return 2
  for (const { journey, server } of changed) {
    const seen = server ? { 'if-match': `"${server.hash}"` } : {}
    const saved = DraftSchema.parse(
      await (await target.request('PUT', `${pathOf(journey.id)}/draft`, journey, seen)).json(),
    )
    say(`${journey.id}: saved as version ${saved.version}, a draft`)
  }
  for (const id of published) say(await publishOne(target, id, {}))
  return 0
}

/** Publishes a journey's draft, and says what came of it. */
export async function publishOne({ request }: ApiTarget, id: string, options: unknown): Promise<string> {
  const response = await request('POST', `${pathOf(id)}/publish`, options)
  const { version, status } = PublishedSchema.parse(await response.json())
  if (status === 'published')
    return `${id}: version ${version} goes live when the server has looked at everybody once`
  if (status === 'paused') return `${id}: version ${version} takes the place of the paused one: resume it`
  return `${id}: version ${version} is live`
}

/** Writes the server's journeys into files. Returns the exit code: 2 where a changed file was not overwritten. */
export async function pullJourneys(
  target: ApiTarget,
  to: string,
  { yes }: { yes?: boolean },
  surroundings: Surroundings,
): Promise<number> {
  const { say, folder } = surroundings
  const { journeyDifference, journeyHash, readJourneyText } = await import('@ciclo/journeys')
  const { files } = JourneyFilesSchema.parse(await (await target.request('GET', '/journeys/files')).json())
  const path = resolve(folder, to)
  await mkdir(path, { recursive: true })
  const changed: { file: string; text: string }[] = []
  for (const { file, hash, text } of files) {
    const at = join(path, basename(file))
    if (!existsSync(at)) {
      await writeFile(at, text)
      say(`${basename(file)}: new`)
      continue
    }
    const here = readJourneyText(await readTextFile(at), file)
    // However it is written, and whatever its comments say.
    if ('journey' in here && journeyHash(here.journey) === hash) continue
    say(`${basename(file)}: differs`)
    const there = readJourneyText(text, file)
    if ('problems' in here) for (const problem of here.problems) say(harmless(`  ${problem.text}`))
    else if ('journey' in there)
      for (const one of journeyDifference(here.journey, there.journey)) say(harmless(`  ${one.text}`))
    changed.push({ file: at, text })
  }
  if (changed.length === 0) return 0
  if (!(await isAgreed(`Overwrite ${changed.length} changed files?`, yes, surroundings))) return 2
  for (const { file, text } of changed) await writeFile(file, text)
  say(`${changed.length} overwritten`)
  return 0
}
