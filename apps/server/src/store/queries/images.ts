import { and, desc, eq, sql } from 'drizzle-orm'
import type { ReadTx, Tx } from '../store.ts'

type Row = ReadTx['tables']['images']['$inferSelect']

/** What is known of a picture; its file is `ImageFile`. */
export type StoredImage = Omit<Row, 'workspaceId'>

export type ImageType = Row['type']

export interface ImageFile {
  hash: string
  type: ImageType
  content: Buffer
}

const toImage = ({ workspaceId: _workspace, ...image }: Row): StoredImage => image

const isIt = ({ tables }: Pick<ReadTx, 'tables'>, workspaceId: string, id: string) =>
  and(eq(tables.images.workspaceId, workspaceId), eq(tables.images.id, id))

/** All images of a workspace, newest first. */
export async function listImages(tx: ReadTx, workspaceId: string): Promise<StoredImage[]> {
  const { images } = tx.tables
  const rows = await tx
    .select()
    .from(images)
    .where(eq(images.workspaceId, workspaceId))
    .orderBy(desc(images.id))
  return rows.map(toImage)
}

export async function findImage(
  tx: ReadTx,
  workspaceId: string,
  id: string,
): Promise<StoredImage | undefined> {
  const [row] = await tx
    .select()
    .from(tx.tables.images)
    .where(isIt(tx, workspaceId, id))
  return row && toImage(row)
}

/** How many images a workspace has, and what their files take. */
export async function sumUpImages(
  tx: ReadTx,
  workspaceId: string,
): Promise<{ count: number; bytes: number }> {
  const { images } = tx.tables
  const [row] = await tx
    .select({
      count: sql`count(*)`.mapWith(Number),
      bytes: sql`coalesce(sum(${images.bytes}), 0)`.mapWith(Number),
    })
    .from(images)
    .where(eq(images.workspaceId, workspaceId))
  return { count: row?.count ?? 0, bytes: row?.bytes ?? 0 }
}

/** Saves a new image with its file. */
export async function insertImage(
  tx: Tx,
  workspaceId: string,
  image: StoredImage,
  content: Buffer,
): Promise<void> {
  const { images, imageFiles } = tx.tables
  const { hash, type } = image
  await tx.insert(imageFiles).values({ workspaceId, hash, type, content }).onConflictDoNothing()
  await tx.insert(images).values({ workspaceId, ...image })
}

/** Gives an image another name, or other words. */
export async function updateImage(
  tx: Tx,
  workspaceId: string,
  id: string,
  changes: Partial<Pick<StoredImage, 'name' | 'alt'>>,
): Promise<void> {
  await tx
    .update(tx.tables.images)
    .set(changes)
    .where(isIt(tx, workspaceId, id))
}

/** Deletes an image, and its file unless another image has the same. */
export async function deleteImage(
  tx: Tx,
  workspaceId: string,
  { id, hash }: Pick<StoredImage, 'id' | 'hash'>,
): Promise<void> {
  const { images, imageFiles } = tx.tables
  await tx.delete(images).where(isIt(tx, workspaceId, id))
  const [other] = await tx
    .select({ id: images.id })
    .from(images)
    .where(and(eq(images.workspaceId, workspaceId), eq(images.hash, hash)))
    .limit(1)
  if (other) return
  await tx.delete(imageFiles).where(and(eq(imageFiles.workspaceId, workspaceId), eq(imageFiles.hash, hash)))
}

/** A file by its public name, whichever workspace has it: who knows the name may see it. */
export async function readImageFile(tx: ReadTx, hash: string): Promise<ImageFile | undefined> {
  const { imageFiles } = tx.tables
  const [row] = await tx.select().from(imageFiles).where(eq(imageFiles.hash, hash)).limit(1)
  return row && { hash: row.hash, type: row.type, content: row.content }
}
