import { DAY, nextOccurrence, scheduledRequest, type Journey } from '@ciclo/engine'
import { z } from 'zod'
import type { Ingest } from '../ingest/ingest.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import type { Job } from '../loops/jobs.ts'
import { readLiveJourneys } from '../store/queries/openings.ts'
import { readSettings } from '../store/queries/settings.ts'
import type { Store } from '../store/store.ts'
import { createFindCandidates } from './createFindCandidates.ts'

/** Journeys that begin by the clock let in those of whom their rule is true. */
export const JOURNEY_SCHEDULE = 'journey-schedule'

/** What one transaction asks in: some 50 ms of it, between which others write. */
const CUSTOMERS_AT_ONCE = 200
const IDS_AT_ONCE = 20_000

/** What was missed for longer is not made up for. */
const MADE_UP_FOR = DAY
/** So many that were skipped are told one by one. */
const SKIPPED_TOLD = 20

/** Who changes a schedule asks for it; this is for what nobody has asked for. */
const LOOK_AT_LEAST_EVERY = 7 * DAY

const UntilSchema = z.record(z.string(), z.number())
const LastSchema = z.object({ until: UntilSchema })
const ProgressSchema = z.object({
  until: UntilSchema,
  customers: z.int(),
  /** The occurrence that was under way, and up to whom it was. */
  occurrence: z.object({ schedule: z.string(), at: z.number(), after: z.string() }).nullable(),
})

type ScheduleTrigger = Extract<Journey['trigger'], { kind: 'schedule' }>

interface Schedule {
  /** Of another version nothing is missed. */
  key: string
  journey: string
  trigger: ScheduleTrigger
}

export interface JourneyScheduleOptions {
  store: Store
  ingest: Ingest
  insight: InsightRunner
  now: () => number
}

/**
 * At each occurrence of a live journey's schedule, asks in whoever its rule is true of. Up to when the occurrences of
 * each schedule are dealt with stands in the result of the last run: one that was missed is made up for as if it were
 * then, or told to have been skipped. Who is asked in twice is dropped by the receipts.
 */
export function createJourneyScheduleJob({ store, ingest, insight, now }: JourneyScheduleOptions): Job {
  const findCandidates = createFindCandidates({ store, insight })
  const readSchedules = async (workspaceId: string) =>
    await store.read(async (tx) => {
      const { shop } = await readSettings(tx, workspaceId)
      const schedules = (await readLiveJourneys(tx, workspaceId)).flatMap(
        ({ definition: { id, trigger }, version }): Schedule[] =>
          trigger.kind === 'schedule' ? [{ key: `${id}@${version}`, journey: id, trigger }] : [],
      )
      return { zone: shop.timeZone, schedules }
    })

  return {
    name: JOURNEY_SCHEDULE,
    every: LOOK_AT_LEAST_EVERY,
    run: async ({ workspaceId, dueAt, progress, last, wakeAt, save, signal }) => {
      const begunAt = now()
      const { zone, schedules } = await readSchedules(workspaceId)
      const run = progress ? ProgressSchema.parse(progress) : undefined
      const known = run?.until ?? (last ? LastSchema.parse(last).until : {})
      // Of one that is new nothing is due yet: going live has asked for this run.
      const until = Object.fromEntries(
        schedules.map(({ key }) => [key, known[key] ?? Math.min(dueAt, begunAt)]),
      )
      const due = schedules
        .flatMap((schedule) => {
          const times: { schedule: Schedule; at: number }[] = []
          const next = (after: number) => nextOccurrence(schedule.trigger, zone, after)
          for (let at = next(until[schedule.key] ?? begunAt); at <= begunAt; at = next(at))
            times.push({ schedule, at })
          return times
        })
        .toSorted((one, other) => one.at - other.at)
      const missed = due.filter(({ at }) => at < begunAt - MADE_UP_FOR)
      let customers = run?.customers ?? 0

      const askIn = async ({ schedule, at }: (typeof due)[number]): Promise<void> => {
        const { key, journey, trigger } = schedule
        const broken = run?.occurrence
        let after = broken?.schedule === key && broken.at === at ? broken.after : ''
        for (;;) {
          const wanted = { workspaceId, trigger, at, after, limit: IDS_AT_ONCE }
          const found = await findCandidates(wanted, signal)
          for (let start = 0; start < found.length; start += CUSTOMERS_AT_ONCE) {
            const page = found.slice(start, start + CUSTOMERS_AT_ONCE)
            const receivedAt = now()
            await ingest.submit(
              page.map((customerId) => ({
                workspaceId,
                customerId,
                input: { ...scheduledRequest(journey, at, customerId), receivedAt },
              })),
            )
            customers += page.length
            after = page.at(-1) ?? after
            await save({ until, customers, occurrence: { schedule: key, at, after } })
          }
          if (found.length < IDS_AT_ONCE) break
        }
        until[key] = at
        await save({ until, customers, occurrence: null })
      }

      for (const one of due) if (one.at >= begunAt - MADE_UP_FOR) await askIn(one)
      for (const { key, trigger } of schedules) {
        until[key] = begunAt
        wakeAt(nextOccurrence(trigger, zone, begunAt))
      }
      return {
        occurrences: due.length - missed.length,
        customers,
        skipped: missed.length,
        skippedFirst: missed
          .slice(0, SKIPPED_TOLD)
          .map(({ schedule, at }) => ({ journey: schedule.journey, at: new Date(at).toISOString() })),
        until,
      }
    },
  }
}
