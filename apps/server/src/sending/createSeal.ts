import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Keeps what only this installation may read: passwords and private keys. */
export interface Seal {
  /**
   * @param place what the text belongs to; elsewhere it cannot be opened
   */
  close(text: string, place: string): string
  /** The text, or undefined where it was sealed with another secret, for another place, or was changed. */
  open(sealed: string, place: string): string | undefined
}

const VERSION = 'v1.'
const NONCE = 12
const TAG = 16

/**
 * Seals by AES-256-GCM (NIST SP 800-38D) under a key that is derived from the installation's secret (HKDF, RFC 5869):
 * the database alone opens nothing, and nobody who can write to it can move a password to another place.
 */
export function createSeal(secret: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'ciclo:seal', 32))
  return {
    close: (text, place) => {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return VERSION + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
    },
    open: (sealed, place) => {
      if (!sealed.startsWith(VERSION)) return undefined
      const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64url')
      if (bytes.length < NONCE + TAG) return undefined
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG })
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
      try {
        const text = decipher.update(bytes.subarray(NONCE + TAG))
        return Buffer.concat([text, decipher.final()]).toString('utf8')
      } catch {
        return undefined
      }
    },
  }
}
