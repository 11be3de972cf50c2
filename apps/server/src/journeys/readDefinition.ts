import type { Journey, JourneyProblem } from '@ciclo/engine'
import { readJourneyText } from '@ciclo/journeys'
import { CicloError } from '../errors.ts'
import { cleanJson } from '../ingest/cleanJson.ts'

/** A problem of a journey, or of what should have been one. */
export type DefinitionProblem = Omit<JourneyProblem, 'code' | 'expected'> & {
  code: JourneyProblem['code'] | 'not-a-journey'
  /** In a text that somebody has written, from 1. */
  line?: number
  column?: number
}

const summaryOf = (problems: readonly DefinitionProblem[]) =>
  problems.map(({ message }) => message).join('; ')

/** The error that lists all problems of a journey. Only errors keep a journey from being published. */
export function invalidJourney(what: string, problems: readonly DefinitionProblem[]): CicloError {
  const errors = problems.filter(({ severity }) => severity === 'error')
  return new CicloError('invalid-journey', `${what}: ${summaryOf(errors)}`, { problems })
}

/** Reads a journey as YAML text, or what JSON said, with every problem that it has as such. */
export function readDefinition(
  given: { text: string } | { value: unknown },
): { journey: Journey } | { problems: DefinitionProblem[] } {
  // Every JSON is YAML: the same reader makes the same journey of both, and so the same hash.
  const text = 'text' in given ? given.text : (JSON.stringify(given.value) ?? 'null')
  const read = readJourneyText(text)
  if ('journey' in read) {
    // YAML, too, can write what no database takes.
    const clean = cleanJson(read.journey, 'journey')
    if (clean.ok) return { journey: clean.value as Journey }
    const { message } = clean
    return { problems: [{ severity: 'error', code: 'not-a-journey', path: [], step: null, message }] }
  }
  return {
    problems: read.problems.map(({ path, message, line, column }) => ({
      severity: 'error',
      code: 'not-a-journey',
      path,
      step: null,
      message: path.length === 0 ? message : `${path.join('.')}: ${message}`,
      ...('text' in given ? { line, column } : {}),
    })),
  }
}
