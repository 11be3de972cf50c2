import type { BacktestResult } from '../routes/backtestSchemas.ts'
import { count } from './progress.ts'

/** Columns of equal width: the first to the left, numbers to the right. */
function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const texts = [
    head,
    ...rows.map((row) => row.map((cell) => (typeof cell === 'number' ? count(cell) : cell))),
  ]
  const widths = head.map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)))
  return texts.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}

const indent = (lines: readonly string[]) => lines.map((line) => `  ${line}`)

function counts(title: string, numbers: Readonly<Record<string, number>>): string[] {
  const sorted = Object.entries(numbers).toSorted(([, one], [, other]) => other - one)
  return sorted.length === 0 ? [] : ['', title, ...indent(table(['', 'count'], sorted).slice(1))]
}

const dayOf = (instant: string) => instant.slice(0, 16).replace('T', ' ')

/** A result for people who read a terminal. */
export function sayBacktest(result: BacktestResult): string[] {
  const { runs, mails, steps, templates, collisions, difference, version, live } = result
  const { same, more, fewer, other } = difference.customers
  const which = version === null ? 'as given' : `version ${version}`
  return [
    `${result.journey}, ${which}, as if it had been live from ${dayOf(result.since)} to ${dayOf(result.until)} UTC`,
    `${count(result.customers)} customers looked at; ${count(runs.customers)} would have come in, ${count(runs.started)} times`,
    `${count(mails.asked)} mails: ${count(mails.sent)} sent, ${count(mails.refused)} refused, ${count(mails.expired)} too late, ${count(mails.waiting)} still waiting`,
    '',
    'Steps',
    ...indent(
      table(
        ['', 'entered', 'waiting', 'went on', 'ended'],
        steps.map(({ step, entered, waiting, wentOn, ended }) => [step, entered, waiting, wentOn, ended]),
      ),
    ),
    ...counts('How runs ended', { ...runs.ended, 'still under way': runs.running }),
    ...counts(
      'Mails sent, by template',
      Object.fromEntries(templates.map(({ template, sent }) => [template, sent])),
    ),
    ...counts('Mails refused, by reason', result.refusals),
    ...counts('Mails that had to wait, by what for', result.postponed),
    ...counts(
      `Mails within 24 hours of another journey's (${count(collisions.near)} in all), by journey`,
      collisions.nearBy,
    ),
    ...counts('Held back by the frequency cap because of mails of', collisions.heldBackBy),
    ...counts('Mails of others that the cap held back because of it', collisions.heldBack),
    ...counts('Runs of it that others ended', collisions.overtakenBy),
    ...counts('Runs of others that it ended', collisions.overtook),
    '',
    live === null
      ? 'Compared with no such journey (all mails of all journeys)'
      : `Compared with version ${live}, which is live (all mails of all journeys)`,
    `  ${count(more)} customers would have got more mails, ${count(fewer)} fewer, ${count(other)} others; ${count(same)} the same`,
    ...indent(
      table(
        ['', 'live', 'candidate'],
        difference.journeys
          .filter((one) => one.live !== one.candidate)
          .map((one) => [one.journey, one.live, one.candidate]),
      ).slice(difference.journeys.some((one) => one.live !== one.candidate) ? 0 : 1),
    ),
  ]
}
