import { problemOf } from '../../api/apiProblem.ts'
import { filterOf, type ListSearch } from './listSearch.ts'

const NEW_LINE = 10

/** Has the browser save everybody who is looked for as a CSV file. Tells how many rows have come so far. */
export async function downloadList(
  search: ListSearch,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (rows: number) => void },
): Promise<void> {
  const query = new URLSearchParams({ ...filterOf(search) })
  const response = await fetch(`/api/customers/search/csv?${query.toString()}`, { signal })
  if (!response.ok || !response.body) throw await problemOf(response)
  const pieces: BlobPart[] = []
  // The first line is the heading.
  let rows = -1
  const reader = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    pieces.push(value)
    for (const byte of value) if (byte === NEW_LINE) rows += 1
    onProgress(Math.max(0, rows))
  }
  const url = URL.createObjectURL(new Blob(pieces, { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'customers.csv'
  link.click()
  // The browser has taken the file over by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
