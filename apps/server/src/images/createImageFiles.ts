import { readImageFile, type ImageFile, type ImageType } from '../store/queries/images.ts'
import type { Store } from '../store/store.ts'

/** Bytes of files that are kept in memory: all who get a mail ask for the same few pictures at once. */
const MOST_KEPT = 32 * 1024 * 1024

const ENDINGS: Readonly<Record<ImageType, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
}

/** The public address of a file below the server's own. */
export const imagePath = ({ hash, type }: Pick<ImageFile, 'hash' | 'type'>) =>
  `/images/${hash}.${ENDINGS[type]}`

/** Files by their public names; those that were asked for last are kept in memory. */
export function createImageFiles(store: Store) {
  const kept = new Map<string, ImageFile>()
  let size = 0
  const forget = (hash: string) => {
    const file = kept.get(hash)
    if (!file) return
    kept.delete(hash)
    size -= file.content.length
  }
  const keep = (file: ImageFile) => {
    forget(file.hash)
    kept.set(file.hash, file)
    size += file.content.length
    for (const [oldest] of kept) {
      if (size <= MOST_KEPT) break
      forget(oldest)
    }
  }
  return {
    async read(hash: string): Promise<ImageFile | undefined> {
      const file = kept.get(hash) ?? (await store.read((tx) => readImageFile(tx, hash)))
      if (file) keep(file)
      return file
    },
    /** What was deleted is not shown any more, by this process. */
    forget,
  }
}

export type ImageFiles = ReturnType<typeof createImageFiles>
