import { JourneySchema, type Journey } from '@ciclo/engine'
import { and, asc, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { ReadTx, Tx } from '../store.ts'
import { OpeningSchema } from './journeys.ts'

/** How far the opening of a version has come. */
const ReachedSchema = OpeningSchema.extend({
  /** Up to whom they have been asked in, by the customer's id. */
  after: z.string().default(''),
  customers: z.int().default(0),
})
type Reached = z.infer<typeof ReachedSchema>

export interface LiveJourney {
  version: number
  definition: Journey
}

export interface WaitingOpening extends LiveJourney {
  opening: Reached
}

/** The live versions that are to be opened, and are not to everybody yet; one of them where `only` names it. */
export async function readWaitingOpenings(
  tx: ReadTx,
  workspaceId: string,
  only?: { id: string; version: number },
): Promise<WaitingOpening[]> {
  const { journeys } = tx.tables
  const rows = await tx
    .select()
    .from(journeys)
    .where(
      and(
        eq(journeys.workspaceId, workspaceId),
        eq(journeys.status, 'live'),
        only && and(eq(journeys.id, only.id), eq(journeys.version, only.version)),
      ),
    )
    .orderBy(asc(journeys.id))
  return rows.flatMap(({ version, definition, opening }) => {
    const parsed = ReachedSchema.safeParse(opening)
    return parsed.success && parsed.data.state !== 'done'
      ? [{ version, definition: JourneySchema.parse(definition), opening: parsed.data }]
      : []
  })
}

export async function saveOpening(
  tx: Tx,
  workspaceId: string,
  { id, version }: { id: string; version: number },
  opening: Reached,
): Promise<void> {
  const { journeys } = tx.tables
  await tx
    .update(journeys)
    .set({ opening })
    .where(and(eq(journeys.workspaceId, workspaceId), eq(journeys.id, id), eq(journeys.version, version)))
}

/** The live version of every journey, by the journey's id. */
export async function readLiveJourneys(tx: ReadTx, workspaceId: string): Promise<LiveJourney[]> {
  const { journeys } = tx.tables
  const rows = await tx
    .select({ version: journeys.version, definition: journeys.definition })
    .from(journeys)
    .where(and(eq(journeys.workspaceId, workspaceId), eq(journeys.status, 'live')))
    .orderBy(asc(journeys.id))
  return rows.map(({ version, definition }) => ({ version, definition: JourneySchema.parse(definition) }))
}
