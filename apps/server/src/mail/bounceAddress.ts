import { createHmac, timingSafeEqual } from 'node:crypto'

/** Envelope senders that say which mail has come back: variable envelope return paths. */
export interface BounceAddresses {
  /** `b+<token>@<domain>`; the part before the @ is 50 characters long, of which RFC 5321 allows 64. */
  of(mailId: string, domain: string): string
  /**
   * The id of the mail that such an address was made for, whatever its domain; undefined where it is not ours. Letters
   * may have changed their case on the way.
   */
  read(address: string): string | undefined
}

/** RFC 4648, section 6, in lower case: what survives servers that write addresses their own way. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const MAIL_ID = /^[0-9a-f]{40}$/
const TOKEN = /^b\+([a-z2-7]{48})$/
const MAIL_ID_BYTES = 20
const SIGNATURE_BYTES = 10

/** Of as many bytes as make whole letters: five bytes are eight of them. */
function toBase32(bytes: Buffer): string {
  let text = ''
  let bits = 0
  let count = 0
  for (const byte of bytes) {
    bits = ((bits & 31) << 8) | byte
    count += 8
    for (; count >= 5; count -= 5) text += ALPHABET[(bits >>> (count - 5)) & 31]
  }
  return text
}

function fromBase32(text: string): Buffer {
  let bits = 0n
  for (const letter of text) bits = (bits << 5n) | BigInt(ALPHABET.indexOf(letter))
  return Buffer.from(bits.toString(16).padStart((text.length * 5) / 4, '0'), 'hex')
}

/** @param secret the installation's: nobody else can make such an address, and so report a bounce that never was */
export function createBounceAddresses(secret: string): BounceAddresses {
  const signatureOf = (mailId: string) =>
    createHmac('sha256', secret).update(`bounce:${mailId}`).digest().subarray(0, SIGNATURE_BYTES)
  return {
    of: (mailId, domain) => {
      if (!MAIL_ID.test(mailId))
        throw new RangeError(`The id of a mail: given "${mailId}", expected 40 hex digits`)
      return `b+${toBase32(Buffer.concat([Buffer.from(mailId, 'hex'), signatureOf(mailId)]))}@${domain}`
    },
    read: (address) => {
      const local = address.slice(0, Math.max(0, address.lastIndexOf('@'))).toLowerCase()
      const token = TOKEN.exec(local)?.[1]
      if (token === undefined) return undefined
      const bytes = fromBase32(token)
      const mailId = bytes.subarray(0, MAIL_ID_BYTES).toString('hex')
      return timingSafeEqual(bytes.subarray(MAIL_ID_BYTES), signatureOf(mailId)) ? mailId : undefined
    },
  }
}
