import type { z } from 'zod'
import { CicloError } from '../errors.ts'

/** A place in a list, opaque to callers. */
export function encodeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

export function decodeCursor<T>(schema: z.ZodType<T>, cursor: string | undefined): T | undefined {
  if (cursor === undefined) return undefined
  try {
    const place = Buffer.from(cursor, 'base64url').toString('utf8')
    // PostgreSQL takes no NUL, and so has none to continue at.
    if (place.includes(String.raw`\u0000`)) throw new RangeError('a NUL in it')
    return schema.parse(JSON.parse(place))
  } catch (cause) {
    throw new CicloError(
      'bad-request',
      `cursor: given "${cursor}", expected one that an earlier page returned`,
      { cause },
    )
  }
}

/** A page of `limit` rows from a query for one more: and the cursor of the next one, if there is any. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (last: Row) => unknown,
): { rows: readonly Row[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > limit && last !== undefined ? encodeCursor(placeOf(last)) : null }
}
