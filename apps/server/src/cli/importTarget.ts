import type { ImportedOrder } from '../importOrders.ts'

/** What became of a batch, in orders. */
export interface ImportCounts {
  applied: number
  duplicate: number
  /** Kept apart for somebody to look at: what the engine could not apply. */
  parked: number
  /** Of customers who were erased: nothing of them is taken in again. */
  erased: number
}

/** Where imported orders go. */
export interface ImportTarget {
  /** For people. */
  description: string
  /** Resolves when the orders are stored. At most 500 at a time. */
  submit(orders: readonly ImportedOrder[]): Promise<ImportCounts>
  close(): Promise<void>
}
