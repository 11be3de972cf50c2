export type CleanJson = { ok: true; value: unknown } | { ok: false; message: string }

const DEPTH_LIMIT = 32

/** Lone surrogates and NUL: PostgreSQL refuses both in text and jsonb. */
const needsCleaning = (text: string) => text.includes('\u0000') || !text.isWellFormed()
const cleanText = (text: string) =>
  needsCleaning(text) ? text.toWellFormed().replaceAll('\u0000', '\uFFFD') : text

class TooDeep extends Error {}

/** What JSON cannot write: `1e400` is read as Infinity and -0 as itself, and neither would be read back as it was. */
const cleanNumber = (value: number) => (Number.isFinite(value) ? value + 0 : null)

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value === 'number') return cleanNumber(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === DEPTH_LIMIT) throw new TooDeep()
  if (Array.isArray(value)) return value.map((element) => clean(element, depth + 1))
  const copy: Record<string, unknown> = {}
  for (const [name, element] of Object.entries(value)) {
    // An own `__proto__` is only ever an attack on whoever merges objects later.
    if (name !== '__proto__') copy[cleanText(name)] = clean(element, depth + 1)
  }
  return copy
}

/**
 * A copy of parsed JSON that every database and every merge can take: bounded depth, clean text and numbers, no
 * `__proto__`.
 */
export function cleanJson(value: unknown): CleanJson {
  try {
    return { ok: true, value: clean(value, 0) }
  } catch (error) {
    if (error instanceof TooDeep)
      return { ok: false, message: `event: nested deeper than ${DEPTH_LIMIT} levels` }
    throw error
  }
}
