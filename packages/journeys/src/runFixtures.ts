import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Journey } from '@ciclo/engine'
import { loadShippedJourneys } from './loadShippedJourneys.ts'
import { readFixtureText } from './readFixtureText.ts'
import { readJourneyText } from './readJourneyText.ts'
import { runFixture } from './runFixture.ts'

/** What became of fixtures: cases that passed and that did not, and the lines to show for it. */
export interface FixtureReport {
  passed: number
  /** Cases, and files that cannot be run. */
  failed: number
  lines: string[]
}

const FOLDER = fileURLToPath(new URL('../fixtures/', import.meta.url))

/** A file to be run, and what it is called in the report. */
interface Named {
  path: string
  name: string
}

const isFixture = (file: string) => /\.ya?ml$/.test(file)

/** The fixtures that lie in a folder, not those in folders inside it. */
const inFolder = (folder: string, nameOf: (file: string) => string): Named[] =>
  readdirSync(folder)
    .filter(isFixture)
    .toSorted()
    .map((file) => ({ path: join(folder, file), name: nameOf(file) }))

/** A file by itself, or all fixtures of a folder. */
function filesOf(given: string, folder: string): Named[] {
  const path = resolve(folder, given)
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  return isFolder ? inFolder(path, (file) => join(given, file)) : [{ path, name: given }]
}

/** The text of a file, or why there is none. */
function textOf(path: string, name: string): { text: string } | { problems: string[] } {
  try {
    return { text: readFileSync(path, 'utf8') }
  } catch (error) {
    return { problems: [`${name}: cannot be read: ${(error as Error).message}`] }
  }
}

/** Whether a fixture means a file of its own, and no shipped journey. */
const isFile = (journey: string) => /\.(ya?ml|json)$/.test(journey)

type Shipped = ReadonlyMap<string, Journey>

/** A journey by the name that a fixture gives it. */
function journeyOf(
  one: string,
  { path, name }: Named,
  shipped: Shipped,
): { journey: Journey } | { problems: string[] } {
  if (!isFile(one)) {
    const journey = shipped.get(one)
    const expected = `expected the id of a shipped journey, or a file such as ./${one}.yaml`
    return journey ? { journey } : { problems: [`${name}: given '${one}', ${expected}`] }
  }
  const file = textOf(resolve(dirname(path), one), one)
  if ('problems' in file) return file
  const read = readJourneyText(file.text, one)
  return 'problems' in read ? { problems: read.problems.map(({ text }) => text) } : { journey: read.journey }
}

const unreadable = (lines: string[]): FixtureReport => ({ passed: 0, failed: 1, lines })

function runFile(named: Named, shipped: Shipped): FixtureReport {
  const { path, name } = named
  const file = textOf(path, name)
  if ('problems' in file) return unreadable(file.problems)
  const read = readFixtureText(file.text, name)
  if ('problems' in read) return unreadable(read.problems)
  const { fixture, lines } = read
  const found = [fixture.journey, ...fixture.others].map((one) => journeyOf(one, named, shipped))
  const problems = found.flatMap((one) => ('problems' in one ? one.problems : []))
  const [journey, ...others] = found.flatMap((one) => ('journey' in one ? [one.journey] : []))
  if (!journey || problems.length > 0) return unreadable(problems)
  const results = runFixture(fixture, { journey, others })
  const failures = results.flatMap(({ name: caseName, difference }, index) =>
    difference.length === 0
      ? []
      : [[`${name}:${lines[index]}: ${caseName}`, ...difference.map((line) => `  ${line}`)]],
  )
  const passed = results.length - failures.length
  return {
    passed,
    failed: failures.length,
    lines: [
      `${failures.length === 0 ? 'ok  ' : 'FAIL'} ${name}: ${passed} of ${results.length}`,
      ...failures.flat(),
    ],
  }
}

/**
 * Runs fixtures, each file by itself, with a virtual clock: nothing is sent and nothing written.
 *
 * @param files paths of fixtures, and of folders of them; none: those of the journeys that Ciclo ships
 * @param folder what the paths are relative to
 */
export function runFixtures(files: readonly string[], folder = process.cwd()): FixtureReport {
  const shipped = new Map(loadShippedJourneys().map((journey) => [journey.id, journey]))
  const named =
    files.length > 0 ? files.flatMap((file) => filesOf(file, folder)) : inFolder(FOLDER, (file) => file)
  if (named.length === 0)
    return unreadable([`${files.join(', ')}: no fixture found, expected files that end with .yaml`])
  const reports = named.map((one) => runFile(one, shipped))
  return {
    passed: reports.reduce((sum, { passed }) => sum + passed, 0),
    failed: reports.reduce((sum, { failed }) => sum + failed, 0),
    lines: reports.flatMap(({ lines }) => lines),
  }
}
