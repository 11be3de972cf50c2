import { BEGINNING, isJudgedAlike, SettingsSchema, withoutMoney, type Settings } from '@ciclo/engine'
import { eq } from 'drizzle-orm'
import type { ReadTx, Tx } from '../store.ts'
import { holdRules } from './holdRules.ts'
import { REFRESH_PREDICTIONS, REJUDGE, requestJob } from './jobs.ts'
import { addRulesVersion, hasCustomers, readCurrentRules } from './rulesVersions.ts'
import { renewRules } from './workspaces.ts'

type Stored = Record<string, unknown>

/** What the workspace itself has set; everything else is a default. */
export async function readStoredSettings(tx: ReadTx, workspaceId: string): Promise<Stored> {
  const { workspaces } = tx.tables
  const [row] = await tx
    .select({ settings: workspaces.settings })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
  return row?.settings ?? {}
}

export async function readSettings(tx: ReadTx, workspaceId: string): Promise<Settings> {
  return SettingsSchema.parse(await readStoredSettings(tx, workspaceId))
}

/**
 * Changes the settings under a lock; every process compiles its rules anew before it applies anything more. Where they
 * are what customers are judged by, the past stays judged by those before, unless nobody has been judged yet: a shop
 * that is being set up imports its past afterwards.
 */
export async function changeSettings(
  tx: Tx,
  workspaceId: string,
  now: number,
  change: (stored: Stored) => Stored,
): Promise<Settings> {
  const { workspaces } = tx.tables
  await holdRules(tx, [workspaceId], 'change')
  const [row] = await tx.dialect.forUpdate(
    tx.select({ settings: workspaces.settings }).from(workspaces).where(eq(workspaces.id, workspaceId)),
  )
  const settings = change(row?.settings ?? {})
  const parsed = SettingsSchema.parse(settings)
  const before = await readCurrentRules(tx, workspaceId)
  const isJudging = !isJudgedAlike(before.settings, parsed)
  if (isJudging && (before.from !== BEGINNING || (await hasCustomers(tx, workspaceId)))) {
    const isOtherMoney = before.settings.currency !== parsed.currency
    const known = before.population
    const population = isOtherMoney && known ? withoutMoney(known) : known
    const { from } = await addRulesVersion(tx, workspaceId, before, {
      from: now,
      settings: parsed,
      population,
    })
    await requestJob(tx, workspaceId, REJUDGE, from)
    // What was drawn in the other currency, or for the other share, is drawn anew at once.
    if (known && (isOtherMoney || before.settings.vipShare !== parsed.vipShare))
      await requestJob(tx, workspaceId, REFRESH_PREDICTIONS, from)
  }
  await tx.update(workspaces).set({ settings }).where(eq(workspaces.id, workspaceId))
  await renewRules(tx, workspaceId)
  return parsed
}
