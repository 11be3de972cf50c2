import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { WrittenMail } from './writeMail.ts'

export interface DkimKey {
  domain: string
  selector: string
  privateKey: KeyObject
}

/** With a callback the key's arithmetic is done by a thread of libuv's pool: the event loop goes on meanwhile. */
const signOffThread = promisify(
  (
    algorithm: string | null,
    data: Buffer,
    key: KeyObject,
    done: (error: Error | null, bytes: Buffer) => void,
  ) => sign(algorithm, data, key, done),
)

/**
 * What is signed where a mail has it: whoever changed one of these would break the signature. From is named once more
 * than it stands there, so that nobody can add a second one (RFC 6376, section 8.15).
 */
const SIGNED = [
  'From',
  'To',
  'Reply-To',
  'Subject',
  'Date',
  'Message-ID',
  'MIME-Version',
  'Content-Type',
  'List-ID',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'Feedback-ID',
]

const [TAB, LF, CR, SPACE] = [9, 10, 13, 32]

/** RFC 6376, section 3.4.2. */
function relaxedHeader(header: string): string {
  const colon = header.indexOf(':')
  const value = header.slice(colon + 1).replace(/\r\n/g, '')
  return `${header.slice(0, colon).trim().toLowerCase()}:${value.replace(/[ \t]+/g, ' ').trim()}`
}

/** RFC 6376, section 3.4.4, of a body whose lines end with CRLF. */
function relaxedBody(body: Uint8Array): Uint8Array {
  const out = new Uint8Array(body.length + 2)
  let length = 0
  /** Where what is not an empty line ends. */
  let end = 0
  let hasSpace = false
  for (let place = 0; place < body.length; place += 1) {
    const byte = body[place] ?? 0
    if (byte > SPACE) {
      if (hasSpace) out[length++] = SPACE
      hasSpace = false
      out[length++] = byte
      end = length
    } else if (byte === SPACE || byte === TAB) hasSpace = true
    else if (byte === CR || byte === LF) {
      hasSpace = false
      out[length++] = byte
    } else {
      out[length++] = byte
      end = length
    }
  }
  if (end === 0) return out.subarray(0, 0)
  out[end] = CR
  out[end + 1] = LF
  return out.subarray(0, end + 2)
}

/** So that no line of the signature is longer than the 78 signs of RFC 5322, section 2.1.1. */
const folded = (text: string) => (text.match(/.{1,70}/g) ?? []).join('\r\n ')

/** Reads a private key in PEM: RSA, or Ed25519 (RFC 8463). Throws where it is none. */
export function readDkimKey({
  domain,
  selector,
  privateKey,
}: {
  domain: string
  selector: string
  privateKey: string
}): DkimKey {
  const key = createPrivateKey(privateKey)
  const type = key.asymmetricKeyType
  if (type !== 'rsa' && type !== 'ed25519')
    throw new TypeError(`The DKIM key of ${domain}: given ${type}, expected rsa or ed25519`)
  return { domain, selector, privateKey: key }
}

/** The mail's DKIM-Signature (RFC 6376), relaxed both ways, folded, without the end of its last line. */
export async function signMail({ headers, body }: WrittenMail, key: DkimKey, at: number): Promise<string> {
  const isRsa = key.privateKey.asymmetricKeyType === 'rsa'
  const fields = new Map<string, string>()
  for (const field of headers.split(/\r\n(?![ \t])/)) {
    fields.set(field.slice(0, field.indexOf(':')).trim().toLowerCase(), field)
  }
  const names = SIGNED.filter((name) => fields.has(name.toLowerCase()))
  const signed = names.map((name) => relaxedHeader(fields.get(name.toLowerCase()) ?? ''))
  const bodyHash = createHash('sha256').update(relaxedBody(body)).digest('base64')
  const unsigned = [
    `DKIM-Signature: v=1; a=${isRsa ? 'rsa' : 'ed25519'}-sha256; c=relaxed/relaxed; d=${key.domain};`,
    ` s=${key.selector}; t=${Math.floor(at / 1_000)};`,
    ` h=${['From', ...names].join(':\r\n ')};`,
    ` bh=${bodyHash};`,
    ` b=`,
  ].join('\r\n')
  const data = Buffer.from([...signed, relaxedHeader(unsigned)].join('\r\n'))
  const signature = isRsa
    ? await signOffThread('sha256', data, key.privateKey)
    : await signOffThread(null, createHash('sha256').update(data).digest(), key.privateKey)
  return unsigned + folded(signature.toString('base64'))
}
