import { and, asc, desc, eq, max } from 'drizzle-orm'
import type { ReadTx, Tx } from '../store.ts'

/** A version of a template that the workspace has made its own. */
export type TemplateRow = ReadTx['tables']['templates']['$inferSelect']

/** Everything of it but what it says. */
export type TemplateVersion = Omit<TemplateRow, 'source' | 'workspaceId'>

/** All versions, of all templates or of one, by name and number. */
export async function listTemplateVersions(
  tx: ReadTx,
  workspaceId: string,
  name?: string,
): Promise<TemplateVersion[]> {
  const { templates } = tx.tables
  return await tx
    .select({
      name: templates.name,
      version: templates.version,
      status: templates.status,
      hash: templates.hash,
      createdAt: templates.createdAt,
      publishedAt: templates.publishedAt,
    })
    .from(templates)
    .where(
      and(eq(templates.workspaceId, workspaceId), name === undefined ? undefined : eq(templates.name, name)),
    )
    .orderBy(asc(templates.name), asc(templates.version))
}

/** The number of the version of each template that mails are made of. */
export async function readPublishedVersions(tx: ReadTx, workspaceId: string): Promise<Map<string, number>> {
  const { templates } = tx.tables
  const rows = await tx
    .select({ name: templates.name, version: max(templates.version) })
    .from(templates)
    .where(and(eq(templates.workspaceId, workspaceId), eq(templates.status, 'published')))
    .groupBy(templates.name)
  return new Map(rows.map(({ name, version }) => [name, version ?? 0]))
}

export async function readTemplateVersion(
  tx: ReadTx,
  workspaceId: string,
  name: string,
  version: number,
): Promise<TemplateRow | undefined> {
  const { templates } = tx.tables
  const [row] = await tx
    .select()
    .from(templates)
    .where(
      and(eq(templates.workspaceId, workspaceId), eq(templates.name, name), eq(templates.version, version)),
    )
  return row
}

/** The newest version of a kind, or undefined. */
export async function readNewestTemplate(
  tx: ReadTx,
  workspaceId: string,
  name: string,
  status: TemplateRow['status'],
): Promise<TemplateRow | undefined> {
  const { templates } = tx.tables
  const [row] = await tx
    .select()
    .from(templates)
    .where(
      and(eq(templates.workspaceId, workspaceId), eq(templates.name, name), eq(templates.status, status)),
    )
    .orderBy(desc(templates.version))
    .limit(1)
  return row
}

/** Writes a version, new or in the place of the draft of its number. The caller holds the workspace's lock. */
export async function writeTemplate(tx: Tx, row: TemplateRow): Promise<void> {
  const { templates } = tx.tables
  const { status, source, hash, publishedAt } = row
  await tx
    .insert(templates)
    .values(row)
    .onConflictDoUpdate({
      target: [templates.workspaceId, templates.name, templates.version],
      set: { status, source, hash, publishedAt },
    })
}

export async function deleteTemplateDraft(tx: Tx, workspaceId: string, name: string): Promise<boolean> {
  const { templates } = tx.tables
  const rows = await tx
    .delete(templates)
    .where(
      and(eq(templates.workspaceId, workspaceId), eq(templates.name, name), eq(templates.status, 'draft')),
    )
    .returning({ version: templates.version })
  return rows.length > 0
}
