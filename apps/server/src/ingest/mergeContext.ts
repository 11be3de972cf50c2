type Bag = Record<string, unknown>

const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The context of an event of a batch: that of the batch, overruled by the event's own. Objects in it, such as
 * `library` or `traits`, are merged key by key. A null overrules nothing: clients write one where they know nothing.
 */
export function mergeContext(shared: Bag, own: unknown): Bag {
  if (!isBag(own)) return shared
  const merged: Bag = { ...shared }
  for (const [key, value] of Object.entries(own)) {
    if (key === '__proto__') continue
    const base = Object.hasOwn(shared, key) ? shared[key] : undefined
    if (isBag(base) && isBag(value)) merged[key] = { ...base, ...value }
    else if (base === undefined || (value !== null && value !== undefined)) merged[key] = value
  }
  return merged
}
