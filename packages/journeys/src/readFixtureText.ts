import { valueAt } from '@ciclo/engine'
import { FixtureSchema, type Fixture } from './fixtureSchema.ts'
import { issueText } from './issueText.ts'
import { problemText } from './problemText.ts'
import { readYaml } from './readYaml.ts'

/** A fixture, and on which line each of its cases begins; or everything that is wrong with it, a line for each. */
export type ReadFixture = { fixture: Fixture; lines: readonly number[] } | { problems: string[] }

/**
 * Reads a fixture as it is written in a file.
 *
 * @param file what the text is called in messages: `cart.yaml:12:5 cases.0.until: given nothing, expected ...`
 */
export function readFixtureText(text: string, file: string): ReadFixture {
  const read = readYaml(text)
  if ('problems' in read)
    return { problems: read.problems.map(({ message, ...place }) => problemText(file, place, [], message)) }
  const { value, placeOf } = read
  const problemAt = (path: readonly PropertyKey[], message: string) =>
    problemText(file, placeOf(path), path, message)
  const parsed = FixtureSchema.safeParse(value)
  if (parsed.success)
    return {
      fixture: parsed.data,
      lines: parsed.data.cases.map((_, index) => placeOf(['cases', index]).line),
    }
  return {
    problems: parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => problemAt([...issue.path, key], 'given a field that is not known here'))
        : [problemAt(issue.path, issueText(issue, valueAt(value, issue.path)))],
    ),
  }
}
