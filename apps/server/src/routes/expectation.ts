import type { Context } from 'hono'
import { CicloError } from '../errors.ts'
import { expectedHash } from './journeyRequests.ts'

/** What somebody who saves has seen of what is there (RFC 9110). */
export interface Expectation {
  /** If-Match: its hash; undefined: whatever it is. */
  hash: string | undefined
  /** If-None-Match: *, nothing is there yet. */
  none: boolean
}

export const expectationOf = (context: Context): Expectation => ({
  hash: expectedHash(context),
  none: context.req.header('if-none-match')?.trim() === '*',
})

/**
 * Throws `conflict` where something else is there than was seen: nobody writes over what they do not know.
 *
 * @param what such as `campaign autumn`
 * @param found the hash of what is there; undefined: nothing
 */
export function expectSeen(what: string, found: string | undefined, { hash, none }: Expectation): void {
  if (none && found !== undefined)
    throw new CicloError('conflict', `There is a ${what} already: expected none (If-None-Match: *)`)
  if (hash === undefined || hash === found) return
  const is = found === undefined ? 'there is none any more' : `its hash is ${found}`
  throw new CicloError(
    'conflict',
    `The ${what} was changed meanwhile: ${is}, expected ${hash}; read it again`,
  )
}
