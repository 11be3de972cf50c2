import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import type { ShippedMail } from './shippedMails.ts'

const FILE = new URL('seen.json', import.meta.url)
const Seen = z.record(z.string(), z.string())

export const keyOf = ({ name, locale }: ShippedMail) => `${name}.${locale}`

const hashOf = ({ html }: ShippedMail) => createHash('sha256').update(html).digest('hex').slice(0, 16)

/** The mails that look otherwise than when somebody last looked at them. */
export async function unseenMails(mails: readonly ShippedMail[]): Promise<ShippedMail[]> {
  const seen = Seen.parse(JSON.parse(await readFile(FILE, 'utf8')))
  return mails.filter((mail) => seen[keyOf(mail)] !== hashOf(mail))
}

/** Somebody has looked at these, and only these are shipped. */
export async function saveSeen(mails: readonly ShippedMail[]): Promise<void> {
  const seen = Object.fromEntries(mails.map((mail) => [keyOf(mail), hashOf(mail)]))
  await writeFile(FILE, `${JSON.stringify(seen, null, 2)}\n`)
}
