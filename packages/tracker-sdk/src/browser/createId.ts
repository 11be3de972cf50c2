/** A random UUID, version 4 (RFC 9562). `crypto.randomUUID` is absent on pages without https, where nothing
 * is secret anyway. */
export const createId = (): string =>
  crypto.randomUUID?.() ??
  '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
    (+digit ^ ((Math.random() * 16) >> (+digit / 4))).toString(16),
  )

let counter = 0

/** Unique, and sorts by time, then by the order within this page, so that a queue needs no other order. */
export const createMessageId = (): string =>
  `${Date.now().toString(36)}-${(1e6 + counter++).toString(36)}-${createId()}`
