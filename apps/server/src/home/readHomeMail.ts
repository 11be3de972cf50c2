import { DAY, HOUR } from '@ciclo/engine'
import { countQueued, humanClicksIn, pageOfWaking, readSendingHours } from '../store/queries/homeMail.ts'
import { readRunningEnrolments } from '../store/queries/enrolments.ts'
import { readSettings } from '../store/queries/settings.ts'
import { unsubscribesIn } from '../store/queries/stageFigures.ts'
import { readJourneyVersions } from '../store/queries/workspaces.ts'
import type { ReadTx, Store } from '../store/store.ts'
import { createDayIn, daysFrom, type Day } from './dayIn.ts'
import { createNextMail } from './createNextMail.ts'

const MAIL_DAYS = 7

interface PlannedDay {
  day: Day
  /** In the outbox, by purpose. What should have left by now counts today. */
  marketing: number
  transactional: number
  /** Mails that runs come to by then, if nothing ends them and nobody's answer changes their way. */
  journeys: number
}

interface PastDay {
  day: Day
  sent: number
  /** Of people: scanners left out. */
  clicks: number
  complaints: number
  unsubscribes: number
}

interface HomeMail {
  planned: PlannedDay[]
  /** False where there are so many runs that only the first of them were looked at. */
  isComplete: boolean
  past: PastDay[]
}

const PAGE = 500
/** Reading a customer's timers takes 20 microseconds or more: beyond so many nobody waits for a forecast. */
const MOST_WAKING = 50_000

/** When the next mail of each run under way is due by its timers, of those whose customers wake up before an instant. */
async function runMails(tx: ReadTx, workspaceId: string, { now, before }: { now: number; before: number }) {
  const nextMail = createNextMail(await readJourneyVersions(tx, workspaceId))
  const times: number[] = []
  let seen = 0
  for (let after: { wakeAt: number; id: string } | null = null; seen < MOST_WAKING;) {
    const page: Awaited<ReturnType<typeof pageOfWaking>> = await pageOfWaking(tx, workspaceId, {
      after,
      before,
      limit: PAGE,
    })
    const timers = new Map(
      page.map(({ id, state }) => [id, (state as { timers: Record<string, number> }).timers]),
    )
    for (const run of await readRunningEnrolments(tx, workspaceId, [...timers.keys()])) {
      const at = nextMail(run, timers.get(run.customerId) ?? {})
      if (at !== undefined && at < before) times.push(Math.max(at, now))
    }
    seen += page.length
    const last = page.at(-1)
    if (!last || last.wakeAt === null || page.length < PAGE) return { times, isComplete: true }
    after = { wakeAt: last.wakeAt, id: last.id }
  }
  return { times, isComplete: false }
}

/** What is to go out in the next seven days, and what came back in the last seven. */
export async function readHomeMail(
  store: Store,
  { workspaceId, now }: { workspaceId: string; now: number },
): Promise<HomeMail> {
  return await store.read(async (tx) => {
    const { shop } = await readSettings(tx, workspaceId)
    const dayIn = createDayIn(shop.timeZone)
    const today = dayIn(now)
    const ahead = daysFrom(today, MAIL_DAYS)
    const behind = daysFrom(today, -MAIL_DAYS).toReversed()
    // Days begin at other instants than UTC's: a day more, and what is of none of them is left out.
    const before = now + (MAIL_DAYS + 1) * DAY
    const past = { from: now - (MAIL_DAYS + 1) * DAY, to: now + 1 }
    const queued = await countQueued(tx, workspaceId, before)
    const runs = await runMails(tx, workspaceId, { now, before })
    const hours = await readSendingHours(tx, workspaceId, { from: past.from - HOUR, to: past.to })
    const clicks = await humanClicksIn(tx, workspaceId, past)
    const unsubscribes = await unsubscribesIn(tx, workspaceId, past)
    const countOn = (times: readonly number[]) => {
      const byDay = Map.groupBy(times, dayIn)
      return (day: Day) => byDay.get(day)?.length ?? 0
    }
    const mailsOn = (purpose: string, day: Day) =>
      queued
        .filter((row) => row.purpose === purpose && dayIn(Math.max(row.at, now)) === day)
        .reduce((sum, { mails }) => sum + mails, 0)
    const hoursOn = (figure: 'sent' | 'complained', day: Day) =>
      hours.filter(({ hour }) => dayIn(hour) === day).reduce((sum, row) => sum + row[figure], 0)
    const [runsOn, clicksOn, unsubscribesOn] = [countOn(runs.times), countOn(clicks), countOn(unsubscribes)]
    return {
      planned: ahead.map((day) => ({
        day,
        marketing: mailsOn('marketing', day),
        transactional: mailsOn('transactional', day),
        journeys: runsOn(day),
      })),
      isComplete: runs.isComplete,
      past: behind.map((day) => ({
        day,
        sent: hoursOn('sent', day),
        clicks: clicksOn(day),
        complaints: Math.max(0, hoursOn('complained', day)),
        unsubscribes: unsubscribesOn(day),
      })),
    }
  })
}
