import type { EndReason, MessageState } from '@ciclo/engine'
import { and, count, desc, eq, isNotNull, sql, type SQL } from 'drizzle-orm'
import { behind } from '../behind.ts'
import type { ReadTx } from '../store.ts'
import { enrolmentOf, type CustomerEnrolment } from './enrolments.ts'

const RUN_STATUSES = ['running', 'ended'] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

export interface RunPlace {
  startedAt: number
  id: string
}

export interface RunsWanted {
  journeyId: string
  /** Left out: all. */
  status: RunStatus | undefined
  /** The step at which they stand, or have ended. */
  step: string | undefined
  customerId: string | undefined
  after: RunPlace | undefined
  limit: number
}

const byStart = (one: RunPlace, other: RunPlace) =>
  other.startedAt - one.startedAt || (one.id < other.id ? 1 : -1)

/** The runs of a workspace of which all of this is true. */
const selectRuns = (tx: ReadTx, workspaceId: string, ...conditions: readonly (SQL | undefined)[]) =>
  tx
    .select()
    .from(tx.tables.enrolments)
    .where(and(eq(tx.tables.enrolments.workspaceId, workspaceId), ...conditions))

/** One page of the runs of a journey, those that began last first. With a step it may look at all: off the event loop. */
export async function pageOfRuns(
  tx: ReadTx,
  workspaceId: string,
  wanted: RunsWanted,
): Promise<CustomerEnrolment[]> {
  const { enrolments } = tx.tables
  const { journeyId, status, step, customerId, after, limit } = wanted
  const pages: CustomerEnrolment[] = []
  // The index has each status in the order of the starts.
  for (const one of status === undefined ? RUN_STATUSES : [status]) {
    const rows = await selectRuns(
      tx,
      workspaceId,
      eq(enrolments.journeyId, journeyId),
      eq(enrolments.status, one),
      step === undefined ? undefined : eq(enrolments.step, step),
      customerId === undefined ? undefined : eq(enrolments.customerId, customerId),
      after && behind('descending', [enrolments.startedAt, after.startedAt], [enrolments.id, after.id]),
    )
      .orderBy(desc(enrolments.startedAt), desc(enrolments.id))
      .limit(limit)
    pages.push(...rows.map(enrolmentOf))
  }
  return pages.toSorted(byStart).slice(0, limit)
}

export async function readRun(
  tx: ReadTx,
  workspaceId: string,
  id: string,
): Promise<CustomerEnrolment | undefined> {
  const [row] = await selectRuns(tx, workspaceId, eq(tx.tables.enrolments.id, id))
  return row && enrolmentOf(row)
}

/** So many of a customer's runs are looked through. */
const LAST_RUNS = 200

/** A customer's runs, the last begun first; those of one journey, if it is named. */
export async function readLastRuns(
  tx: ReadTx,
  workspaceId: string,
  customerId: string,
  journeyId?: string,
): Promise<CustomerEnrolment[]> {
  const { enrolments } = tx.tables
  const rows = await selectRuns(
    tx,
    workspaceId,
    eq(enrolments.customerId, customerId),
    journeyId === undefined ? undefined : eq(enrolments.journeyId, journeyId),
  )
    .orderBy(desc(enrolments.startedAt), desc(enrolments.id))
    .limit(LAST_RUNS)
  return rows.map(enrolmentOf)
}

/** So many runs have gone the same way, and stand or ended at the same step. */
export interface RunGroup {
  status: RunStatus
  endReason: EndReason | null
  step: string | null
  isHeld: boolean
  /** How often each step was entered, by each of them. */
  visits: Readonly<Record<string, number>>
  runs: number
}

/** Runs are few ways many times: each way is read once. It looks at every run: off the event loop. */
export async function countRuns(tx: ReadTx, workspaceId: string, journeyId: string): Promise<RunGroup[]> {
  const { enrolments } = tx.tables
  const visits = tx.dialect.jsonText(enrolments.snapshot, ['visits'])
  const grouped = tx
    .select({
      status: enrolments.status,
      endReason: enrolments.endReason,
      step: enrolments.step,
      held: sql<number>`case when ${isNotNull(enrolments.heldSince)} then 1 else 0 end`.as('held'),
      visits: sql<string | null>`${visits}`.as('visits'),
    })
    .from(enrolments)
    .where(and(eq(enrolments.workspaceId, workspaceId), eq(enrolments.journeyId, journeyId)))
    .as('grouped')
  const columns: SQL[] = ['status', 'endReason', 'step', 'held', 'visits'].map(
    (name) => sql`${grouped[name as keyof typeof grouped]}`,
  )
  const rows = await tx
    .select({
      status: grouped.status,
      endReason: grouped.endReason,
      step: grouped.step,
      held: grouped.held,
      visits: grouped.visits,
      runs: count(),
    })
    .from(grouped)
    .groupBy(...columns)
  return rows.map((row) => ({
    status: row.status,
    endReason: row.endReason as EndReason | null,
    step: row.step,
    isHeld: row.held === 1,
    visits: row.visits === null ? {} : (JSON.parse(row.visits) as Record<string, number>),
    runs: row.runs,
  }))
}

export interface StepMessages {
  step: string | null
  state: MessageState
  messages: number
}

/** What became of the mails of a journey, by their step. It looks at every mail: off the event loop. */
export async function countMessagesOf(
  tx: ReadTx,
  workspaceId: string,
  journeyId: string,
): Promise<StepMessages[]> {
  const { messages } = tx.tables
  return await tx
    .select({ step: messages.stepId, state: messages.state, messages: count() })
    .from(messages)
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.journeyId, journeyId)))
    .groupBy(messages.stepId, messages.state)
}

/** The run of a customer that something has caused. */
export async function readRunOfCause(
  tx: ReadTx,
  workspaceId: string,
  customerId: string,
  causeId: string,
): Promise<CustomerEnrolment | undefined> {
  const { enrolments } = tx.tables
  const [row] = await selectRuns(
    tx,
    workspaceId,
    eq(enrolments.customerId, customerId),
    eq(enrolments.causeId, causeId),
  )
  return row && enrolmentOf(row)
}
