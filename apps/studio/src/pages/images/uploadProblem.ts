/** What the server takes; it looks at the file itself, whatever its name says. */
export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'] as const
export const MOST_IMAGE_MEGABYTES = 10

/** Why a file is not worth sending; null where it is. */
export function uploadProblem({ type, size }: Pick<File, 'type' | 'size'>): 'type' | 'size' | 'empty' | null {
  if (!(IMAGE_TYPES as readonly string[]).includes(type)) return 'type'
  if (size === 0) return 'empty'
  return size > MOST_IMAGE_MEGABYTES * 1024 * 1024 ? 'size' : null
}

/** What an image is called at first: its file's name without what stands behind the last dot. */
export const imageNameOf = (file: string): string =>
  file
    .replace(/\.[^.]*$/, '')
    .trim()
    .slice(0, 200) || 'image'
