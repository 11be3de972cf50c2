import { HOUR } from '@ciclo/engine'
import type { TestClock } from './clock.ts'
import { JOURNEY_SCHEDULE } from './journeys/schedule.ts'
import type { Loop } from './loops/loop.ts'
import { CAMPAIGNS } from './store/queries/campaigns.ts'
import { nextWakeAt } from './store/queries/customers.ts'
import { nextJobAt } from './store/queries/jobs.ts'
import { JOURNEY_OPENING } from './store/queries/journeys.ts'
import { nextMessageAt } from './store/queries/messages.ts'
import { nextWebhookAt } from './store/queries/webhooks.ts'
import type { Store } from './store/store.ts'

type Turning = Pick<Loop, 'drain' | 'poke'>

export interface TimePassingOptions {
  store: Store
  now: () => number
  /** Set where tests may move the clock. */
  testClock?: TestClock
  loops: Record<'wake' | 'sender' | 'webhookSender' | 'jobs' | 'journeyJobs' | 'campaignJobs', Turning>
  senderHealth: { settled: () => Promise<void> }
}

/** What is due within this of each other happens in one hop of a test's clock: well below what makes a mail late. */
const TEST_HOP = HOUR / 2
/** What is still due after so many rounds cannot be done now. */
const MOST_ROUNDS = 10

/** Brings about what is due now, or what a test's clock passes on its way. */
export function createTimePassing({ store, now, testClock, loops, senderHealth }: TimePassingOptions) {
  const { wake, sender, webhookSender, jobs, journeyJobs, campaignJobs } = loops
  const nextDueAt = async () =>
    Math.min(
      (await store.read(nextWakeAt)) ?? Infinity,
      (await store.read(nextMessageAt)) ?? Infinity,
      (await store.read(nextWebhookAt)) ?? Infinity,
    )

  const settle = async () => {
    // What was sent has armed new timers, and may have caused new mails. What fails is left to the next time.
    let rounds = 0
    do {
      rounds += 1
      await wake.drain()
      await journeyJobs.drain()
      await campaignJobs.drain()
      await sender.drain()
      await webhookSender.drain()
      await senderHealth.settled()
    } while (rounds < MOST_ROUNDS && (await nextDueAt()) <= now())
    // A turn that a loop has begun meanwhile is over before anybody moves the clock: it would lose its claims.
    await sender.drain()
    await webhookSender.drain()
    wake.poke()
    sender.poke()
    webhookSender.poke()
  }

  /** Lets the time until `at` pass for whoever waits for it, in hops to where something is due. */
  const passTime = async (at: number) => {
    if (!testClock) return now()
    while (now() < at) {
      await settle()
      const due = await nextDueAt()
      // Who a schedule asks in is seen at its own time.
      const jobAt =
        (await store.read((tx) => nextJobAt(tx, [JOURNEY_OPENING, JOURNEY_SCHEDULE, CAMPAIGNS]))) ?? Infinity
      testClock.set(Math.min(at, Math.max(jobAt, now() + 1), Math.max(due, now()) + TEST_HOP))
    }
    // Jobs are caught up with once, as after a long sleep: their day-to-day runs take real time. What they publish and
    // ask for at one instant comes a millisecond after each other.
    for (const instant of [Math.max(now(), at - 2), at]) {
      testClock.set(instant)
      await jobs.drain()
    }
    await settle()
    return now()
  }

  return { settle, passTime }
}
