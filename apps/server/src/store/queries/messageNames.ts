import { and, asc, eq } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'

export interface MessageNames {
  customers: ReadonlyMap<string, string>
  journeys: ReadonlyMap<string, string>
  campaigns: ReadonlyMap<string, string>
}

interface Named {
  customerId: string
  journeyId: string | null
  campaignId: string | null
}

const idsOf = (ids: readonly (string | null)[]) => [...new Set(ids.filter((id) => id !== null))]

async function namesOfCustomers(tx: ReadTx, workspaceId: string, ids: readonly string[]) {
  const { customers } = tx.tables
  const rows = await tx
    .select({
      id: customers.id,
      firstName: tx.dialect.jsonText(customers.state, ['traits', 'firstName']),
      lastName: tx.dialect.jsonText(customers.state, ['traits', 'lastName']),
      name: tx.dialect.jsonText(customers.state, ['traits', 'name']),
    })
    .from(customers)
    .where(and(eq(customers.workspaceId, workspaceId), tx.dialect.isOneOf(customers.id, ids)))
  return new Map(
    rows.flatMap(({ id, firstName, lastName, name }) => {
      const whole = [firstName, lastName].filter((part) => part !== null && part !== '').join(' ')
      const shown = whole === '' ? name : whole
      return shown === null ? [] : [[id, shown] as const]
    }),
  )
}

async function namesOfJourneys(tx: ReadTx, workspaceId: string, ids: readonly string[]) {
  const { journeys } = tx.tables
  const rows = await tx
    .select({ id: journeys.id, name: tx.dialect.jsonText(journeys.definition, ['name']) })
    .from(journeys)
    .where(and(eq(journeys.workspaceId, workspaceId), tx.dialect.isOneOf(journeys.id, ids)))
    .orderBy(asc(journeys.id), asc(journeys.version))
  // The last version's stays.
  return new Map(rows.map(({ id, name }) => [id, name ?? id]))
}

async function namesOfCampaigns(tx: ReadTx, workspaceId: string, ids: readonly string[]) {
  const { campaigns } = tx.tables
  const rows = await tx
    .select({ id: campaigns.id, name: tx.dialect.jsonText(campaigns.definition, ['name']) })
    .from(campaigns)
    .where(and(eq(campaigns.workspaceId, workspaceId), tx.dialect.isOneOf(campaigns.id, ids)))
  return new Map(rows.map(({ id, name }) => [id, name ?? id]))
}

/** What people call whoever got these messages, and what they are of. */
export async function namesOfMessages(
  tx: ReadTx,
  workspaceId: string,
  messages: readonly Named[],
): Promise<MessageNames> {
  const customers = idsOf(messages.map(({ customerId }) => customerId))
  const journeys = idsOf(messages.map(({ journeyId }) => journeyId))
  const campaigns = idsOf(messages.map(({ campaignId }) => campaignId))
  return {
    customers: await namesOfCustomers(tx, workspaceId, customers),
    journeys: await namesOfJourneys(tx, workspaceId, journeys),
    campaigns: await namesOfCampaigns(tx, workspaceId, campaigns),
  }
}
