/**
 * A random id of 32 characters. `crypto.randomUUID` is absent on pages without https, so the random numbers are asked
 * for themselves.
 */
export const createId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => (byte + 256).toString(16).slice(1)).join(
    '',
  )

let counter = 1e6

/** Unique, and sorts by time, then by the order within this page, so that a queue needs no other order. */
export const createMessageId = (): string =>
  `${Date.now().toString(36)}-${(counter++).toString(36)}-${createId()}`
