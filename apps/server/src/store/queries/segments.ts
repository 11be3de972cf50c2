import { type Customer, SegmentRuleSchema, type SegmentDefinition, type SegmentRule } from '@ciclo/engine'
import { and, asc, count, eq, gt, sql } from 'drizzle-orm'
import { excluded } from '../excluded.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'
import { holdRules } from './holdRules.ts'
import { toRecord, type CustomerRecord } from './customers.ts'
import { renewRules } from './workspaces.ts'

/** A segment as it was saved. */
export interface SavedSegment {
  id: string
  name: string
  rule: SegmentRule
  /** `building` until everybody has been looked at once. */
  status: 'building' | 'live'
  createdAt: number
  updatedAt: number
}

type Row = ReadTx['tables']['segments']['$inferSelect']

function toSegment({ workspaceId: _workspace, rule, ...row }: Row): SavedSegment {
  // Of another version, which had other words: it is shown, and `readSegments` leaves it out.
  const parsed = SegmentRuleSchema.safeParse(rule)
  return { ...row, rule: parsed.success ? parsed.data : (rule as SegmentRule) }
}

/** All segments of a workspace, by their ids. */
export async function listSegments(tx: ReadTx, workspaceId: string): Promise<SavedSegment[]> {
  const { segments } = tx.tables
  const rows = await tx
    .select()
    .from(segments)
    .where(eq(segments.workspaceId, workspaceId))
    .orderBy(asc(segments.id))
  return rows.map(toSegment)
}

/** The segments as the engine compiles them. One that it does not understand must not hold up every event. */
export async function readSegments(tx: ReadTx, workspaceId: string): Promise<SegmentDefinition[]> {
  const { segments } = tx.tables
  const rows = await tx
    .select({ id: segments.id, rule: segments.rule, status: segments.status })
    .from(segments)
    .where(eq(segments.workspaceId, workspaceId))
    .orderBy(asc(segments.id))
  return rows.flatMap(({ id, rule, status }) => {
    const parsed = SegmentRuleSchema.safeParse(rule)
    return parsed.success ? [{ id, rule: parsed.data, isLive: status === 'live' }] : []
  })
}

export async function readSegment(
  tx: ReadTx,
  workspaceId: string,
  id: string,
): Promise<SavedSegment | undefined> {
  const { segments } = tx.tables
  const [row] = await tx
    .select()
    .from(segments)
    .where(and(eq(segments.workspaceId, workspaceId), eq(segments.id, id)))
  return row && toSegment(row)
}

/** The names of those of these segments that there are, by their ids. */
export async function readSegmentNames(
  tx: ReadTx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { segments } = tx.tables
  const rows = await tx
    .select({ id: segments.id, name: segments.name })
    .from(segments)
    .where(and(eq(segments.workspaceId, workspaceId), tx.dialect.isOneOf(segments.id, ids)))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/**
 * Creates a segment, or changes the one of that id. With another rule it is `building` until `markBuilt`.
 * Returns it, and what it was before.
 */
export async function saveSegment(
  tx: Tx,
  workspaceId: string,
  { id, name, rule }: Pick<SavedSegment, 'id' | 'name' | 'rule'>,
  now: number,
): Promise<{ segment: SavedSegment; before: SavedSegment | undefined }> {
  const { segments } = tx.tables
  await holdRules(tx, [workspaceId], 'change')
  await renewRules(tx, workspaceId)
  const before = await readSegment(tx, workspaceId, id)
  const isSameRule = before !== undefined && JSON.stringify(before.rule) === JSON.stringify(rule)
  const segment: SavedSegment = {
    id,
    name,
    rule,
    status: isSameRule ? before.status : 'building',
    createdAt: before?.createdAt ?? now,
    // A build knows by this whether it is the one that was asked for last.
    updatedAt: Math.max(now, (before?.updatedAt ?? 0) + 1),
  }
  await tx
    .insert(segments)
    .values({ workspaceId, ...segment })
    .onConflictDoUpdate({
      target: [segments.workspaceId, segments.id],
      set: { name, rule, status: segment.status, updatedAt: segment.updatedAt },
    })
  return { segment, before }
}

/** Returns whether there was one. What is stored of its members is left to `deleteMembers`. */
export async function deleteSegment(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const { segments } = tx.tables
  await holdRules(tx, [workspaceId], 'change')
  await renewRules(tx, workspaceId)
  const rows = await tx
    .delete(segments)
    .where(and(eq(segments.workspaceId, workspaceId), eq(segments.id, id)))
    .returning({ id: segments.id })
  return rows.length > 0
}

/** The segments that wait until everybody has been looked at, by their ids: since which change. */
export async function readBuilding(tx: ReadTx, workspaceId: string): Promise<Record<string, number>> {
  const { segments } = tx.tables
  const rows = await tx
    .select({ id: segments.id, updatedAt: segments.updatedAt })
    .from(segments)
    .where(and(eq(segments.workspaceId, workspaceId), eq(segments.status, 'building')))
  return Object.fromEntries(rows.map(({ id, updatedAt }) => [id, updatedAt]))
}

/** Everybody has been looked at by these rules; one that was changed meanwhile stays `building`. */
export async function markBuilt(
  tx: Tx,
  workspaceId: string,
  built: Readonly<Record<string, number>>,
): Promise<void> {
  const { segments } = tx.tables
  await renewRules(tx, workspaceId)
  for (const [id, updatedAt] of Object.entries(built)) {
    await tx
      .update(segments)
      .set({ status: 'live' })
      .where(
        and(
          eq(segments.workspaceId, workspaceId),
          eq(segments.id, id),
          eq(segments.updatedAt, updatedAt),
          eq(segments.status, 'building'),
        ),
      )
  }
}

/** How many members each segment has, or one of them. It looks at every membership: off the event loop. */
export async function countMembers(
  tx: ReadTx,
  workspaceId: string,
  segmentId?: string,
): Promise<Record<string, number>> {
  const { segmentMembers } = tx.tables
  const rows = await tx
    .select({ id: segmentMembers.segmentId, customers: count() })
    .from(segmentMembers)
    .where(
      and(
        eq(segmentMembers.workspaceId, workspaceId),
        segmentId === undefined ? undefined : eq(segmentMembers.segmentId, segmentId),
      ),
    )
    .groupBy(segmentMembers.segmentId)
  return Object.fromEntries(rows.map(({ id, customers }) => [id, customers]))
}

/** How many have entered and left each segment, or one of them, since an instant. */
export async function countMoves(
  tx: ReadTx,
  workspaceId: string,
  since: number,
  segmentId?: string,
): Promise<Record<string, { entered: number; left: number }>> {
  const { transitions } = tx.tables
  const rows = await tx
    .select({ region: transitions.region, to: transitions.to, customers: count() })
    .from(transitions)
    .where(
      and(
        eq(transitions.workspaceId, workspaceId),
        gt(transitions.at, since),
        // As the index over these alone has it, word by word.
        sql`${transitions.region} like 'segment:%'`,
        segmentId === undefined ? undefined : eq(transitions.region, `segment:${segmentId}`),
      ),
    )
    .groupBy(transitions.region, transitions.to)
  const moves = new Map<string, { entered: number; left: number }>()
  for (const { region, to, customers } of rows) {
    const id = region.slice('segment:'.length)
    const moved = moves.get(id) ?? { entered: 0, left: 0 }
    moves.set(id, to === 'in' ? { ...moved, entered: customers } : { ...moved, left: customers })
  }
  return Object.fromEntries(moves)
}

export interface Member extends CustomerRecord {
  since: number
}

/** One page of a segment's members, by the customer's id. */
export async function pageOfMembers(
  tx: ReadTx,
  workspaceId: string,
  segmentId: string,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<Member[]> {
  const { segmentMembers, customers } = tx.tables
  const rows = await tx
    .select({ customer: customers, since: segmentMembers.since })
    .from(segmentMembers)
    .innerJoin(
      customers,
      and(eq(customers.workspaceId, workspaceId), eq(customers.id, segmentMembers.customerId)),
    )
    .where(
      and(
        eq(segmentMembers.workspaceId, workspaceId),
        eq(segmentMembers.segmentId, segmentId),
        after === undefined ? undefined : gt(segmentMembers.customerId, after),
      ),
    )
    .orderBy(asc(segmentMembers.customerId))
    .limit(limit)
  return rows.map(({ customer, since }) => ({ ...toRecord(customer), since }))
}

/** Removes some of the members that are stored of a segment; returns whether there may be more. */
export async function deleteMembers(
  tx: Tx,
  workspaceId: string,
  segmentId: string,
  limit: number,
): Promise<boolean> {
  const { segmentMembers } = tx.tables
  const ofSegment = and(eq(segmentMembers.workspaceId, workspaceId), eq(segmentMembers.segmentId, segmentId))
  const rows = await tx
    .select({ id: segmentMembers.customerId })
    .from(segmentMembers)
    .where(ofSegment)
    .orderBy(asc(segmentMembers.customerId))
    .limit(limit)
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0)
    await tx.delete(segmentMembers).where(and(ofSegment, tx.dialect.isOneOf(segmentMembers.customerId, ids)))
  return rows.length === limit
}

/** A customer that a transaction has changed. */
export interface MembershipChange {
  customer: Pick<Customer, 'id' | 'segments'>
  /** As it was read in this transaction; null for one that is not stored yet. */
  stored: Pick<Customer, 'segments'> | null
  /** Nothing that is stored of it counts. */
  isRebuilt: boolean
}

/** Writes who has entered and left which segment; of those who were merged away nothing stays. */
export async function saveMemberships(
  tx: Tx,
  workspaceId: string,
  changes: readonly MembershipChange[],
  absorbedIds: readonly string[],
): Promise<void> {
  const { segmentMembers } = tx.tables
  const rewritten = new Set(absorbedIds)
  const rows: (typeof segmentMembers.$inferInsert)[] = []
  for (const { customer, stored, isRebuilt } of changes) {
    if (!isRebuilt && stored?.segments === customer.segments) continue
    const before = stored?.segments ?? {}
    const isAnew = isRebuilt || Object.keys(before).some((id) => !Object.hasOwn(customer.segments, id))
    if (isAnew && stored !== null) rewritten.add(customer.id)
    for (const [segmentId, since] of Object.entries(customer.segments)) {
      if (!isAnew && Object.hasOwn(before, segmentId) && before[segmentId] === since) continue
      rows.push({ workspaceId, segmentId, customerId: customer.id, since })
    }
  }
  if (rewritten.size > 0) {
    await tx
      .delete(segmentMembers)
      .where(
        and(
          eq(segmentMembers.workspaceId, workspaceId),
          tx.dialect.isOneOf(segmentMembers.customerId, [...rewritten]),
        ),
      )
  }
  if (rows.length === 0) return
  const key = ({ segmentId, customerId }: (typeof rows)[number]) => `${segmentId}\n${customerId}`
  await insertRows(
    tx,
    segmentMembers,
    rows.toSorted((one, other) => (key(one) < key(other) ? -1 : 1)),
  ).onConflictDoUpdate({
    target: [segmentMembers.workspaceId, segmentMembers.segmentId, segmentMembers.customerId],
    set: { since: excluded(segmentMembers.since) },
  })
}
