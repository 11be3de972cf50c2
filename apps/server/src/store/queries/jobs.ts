import { and, asc, eq, isNull, lte, or, sql } from 'drizzle-orm'
import { excluded } from '../excluded.ts'
import type { ReadTx, Tx } from '../store.ts'

/** Everybody is looked at by a new version of the rules. */
export const REJUDGE = 'rejudge'

/** The curve and the lines are drawn anew; with the predictions, their models are fitted, too. */
export const REFRESH_CURVE = 'refresh-curve'
export const REFRESH_PREDICTIONS = 'refresh-predictions'

/** Never, as long as nobody asks. */
export const UNASKED = Number.MAX_SAFE_INTEGER

export type JobRow = ReadTx['tables']['jobs']['$inferSelect']

/** Makes sure that a job is on the list; one that is there already stays as it is. */
export async function ensureJob(tx: Tx, workspaceId: string, name: string, dueAt: number): Promise<void> {
  await tx.insert(tx.tables.jobs).values({ workspaceId, name, dueAt }).onConflictDoNothing()
}

/**
 * Asks for a job to begin at a time. A run under way begins anew: what is asked for came after what it has seen. It
 * knows that by another time: two requests of the same millisecond are a millisecond apart.
 */
export async function requestJob(tx: Tx, workspaceId: string, name: string, at: number): Promise<void> {
  const { jobs } = tx.tables
  const asked = excluded(jobs.dueAt)
  const dueAt = sql`${asked} + case when ${jobs.dueAt} = ${asked} then 1 else 0 end`
  await tx
    .insert(jobs)
    .values({ workspaceId, name, dueAt: at })
    .onConflictDoUpdate({ target: [jobs.workspaceId, jobs.name], set: { dueAt, progress: null } })
}

/** Takes the job that has been due for longest, so that nobody else does until `leaseUntil`. */
export async function claimJob(
  tx: Tx,
  names: readonly string[],
  now: number,
  leaseUntil: number,
): Promise<JobRow | undefined> {
  const { jobs } = tx.tables
  const [row] = await tx.dialect.forUpdateSkipLocked(
    tx
      .select()
      .from(jobs)
      .where(
        and(
          lte(jobs.dueAt, now),
          tx.dialect.isOneOf(jobs.name, names),
          or(isNull(jobs.leaseUntil), lte(jobs.leaseUntil, now)),
        ),
      )
      .orderBy(asc(jobs.dueAt))
      .limit(1),
  )
  if (!row) return undefined
  await tx
    .update(jobs)
    .set({ leaseUntil })
    .where(and(eq(jobs.workspaceId, row.workspaceId), eq(jobs.name, row.name)))
  return row
}

/**
 * Writes down how far a job has come, or how it has ended.
 *
 * @returns false where the job was asked for anew meanwhile: what was due is not the same any more, and nothing is
 * written but the end of the claim
 */
export async function updateJob(
  tx: Tx,
  { workspaceId, name, dueAt }: JobRow,
  change: Partial<Omit<JobRow, 'workspaceId' | 'name'>>,
): Promise<boolean> {
  const { jobs } = tx.tables
  const isIt = and(eq(jobs.workspaceId, workspaceId), eq(jobs.name, name))
  const rows = await tx
    .update(jobs)
    .set(change)
    .where(and(isIt, eq(jobs.dueAt, dueAt)))
    .returning({ name: jobs.name })
  if (rows.length > 0) return true
  if ('leaseUntil' in change) await tx.update(jobs).set({ leaseUntil: change.leaseUntil }).where(isIt)
  return false
}

/** When a job is due next, or undefined where none is. */
export async function nextJobAt(tx: ReadTx, names: readonly string[]): Promise<number | undefined> {
  const { jobs } = tx.tables
  const [row] = await tx
    .select({ dueAt: jobs.dueAt })
    .from(jobs)
    .where(tx.dialect.isOneOf(jobs.name, names))
    .orderBy(asc(jobs.dueAt))
    .limit(1)
  return row && row.dueAt < UNASKED ? row.dueAt : undefined
}

/** The jobs of a workspace, by their name. */
export async function readJobs(tx: ReadTx, workspaceId: string): Promise<JobRow[]> {
  const { jobs } = tx.tables
  return await tx.select().from(jobs).where(eq(jobs.workspaceId, workspaceId)).orderBy(asc(jobs.name))
}
