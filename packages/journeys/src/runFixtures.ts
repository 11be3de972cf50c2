import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { JourneySchema, type Journey } from '@ciclo/engine'
import type { z } from 'zod'
import { FixtureSchema, type Fixture } from './fixtureSchema.ts'
import { loadShippedJourneys } from './loadShippedJourneys.ts'
import { parseYaml, type ParsedYaml } from './parseYaml.ts'
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
export const shippedFixtures = (): string[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
    .map((file) => resolve(FOLDER, file))

function readYaml<Schema extends z.ZodType>(path: string, name: string, schema: Schema): ParsedYaml<z.infer<Schema>> {
  try {
    return parseYaml(readFileSync(path, 'utf8'), name, schema)
  } catch (error) {
    return { problems: [`${name}: cannot be read: ${(error as Error).message}`] }
  }
}

/** Whether a fixture means a file of its own, and no shipped journey. */
const isFile = (journey: string) => /\.(ya?ml|json)$/.test(journey)

/** The journeys that a fixture names: the first is the one that it tests. */
function journeysOf(
  { journey, others }: Fixture,
  path: string,
  name: string,
  shipped: ReadonlyMap<string, Journey>,
): { journeys: Journey[] } | { problems: string[] } {
  const journeys: Journey[] = []
  const problems: string[] = []
  for (const one of [journey, ...others]) {
    if (isFile(one)) {
      const read = readYaml(resolve(dirname(path), one), one, JourneySchema)
      if ('problems' in read) problems.push(...read.problems)
      else journeys.push(read.value)
      continue
    }
    const known = shipped.get(one)
    if (known) journeys.push(known)
    else problems.push(`${name}: given '${one}', expected the id of a shipped journey, or a file such as ./${one}.yaml`)
  }
  return problems.length > 0 ? { problems } : { journeys }
}

function runFile(path: string, shipped: ReadonlyMap<string, Journey>): FixtureReport {
  const name = basename(path)
  const read = readYaml(path, name, FixtureSchema)
  if ('problems' in read) return { passed: 0, failed: 1, lines: read.problems }
  const found = journeysOf(read.value, path, name, shipped)
  if ('problems' in found) return { passed: 0, failed: 1, lines: found.problems }
  const [journey, ...others] = found.journeys as [Journey, ...Journey[]]
  const results = runFixture(read.value, { journey, others })
  const failures = results.flatMap(({ name: caseName, difference }, index) =>
    difference.length === 0
      ? []
      : [[`${name}:${read.lineOf(['cases', index])}: ${caseName}`, ...difference.map((line) => `  ${line}`)]],
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
