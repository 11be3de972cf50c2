import { z } from 'zod'
import type { PageView } from './pageCounter.ts'

const text = (most: number) =>
  z
    .string()
    .transform((value) => value.slice(0, most))
    .catch('')

/** What the tracker says of a page that nobody in particular has seen. What cannot be read of it is left out. */
export const PageViewRequestSchema = z.object({
  writeKey: z.string().optional(),
  path: z.string().startsWith('/').max(2_000),
  referrer: text(2_000),
  campaign: z.record(z.string(), z.unknown()).catch({}),
})

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : '')

/** `origin` is that of the page: another page of the same shop is no source. */
export function readPageView(
  { path, referrer, campaign }: z.infer<typeof PageViewRequestSchema>,
  origin: string | undefined,
): PageView {
  const from = hostOf(referrer)
  const named = [campaign['source'], campaign['name']].map((part) =>
    typeof part === 'string' ? part.slice(0, 100) : '',
  )
  return {
    path: path.slice(0, 300),
    referrer: from === hostOf(origin ?? '') ? '' : from.slice(0, 200),
    campaign: named.some((part) => part !== '') ? named.join('/') : '',
  }
}
