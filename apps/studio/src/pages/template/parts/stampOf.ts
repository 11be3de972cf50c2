const stamps = new WeakMap<object, number>()
let last = 0

/** A number for each value that was edited: a key that is made at once, however long the texts in it are. */
export function stampOf(value: object): number {
  const known = stamps.get(value)
  if (known !== undefined) return known
  last += 1
  stamps.set(value, last)
  return last
}
