import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

const message = { w: z.string(), m: z.string() }

/** What each kind of link carries. Short names, because they stand in every link of every mail. */
const PAYLOADS = {
  /** Open pixel. */
  open: z.object(message),
  /** Click: and the address that it leads to. */
  click: z.object({ ...message, u: z.string() }),
  unsubscribe: z.object(message),
  preferences: z.object(message),
  /** Double opt-in, and until when (epoch milliseconds). It proves the address that the message went to. */
  confirm: z.object({ ...message, x: z.number() }),
  /** Brought to the shop by a click: until when (epoch milliseconds) it proves whose browser that is. */
  visit: z.object({ ...message, x: z.number() }),
  /**
   * Stands for the secret key on the machine that knows the signing secret: the CLI beside a live server. Only for the
   * database that it was made for (`databaseIdentity`): copies of one have the same secret.
   */
  local: z.object({ x: z.number(), d: z.string().default('') }),
} as const

export type TokenKind = keyof typeof PAYLOADS
export type TokenPayload<Kind extends TokenKind> = z.infer<(typeof PAYLOADS)[Kind]>

export interface Tokens {
  sign<Kind extends TokenKind>(kind: Kind, payload: TokenPayload<Kind>): string
  /** The payload, or undefined where a single byte of the token is not ours. */
  verify<Kind extends TokenKind>(kind: Kind, token: string): TokenPayload<Kind> | undefined
}

/**
 * Signed, self-contained tokens: `payload.signature`, both base64url. The kind is part of what is signed, so that an
 * open pixel's token cannot unsubscribe anybody.
 */
export function createTokens(secret: string): Tokens {
  const signature = (kind: string, body: string) =>
    createHmac('sha256', secret).update(`token:${kind}:${body}`).digest().subarray(0, 16)

  return {
    sign: (kind, payload) => {
      const body = Buffer.from(JSON.stringify(payload)).toString('base64url')
      return `${body}.${signature(kind, body).toString('base64url')}`
    },
    verify: (kind, token) => {
      const [body, given, ...rest] = token.split('.')
      if (!body || !given || rest.length > 0) return undefined
      const bytes = Buffer.from(given, 'base64url')
      const expected = signature(kind, body)
      // base64url ignores unused bits of the last character: only the one canonical spelling is ours.
      if (bytes.toString('base64url') !== given || bytes.length !== expected.length) return undefined
      if (!timingSafeEqual(bytes, expected)) return undefined
      return PAYLOADS[kind].parse(JSON.parse(Buffer.from(body, 'base64url').toString())) as TokenPayload<
        typeof kind
      >
    },
  }
}

/** A keyed hash of an address: what remains of it where the address itself may not be kept. */
export function hashAddress(secret: string, workspaceId: string, address: string): string {
  return createHmac('sha256', secret).update(`address:${workspaceId}:${address}`).digest('base64url')
}
