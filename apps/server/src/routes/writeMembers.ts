import type { Store } from '../store/store.ts'
import { pageOfMembers, type Member } from '../store/queries/segments.ts'
import { csvRecords } from './csvRecords.ts'
import { presentMember } from './presentSegment.ts'

/** A page is a transaction of its own, so that a slow reader holds none open; parsing it takes a few milliseconds. */
const MEMBERS_AT_ONCE = 100

async function* pagesOf(store: Store, workspaceId: string, segmentId: string): AsyncGenerator<Member[]> {
  for (let after: string | undefined; ;) {
    const place = after
    const page = await store.read((tx) =>
      pageOfMembers(tx, workspaceId, segmentId, { after: place, limit: MEMBERS_AT_ONCE }),
    )
    if (page.length > 0) yield page
    if (page.length < MEMBERS_AT_ONCE) return
    after = page.at(-1)?.customer.id
  }
}

type Shown = ReturnType<typeof presentMember>

const COLUMNS: readonly [name: string, pick: (member: Shown) => unknown][] = [
  ['id', ({ id }) => id],
  ['email', ({ email }) => email],
  ['userId', ({ userId }) => userId],
  ['since', ({ since }) => since],
  ['locale', ({ locale }) => locale],
  ['country', ({ consent }) => consent.country],
  ['stage', ({ lifecycle }) => lifecycle.stage],
  ['value', ({ lifecycle }) => lifecycle.value],
  ['engagement', ({ lifecycle }) => lifecycle.engagement],
  ['permission', ({ lifecycle }) => lifecycle.permission],
  ['advocacy', ({ lifecycle }) => lifecycle.advocacy],
  ['orders', ({ orders }) => orders.count],
  ['revenue', ({ orders }) => orders.revenue],
  ['firstOrderAt', ({ orders }) => orders.firstAt],
  ['lastOrderAt', ({ orders }) => orders.lastAt],
]

/** The members of a segment with a header, piece by piece. Money is integer minor units per currency, as JSON. */
async function* writeCsv(store: Store, workspaceId: string, segmentId: string): AsyncGenerator<string, void> {
  yield csvRecords([COLUMNS.map(([name]) => name)])
  for await (const page of pagesOf(store, workspaceId, segmentId))
    yield csvRecords(page.map(presentMember).map((member) => COLUMNS.map(([, pick]) => pick(member))))
}

/** The members of a segment as the API shows them, one to a line, piece by piece. */
async function* writeJsonLines(
  store: Store,
  workspaceId: string,
  segmentId: string,
): AsyncGenerator<string, void> {
  for await (const page of pagesOf(store, workspaceId, segmentId))
    yield page.map((member) => `${JSON.stringify(presentMember(member))}\n`).join('')
}

export const MEMBER_FORMATS = {
  csv: { type: 'text/csv; charset=utf-8; header=present', write: writeCsv },
  jsonl: { type: 'application/x-ndjson; charset=utf-8', write: writeJsonLines },
} as const
