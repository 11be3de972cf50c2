import { normaliseEmail } from '@ciclo/engine'
import MimeNode from 'nodemailer/lib/mime-node'
import type { MailAddress } from '../config.ts'
import { CicloError } from '../errors.ts'
import { quotedPrintable } from './quotedPrintable.ts'

/** A mail with all that it says, before it is bytes. */
export interface MailContent {
  /** The 40 hex digits of its Message-ID. */
  mailId: string
  from: MailAddress
  to: string
  replyTo: string | null
  date: Date
  subject: string
  text: string
  html: string
  /** Further headers by their names. */
  headers: Readonly<Record<string, string>>
}

/** A mail as it goes over the wire. */
export interface WrittenMail {
  /** Every header in its own lines, folded, without the end of the last one. */
  headers: string
  body: Buffer
}

/** A header's value on one line: what would end it, or hide something from who reads it, is a space. */
const oneLine = (text: string) =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()

/** One address and nothing else: what could be read as several, or as more than an address, is refused. */
export function oneAddress(what: string, address: string): string {
  if (normaliseEmail(address) === address.toLowerCase()) return address
  throw new CicloError(
    'bad-request',
    `${what}: given ${JSON.stringify(address)}, expected one address, local@domain`,
  )
}

/** Said by the mail itself, or by nobody: they say who it goes to, and what it is made of. */
const TAKEN =
  /^(from|sender|to|cc|bcc|reply-to|subject|date|message-id|mime-version|content-.*|dkim-signature|received|return-path|resent-.*)$/i

function oneHeader(name: string): string {
  if (/^[a-z][a-z\d-]{0,70}$/i.test(name) && !TAKEN.test(name)) return name
  throw new CicloError(
    'bad-request',
    `A further header of a mail: given ${JSON.stringify(name)}, expected another name`,
  )
}

const part = (type: string, text: string) => [
  Buffer.from(`Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`),
  quotedPrintable(text),
]

/**
 * Writes a mail in the form of RFC 5322 and MIME, its two parts in quoted-printable. nodemailer encodes and folds the
 * headers; the body is written here, which takes a twentieth of the time.
 *
 * Throws `CicloError` where an address is more than one address.
 */
export function writeMail(mail: MailContent): WrittenMail {
  const { mailId, from, to, replyTo, date, subject, text, html, headers } = mail
  const domain = oneAddress('The sender', from.address).split('@')[1]
  // No line of quoted-printable can begin so: `=` is followed by two hex digits or the line's end.
  const boundary = `=_${mailId}`
  const node = new MimeNode(`multipart/alternative; boundary="${boundary}"`)
  node.setHeader('From', { name: oneLine(from.name), address: from.address })
  node.setHeader('To', { name: '', address: oneAddress('The recipient', to) })
  if (replyTo !== null)
    node.setHeader('Reply-To', { name: '', address: oneAddress('The address for replies', replyTo) })
  node.setHeader('Subject', oneLine(subject))
  node.setHeader('Message-ID', `<${mailId}@${domain}>`)
  node.setHeader('Date', date.toUTCString().replace('GMT', '+0000'))
  for (const [name, value] of Object.entries(headers)) node.setHeader(oneHeader(name), oneLine(value))
  const delimiter = Buffer.from(`--${boundary}\r\n`)
  const body = Buffer.concat([
    delimiter,
    ...part('text/plain', text),
    delimiter,
    ...part('text/html', html),
    Buffer.from(`--${boundary}--\r\n`),
  ])
  return { headers: node.buildHeaders(), body }
}
