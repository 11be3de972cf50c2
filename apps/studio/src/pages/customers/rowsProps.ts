import type { Virtualizer } from '@tanstack/react-virtual'
import type { ListedCustomer } from './listQueries.ts'

/** What shows the rows of the list: as a table, or as cards. */
export interface RowsProps {
  customers: readonly ListedCustomer[]
  virtualizer: Virtualizer<HTMLDivElement, Element>
  /** The row that the tab key leads to. */
  current: number
}
