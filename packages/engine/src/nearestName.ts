/** Insertions, deletions, changes and swaps of neighbours that make one text of the other (optimal string alignment). */
function distance(one: string, other: string): number {
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      next[column] = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        row > 1 && column > 1 && isSwap ? (before[column - 2] ?? 0) + 1 : Infinity,
      )
    }
    before = last
    last = next
  }
  return last[other.length] ?? 0
}

/** No name that anybody mistypes is longer. */
const LENGTH = 64

/** The name that was probably meant, whatever its case; undefined where none is near. */
export function nearestName(given: string, names: Iterable<string>): string | undefined {
  if (given.length > LENGTH) return undefined
  let nearest: string | undefined
  let least = Math.max(1, Math.floor(given.length / 3)) + 1
  for (const name of names) {
    // Lengths that differ by more cannot be nearer.
    if (Math.abs(name.length - given.length) >= least) continue
    const away = distance(given.toLowerCase(), name.toLowerCase())
    if (away >= least) continue
    least = away
    nearest = name
  }
  return nearest
}
