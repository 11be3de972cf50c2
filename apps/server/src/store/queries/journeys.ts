import { JourneySchema, type Journey } from '@ciclo/engine'
import { and, asc, count, eq, isNotNull, isNull, min } from 'drizzle-orm'
import { z } from 'zod'
import { behind } from '../behind.ts'
import type { ReadTx, Tx } from '../store.ts'

/** Everybody's history is folded anew for the versions that are about to go live. */
export const JOURNEY_COUNT = 'journey-count'
/** Runs are resumed, moved to another version or ended. */
export const JOURNEY_RUNS = 'journey-runs'
/** Everybody is woken, so that the days that start journeys are known. */
export const JOURNEY_DATES = 'journey-dates'
/** Those who are where a journey's trigger leads are let in. */
export const JOURNEY_OPENING = 'journey-opening'

export const VERSION_STATUSES = ['draft', 'published', 'live', 'paused', 'archived'] as const
export type VersionStatus = (typeof VERSION_STATUSES)[number]

/** To whom of those already there a version is opened: spread over so many days. */
export const OpeningSchema = z.object({
  days: z.number().min(0).max(365),
  state: z.enum(['waiting', 'running', 'done']).default('waiting'),
  customers: z.int().optional(),
})
export type Opening = z.infer<typeof OpeningSchema>

/** What is to become of a version's runs. */
const RunsToSchema = z.discriminatedUnion('kind', [
  /** What became due while the journey was paused goes on. */
  z.object({ kind: z.literal('resume') }),
  z.object({ kind: z.literal('end') }),
  /** Those at these steps go on at those of another version. */
  z.object({ kind: z.literal('move'), to: z.int(), steps: z.record(z.string(), z.string()) }),
])
export type RunsTo = z.infer<typeof RunsToSchema>

/** A version of a journey, without its definition. */
export interface VersionRecord {
  id: string
  name: string
  version: number
  status: VersionStatus
  hash: string
  createdAt: number
  publishedAt: number | null
  opening: Opening | null
  runsTo: RunsTo | null
}

export interface StoredVersion extends VersionRecord {
  definition: Journey
}

type Row = ReadTx['tables']['journeys']['$inferSelect']

const toRecord = ({ hash, opening, runsTo, ...row }: Omit<Row, 'workspaceId' | 'definition'>) => ({
  ...row,
  hash: hash ?? '',
  opening: opening === null ? null : OpeningSchema.parse(opening),
  runsTo: runsTo === null ? null : RunsToSchema.parse(runsTo),
})

function toVersion({ workspaceId: _workspace, definition, ...row }: Row): StoredVersion {
  const parsed = JourneySchema.parse(definition)
  return { ...toRecord(row), name: parsed.name, definition: parsed }
}

/** Every version of every journey, by id and number, without the definitions. */
export async function listVersions(tx: ReadTx, workspaceId: string): Promise<VersionRecord[]> {
  const { journeys } = tx.tables
  const { id, version, status, hash, createdAt, publishedAt, opening, runsTo } = journeys
  const name = tx.dialect.jsonText(journeys.definition, ['name'])
  const rows = await tx
    .select({ id, version, status, hash, createdAt, publishedAt, opening, runsTo, name })
    .from(journeys)
    .where(eq(journeys.workspaceId, workspaceId))
    .orderBy(asc(journeys.id), asc(journeys.version))
  return rows.map(({ name: called, ...row }) => ({ ...toRecord(row), name: called ?? row.id }))
}

/** The versions that are worked on or at work: of each journey its draft, and what is published, live or paused. */
export async function readCurrentVersions(tx: ReadTx, workspaceId: string): Promise<StoredVersion[]> {
  const { journeys } = tx.tables
  const rows = await tx
    .select()
    .from(journeys)
    .where(
      and(
        eq(journeys.workspaceId, workspaceId),
        tx.dialect.isOneOf(
          journeys.status,
          VERSION_STATUSES.filter((status) => status !== 'archived'),
        ),
      ),
    )
    .orderBy(asc(journeys.id), asc(journeys.version))
  return rows.map(toVersion)
}

/** The versions of one journey, oldest first. */
export async function readVersions(tx: ReadTx, workspaceId: string, id: string): Promise<StoredVersion[]> {
  const { journeys } = tx.tables
  const rows = await tx
    .select()
    .from(journeys)
    .where(and(eq(journeys.workspaceId, workspaceId), eq(journeys.id, id)))
    .orderBy(asc(journeys.version))
  return rows.map(toVersion)
}

/** The draft of a journey as it is now: the only definition that is ever changed. */
export async function putDraft(
  tx: Tx,
  workspaceId: string,
  draft: { definition: Journey; hash: string; version: number; createdAt: number },
): Promise<void> {
  const { journeys } = tx.tables
  const { definition, hash } = draft
  const written = await tx
    .insert(journeys)
    .values({ workspaceId, id: definition.id, status: 'draft', ...draft })
    .onConflictDoUpdate({
      target: [journeys.workspaceId, journeys.id, journeys.version],
      set: { definition, hash },
      setWhere: eq(journeys.status, 'draft'),
    })
    .returning({ version: journeys.version })
  if (written.length === 0)
    throw new RangeError(
      `Version ${draft.version} of the journey ${definition.id} is published: it is never changed`,
    )
}

/** Removes the draft of a journey; returns whether there was one. */
export async function deleteDraft(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const { journeys } = tx.tables
  const rows = await tx
    .delete(journeys)
    .where(and(eq(journeys.workspaceId, workspaceId), eq(journeys.id, id), eq(journeys.status, 'draft')))
    .returning({ id: journeys.id })
  return rows.length > 0
}

/** Changes what a version is, never what it says. */
export async function changeVersion(
  tx: Tx,
  workspaceId: string,
  { id, version }: Pick<VersionRecord, 'id' | 'version'>,
  change: Partial<Pick<VersionRecord, 'status' | 'publishedAt' | 'opening' | 'runsTo'>>,
): Promise<void> {
  const { journeys } = tx.tables
  const { opening, runsTo, ...rest } = change
  await tx
    .update(journeys)
    .set({
      ...rest,
      ...(opening === undefined ? {} : { opening: opening && { ...opening } }),
      ...(runsTo === undefined ? {} : { runsTo: runsTo && { ...runsTo } }),
    })
    .where(and(eq(journeys.workspaceId, workspaceId), eq(journeys.id, id), eq(journeys.version, version)))
}

/** A run under way, as far as jobs look at it. */
export interface RunningRun {
  id: string
  customerId: string
  version: number
  step: string | null
  startedAt: number
  heldSince: number | null
}

/** One page of a journey's runs under way, the oldest first. */
export async function pageOfRunning(
  tx: ReadTx,
  workspaceId: string,
  journeyId: string,
  { after, limit }: { after: Pick<RunningRun, 'startedAt' | 'id'> | null; limit: number },
): Promise<RunningRun[]> {
  const { enrolments } = tx.tables
  const { id, customerId, version, step, startedAt, heldSince } = enrolments
  return await tx
    .select({ id, customerId, version, step, startedAt, heldSince })
    .from(enrolments)
    .where(
      and(
        eq(enrolments.workspaceId, workspaceId),
        eq(enrolments.journeyId, journeyId),
        eq(enrolments.status, 'running'),
        after ? behind('ascending', [startedAt, after.startedAt], [id, after.id]) : undefined,
      ),
    )
    .orderBy(asc(enrolments.startedAt), asc(enrolments.id))
    .limit(limit)
}

/** How many runs of each journey stand how. It looks at all of them: off the event loop. */
export async function countRunsByEnd(tx: ReadTx, workspaceId: string) {
  const { enrolments } = tx.tables
  return await tx
    .select({
      id: enrolments.journeyId,
      status: enrolments.status,
      endReason: enrolments.endReason,
      runs: count(),
      goals: count(enrolments.goalAt),
      held: count(enrolments.heldSince),
    })
    .from(enrolments)
    .where(eq(enrolments.workspaceId, workspaceId))
    .groupBy(enrolments.journeyId, enrolments.status, enrolments.endReason)
}

/** How many runs of a journey stand at which step of which version. It looks at all of those: off the event loop. */
export async function countRunsByStep(tx: ReadTx, workspaceId: string, journeyId: string) {
  const { enrolments } = tx.tables
  const running = and(
    eq(enrolments.workspaceId, workspaceId),
    eq(enrolments.journeyId, journeyId),
    eq(enrolments.status, 'running'),
  )
  const all = await tx
    .select({ version: enrolments.version, step: enrolments.step, runs: count() })
    .from(enrolments)
    .where(running)
    .groupBy(enrolments.version, enrolments.step)
  const held = await tx
    .select({
      version: enrolments.version,
      step: enrolments.step,
      since: min(enrolments.heldSince),
      runs: count(),
    })
    .from(enrolments)
    .where(and(running, isNotNull(enrolments.heldSince)))
    .groupBy(enrolments.version, enrolments.step)
  return { all, held }
}

/** The versions whose hash was not kept yet: of an older Ciclo. */
export async function readUnhashed(tx: ReadTx, workspaceId: string): Promise<StoredVersion[]> {
  const { journeys } = tx.tables
  const rows = await tx
    .select()
    .from(journeys)
    .where(and(eq(journeys.workspaceId, workspaceId), isNull(journeys.hash)))
  return rows.map(toVersion)
}

export async function writeHash(
  tx: Tx,
  workspaceId: string,
  { id, version }: Pick<VersionRecord, 'id' | 'version'>,
  hash: string,
): Promise<void> {
  const { journeys } = tx.tables
  await tx
    .update(journeys)
    .set({ hash })
    .where(
      and(
        eq(journeys.workspaceId, workspaceId),
        eq(journeys.id, id),
        eq(journeys.version, version),
        isNull(journeys.hash),
      ),
    )
}
