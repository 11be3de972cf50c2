import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** What OWASP's Password Storage Cheat Sheet asks of argon2id: KiB of memory, passes, lanes. */
const MEMORY = 19_456
const PASSES = 2
const PARALLELISM = 1
const SALT = 16
const LENGTH = 32

/** More than this in a stored hash was not written here: it would only keep the machine busy. */
const MOST_MEMORY = 2 ** 18

const FORM = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

// The same password typed on another keyboard may be other code points (NIST SP 800-63B asks for this).
const messageOf = (password: string) => password.normalize('NFKC')

/** A password as it is kept: `$argon2id$v=19$m=...,t=...,p=...$salt$hash`, the PHC string format. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(SALT)
  const hash = await derive('argon2id', {
    message: messageOf(password),
    nonce,
    parallelism: PARALLELISM,
    tagLength: LENGTH,
    memory: MEMORY,
    passes: PASSES,
  })
  return `$argon2id$v=19$m=${MEMORY},t=${PASSES},p=${PARALLELISM}$${unpadded(nonce)}$${unpadded(hash)}`
}

/** Whether a password is the one that was hashed. False for a hash that cannot be read. */
export async function verifyPassword({
  hash,
  password,
}: {
  hash: string
  password: string
}): Promise<boolean> {
  const [, memory, passes, parallelism, salt = '', tag = ''] = FORM.exec(hash) ?? []
  if (tag === '' || Number(memory) > MOST_MEMORY) return false
  const expected = Buffer.from(tag, 'base64')
  const found = await derive('argon2id', {
    message: messageOf(password),
    nonce: Buffer.from(salt, 'base64'),
    parallelism: Number(parallelism),
    tagLength: expected.length,
    memory: Number(memory),
    passes: Number(passes),
  })
  return timingSafeEqual(found, expected)
}
