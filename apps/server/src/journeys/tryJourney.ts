import {
  beginSimulation,
  createExplainer,
  createSimulationExplainer,
  createSimulator,
  createStory,
  DAY,
  historyInOrder,
  pastUntil,
  validateJourney,
  type Enrolment,
  type EventInput,
  type Journey,
  type JourneyProblem,
  type LifecycleValue,
  type Rules,
  type SentenceLanguage,
  type SimulatedMessage,
  type StoryEntry,
} from '@ciclo/engine'
import { readRunsBefore } from '../store/queries/backtest.ts'
import { memberIds } from '../store/queries/customers.ts'
import { readHistory } from '../store/queries/events.ts'
import { readSegmentNames } from '../store/queries/segments.ts'
import type { ReadTx, Store } from '../store/store.ts'
import { splitHistory } from './backtestHistory.ts'
import { readBacktestRules } from './backtestRules.ts'
import { INVENTED_ID, inventHistory, type InventedCustomer } from './invented.ts'

export interface TryWanted {
  workspaceId: string
  definition: Journey
  /** `closed`: for which reasons the suppression list names the address of a stored one. */
  customer:
    | {
        customerId: string
        email: string | null
        closed: readonly ('bounce' | 'complaint' | 'unsubscribed')[]
      }
    | InventedCustomer
  /** What happens, each no sooner than `begin`. */
  inputs: readonly EventInput[]
  /** Epoch milliseconds. */
  begin: number
  until: number
  language: SentenceLanguage
}

export type ToldEntry = { sentence: string } & StoryEntry

export type Tried =
  | { problems: JourneyProblem[] }
  | {
      customerId: string
      lifecycle: LifecycleValue
      timeline: ToldEntry[]
      runs: Enrolment[]
      messages: SimulatedMessage[]
      /** When something happens by itself next; null: nothing for a year. */
      next: number | null
    }

const YEAR = 365 * DAY
const SEGMENT = 'segment:'

/** What would have a run go round and round in one instant: such a journey cannot be lived through at all. */
function endless(definition: Journey, rules: Rules): JourneyProblem[] {
  const journeys = new Map([...rules.live].map(([id, compiled]) => [id, compiled.definition]))
  const nothing: ReadonlySet<string> = new Set()
  const world = {
    templates: new Map<string, ReadonlySet<string>>(),
    locales: [],
    segments: nothing,
    journeys,
    pools: nothing,
    topics: nothing,
    events: nothing,
    traits: nothing,
    hasCap: true,
  }
  return validateJourney(definition, world).filter(
    ({ code }) => code === 'loop-without-delay' || code === 'starts-itself',
  )
}

/** Where a stored or an invented customer stands when it begins. */
async function readBeginning(tx: ReadTx, wanted: TryWanted, rules: Rules) {
  const { workspaceId, customer, begin } = wanted
  if (!('customerId' in customer))
    return beginSimulation(inventHistory(customer, begin), rules, { customerId: INVENTED_ID, since: begin })
  const { customerId, email, closed } = customer
  const names = await memberIds(tx, workspaceId, customerId)
  const history = (await readHistory(tx, workspaceId, names)).map(({ input }) => input)
  const runs = await readRunsBefore(tx, workspaceId, names, begin)
  const { past } = splitHistory(historyInOrder(history, begin), begin)
  const beginning = beginSimulation(past, rules, {
    customerId,
    since: begin,
    past: pastUntil(runs, begin),
  })
  if (email !== null && closed.length > 0)
    beginning.closed.set(email, new Set([...(beginning.closed.get(email) ?? []), ...closed]))
  return beginning
}

async function sentencesFor(
  tx: ReadTx,
  { workspaceId, begin, language }: TryWanted,
  rules: Rules,
  entries: readonly StoryEntry[],
): Promise<(entry: StoryEntry) => string> {
  const { timeZone } = rules.settings.shop
  const segments = entries.flatMap((entry) =>
    entry.kind === 'transition' && entry.transition.region.startsWith(SEGMENT)
      ? [entry.transition.region.slice(SEGMENT.length)]
      : [],
  )
  const segmentNames = await readSegmentNames(tx, workspaceId, [...new Set(segments)])
  const states = createExplainer({ language, timeZone, now: begin, rules, segmentNames })
  const journeyNames = new Map([...rules.journeys.values()].map(({ definition: { id, name } }) => [id, name]))
  const told = createSimulationExplainer({ language, timeZone, now: begin, journeyNames })
  return (entry) => {
    switch (entry.kind) {
      case 'event':
        return told.event(entry.input)
      case 'transition':
        return states.transition(entry.transition)
      case 'run':
        return entry.what === 'began'
          ? told.begun(entry.run.journeyId)
          : told.ended(entry.run.journeyId, entry.run.endReason ?? 'completed')
      case 'step':
        return told.step(entry.step, entry.wait)
      case 'mail':
        return told.mail(entry.mail)
      case 'coupon':
        return told.coupon(entry.coupon)
      case 'webhook':
        break
    }
    return told.webhook(entry.url)
  }
}

/**
 * Lives through what one customer does with a journey as if it were live: by the engine, the settings and the other live
 * journeys of the workspace, as its server would. Reads only.
 */
export async function tryJourney(store: Store, wanted: TryWanted): Promise<Tried> {
  return await store.read(async (tx) => {
    const { workspaceId, definition, inputs, begin, until } = wanted
    const { candidate: rules } = await readBacktestRules(tx, workspaceId, definition)
    const problems = endless(definition, rules)
    if (problems.length > 0) return { problems }
    const beginning = await readBeginning(tx, wanted, rules)
    const liveThrough = createSimulator(rules)
    const history = historyInOrder(inputs, until)
    const story = createStory(rules)
    const lived = liveThrough(beginning, history, { since: begin, until }, story.watch)

    const ahead = createStory(rules)
    const isOver = () => (ahead.entries.at(-1)?.at ?? until) > until
    liveThrough(beginning, history, { since: begin, until: until + YEAR }, { ...ahead.watch, isOver })
    const sentenceOf = await sentencesFor(tx, wanted, rules, story.entries)
    return {
      customerId: lived.customer.id,
      lifecycle: lived.customer.lifecycle.value,
      timeline: story.entries.map((entry) => ({ ...entry, sentence: sentenceOf(entry) })),
      runs: [...lived.runs],
      messages: [...lived.messages],
      next: ahead.entries.find(({ at }) => at > until)?.at ?? null,
    }
  })
}
