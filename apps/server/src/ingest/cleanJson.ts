/** `atMost` is a bound of the size of its JSON in bytes, far above the size itself: most events need no exact one. */
export type CleanJson = { ok: true; value: unknown; atMost: number } | { ok: false; message: string }

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

/** `\u001f` is the most that a character can come to in JSON. */
const BYTES_OF_CHARACTER = 6
const boundOf = (text: string) =>
  needsCleaning(text) ? Number.NaN : text.length * BYTES_OF_CHARACTER + '"":,'.length
/** The longest number, `-2.2250738585072014e-308`, and its comma. */
const BYTES_OF_NUMBER = 25

/**
 * How many bytes of JSON a value has at most; NaN where it is not as it has to be, which is seldom: looking costs a
 * third of what a copy does.
 */
function measure(value: unknown, depth: number): number {
  if (typeof value === 'string') return boundOf(value)
  if (typeof value === 'number') {
    return Number.isFinite(value) && !Object.is(value, -0) ? BYTES_OF_NUMBER : Number.NaN
  }
  if (typeof value !== 'object' || value === null) return 'false,'.length
  if (depth === DEPTH_LIMIT) throw new TooDeep()
  let bytes = '{},'.length
  if (Array.isArray(value)) {
    for (const element of value) bytes += measure(element, depth + 1)
    return bytes
  }
  for (const name of Object.keys(value)) {
    if (name === '__proto__') return Number.NaN
    bytes += boundOf(name) + measure((value as Record<string, unknown>)[name], depth + 1)
  }
  return bytes
}

/**
 * Parsed JSON as every database and every merge can take it: bounded depth, clean text and numbers, no `__proto__`.
 * The value itself where it is so, else a copy.
 */
export function cleanJson(value: unknown, whole = 'event'): CleanJson {
  try {
    const bound = measure(value, 0)
    if (!Number.isNaN(bound)) return { ok: true, value, atMost: bound }
    return { ok: true, value: clean(value, 0), atMost: Infinity }
  } catch (error) {
    if (error instanceof TooDeep)
      return { ok: false, message: `${whole}: nested deeper than ${DEPTH_LIMIT} levels` }
    throw error
  }
}
