import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'

/** Counting goes no further than this: it is done again and again, and nobody reacts differently to more. */
const COUNTED_UP_TO = 100_000

/** What waits and what is set aside, in all workspaces. Times are epoch milliseconds, null where nothing is due. */
export interface Backlog {
  /** The earliest timer of a customer. */
  wakeAt: number | null
  queued: number
  sending: number
  /** When the oldest queued message is or was due. */
  dueAt: number | null
  parkedInputs: number
  parkedCustomers: number
  /** The jobs over all customers whose last try has failed, by their names. */
  failingJobs: string[]
  /** Senders whose mails wait until somebody lets them go on. */
  stoppedSenders: number
}

/** Each figure is the head of an index, or a count along one that ends at `COUNTED_UP_TO`. */
export async function readBacklog(tx: ReadTx): Promise<Backlog> {
  const { customers, messages, parked, jobs, senders } = tx.tables
  const one = sql<number>`1`.as('one')
  const count = { count: sql<number>`count(*)`.mapWith(Number) }

  const [wake] = await tx
    .select({ at: customers.wakeAt })
    .from(customers)
    .where(and(isNotNull(customers.wakeAt), isNull(customers.parked)))
    .orderBy(asc(customers.wakeAt))
    .limit(1)
  const [due] = await tx
    .select({ at: messages.dueAt })
    .from(messages)
    .where(eq(messages.state, 'queued'))
    .orderBy(asc(messages.dueAt))
    .limit(1)
  const inState = async (state: 'queued' | 'sending') => {
    const some = tx
      .select({ one })
      .from(messages)
      .where(eq(messages.state, state))
      .limit(COUNTED_UP_TO)
      .as('some')
    return (await tx.select(count).from(some))[0]?.count ?? 0
  }
  const someParked = tx.select({ one }).from(parked).limit(COUNTED_UP_TO).as('some')
  const [inputs] = await tx.select(count).from(someParked)
  const someCustomers = tx
    .select({ one })
    .from(customers)
    .where(isNotNull(customers.parked))
    .limit(COUNTED_UP_TO)
    .as('some')
  const [parkedCustomers] = await tx.select(count).from(someCustomers)
  const failing = await tx
    .select({ name: jobs.name })
    .from(jobs)
    .where(isNotNull(jobs.error))
    .orderBy(asc(jobs.name))
  const [stopped] = await tx.select(count).from(senders).where(eq(senders.status, 'stopped'))
  return {
    wakeAt: wake?.at ?? null,
    queued: await inState('queued'),
    sending: await inState('sending'),
    dueAt: due?.at ?? null,
    parkedInputs: inputs?.count ?? 0,
    parkedCustomers: parkedCustomers?.count ?? 0,
    failingJobs: [...new Set(failing.map(({ name }) => name))],
    stoppedSenders: stopped?.count ?? 0,
  }
}
