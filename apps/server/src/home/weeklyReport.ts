import { DAY, nextLocalTime, type Settings } from '@ciclo/engine'
import { z } from 'zod'
import type { Job } from '../loops/jobs.ts'
import type { DirectMail, SendDirectly } from '../sending/sendDirectly.ts'
import type { Senders } from '../sending/senders.ts'
import type { Owner } from '../store/queries/owners.ts'
import { readWorkspace } from '../store/queries/workspaces.ts'
import type { ReadTx, Store } from '../store/store.ts'

const WEEKLY_REPORT = 'weekly-report'

/** When it is due, by the shop's clocks. */
const TIME = '08:00'
/** What was missed for longer than this is history: nobody wants Monday's mail on a Thursday. */
const MADE_UP_FOR = DAY
/** A shop may move to another time zone, or switch the report on. */
const LOOK_AT_LEAST_EVERY = DAY

const ProgressSchema = z.object({ mondayAt: z.number(), sentTo: z.array(z.string()) })
const LastSchema = z.object({ mondayAt: z.number() })

/** The last Monday's report time that is over at an instant. */
export function lastMonday(at: number, { shop: { timeZone } }: Pick<Settings, 'shop'>): number {
  const upcoming = nextLocalTime(at + 1, timeZone, TIME, ['mon'])
  // A week is an hour shorter or longer where clocks change in it: eight days before, the last one lies ahead.
  return nextLocalTime(upcoming - 8 * DAY, timeZone, TIME, ['mon'])
}

interface WeeklyReportOptions {
  store: Store
  senders: Pick<Senders, 'senderOf'>
  sendDirectly: SendDirectly
  readOwners: (tx: ReadTx, workspaceId: string) => Promise<Owner[]>
  writeReport: (workspaceId: string, mondayAt: number) => Promise<Omit<DirectMail, 'to'>>
  now: () => number
}

/**
 * Tells the owners each Monday at 8:00 by mail how things stand, where the shop has not switched it off. Up to which
 * Monday that is done stands in the result of the last run, and who has the mail already in the progress of this one: a
 * restart tells nobody twice, but for the one whose mail was on its way.
 */
export function createWeeklyReportJob(options: WeeklyReportOptions): Job {
  const { store, senders, sendDirectly, readOwners, writeReport, now } = options
  return {
    name: WEEKLY_REPORT,
    every: LOOK_AT_LEAST_EVERY,
    run: async ({ workspaceId, progress, last, wakeAt, save, signal }) => {
      const at = now()
      const { settings, owners, sender } = await store.read(async (tx) => ({
        settings: (await readWorkspace(tx, workspaceId))?.settings,
        owners: await readOwners(tx, workspaceId),
        sender: await senders.senderOf(tx, workspaceId, 'transactional', null),
      }))
      if (!settings) return { mondayAt: at, sent: 0 }
      const mondayAt = lastMonday(at, settings)
      wakeAt(nextLocalTime(at + 1, settings.shop.timeZone, TIME, ['mon']))
      const done = last ? LastSchema.parse(last).mondayAt : mondayAt
      const isDue = mondayAt > done && at - mondayAt < MADE_UP_FOR
      if (!isDue || !settings.weeklyReport || owners.length === 0 || sender.stopped !== null)
        return { mondayAt: Math.max(done, mondayAt), sent: 0 }

      const begun = progress ? ProgressSchema.parse(progress) : undefined
      const sentTo = new Set(begun?.mondayAt === mondayAt ? begun.sentTo : [])
      const report = await writeReport(workspaceId, mondayAt)
      for (const { userId, email } of owners) {
        if (sentTo.has(userId)) continue
        signal.throwIfAborted()
        const { taken, response } = await sendDirectly(sender, { ...report, to: email })
        if (!taken) throw new Error(`The weekly report could not be sent: ${response}`)
        sentTo.add(userId)
        await save({ mondayAt, sentTo: [...sentTo] })
      }
      return { mondayAt, sent: sentTo.size }
    },
  }
}
