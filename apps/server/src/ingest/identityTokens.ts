import { normaliseEmail, type Event } from '@ciclo/engine'
import { verify } from 'hono/jwt'
import { z } from 'zod'
import { describeIssue } from '../describeIssue.ts'
import { identityKey } from '../identityKey.ts'

/** How far ahead a token may expire: a leaked one is of use for no longer. */
const LONGEST_LIFE = 31 * 24 * 3_600
/** What the clocks of the shop's server and of this one may differ by, in seconds. */
const CLOCK_TOLERANCE = 60

/** The claims of RFC 7519 that count here; `email` is OpenID Connect's. */
const PayloadSchema = z
  .object({
    sub: z.union([z.string().min(1).max(512), z.number().transform(String)]).optional(),
    email: z.string().optional(),
    exp: z.number({ message: 'expected the second at which the token expires' }),
  })
  .refine(({ sub, email }) => sub !== undefined || email !== undefined, {
    message: 'expected a sub (the userId) or an email',
  })

export type ReadIdentityToken =
  | { ok: true; proof: NonNullable<Event['proof']> }
  | { ok: false; message: string }

export interface IdentityTokens {
  /** Whom a token says its bearer is. */
  read(workspaceId: string, token: string): Promise<ReadIdentityToken>
}

export interface IdentityTokensOptions {
  secret: string
  /** The current version of a workspace's key. */
  keyVersionOf: (workspaceId: string) => Promise<number>
  now: () => number
}

const wrong = (message: string): ReadIdentityToken => ({ ok: false, message: `identityToken: ${message}` })

/**
 * Identity tokens: JSON Web Tokens (RFC 7519) that the shop's server signs with HS256 for the person who is logged in,
 * so that this person's browser proves who it is.
 */
export function createIdentityTokens({ secret, keyVersionOf, now }: IdentityTokensOptions): IdentityTokens {
  return {
    read: async (workspaceId, token) => {
      const key = identityKey(secret, workspaceId, await keyVersionOf(workspaceId))
      let payload: unknown
      try {
        // Times are compared below, by the server's own clock.
        payload = await verify(token, key, { alg: 'HS256', exp: false, nbf: false, iat: false })
      } catch {
        return wrong('expected a JSON Web Token that is signed by HS256 with the current identity key')
      }
      const parsed = PayloadSchema.safeParse(payload)
      if (!parsed.success) return wrong(describeIssue(parsed.error, 'payload'))
      const { sub, email: stated, exp } = parsed.data
      const second = now() / 1_000
      if (exp + CLOCK_TOLERANCE <= second) {
        return wrong(`expired at ${exp}, and it is ${Math.floor(second)} (seconds since 1970)`)
      }
      if (exp > second + LONGEST_LIFE + CLOCK_TOLERANCE) {
        return wrong(`given exp ${exp}, expected at most ${LONGEST_LIFE} seconds from now`)
      }
      const email = stated === undefined ? undefined : normaliseEmail(stated)
      if (stated !== undefined && email === undefined) return wrong('email: expected an address')
      return {
        ok: true,
        proof: { ...(sub === undefined ? {} : { userId: sub }), ...(email === undefined ? {} : { email }) },
      }
    },
  }
}
