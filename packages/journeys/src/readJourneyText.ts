import { JourneySchema, valueAt, type Journey } from '@ciclo/engine'
import { issueText } from './issueText.ts'
import { problemText } from './problemText.ts'
import { readYaml, type TextPlace } from './readYaml.ts'
import { unknownFields } from './unknownFields.ts'

/** What is wrong in a file of a journey, and where. */
export interface FileProblem extends TextPlace {
  file: string
  /** In the definition: `['steps', 2, 'duration']`; empty where the text as a whole cannot be read. */
  path: (string | number)[]
  /** What was given and what was expected. */
  message: string
  /** All of it in one line: `welcome.yaml:12:5 steps.2.duration: given "2 days", expected a duration: ...`. */
  text: string
}

/**
 * A journey and the place of each part of it, for what is found later (`validateJourney`): that of its name, or of what it
 * would be in. Or everything that is wrong with it, in the order of the text.
 */
export type ReadJourney =
  | { journey: Journey; placeOf: (path: readonly PropertyKey[]) => TextPlace }
  | { problems: FileProblem[] }

const problemAt = (
  file: string,
  place: TextPlace,
  path: readonly PropertyKey[],
  message: string,
): FileProblem => ({
  file,
  ...place,
  path: path.map((part) => (typeof part === 'number' ? part : String(part))),
  message,
  text: problemText(file, place, path, message),
})

/**
 * Reads a journey as it is written in a file: YAML 1.2, or JSON. Fields that no journey has are problems, too.
 *
 * @param file what the text is called in messages
 */
export function readJourneyText(text: string, file = 'journey'): ReadJourney {
  const read = readYaml(text)
  if ('problems' in read)
    return { problems: read.problems.map(({ message, ...place }) => problemAt(file, place, [], message)) }
  const { value, placeOf } = read
  const parsed = JourneySchema.safeParse(value)
  const unknown = unknownFields(value).map(({ path, message }) =>
    problemAt(file, placeOf(path), path, message),
  )
  if (parsed.success && unknown.length === 0) return { journey: parsed.data, placeOf }
  const issues = (parsed.error?.issues ?? [])
    .filter(({ code }) => code !== 'unrecognized_keys')
    .map((issue) =>
      problemAt(file, placeOf(issue.path), issue.path, issueText(issue, valueAt(value, issue.path))),
    )
  // What two alternatives ask for alike is told once.
  const problems = new Map([...issues, ...unknown].map((problem) => [problem.text, problem]))
  return {
    problems: [...problems.values()].toSorted(
      (one, other) => one.line - other.line || one.column - other.column,
    ),
  }
}
