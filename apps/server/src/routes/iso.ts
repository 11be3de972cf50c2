/** A time as the API writes it: ISO 8601, UTC. */
export const iso = (at: number) => new Date(at).toISOString()
export const isoOrNull = (at: number | null) => (at === null ? null : iso(at))
