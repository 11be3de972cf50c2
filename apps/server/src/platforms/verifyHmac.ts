import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { CicloError } from '../errors.ts'

export const refusedCall = (why: string) => new CicloError('unknown-key', `The call is refused: ${why}`)

/**
 * Compares a base64 HMAC-SHA256 of the body, byte for byte as it came. Throws `unknown-key` (401) where it is another.
 *
 * @param header what the system calls it, for people
 */
export function verifyHmac(raw: Uint8Array, secret: string, given: string | undefined, header: string): void {
  if (!given) throw refusedCall(`expected the header ${header}`)
  const expected = createHmac('sha256', secret).update(raw).digest()
  const stated = Buffer.from(given, 'base64')
  if (stated.length !== expected.length || !timingSafeEqual(stated, expected))
    throw refusedCall(`${header} does not fit the body and the secret of this connection`)
}

/**
 * The id of a call: of what is signed, and of its topic, since one body may be told under several. Other headers do not
 * count: whoever plays a call again may write others.
 */
export const callIdOf = (topic: string, raw: Uint8Array): string =>
  createHash('sha256').update(`${topic}\n`).update(raw).digest('hex').slice(0, 40)

/** Ids of systems may have 18 digits: a number of JavaScript would round them to somebody else's. */
const keepDigits = (_name: string, value: unknown, { source }: { source?: string }) =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^\d+$/.test(source ?? '') ? source : value

type Revive = (this: unknown, name: string, value: unknown) => unknown

/** JSON, with whole numbers that are too large for a number as text. Throws `bad-json`. */
export function parseBody(raw: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(raw).toString('utf8'), keepDigits as Revive)
  } catch (cause) {
    throw new CicloError('bad-json', `The call is not JSON: ${(cause as Error).message}`, { cause })
  }
}
