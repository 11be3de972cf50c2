import { DAY, EVENT_NAMES, ownEvent, stableShare, type EventInput } from '@ciclo/engine'
import type { Ingest } from '../ingest/ingest.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import type { Job } from '../loops/jobs.ts'
import { leadsSomewhere } from '../store/queries/journeyCandidates.ts'
import { JOURNEY_OPENING } from '../store/queries/journeys.ts'
import { readWaitingOpenings, saveOpening, type WaitingOpening } from '../store/queries/openings.ts'
import type { Store } from '../store/store.ts'
import { createFindCandidates } from './createFindCandidates.ts'

/** What one transaction asks in: some 50 ms of it, between which others write. */
const CUSTOMERS_AT_ONCE = 200
const IDS_AT_ONCE = 20_000

export interface JourneyOpeningOptions {
  store: Store
  ingest: Ingest
  insight: InsightRunner
  now: () => number
}

/** What asks somebody in who was there already: the same event, however often it is made, and the same day. */
function openingRequest(
  { definition, version, opening }: WaitingOpening,
  customerId: string,
  at: number,
): EventInput {
  const journey = definition.id
  const share = stableShare(`${customerId}/${journey}/opening`)
  return ownEvent(`journey-opening/${journey}/${version}/${customerId}`, at, EVENT_NAMES.journeyRequested, {
    journey,
    because: 'publish',
    delay: Math.floor(share * opening.days * DAY),
  })
}

/**
 * Asks those in who are where a journey's trigger leads, spread over the days that were chosen when it was published.
 * How far it has come stands with the journey: a pause, another process or another request goes on there. A page that is
 * asked in twice is dropped by its receipts.
 */
export function createJourneyOpeningJob({ store, ingest, insight, now }: JourneyOpeningOptions): Job {
  const findCandidates = createFindCandidates({ store, insight })
  return {
    name: JOURNEY_OPENING,
    every: null,
    run: async ({ workspaceId, save, signal }) => {
      const opened: Record<string, number> = {}

      const open = async (waiting: WaitingOpening): Promise<void> => {
        const { definition, version } = waiting
        const place = { id: definition.id, version }
        const { trigger } = definition
        const find = async (after: string) => {
          if (!leadsSomewhere(trigger)) return []
          const wanted = { workspaceId, trigger, at: now(), after, limit: IDS_AT_ONCE }
          return await findCandidates(wanted, signal)
        }
        let { opening } = waiting
        let found = await find(opening.after)
        while (found.length > 0) {
          for (let start = 0; start < found.length; start += CUSTOMERS_AT_ONCE) {
            const page = found.slice(start, start + CUSTOMERS_AT_ONCE)
            // Of a journey that is not live any more the engine would not hear, and they would be forgotten.
            const isLive = (await store.read((tx) => readWaitingOpenings(tx, workspaceId, place))).length > 0
            if (!isLive) return
            const at = now()
            await ingest.submit(
              page.map((customerId) => ({
                workspaceId,
                customerId,
                input: openingRequest(waiting, customerId, at),
              })),
            )
            opening = {
              ...opening,
              state: 'running',
              after: page.at(-1) ?? opening.after,
              customers: opening.customers + page.length,
            }
            const reached = opening
            await store.write((tx) => saveOpening(tx, workspaceId, place, reached))
            opened[definition.id] = opening.customers
            await save({ journey: definition.id, customers: opening.customers })
          }
          found = found.length < IDS_AT_ONCE ? [] : await find(opening.after)
        }
        const done = { ...opening, state: 'done' as const }
        opened[definition.id] = opening.customers
        await store.write((tx) => saveOpening(tx, workspaceId, place, done))
      }

      for (const waiting of await store.read((tx) => readWaitingOpenings(tx, workspaceId)))
        await open(waiting)
      return { journeys: opened }
    },
  }
}
