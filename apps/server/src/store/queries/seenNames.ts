import { and, desc, eq, isNotNull } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { livingCustomers, toRecord } from './customers.ts'

/** What the newest customers have, and what was told of them. */
export interface SeenNames {
  /** Of `track` events, as they were sent. */
  events: Set<string>
  /** Outermost names. */
  traits: Set<string>
  /** How many of them are known to have each locale. */
  locales: Map<string, number>
  customers: number
}

/** The names that so many of the newest customers bring along: bounded, however many events there are. */
export async function sampleNames(tx: ReadTx, workspaceId: string, limit: number): Promise<SeenNames> {
  const { customers, events } = tx.tables
  const rows = await tx
    .select()
    .from(customers)
    .where(livingCustomers(tx, workspaceId))
    .orderBy(desc(customers.id))
    .limit(limit)
  const seen: SeenNames = { events: new Set(), traits: new Set(), locales: new Map(), customers: rows.length }
  for (const row of rows) {
    const { traits, locale } = toRecord(row).customer
    for (const name of Object.keys(traits)) seen.traits.add(name)
    if (locale) seen.locales.set(locale.value, (seen.locales.get(locale.value) ?? 0) + 1)
  }
  const ids = rows.map(({ id }) => id)
  const named = await tx
    .selectDistinct({ name: events.name })
    .from(events)
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        tx.dialect.isOneOf(events.customerId, ids),
        eq(events.type, 'track'),
        isNotNull(events.name),
      ),
    )
  for (const { name } of named) if (name !== null) seen.events.add(name)
  return seen
}

/** Which of these names any event has. Where none has, it looks at all of them: off the event loop. */
export async function findEventNames(
  tx: ReadTx,
  workspaceId: string,
  names: readonly string[],
): Promise<string[]> {
  const { events } = tx.tables
  if (names.length === 0) return []
  const rows = await tx
    .selectDistinct({ name: events.name })
    .from(events)
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        eq(events.type, 'track'),
        tx.dialect.isOneOf(events.name, names),
      ),
    )
  return rows.flatMap(({ name }) => name ?? [])
}

/** Whether any customer has such a trait. Where none has, it looks at all of them: off the event loop. */
export async function hasTrait(tx: ReadTx, workspaceId: string, name: string): Promise<boolean> {
  const { customers } = tx.tables
  const [row] = await tx
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        livingCustomers(tx, workspaceId),
        tx.dialect.jsonMatches(customers.state, [{ name: 'traits' }, { name }], { kind: 'exists' }),
      ),
    )
    .limit(1)
  return row !== undefined
}
