import { pageOfSuppressions, type ListedSuppression } from '../store/queries/suppressionList.ts'
import type { Store } from '../store/store.ts'
import { csvRecords } from './csvRecords.ts'
import { presentSuppression } from './presentSuppression.ts'

/** A page is a transaction of its own, so that a slow reader holds none open. */
const ROWS_AT_ONCE = 500

/** What lies beneath a bounce is a row of its own: read back, it is beneath it again. */
const wordsOn = (listed: ListedSuppression): ListedSuppression[] => {
  const { under, underAt, at } = listed
  const beneath = { detail: null, under: null, underAt: null }
  return under === null ? [listed] : [listed, { ...listed, ...beneath, reason: under, at: underAt ?? at }]
}

async function* pagesOf(store: Store, workspaceId: string): AsyncGenerator<ListedSuppression[]> {
  for (let after: ListedSuppression | undefined; ;) {
    const place = after
    const page = await store.read((tx) =>
      pageOfSuppressions(tx, workspaceId, { reason: undefined, after: place, limit: ROWS_AT_ONCE }),
    )
    if (page.length > 0) yield page.flatMap(wordsOn)
    if (page.length < ROWS_AT_ONCE) return
    after = page.at(-1)
  }
}

const COLUMNS = ['address', 'reason', 'at', 'detail', 'hash'] as const

async function* writeCsv(store: Store, workspaceId: string): AsyncGenerator<string, void> {
  yield csvRecords([COLUMNS])
  for await (const page of pagesOf(store, workspaceId))
    yield csvRecords(page.map(presentSuppression).map((row) => COLUMNS.map((column) => row[column] ?? '')))
}

async function* writeJsonLines(store: Store, workspaceId: string): AsyncGenerator<string, void> {
  for await (const page of pagesOf(store, workspaceId))
    yield page.map((row) => `${JSON.stringify(presentSuppression(row))}\n`).join('')
}

/** The whole list, the newest first, piece by piece. */
export const SUPPRESSION_FORMATS = {
  csv: { type: 'text/csv; charset=utf-8; header=present', write: writeCsv },
  jsonl: { type: 'application/x-ndjson; charset=utf-8', write: writeJsonLines },
} as const
