import { eq } from 'drizzle-orm'
import { nextWakeAt } from '../../src/store/queries/customers.ts'
import { enrolmentOf } from '../../src/store/queries/enrolments.ts'
import { nextMessageAt } from '../../src/store/queries/messages.ts'
import type { TestCiclo } from '../support/createTestCiclo.ts'
import type { ToldEvent } from './backtestMonth.ts'

/**
 * Lives through the events with the clock of the test: it is set to every instant at which something happens or is due,
 * and nowhere in between.
 */
export async function liveThroughMonth(
  { ciclo, clock, store, workspaceId }: TestCiclo,
  { past, events }: { past: readonly ToldEvent[]; events: readonly ToldEvent[] },
  { until, occurrences }: { until: number; occurrences: readonly number[] },
): Promise<void> {
  const itemOf = ({ at, id, source, event }: ToldEvent) => ({
    workspaceId,
    input: { kind: 'event' as const, id, at, receivedAt: clock.now(), source, event },
  })
  if (past.length > 0) await ciclo.ingest.submit(past.map(itemOf))
  const scheduled = [...occurrences]
  let place = 0
  for (;;) {
    const due = await store.read(async (tx) =>
      Math.min((await nextWakeAt(tx)) ?? Infinity, (await nextMessageAt(tx)) ?? Infinity),
    )
    const at = Math.min(events[place]?.at ?? Infinity, Math.max(due, clock.now()), scheduled[0] ?? Infinity)
    if (at > until) break
    clock.set(Math.max(at, clock.now()))
    const told: ToldEvent[] = []
    for (let event = events[place]; event !== undefined && event.at === at; event = events[place]) {
      told.push(event)
      place += 1
    }
    if (told.length > 0) await ciclo.ingest.submit(told.map(itemOf))
    await ciclo.settle()
    if (scheduled[0] === at) {
      scheduled.shift()
      await ciclo.runJobs()
      await ciclo.settle()
    }
  }
  clock.set(until)
}

/** What became of every mail, by its id. */
export async function readMails({ store, workspaceId }: TestCiclo) {
  return await store.read(async (tx) => {
    const { messages } = tx.tables
    const rows = await tx.select().from(messages).where(eq(messages.workspaceId, workspaceId))
    return new Map(rows.map((row) => [row.id, row]))
  })
}

/** Every run, also those that have ended. */
export async function readAllRuns({ store, workspaceId }: TestCiclo) {
  return await store.read(async (tx) => {
    const { enrolments } = tx.tables
    const rows = await tx.select().from(enrolments).where(eq(enrolments.workspaceId, workspaceId))
    return rows.map((row) => enrolmentOf(row))
  })
}
