import type { StatedFixture } from './statedFixture.ts'
import { settingsProblems } from './fixtureSettings.ts'
import { fixtureClock, readFixtureTime } from './fixtureTime.ts'

interface FixtureProblem {
  path: PropertyKey[]
  message: string
}

type StatedCase = StatedFixture['cases'][number]

/** Times that never come, because the case is over before: whoever wrote them meant another end. */
function lateTimes(fixture: StatedFixture, one: StatedCase): FixtureProblem[] {
  const clock = fixtureClock({ fixture, one })
  const end = readFixtureTime(one.until, clock) ?? Infinity
  const { sends = [], refused = [], webhooks = [] } = one.expect
  const places: [PropertyKey[], readonly { at?: string | undefined }[]][] = [
    [['events'], one.events],
    [['expect', 'sends'], sends],
    [['expect', 'refused'], refused],
    [['expect', 'webhooks'], webhooks],
  ]
  return places.flatMap(([path, items]) =>
    items.flatMap(({ at }, index) => {
      const instant = at === undefined ? undefined : readFixtureTime(at, clock)
      if (instant === undefined || instant <= end) return []
      return [
        { path: [...path, index, 'at'], message: `expected a time until the end of the case, ${one.until}` },
      ]
    }),
  )
}

/** What is wrong with a fixture whose every part may be as it is. */
export function fixtureProblems(fixture: StatedFixture): FixtureProblem[] {
  const inSettings = (problems: FixtureProblem[]) =>
    problems.map(({ path, message }) => ({ path: ['settings', ...path], message }))
  return [
    ...inSettings(settingsProblems(fixture, {})),
    ...fixture.cases.flatMap((one, index) =>
      [
        ...(one.settings === undefined ? [] : inSettings(settingsProblems(fixture, one))),
        ...lateTimes(fixture, one),
      ].map(({ path, message }) => ({ path: ['cases', index, ...path], message })),
    ),
  ]
}
