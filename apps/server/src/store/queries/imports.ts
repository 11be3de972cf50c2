import { and, desc, eq } from 'drizzle-orm'
import type { ReadTx, Tx } from '../store.ts'

export type ImportRow = ReadTx['tables']['imports']['$inferSelect']

export async function readImport(
  tx: ReadTx,
  workspaceId: string,
  id: string,
): Promise<ImportRow | undefined> {
  const { imports } = tx.tables
  const [row] = await tx
    .select()
    .from(imports)
    .where(and(eq(imports.workspaceId, workspaceId), eq(imports.id, id)))
  return row
}

/** The newest first. */
export async function readImports(tx: ReadTx, workspaceId: string, limit: number): Promise<ImportRow[]> {
  const { imports } = tx.tables
  return await tx
    .select()
    .from(imports)
    .where(eq(imports.workspaceId, workspaceId))
    .orderBy(desc(imports.startedAt), desc(imports.id))
    .limit(limit)
}

/** Writes down how far an import has come. */
export async function saveImport(tx: Tx, row: ImportRow): Promise<void> {
  const { imports } = tx.tables
  const { state, position, rows, counts, updatedAt, endedAt } = row
  await tx
    .insert(imports)
    .values(row)
    .onConflictDoUpdate({
      target: [imports.workspaceId, imports.id],
      set: { state, position, rows, counts, updatedAt, endedAt },
    })
}
