import { isDeepStrictEqual } from 'node:util'
import { compareRows, type Row } from './fixtureComparison.ts'
import type { FixtureExpectation } from './fixtureExpectation.ts'
import type { FixtureOutcome } from './fixtureOutcome.ts'
import { readFixtureTime, writeFixtureTime, type FixtureClock } from './fixtureTime.ts'

const TIMES: ReadonlySet<string> = new Set(['at', 'ended'])

/** An expected row with its times as instants. */
function withInstants(row: Row, clock: FixtureClock): Row {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        name,
        TIMES.has(name) && typeof value === 'string' ? readFixtureTime(value, clock) : value,
      ]),
  )
}

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

/** One row as a line, with the columns that anybody has asked for. */
function writeRow(row: Row, columns: readonly string[], clock: FixtureClock): string {
  const cells = columns.flatMap((name) => {
    if (!Object.hasOwn(row, name)) return []
    const value = row[name]
    if (name === 'at') return [writeFixtureTime(value as number, clock)]
    if (name === 'ended')
      return [value === null ? 'still under way' : `ended ${writeFixtureTime(value as number, clock)}`]
    return name === 'template' || name === 'reason' ? [text(value)] : [`${name} ${text(value)}`]
  })
  return cells.join('  ')
}

const orderOf = ({ at, template }: Row) => [Number(at ?? 0), text(template ?? '')] as const

/** By time, and mails of one instant by their templates: nobody has to know which of them comes first. */
function inOrder(rows: readonly Row[]): readonly Row[] {
  if (rows.some(({ at }) => at === undefined)) return rows
  return rows.toSorted((one, other) => {
    const [at, name] = orderOf(one)
    const [otherAt, otherName] = orderOf(other)
    return at - otherAt || (name < otherName ? -1 : name > otherName ? 1 : 0)
  })
}

function describeRows(
  title: string,
  expected: readonly Row[],
  got: readonly Row[],
  shown: readonly string[],
  clock: FixtureClock,
): string[] {
  const wanted = expected.map((row) => withInstants(row, clock))
  const lines = compareRows(inOrder(wanted), inOrder(got))
  if (lines.every(([sign]) => sign === '=')) return []
  const columns = [...new Set([...shown, ...wanted.flatMap((row) => Object.keys(row))])]
  return [
    `${title}: - expected, + got`,
    ...lines.map(([sign, row]) => `  ${sign === '=' ? ' ' : sign} ${writeRow(row, columns, clock)}`),
  ]
}

function describeValues(title: string, expected: Row, got: Row): string[] {
  return Object.entries(expected)
    .filter(([name, value]) => !isDeepStrictEqual(value, got[name]))
    .map(([name, value]) => `${title} ${name}: expected ${text(value)}, got ${text(got[name]) ?? 'nothing'}`)
}

const rows = (items: readonly object[]) => items.map((item): Row => ({ ...item }))

/** The runs that are meant: those of the fixture's own journey, where nobody asks for another's. */
function runsMeant(
  { runs = [] }: FixtureExpectation,
  outcome: FixtureOutcome,
  journey: string,
): readonly Row[] {
  const all = outcome.runs.map((run) => ({ ...run }))
  return runs.some((run) => run.journey !== undefined) ? all : all.filter((run) => run.journey === journey)
}

/**
 * How what came of a case differs from what was expected of it, a line for each mail and run; nothing where it does
 * not. Times are told from the start, and as the customer's clock shows them.
 *
 * @param journey the id of the fixture's journey
 */
export function describeDifference(
  expected: FixtureExpectation,
  outcome: FixtureOutcome,
  journey: string,
  clock: FixtureClock,
): string[] {
  const { sends, refused, runs, states, traits, webhooks } = expected
  const areMailsMeant = sends !== undefined || refused !== undefined
  return [
    ...(areMailsMeant
      ? [
          ...describeRows('sends', rows(sends ?? []), rows(outcome.sends), ['at', 'template'], clock),
          ...describeRows(
            'refused',
            rows(refused ?? []),
            rows(outcome.refused),
            ['at', 'template', 'reason'],
            clock,
          ),
        ]
      : []),
    ...(runs
      ? describeRows(
          'runs',
          rows(runs),
          runsMeant(expected, outcome, journey),
          ['at', 'ended', 'reason'],
          clock,
        )
      : []),
    ...(webhooks
      ? describeRows('webhooks', rows(webhooks), rows(outcome.webhooks), ['at', 'step'], clock)
      : []),
    ...(states ? describeValues('state', states, { ...outcome.states }) : []),
    ...(traits ? describeValues('trait', traits, outcome.traits) : []),
  ]
}
