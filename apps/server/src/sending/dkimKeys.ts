import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { CicloError } from '../errors.ts'

/** What receivers look up to verify signatures: TXT at `name` (RFC 6376). */
export interface DkimRecord {
  name: string
  value: string
}

const BITS = 2_048
/** Receivers take no signature by a shorter key (RFC 8301). */
const FEWEST_BITS = 1_024

/** The public key as it is published: of RSA the whole structure, of Ed25519 its 32 bytes alone (RFC 8463). */
function publicText(key: KeyObject): string {
  const bytes = key.export({ type: 'spki', format: 'der' })
  return (key.asymmetricKeyType === 'ed25519' ? bytes.subarray(-32) : bytes).toString('base64')
}

export type DkimKind = 'rsa' | 'ed25519'

/** A new key as PEM, PKCS #8. */
export async function makeDkimKey(kind: DkimKind): Promise<string> {
  const { privateKey } =
    kind === 'rsa'
      ? await promisify(generateKeyPair)('rsa', { modulusLength: BITS })
      : await promisify(generateKeyPair)('ed25519')
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** A private key that somebody brings along, as PKCS #8. Throws `bad-request` without showing anything of it. */
export function importDkimKey(pem: string): string {
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch {
    throw new CicloError(
      'bad-request',
      `dkim.privateKey: given ${pem.length} characters, expected a private key in PEM without a password`,
    )
  }
  const { asymmetricKeyType: kind = 'no type', asymmetricKeyDetails: { modulusLength: bits = 0 } = {} } = key
  if (kind !== 'ed25519' && (kind !== 'rsa' || bits < FEWEST_BITS))
    throw new CicloError(
      'bad-request',
      `dkim.privateKey: given ${kind} of ${bits} bits, expected Ed25519, or RSA of ${BITS} bits, at least ${FEWEST_BITS}`,
    )
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

export const dkimName = ({ domain, selector }: { domain: string; selector: string }) =>
  `${selector}._domainkey.${domain}`

/** What to publish of a key. */
export function dkimRecordOf(place: { domain: string; selector: string }, privateKey: string): DkimRecord {
  const key = createPublicKey(privateKey)
  return { name: dkimName(place), value: `v=DKIM1; k=${key.asymmetricKeyType}; p=${publicText(key)}` }
}

/** The key of a published record: `undefined` where it is none, and empty where it was taken back. */
export function publishedKey(record: string): { p: string; k: string; isTest: boolean } | undefined {
  const tags = new Map(
    record.split(';').flatMap((part) => {
      const [, name, value] = /^\s*([a-z]+)\s*=([\s\S]*)$/i.exec(part) ?? []
      return name === undefined ? [] : [[name.toLowerCase(), (value ?? '').replaceAll(/\s/g, '')] as const]
    }),
  )
  const p = tags.get('p')
  if (p === undefined || (tags.get('v') ?? 'DKIM1') !== 'DKIM1') return undefined
  return { p, k: tags.get('k') ?? 'rsa', isTest: (tags.get('t') ?? '').split(':').includes('y') }
}
