import type { ReadTx } from '../store/store.ts'

/** What of a workspace is written out, each into a file of its own. */
export const EXPORTED = [
  'customers',
  'consents',
  'events',
  'orders',
  'products',
  'messages',
  'suppressions',
  'templates',
  'journeys',
  'segments',
  'campaigns',
] as const
export type ExportedName = (typeof EXPORTED)[number]

/** What is no list of like things, and has no columns. */
export const WITHOUT_COLUMNS: ReadonlySet<ExportedName> = new Set([
  'templates',
  'journeys',
  'segments',
  'campaigns',
])

/** How one kind of thing is written out. `Place`: where a page ends. */
export interface Exporter<Line = Record<string, unknown>, Place = unknown> {
  /** One page: what a line of JSON says of each; and where the next one begins, undefined at the end. */
  page(
    tx: ReadTx,
    workspaceId: string,
    after: Place | undefined,
  ): Promise<{ lines: Line[]; next: Place | undefined }>
  /** The cells of a table, where it can be one. */
  columns?: readonly (readonly [name: string, pick: (line: Line) => unknown])[]
}
