/** The names that were asked for, so many of them: Intl takes 20 to 50 us to answer, and every page view asks. */
const NAMES_KEPT = 1_000
const known = new Map<string, string | undefined>()

function read(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

/** The one name of a time zone of IANA, of whatever other name or spelling it has; undefined where there is no such zone. */
export function timeZoneOf(name: string): string | undefined {
  // An offset such as +02:00 is no zone: it knows no summer. No name of a zone is longer than 32.
  if (!/^[A-Za-z][\w+/-]{1,40}$/.test(name)) return undefined
  if (!known.has(name)) {
    if (known.size >= NAMES_KEPT) known.clear()
    known.set(name, read(name))
  }
  return known.get(name)
}
