import type { Columns } from './columns.ts'

/** The tables of the pictures that mails show. A part of `makeSchema`. */
export const makeImageTables = ({ table, text, int, time, bytes, primaryKey, index }: Columns) => ({
  images: table(
    'images',
    {
      workspaceId: text('workspace_id').notNull(),
      id: text().notNull(),
      /** For those who look for it in the library. */
      name: text().notNull(),
      /** What is read where it is not seen. */
      alt: text().notNull(),
      type: text({ enum: ['image/png', 'image/jpeg', 'image/gif'] }).notNull(),
      width: int().notNull(),
      height: int().notNull(),
      /** Of its file. */
      bytes: int().notNull(),
      /** Of its file's content. */
      hash: text().notNull(),
      createdAt: time('created_at').notNull(),
    },
    (image) => [
      primaryKey({ columns: [image.workspaceId, image.id] }),
      index('images_hash').on(image.workspaceId, image.hash),
    ],
  ),

  /** Files beside what is known of them: a list of images reads none. Images of the same content share one. */
  imageFiles: table(
    'image_files',
    {
      workspaceId: text('workspace_id').notNull(),
      /** The first 160 bits of SHA-256 of the content, in hex: with the ending it is the file's public name. */
      hash: text().notNull(),
      type: text({ enum: ['image/png', 'image/jpeg', 'image/gif'] }).notNull(),
      content: bytes().notNull(),
    },
    (file) => [
      primaryKey({ columns: [file.workspaceId, file.hash] }),
      // Mail programs ask for a file by its name alone.
      index('image_files_hash').on(file.hash),
    ],
  ),
})
