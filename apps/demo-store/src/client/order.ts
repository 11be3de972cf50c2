import { createBrowserStore } from './createBrowserStore.ts'

export interface PlacedOrder {
  id: string
  /** Cents of a euro. */
  total: number
  firstName: string
}

/** The last order of this tab, for the page that says thank you. */
export const lastOrder = createBrowserStore<PlacedOrder | null>(
  () => sessionStorage,
  'demo-store.order',
  null,
)
