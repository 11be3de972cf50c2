import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

/** Names a message by the id of its mail, or by workspace and id: those whose mail had none yet. */
const reference = z.union([
  z.object({ mail: z.string().regex(/^[0-9a-f]{40}$/) }),
  z.object({ w: z.string(), m: z.string() }),
])

export type MessageReference = z.infer<typeof reference>

const until = z.object({ x: z.number() })

/** What each kind of link carries. Short names, because they stand in every link of every mail. */
const PAYLOADS = {
  /** Open pixel. */
  open: reference,
  /** Click: and the address that it leads to. */
  click: reference.and(z.object({ u: z.string() })),
  unsubscribe: reference,
  /** Unsubscribes by the mail as a page, which whoever was sent its address reads: it only leads off the list. */
  leave: reference,
  preferences: reference,
  /** The mail as a page. */
  view: reference,
  /** The page of a mail's question. */
  survey: reference,
  /** Double opt-in, and until when (epoch milliseconds). It proves the address that the message went to. */
  confirm: reference.and(until),
  /** Takes back an unsubscribe that was a slip, and until when (epoch milliseconds). */
  resubscribe: reference.and(until),
  /** Brought to the shop by a click: until when (epoch milliseconds) it proves whose browser that is. */
  visit: reference.and(until),
  /** Makes the first owner of a workspace, for as long as it has none. */
  'set-up': z.object({ w: z.string() }),
  /** Another password for a person, until when (epoch milliseconds); `p` is `passwordMark` of the one that it is for. */
  reset: z.object({ u: z.string(), p: z.string(), x: z.number() }),
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

/** The first byte of a packed body; that of one in JSON is a brace. */
const PACKED = 1
const MAIL_ID = 20
const TIME = 6

/** `PACKED`, the id of the mail, then the time or the address: a third of what it would be as JSON. */
function pack(payload: { mail: string; x?: number; u?: string }): Buffer {
  const { mail, x, u = '' } = payload
  const rest = x === undefined ? Buffer.byteLength(u) : TIME
  const bytes = Buffer.allocUnsafe(1 + MAIL_ID + rest)
  bytes[0] = PACKED
  bytes.write(mail, 1, 'hex')
  if (x === undefined) bytes.write(u, 1 + MAIL_ID)
  else bytes.writeUIntBE(x, 1 + MAIL_ID, TIME)
  return bytes
}

function unpack(kind: TokenKind, bytes: Buffer): unknown {
  if (bytes[0] !== PACKED) return JSON.parse(bytes.toString())
  const mail = bytes.toString('hex', 1, 1 + MAIL_ID)
  const rest = bytes.subarray(1 + MAIL_ID)
  if (kind === 'click') return { mail, u: rest.toString() }
  return rest.length === TIME ? { mail, x: rest.readUIntBE(0, TIME) } : { mail }
}

/**
 * Signed, self-contained tokens: `payload.signature`, both base64url. The kind is part of what is signed, so that an
 * open pixel's token cannot unsubscribe anybody.
 */
export function createTokens(secret: string): Tokens {
  // Imported once: with the text itself that is done again for every link of every mail.
  const key = createSecretKey(secret, 'utf8')
  const signature = (kind: string, body: string) =>
    createHmac('sha256', key).update(`token:${kind}:${body}`).digest().subarray(0, 16)

  return {
    sign: (kind, payload) => {
      const bytes = 'mail' in payload ? pack(payload) : Buffer.from(JSON.stringify(payload))
      const body = bytes.toString('base64url')
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
      return PAYLOADS[kind].parse(unpack(kind, Buffer.from(body, 'base64url'))) as TokenPayload<typeof kind>
    },
  }
}

/** A keyed hash of an address: what remains of it where the address itself may not be kept. */
export function hashAddress(secret: string, workspaceId: string, address: string): string {
  return createHmac('sha256', secret).update(`address:${workspaceId}:${address}`).digest('base64url')
}
