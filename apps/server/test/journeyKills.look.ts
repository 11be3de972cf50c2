import { compileRules, simulate, type Journey, type Simulation } from '@ciclo/engine'
import { eq } from 'drizzle-orm'
import { mailIdOf } from '../src/mailId.ts'
import { openStore } from '../src/store/openStore.ts'
import { enrolmentOf, type CustomerEnrolment } from '../src/store/queries/enrolments.ts'
import { readHistory } from '../src/store/queries/events.ts'
import { readSettings } from '../src/store/queries/settings.ts'

/**
 * Right after a kill: what had been claimed and not been recorded. The dead process's leases, of the loops and of its
 * claims, are over at once, as if the next one had come later.
 */
export async function lookAtWreck(databaseUrl: string): Promise<{ mails: string[]; webhooks: string[] }> {
  const store = await openStore(databaseUrl)
  try {
    return await store.write(async (tx) => {
      const { leases, messages, webhooks } = tx.tables
      await tx.update(leases).set({ until: 0 })
      const mails = await tx
        .select({ id: messages.id, workspaceId: messages.workspaceId, createdAt: messages.createdAt })
        .from(messages)
        .where(eq(messages.state, 'sending'))
      const told = await tx.select({ id: webhooks.id }).from(webhooks).where(eq(webhooks.state, 'sending'))
      await tx.update(messages).set({ leaseUntil: 0 }).where(eq(messages.state, 'sending'))
      await tx.update(webhooks).set({ leaseUntil: 0 }).where(eq(webhooks.state, 'sending'))
      return {
        mails: mails.map(mailIdOf),
        webhooks: told.map(({ id }) => id),
      }
    })
  } finally {
    await store.close()
  }
}

/** Whether the loops of the new process have begun to run. */
export async function isLeaseHeld(databaseUrl: string): Promise<boolean> {
  const store = await openStore(databaseUrl, { readOnly: true })
  try {
    const rows = await store.read((tx) => tx.select().from(tx.tables.leases))
    return rows.some(({ name, until }) => name === 'loops' && until > 0)
  } finally {
    await store.close()
  }
}

const byId = <T extends { id: string }>(rows: readonly T[]) =>
  rows.toSorted((one, other) => (one.id < other.id ? -1 : 1))

/** A run, without what depends on when its mails were sent. */
const runOf = ({
  id,
  journeyId,
  version,
  key,
  startedAt,
  endReason,
  goalAt,
  value,
  visits,
}: Simulation['runs'][number]) => ({
  id,
  journeyId,
  version,
  key,
  startedAt,
  endReason,
  goalAt,
  value,
  visits,
})

/** What is in the database at the end, and what must be there: each customer's events lived through without a crash. */
export async function lookAtEnd(databaseUrl: string, journeys: readonly Journey[], until: number) {
  const store = await openStore(databaseUrl, { readOnly: true })
  try {
    return await store.read(async (tx) => {
      const { coupons, customers, enrolments, events, messages, parked, webhooks } = tx.tables
      const people = await tx.select().from(customers)
      const workspaceId = people[0]?.workspaceId ?? ''
      const ids = people.map(({ id }) => id)
      const history = Map.groupBy(await readHistory(tx, workspaceId, ids), ({ customerId }) => customerId)
      const rules = compileRules({
        version: 1,
        settings: await readSettings(tx, workspaceId),
        journeys: journeys.map((definition) => ({ definition, version: 1, status: 'live' })),
      })
      const simulations = people.map(({ id }) => {
        const told = (history.get(id) ?? [])
          .map(({ input }) => input)
          .filter(({ source }) => source !== 'own')
        return simulate(told, rules, { customerId: id, until })
      })
      const runs: CustomerEnrolment[] = (await tx.select().from(enrolments)).map(enrolmentOf)
      const eventIds = await tx.select({ id: events.messageId, source: events.source }).from(events)
      return {
        people,
        parked: await tx.select().from(parked),
        eventIds,
        messages: await tx.select().from(messages),
        storedWebhooks: await tx.select().from(webhooks),
        coupons: await tx.select().from(coupons),
        runs: byId(runs.map(runOf)),
        traits: Object.fromEntries(
          people.map(({ id, state }) => [id, (state as { traits: unknown }).traits]),
        ),
        expected: {
          runs: byId(simulations.flatMap((one) => one.runs.map(runOf))),
          messages: simulations.flatMap((one) => one.messages),
          webhooks: simulations.flatMap((one) => one.webhooks),
          coupons: simulations.flatMap((one) => one.coupons),
          traits: Object.fromEntries(simulations.map(({ customer }) => [customer.id, customer.traits])),
        },
      }
    })
  } finally {
    await store.close()
  }
}
