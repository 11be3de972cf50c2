import type { z } from 'zod'
import type { Journey } from '@ciclo/engine'
import type { BacktestMessage, BacktestTally } from '../journeys/backtestTally.ts'
import type { BacktestMessageSchema, BacktestResult } from './backtestSchemas.ts'
import { iso } from './iso.ts'

export const presentBacktestMessage = ({
  at,
  outcome,
  waitedFor,
  ...message
}: BacktestMessage): z.infer<typeof BacktestMessageSchema> => ({
  ...message,
  at: iso(at),
  outcome: outcome === 'queued' ? 'waiting' : outcome,
  waitedFor: [...waitedFor],
})

const countOf = (counts: Readonly<Record<string, number>>, name: string) =>
  Object.hasOwn(counts, name) ? (counts[name] ?? 0) : 0

const byName = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : 1)

const sumOf = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, number) => sum + number, 0)

interface Backtested {
  definition: Journey
  version: number | null
  live: number | null
  since: number
  until: number
  /** How many mails and differences are shown. */
  sample: number
}

export function presentBacktest(tally: BacktestTally, backtested: Backtested): BacktestResult {
  const { definition, version, live, since, until, sample } = backtested
  const { compared, templates, steps, messages, differences } = tally
  const journeys = [
    ...new Set([...Object.keys(compared.live), ...Object.keys(compared.candidate)]),
  ].toSorted()
  return {
    journey: definition.id,
    version,
    live,
    since: iso(since),
    until: iso(until),
    customers: tally.customers,
    runs: tally.runs,
    steps: definition.steps.map(({ id }) => {
      const { entered = 0, waiting = 0, ended = 0 } = steps[id] ?? {}
      return { step: id, entered, waiting, wentOn: entered - waiting - ended, ended }
    }),
    mails: tally.mails,
    templates: Object.entries(templates)
      .toSorted(byName)
      .map(([template, days]) => ({
        template,
        sent: sumOf(days),
        days: Object.entries(days)
          .toSorted(byName)
          .map(([day, sent]) => ({ day, sent })),
      })),
    refusals: tally.refusals,
    postponed: tally.postponed,
    collisions: tally.collisions,
    difference: {
      customers: compared.customers,
      journeys: journeys.map((journey) => ({
        journey,
        live: countOf(compared.live, journey),
        candidate: countOf(compared.candidate, journey),
      })),
      sample: differences
        .toSorted((one, other) => (one.customerId < other.customerId ? -1 : 1))
        .slice(0, sample)
        .map(({ customerId, before, after }) => ({ customerId, live: before, candidate: after })),
    },
    messages: messages
      .toSorted((one, other) => one.at - other.at || (one.customerId < other.customerId ? -1 : 1))
      .slice(0, sample)
      .map(presentBacktestMessage),
  }
}
