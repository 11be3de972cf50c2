import { BEGINNING, PopulationSchema, type RulesVersion, SettingsSchema } from '@ciclo/engine'
import { asc, desc, eq } from 'drizzle-orm'
import type { ReadTx, Tx } from '../store.ts'
import { readWorkspace, renewRules } from './workspaces.ts'

type Row = ReadTx['tables']['rulesVersions']['$inferSelect']

const toVersion = ({ number, from, settings, population }: Row): RulesVersion => ({
  number,
  from,
  settings: SettingsSchema.parse(settings),
  population: population ? PopulationSchema.parse(population) : null,
})

/** What a workspace's deadlines and lines have been drawn by, oldest first; none where that was never changed. */
export async function readDatedRules(tx: ReadTx, workspaceId: string): Promise<RulesVersion[]> {
  const { rulesVersions } = tx.tables
  const rows = await tx
    .select()
    .from(rulesVersions)
    .where(eq(rulesVersions.workspaceId, workspaceId))
    .orderBy(asc(rulesVersions.number))
  return rows.map(toVersion)
}

/** The version that is valid now, and where a workspace has none yet, what it began with. */
export async function readCurrentRules(tx: ReadTx, workspaceId: string): Promise<RulesVersion> {
  const { rulesVersions } = tx.tables
  const [row] = await tx
    .select()
    .from(rulesVersions)
    .where(eq(rulesVersions.workspaceId, workspaceId))
    .orderBy(desc(rulesVersions.number))
    .limit(1)
  if (row) return toVersion(row)
  const workspace = await readWorkspace(tx, workspaceId)
  const settings = workspace?.settings ?? SettingsSchema.parse({})
  return { number: 1, from: BEGINNING, settings, population: null }
}

/** Whether anything has ever happened in a workspace: until then nobody was judged by its settings. */
export async function hasCustomers(tx: ReadTx, workspaceId: string): Promise<boolean> {
  const { customers } = tx.tables
  const [row] = await tx
    .select({ id: customers.id })
    .from(customers)
    .where(eq(customers.workspaceId, workspaceId))
    .limit(1)
  return row !== undefined
}

/**
 * What is valid from now on, added to the versions before. Every process compiles its rules anew before it applies
 * anything more. It begins after the version before it, whatever the clock says: else who has been judged by that one
 * would never be judged by this one.
 *
 * @param before what was valid until now
 */
export async function addRulesVersion(
  tx: Tx,
  workspaceId: string,
  before: RulesVersion,
  next: Pick<RulesVersion, 'from'> & Partial<Pick<RulesVersion, 'settings' | 'population'>>,
): Promise<RulesVersion> {
  const { rulesVersions } = tx.tables
  const from = Math.max(next.from, before.from + 1)
  const after: RulesVersion = { ...before, ...next, from, number: before.number + 1 }
  // What was valid before the first change was never written down.
  if (before.from === BEGINNING)
    await tx
      .insert(rulesVersions)
      .values({ workspaceId, ...before })
      .onConflictDoNothing()
  await tx.insert(rulesVersions).values({ workspaceId, ...after })
  await renewRules(tx, workspaceId)
  return after
}
