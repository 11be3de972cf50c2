/** An instant as the clocks of a time zone show it, as a field for date and time has it: `2026-11-27T09:00`. */
export function localOf(instant: string | number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return parts.format(new Date(instant)).replace(' ', 'T')
}

/** The instant at which the clocks of a time zone show it, in ISO 8601; the earlier one where they show it twice. */
export function instantOf(local: string, timeZone: string): string {
  const wanted = Date.parse(`${local}Z`)
  const offsetAt = (instant: number) => Date.parse(`${localOf(instant, timeZone)}Z`) - instant
  const near = wanted - offsetAt(wanted)
  return new Date(wanted - offsetAt(near)).toISOString()
}
