/** The most keys of one request that are looked at. */
const CANDIDATES = 4

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

/** The user of Basic authorization; some clients leave out the colon behind it. */
function basicUser(header: string): string | undefined {
  const encoded = /^Basic\s+(\S+)\s*$/i.exec(header)?.[1]
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8').split(':')[0]
}

/**
 * Every key that a request carries, in the order in which they count: Basic user, Bearer token, `writeKey` of the
 * body, of the query, of the batch's first event. Several are normal: a proxy before the shop may want a Basic
 * authorization of its own.
 */
export function keysIn(authorization = '', query: string | undefined, body: unknown): string[] {
  const { writeKey, batch } = recordOf(body)
  const [first] = Array.isArray(batch) ? (batch as unknown[]) : []
  const candidates = [
    basicUser(authorization),
    /^Bearer\s+(\S+)\s*$/i.exec(authorization)?.[1],
    writeKey,
    query,
    recordOf(first)['writeKey'],
  ]
  const given = candidates.filter((key): key is string => typeof key === 'string' && key !== '')
  return [...new Set(given)].slice(0, CANDIDATES)
}
