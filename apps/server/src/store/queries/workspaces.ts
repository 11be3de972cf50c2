import {
  JourneySchema,
  type Journey,
  type JourneyVersion,
  type Settings,
  SettingsSchema,
} from '@ciclo/engine'
import { and, eq, exists, inArray, isNull, or, sql } from 'drizzle-orm'
import type { ReadTx, Tx } from '../store.ts'

export interface Workspace {
  id: string
  name: string
  settings: Settings
  rulesVersion: number
}

export async function readWorkspace(tx: ReadTx, id: string): Promise<Workspace | undefined> {
  const { workspaces } = tx.tables
  const [row] = await tx.select().from(workspaces).where(eq(workspaces.id, id))
  return (
    row && {
      id: row.id,
      name: row.name,
      rulesVersion: row.rulesVersion,
      settings: SettingsSchema.parse(row.settings),
    }
  )
}

/** Holds off everybody else who changes the workspace's rules until the transaction ends. */
export async function lockWorkspace(tx: Tx, id: string): Promise<void> {
  const { workspaces } = tx.tables
  await tx.dialect.forUpdate(tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, id)))
}

/** Every process compiles its rules anew before it applies anything more; also locks against another such change. */
export async function renewRules(tx: Tx, workspaceId: string): Promise<void> {
  const { workspaces } = tx.tables
  await tx
    .update(workspaces)
    .set({ rulesVersion: sql`${workspaces.rulesVersion} + 1` })
    .where(eq(workspaces.id, workspaceId))
}

export async function firstWorkspaceId(tx: ReadTx): Promise<string | undefined> {
  const { workspaces } = tx.tables
  const [row] = await tx.select({ id: workspaces.id }).from(workspaces).orderBy(workspaces.createdAt).limit(1)
  return row?.id
}

export async function readWorkspaceIds(tx: ReadTx): Promise<string[]> {
  const { workspaces } = tx.tables
  const rows = await tx.select({ id: workspaces.id }).from(workspaces).orderBy(workspaces.id)
  return rows.map(({ id }) => id)
}

export async function readRulesVersions(tx: ReadTx, ids: readonly string[]): Promise<Map<string, number>> {
  const { workspaces } = tx.tables
  const rows = await tx
    .select({ id: workspaces.id, rulesVersion: workspaces.rulesVersion })
    .from(workspaces)
    .where(tx.dialect.isOneOf(workspaces.id, ids))
  return new Map(rows.map(({ id, rulesVersion }) => [id, rulesVersion]))
}

/**
 * The versions of a workspace's journeys that matter: live and paused ones, those about to go live, for which events are
 * counted already, and every other one that still has a run under way. A pause holds the runs of all versions.
 */
export async function readJourneyVersions(tx: ReadTx, workspaceId: string): Promise<JourneyVersion[]> {
  const { journeys, enrolments } = tx.tables
  const running = tx
    .select({ id: enrolments.id })
    .from(enrolments)
    .where(
      and(
        eq(enrolments.workspaceId, workspaceId),
        eq(enrolments.status, 'running'),
        eq(enrolments.journeyId, journeys.id),
        eq(enrolments.version, journeys.version),
      ),
    )
  const rows = await tx
    .select()
    .from(journeys)
    .where(
      and(
        eq(journeys.workspaceId, workspaceId),
        or(inArray(journeys.status, ['live', 'paused', 'published']), exists(running)),
      ),
    )
    .orderBy(journeys.id, journeys.version)
  const paused = new Set(rows.flatMap(({ id, status }) => (status === 'paused' ? id : [])))
  return rows.map(({ id, definition, version, status }) => ({
    definition: JourneySchema.parse(definition),
    version,
    status: paused.has(id) ? 'paused' : status === 'live' ? 'live' : 'finishing',
  }))
}

export interface KeyRecord {
  id: string
  workspaceId: string
  kind: 'write' | 'secret'
  /** How the key begins: enough for its owner to know it by. */
  prefix: string
  /** The origins from which browsers may send with it; none: from all. */
  origins: readonly string[]
}

/** Keys are kept as hashes only: the hash is what a request's key is looked up by. */
export async function findKey(tx: ReadTx, hash: string): Promise<KeyRecord | undefined> {
  const { keys, workspaces } = tx.tables
  const [row] = await tx
    .select({
      id: keys.id,
      workspaceId: keys.workspaceId,
      kind: keys.kind,
      prefix: keys.prefix,
      settings: workspaces.settings,
    })
    .from(keys)
    .innerJoin(workspaces, eq(workspaces.id, keys.workspaceId))
    .where(and(eq(keys.hash, hash), isNull(keys.revokedAt)))
    .limit(1)
  if (!row) return undefined
  const { settings, ...record } = row
  return { ...record, origins: SettingsSchema.parse(settings).allowedOrigins }
}

export interface NewKey {
  id: string
  kind: 'write' | 'secret'
  hash: string
  prefix: string
}

/** The first version of a journey that a workspace begins with. */
export interface NewJourney {
  definition: Journey
  hash: string
  live: boolean
}

export interface NewWorkspace {
  id: string
  name: string
  settings: Settings
  journeys: readonly NewJourney[]
  keys: readonly NewKey[]
  createdAt: number
}

export async function insertWorkspace(tx: Tx, workspace: NewWorkspace): Promise<void> {
  const { workspaces, keys, journeys } = tx.tables
  const { id, name, settings, createdAt } = workspace
  await tx.insert(workspaces).values({ id, name, settings, rulesVersion: 1, createdAt })
  await tx.insert(keys).values(workspace.keys.map((key) => ({ workspaceId: id, ...key, createdAt })))
  await tx.insert(journeys).values(
    workspace.journeys.map(({ definition, hash, live }) => ({
      workspaceId: id,
      id: definition.id,
      version: 1,
      status: live ? ('live' as const) : ('draft' as const),
      definition,
      hash,
      createdAt,
      publishedAt: live ? createdAt : null,
    })),
  )
}

/** Adds a key, if the workspace does not have it already. */
export async function ensureKey(tx: Tx, workspaceId: string, key: NewKey, createdAt: number): Promise<void> {
  await tx
    .insert(tx.tables.keys)
    .values({ workspaceId, ...key, createdAt })
    .onConflictDoNothing()
}
