type Members = Record<string, unknown>

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether two values say the same in JSON. */
function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, place) => isSame(item, other[place]))
  if (isMembers(one) && isMembers(other))
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((name) =>
      isSame(one[name], other[name]),
    )
  return one === other
}

/**
 * The JSON Merge Patch (RFC 7396) that makes one value another: only what differs. What the other does not have, or has
 * as undefined, is null in it; lists are replaced as a whole.
 */
export function patchBetween(before: Members, after: Members): Members {
  const patch: Members = {}
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[name], after[name]]
    if (isSame(was, is)) continue
    patch[name] = isMembers(was) && isMembers(is) ? patchBetween(was, is) : (is ?? null)
  }
  return patch
}
