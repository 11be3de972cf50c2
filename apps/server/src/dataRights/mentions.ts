/** What stands where an erased address stood in somebody else's history. */
const ERASED = 'erased'

/** One of these addresses as a whole, however it is written: `ann@x.org` is not in `joann@x.org`. */
function patternOf(addresses: readonly string[]): RegExp | undefined {
  if (addresses.length === 0) return undefined
  const escaped = addresses.map((address) => address.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`))
  return new RegExp(
    `(?<![\\p{L}\\p{N}._+-])(${escaped.join('|')})(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])`,
    'giu',
  )
}

function replaceIn(value: unknown, pattern: RegExp): unknown {
  if (typeof value === 'string') return value.replaceAll(pattern, ERASED)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((element) => replaceIn(element, pattern))
  return Object.fromEntries(
    Object.entries(value).map(([name, element]) => [
      name.replaceAll(pattern, ERASED),
      replaceIn(element, pattern),
    ]),
  )
}

/** JSON without these addresses, wherever in it they stand. */
export function withoutAddresses(value: unknown, addresses: readonly string[]): unknown {
  const pattern = patternOf(addresses)
  return pattern ? replaceIn(value, pattern) : value
}

/** Whether one of these addresses stands anywhere in JSON. */
export function mentions(value: unknown, addresses: readonly string[]): boolean {
  const pattern = patternOf(addresses)
  return pattern !== undefined && JSON.stringify(replaceIn(value, pattern)) !== JSON.stringify(value)
}
