import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
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

/** The fixtures of the journeys that Ciclo ships. */
const shippedFixtures = (): string[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
    .map((file) => resolve(FOLDER, file))

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
function journeyOf(one: string, path: string, shipped: Shipped): { journey: Journey } | { problems: string[] } {
  const name = basename(path)
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

function runFile(path: string, shipped: Shipped): FixtureReport {
  const name = basename(path)
  const file = textOf(path, name)
  if ('problems' in file) return unreadable(file.problems)
  const read = readFixtureText(file.text, name)
  if ('problems' in read) return unreadable(read.problems)
  const { fixture, lines } = read
  const found = [fixture.journey, ...fixture.others].map((one) => journeyOf(one, path, shipped))
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
    lines: [`${failures.length === 0 ? 'ok  ' : 'FAIL'} ${name}: ${passed} of ${results.length}`, ...failures.flat()],
  }
}

/**
 * Runs fixtures, each file by itself, with a virtual clock: nothing is sent and nothing written.
 *
 * @param files paths of fixtures; none: those of the shipped journeys
 */
export function runFixtures(files: readonly string[]): FixtureReport {
  const shipped = new Map(loadShippedJourneys().map((journey) => [journey.id, journey]))
  const reports = (files.length > 0 ? files : shippedFixtures()).map((file) => runFile(file, shipped))
  if (reports.length === 0)
    return { passed: 0, failed: 1, lines: [`${FOLDER}: no fixture found, expected files of YAML`] }
  return {
    passed: reports.reduce((sum, { passed }) => sum + passed, 0),
    failed: reports.reduce((sum, { failed }) => sum + failed, 0),
    lines: reports.flatMap(({ lines }) => lines),
  }
}
