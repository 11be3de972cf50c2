import type { z } from 'zod'
import type { ApiTarget } from './apiTarget.ts'

const PAGE = 200

/** A list of the API from its first page to its last. */
export async function* readPages<Page extends { next: string | null }>(
  { request }: ApiTarget,
  path: string,
  schema: z.ZodType<Page>,
  {
    filter = {},
    method = 'GET',
  }: { filter?: Readonly<Record<string, string | undefined>>; method?: 'GET' | 'POST' } = {},
): AsyncGenerator<Page, void> {
  const query = new URLSearchParams({ limit: String(PAGE) })
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, value)
  for (let more = true; more;) {
    const page = schema.parse(await (await request(method, `${path}?${query.toString()}`)).json())
    yield page
    more = page.next !== null
    if (page.next !== null) query.set('cursor', page.next)
  }
}
