export interface CustomerSearch {
  /** Which part is open; the timeline, if left out. */
  tab?: string
  /** The id of a customer that has become part of this one, where the page was opened by it. */
  merged?: string
}

/** What the address of a customer's page says besides its path. */
export function readCustomerSearch({ tab, merged }: Record<string, unknown>): CustomerSearch {
  return {
    ...(typeof tab === 'string' ? { tab } : {}),
    ...(typeof merged === 'string' ? { merged } : {}),
  }
}
