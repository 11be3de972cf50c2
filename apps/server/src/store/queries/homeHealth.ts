import { and, asc, count, eq, isNotNull } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'

/** Counting goes no further than this. */
const COUNTED_UP_TO = 10_000

/** What of a workspace is set aside until somebody looks at it, and which of its jobs fail. */
export async function readSetAside(tx: ReadTx, workspaceId: string) {
  const { customers, jobs, parked } = tx.tables
  const someInputs = tx
    .select({ id: parked.id })
    .from(parked)
    .where(eq(parked.workspaceId, workspaceId))
    .limit(COUNTED_UP_TO)
    .as('some')
  const [inputs] = await tx.select({ count: count() }).from(someInputs)
  const someCustomers = tx
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.workspaceId, workspaceId), isNotNull(customers.parked)))
    .limit(COUNTED_UP_TO)
    .as('some')
  const [people] = await tx.select({ count: count() }).from(someCustomers)
  const failing = await tx
    .select({ name: jobs.name })
    .from(jobs)
    .where(and(eq(jobs.workspaceId, workspaceId), isNotNull(jobs.error)))
    .orderBy(asc(jobs.name))
  return {
    parkedInputs: inputs?.count ?? 0,
    parkedCustomers: people?.count ?? 0,
    failingJobs: failing.map(({ name }) => name),
  }
}
