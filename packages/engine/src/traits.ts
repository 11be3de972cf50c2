/** What browsers may make of a customer's traits: so many, and so many characters of JSON in all. */
const TRAITS = 200
const CHARACTERS = 32 * 1024

type Traits = Readonly<Record<string, unknown>>

/** Characters of `"name":value,` in JSON. */
const sizeOf = (name: string, value: unknown) =>
  JSON.stringify(name).length + (JSON.stringify(value) ?? '').length + 2

/**
 * The traits after changes that a browser made. A change that would take them over the limits is left out; one that
 * makes them smaller passes always. It depends on nothing but the two, so that a replay leaves out the same.
 */
export function withBoundedTraits(
  traits: Traits,
  changes: readonly [string, unknown][],
): { traits: Traits; leavesOut: boolean } {
  // A Map, because a trait may have any name.
  const next = new Map(Object.entries(traits))
  let size = [...next].reduce((sum, [name, value]) => sum + sizeOf(name, value), 0)
  let kept = 0
  for (const [name, value] of changes) {
    const isNew = !next.has(name)
    const growth = sizeOf(name, value) - (isNew ? 0 : sizeOf(name, next.get(name)))
    if ((isNew && next.size >= TRAITS) || (growth > 0 && size + growth > CHARACTERS)) continue
    next.set(name, value)
    size += growth
    kept += 1
  }
  return { traits: kept > 0 ? Object.fromEntries(next) : traits, leavesOut: kept < changes.length }
}
