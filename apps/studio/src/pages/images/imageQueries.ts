import { infiniteQueryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'

const AT_ONCE = '40'
export const IMAGES_KEY = ['images'] as const

const askImages = (q: string, cursor: string, signal: AbortSignal) =>
  ask(
    api.images.index.$get(
      { query: { limit: AT_ONCE, ...(q === '' ? {} : { q }), ...(cursor === '' ? {} : { cursor }) } },
      { init: { signal } },
    ),
  )

export type LibraryImage = Awaited<ReturnType<typeof askImages>>['images'][number]

/** The images of the library, newest first, page by page. */
export const imagesQuery = (wanted: string) =>
  infiniteQueryOptions({
    queryKey: [...IMAGES_KEY, wanted],
    queryFn: ({ pageParam, signal }) => askImages(wanted, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
