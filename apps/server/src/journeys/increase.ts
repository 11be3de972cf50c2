/** Adds to what is counted under a name, which may be `constructor`. */
export function increase(counts: Record<string, number>, name: string, by = 1): void {
  counts[name] = (Object.hasOwn(counts, name) ? (counts[name] ?? 0) : 0) + by
}
