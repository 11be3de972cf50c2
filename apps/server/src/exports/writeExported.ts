import { CicloError } from '../errors.ts'
import { csvRecords } from '../routes/csvRecords.ts'
import { SUPPRESSION_FORMATS } from '../routes/writeSuppressions.ts'
import type { Store } from '../store/store.ts'
import { exportConsents } from './exportConsents.ts'
import { exportCustomers } from './exportCustomers.ts'
import { exportDefinitions } from './exportDefinitions.ts'
import { WITHOUT_COLUMNS, type Exporter, type ExportedName } from './exported.ts'
import { exportEvents } from './exportEvents.ts'
import { exportMessages } from './exportMessages.ts'
import { exportOrders } from './exportOrders.ts'
import { exportProducts } from './exportProducts.ts'

export type ExportFormat = 'csv' | 'jsonl'

/** A page is a transaction of its own, so that a slow reader holds none open and nobody waits for a long one. */
async function* pagesOf<Line, Place>(
  store: Store,
  workspaceId: string,
  exporter: Exporter<Line, Place>,
): AsyncGenerator<Line[], void> {
  for (let after: Place | undefined; ;) {
    const place = after
    const { lines, next } = await store.read((tx) => exporter.page(tx, workspaceId, place))
    if (lines.length > 0) yield lines
    if (next === undefined) return
    after = next
  }
}

const writing = <Line, Place>(exporter: Exporter<Line, Place>) =>
  async function* (store: Store, workspaceId: string, format: ExportFormat): AsyncGenerator<string, void> {
    const { columns } = exporter
    if (format === 'csv' && columns) {
      yield csvRecords([columns.map(([name]) => name)])
      for await (const page of pagesOf(store, workspaceId, exporter))
        yield csvRecords(page.map((line) => columns.map(([, pick]) => pick(line))))
      return
    }
    for await (const page of pagesOf(store, workspaceId, exporter))
      yield page.map((line) => `${JSON.stringify(line)}\n`).join('')
  }

const WRITERS: Record<
  ExportedName,
  (store: Store, workspaceId: string, format: ExportFormat) => AsyncGenerator<string, void>
> = {
  customers: writing(exportCustomers),
  consents: writing(exportConsents),
  events: writing(exportEvents),
  orders: writing(exportOrders),
  products: writing(exportProducts),
  messages: writing(exportMessages),
  suppressions: (store, workspaceId, format) => SUPPRESSION_FORMATS[format].write(store, workspaceId),
  templates: writing(exportDefinitions('templates')),
  journeys: writing(exportDefinitions('journeys')),
  segments: writing(exportDefinitions('segments')),
  campaigns: writing(exportDefinitions('campaigns')),
}

/**
 * Everything of one kind, piece by piece, in the order of keys that nothing changes: what is there from the beginning to
 * the end is written once, what comes or goes meanwhile may be in it or not.
 */
export function writeExported(
  store: Store,
  workspaceId: string,
  what: ExportedName,
  format: ExportFormat,
): AsyncGenerator<string, void> {
  if (format === 'csv' && WITHOUT_COLUMNS.has(what))
    throw new CicloError('bad-request', `format: given csv for ${what}, expected json`)
  return WRITERS[what](store, workspaceId, format)
}
