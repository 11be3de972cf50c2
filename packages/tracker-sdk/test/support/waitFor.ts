import { vi } from 'vitest'

/** Polls until the assertion holds. */
export const waitFor = (assertion: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(assertion, { timeout: 15_000, interval: 25 })
