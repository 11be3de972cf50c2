import { and, desc, eq } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { memberIds } from './customers.ts'

/** What a customer's page shows first, and so what it is told of: so many of each. */
const HEAD = 50
/** More runs than anybody has at once. */
const RUNS = 200

/** What the page of one customer shows at its top, as far as it may change: by its parts. */
export interface LiveState {
  customer: unknown
  events: unknown
  transitions: unknown
  messages: unknown
  runs: unknown
}

async function livingCustomer(tx: ReadTx, workspaceId: string, id: string) {
  const { customers } = tx.tables
  const [row] = await tx
    .select({
      id: customers.id,
      mergedInto: customers.mergedInto,
      parked: customers.parked,
      state: customers.state,
    })
    .from(customers)
    .where(and(eq(customers.workspaceId, workspaceId), eq(customers.id, id)))
  if (!row?.mergedInto) return row
  return await livingCustomer(tx, workspaceId, row.mergedInto)
}

/**
 * Reads the top of everything that is known of a customer, each part along its index and bounded: it is asked every few
 * seconds for each page that is open. Undefined where there is no such customer, or not any more.
 */
export async function readLiveState(
  tx: ReadTx,
  workspaceId: string,
  customerId: string,
): Promise<LiveState | undefined> {
  const customer = await livingCustomer(tx, workspaceId, customerId)
  if (!customer) return undefined
  const { id } = customer
  const { events, transitions, messages, enrolments } = tx.tables
  const members = await memberIds(tx, workspaceId, id)
  return {
    customer,
    events: await tx
      .select({ at: events.at, id: events.messageId })
      .from(events)
      .where(and(eq(events.workspaceId, workspaceId), tx.dialect.isOneOf(events.customerId, members)))
      .orderBy(desc(events.at), desc(events.messageId))
      .limit(HEAD),
    transitions: await tx
      .select({ position: transitions.position, at: transitions.at, to: transitions.to })
      .from(transitions)
      .where(and(eq(transitions.workspaceId, workspaceId), eq(transitions.customerId, id)))
      .orderBy(desc(transitions.position))
      .limit(HEAD),
    messages: await tx
      .select({
        id: messages.id,
        state: messages.state,
        reason: messages.reason,
        dueAt: messages.dueAt,
        sentAt: messages.sentAt,
        subject: messages.subject,
      })
      .from(messages)
      .where(and(eq(messages.workspaceId, workspaceId), eq(messages.customerId, id)))
      .orderBy(desc(messages.createdAt), desc(messages.id))
      .limit(HEAD),
    runs: await tx
      .select({
        id: enrolments.id,
        step: enrolments.step,
        endedAt: enrolments.endedAt,
        goalAt: enrolments.goalAt,
        heldSince: enrolments.heldSince,
      })
      .from(enrolments)
      .where(and(eq(enrolments.workspaceId, workspaceId), eq(enrolments.customerId, id)))
      .orderBy(desc(enrolments.startedAt), desc(enrolments.id))
      .limit(RUNS),
  }
}
