import { createHash } from 'node:crypto'
import { z } from 'zod'
import { CicloError } from '../../errors.ts'
import type { ProviderStatement } from '../createFeedback.ts'

/** A call of a provider, as it came in. */
export interface HookRequest {
  /** Byte for byte: signatures are over this. */
  raw: Buffer
  header: (name: string) => string | undefined
  /** What the provider signs with, as it was given when the address of the hook was made; null: nothing. */
  key: string | null
  now: number
}

/** What a provider tells in one call, after its signature was checked. */
export interface Delivery {
  /** Another call with the same id is a replay. */
  id: string
  statements: readonly ProviderStatement[]
  /** Has to be visited once, so that the provider goes on telling. */
  confirm?: URL
}

/** Checks who calls, and reads what they say. Throws `unknown-key` (401) where the call is not theirs, or too old. */
export type ReadDelivery = (request: HookRequest) => Delivery | Promise<Delivery>

/** Providers try again for hours; what is older is a recording. */
const OLDEST = 24 * 3_600_000
const CLOCK_SKEW = 10 * 60_000

export const refused = (why: string): CicloError =>
  new CicloError('unknown-key', `The call is refused: ${why}`)

/** @param at when it was signed, in epoch milliseconds */
export function expectFresh(at: number, now: number): void {
  if (Number.isNaN(at) || at < now - OLDEST || at > now + CLOCK_SKEW)
    throw refused('it was not signed within the last 24 hours')
}

export function expectKey(key: string | null, what: string): string {
  if (key === null) throw refused(`expected ${what}, which was not given when this address was made`)
  return key
}

export const hashOf = (...parts: readonly (string | Buffer)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/** The call as its schema has it. It is theirs by its signature: what does not fit is a version that we do not know. */
export function readJson<Value>(schema: z.ZodType<Value>, text: string): Value {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new CicloError('bad-json', `The call is not JSON: ${(cause as Error).message}`, { cause })
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new CicloError(
    'bad-request',
    `The call: ${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'wrong'}`,
  )
}

/** Text of a call; anything else is none. */
export const text = z.string().catch('')

/** Epoch milliseconds of an ISO 8601 time; null where it is none. */
export const instantOf = (stated: string): number | null => {
  const time = Date.parse(stated)
  return Number.isNaN(time) ? null : time
}
