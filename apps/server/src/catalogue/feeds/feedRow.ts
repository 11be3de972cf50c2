import type { CatalogueItem } from '@ciclo/engine'

/** One product or variant as a feed has it: values by Google's names of them, or why it cannot be read. */
export type FeedRow = { row: number; fields: ReadonlyMap<string, readonly string[]> } | FeedRefusal

/** The row of a table, counted from 1 with its header, or the item of an XML feed, counted from 1. */
export interface FeedRefusal {
  row: number
  problem: string
}

/** A product without the time at which it was said. */
export type FeedProduct = { row: number; item: Omit<CatalogueItem, 'updatedAt'> }
