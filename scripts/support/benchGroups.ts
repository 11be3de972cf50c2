import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** In the order in which they run. */
export const benchGroups = [
  'ingest',
  'engine',
  'insight',
  'mail',
  'tracker',
  'journeys',
  'store',
  'connect',
  'studio',
] as const

/** One measured figure. `ratio` compares it to the group's own baseline, where there is one. */
export type BenchLine = { name: string; value: number; unit: string; ratio?: number }

/**
 * Runs the named groups one after the other, all of them if none is named. A group is the file
 * `<folder>/<group>.ts`; its default export measures and reports line by line.
 *
 * @returns the exit code
 */
export async function runBenchGroups(
  folder: string,
  names: readonly string[],
  print: (line: string) => void,
): Promise<number> {
  const known: readonly string[] = benchGroups
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    print(`Unknown bench group ${unknown.join(', ')}: expected any of ${known.join(', ')}.`)
    return 1
  }

  let code = 0
  for (const group of names.length > 0 ? names : known) {
    const file = join(folder, `${group}.ts`)
    if (!existsSync(file)) {
      print(`${group}: nothing to measure yet`)
      continue
    }
    try {
      const measure = await loadGroup(file)
      await measure((line) => print(formatBenchLine(line)))
    } catch (error) {
      print(`${group}: failed: ${error instanceof Error ? error.stack : String(error)}`)
      code = 1
    }
  }
  return code
}

/** `name value unit ratio`, parted by single spaces; a figure without a baseline has `-` as its ratio. */
export function formatBenchLine({ name, value, unit, ratio }: BenchLine): string {
  if (/\s/.test(name) || name === '') {
    throw new Error(`A bench figure is named ${JSON.stringify(name)}, expected a name without spaces`)
  }
  if (!Number.isFinite(value))
    throw new Error(`The bench figure ${name} is ${value}, expected a finite number`)
  return [name, short(value), unit, ratio === undefined ? '-' : ratio.toFixed(2)].join(' ')
}

/** Six significant digits, but never fewer than the integer part has. */
function short(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 1e6) return Math.round(value).toString()
  return Number(value.toPrecision(6)).toString()
}

async function loadGroup(file: string): Promise<(report: (line: BenchLine) => void) => Promise<void>> {
  const loaded: unknown = await import(pathToFileURL(file).href)
  if (typeof loaded === 'object' && loaded !== null && 'default' in loaded && isMeasure(loaded.default)) {
    return loaded.default
  }
  throw new Error(`${file} has no function as its default export`)
}

function isMeasure(value: unknown): value is (report: (line: BenchLine) => void) => Promise<void> {
  return typeof value === 'function'
}
