import type { ImportedOrder } from '../../importOrders.ts'
import type { FileSuppression } from '../../suppressions/readSuppressionFile.ts'
import type { ImportedCustomer } from '../readCustomer.ts'

/** The cells of a row by their bare header: `Lineitem sku` stands under `lineitemsku`. */
export type Cells = Readonly<Record<string, string>>

/** An order with what became of it. Times are epoch milliseconds, amounts decimals as written. */
export interface MovedOrder extends ImportedOrder {
  products: readonly { sku?: string; name?: string; price?: string; quantity: number }[]
  discount?: string
  coupon?: string
  cancelledAt?: number
  refunded?: string
}

/** What a record of a file says: one of these, or a customer with an address that gets nothing. */
export interface MovedRecord {
  customer?: ImportedCustomer
  order?: MovedOrder
  suppression?: FileSuppression
  /** The network of the address that a yes came from. */
  network?: string
}

export type ReadRecord = { ok: true; record: MovedRecord } | { ok: false; reason: string }

/** Whom nobody may write to comes first, then who may be written to, then what was bought. */
export const IMPORT_KINDS = ['suppressions', 'profiles', 'orders'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** A file as another system exports it, known by its headers whatever their order. */
export interface ImportFormat {
  id: string
  /** For people. */
  name: string
  kind: ImportKind
  /** Headers without which it is not this. */
  has: readonly string[]
  /** Headers with which it is something else. */
  lacks?: readonly string[]
  /** Where a record goes over several rows: the header that all of them share, and the one that only the first fills. */
  goesOn?: { same: string; blank: string }
  /** Reads the rows of one record. */
  read: (rows: readonly Cells[]) => ReadRecord
}
