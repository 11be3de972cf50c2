import { normaliseEmail } from '@ciclo/engine'
import PostalMime, { type Attachment, type Email } from 'postal-mime'
import { addressIn, readDeliveryStatus } from './deliveryStatus.ts'
import { fieldOf, readHeaders, type Fields } from './readFields.ts'
import type { Pointers, Report } from './report.ts'

/** What a report says stands at its beginning; after that comes the mail itself, of which only the headers count. */
const READ_BYTES = 128 * 1024
/** The parser takes up to 30 microseconds for a line, however short: this bounds the time that any mail can cost. */
const READ_LINES = 2_500

const LIMITS = {
  forceRfc822Attachments: true,
  maxNestingDepth: 12,
  maxRfc822NestingDepth: 0,
  maxHeadersSize: 96 * 1024,
} as const

const STATUS_TYPES: ReadonlySet<string> = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
])
const MAIL_TYPES: ReadonlySet<string> = new Set([
  'message/rfc822',
  'message/global',
  'text/rfc822-headers',
  'message/rfc822-headers',
  'message/global-headers',
])

/** The beginning of a mail, as much of it as is read. */
export function headOf(raw: Uint8Array): Uint8Array {
  let lines = 0
  const end = Math.min(raw.length, READ_BYTES)
  for (let position = 0; position < end; position += 1) {
    if (raw[position] !== 0x0a) continue
    lines += 1
    if (lines === READ_LINES) return raw.subarray(0, position + 1)
  }
  return raw.subarray(0, end)
}

const textOf = ({ content }: Attachment): string =>
  typeof content === 'string' ? content : Buffer.from(content as ArrayBuffer).toString('utf8')

const headersOf = (email: Email): Fields => {
  const fields = new Map<string, string[]>()
  for (const { key, value } of email.headers) fields.set(key, [...(fields.get(key) ?? []), value])
  return fields
}

/** No header that points at a mail is longer. */
const cut = (value: string) => value.slice(0, 2_000)

/** Everything in a value that looks like an address. */
const addressesIn = (values: readonly string[] = []) =>
  values.flatMap((value) => cut(value).match(/[^\s<>,;:"()]{1,64}@[^\s<>,;:"()]{1,255}/g) ?? [])

const idsIn = (values: readonly string[] = []) =>
  values.flatMap((value) => cut(value).match(/[^\s<>]{1,250}@[^\s<>]{1,250}/g) ?? [])

const tokensIn = (values: readonly string[] = []) =>
  values.flatMap((value) =>
    [...cut(value).matchAll(/\/u\/([\w.~-]{10,1500})/g)].flatMap(([, token]) => token ?? []),
  )

/** More than any report has; what a hostile one has beyond is not looked up. */
const MOST_POINTERS = 10
const some = (values: readonly string[]) => [...new Set(values)].slice(0, MOST_POINTERS)

/**
 * @param outer the headers of the report itself
 * @param mails the headers of the mails in it
 * @param senders envelope senders that the report states
 */
function pointersOf(outer: Fields, mails: readonly Fields[], senders: readonly string[]): Pointers {
  const all = (name: string) => mails.flatMap((fields) => fields.get(name) ?? [])
  const to = ['delivered-to', 'x-original-to', 'envelope-to', 'to'].flatMap((name) => outer.get(name) ?? [])
  return {
    addresses: some(addressesIn([...all('return-path'), ...senders, ...to])),
    messageIds: some(idsIn([...all('message-id'), ...(outer.get('in-reply-to') ?? [])])),
    unsubscribeTokens: some(tokensIn(all('list-unsubscribe'))),
  }
}

const SERVERS = /^(?:mailer-daemon|postmaster|mail-daemon|double-bounce)@/i

/** RFC 3834, section 5, and what was usual before it. */
function isAutoReply(outer: Fields, from: string): boolean {
  const submitted = fieldOf(outer, 'auto-submitted')
  // Servers reply by themselves, too, in their own words: those are for people.
  if (SERVERS.test(from)) return false
  if (submitted !== undefined && !/^no\b/i.test(submitted)) return true
  return (
    /^auto[_-]?reply$/i.test(fieldOf(outer, 'precedence') ?? '') ||
    ['x-autoreply', 'x-autorespond', 'x-auto-reply'].some((name) => outer.has(name))
  )
}

function readComplaint(fields: Fields, outer: Fields, mails: readonly Fields[]): Report {
  const recipients = [...(fields.get('original-rcpt-to') ?? []), ...(fields.get('removal-recipient') ?? [])]
  return {
    kind: 'complaint',
    feedbackType: (fieldOf(fields, 'feedback-type') ?? '').toLowerCase(),
    recipients: some(recipients.flatMap((value) => addressIn(value) ?? [])),
    pointers: pointersOf(outer, mails, fields.get('original-mail-from') ?? []),
  }
}

async function parse(raw: Uint8Array): Promise<Report> {
  const email = await PostalMime.parse(headOf(raw), LIMITS)
  const outer = headersOf(email)
  const parts = (types: ReadonlySet<string>) =>
    email.attachments.filter(({ mimeType }) => types.has(mimeType)).map(textOf)
  const mails = parts(MAIL_TYPES).map(readHeaders)
  const [feedback] = parts(new Set(['message/feedback-report']))
  // Blank lines in it are a fault that some senders make: it has one block.
  if (feedback !== undefined)
    return readComplaint(readHeaders(feedback.replaceAll(/(?:\r?\n){2,}/g, '\n').trimStart()), outer, mails)
  const statuses = parts(STATUS_TYPES)
  const pointers = pointersOf(outer, mails, [])
  if (statuses.length > 0) {
    const recipients = statuses.flatMap(readDeliveryStatus)
    return recipients.length > 0
      ? { kind: 'delivery', recipients, pointers }
      : { kind: 'unknown', why: 'a delivery report that names no recipient', pointers }
  }
  const from = normaliseEmail(email.from?.address) ?? email.from?.address ?? ''
  if (isAutoReply(outer, from)) return { kind: 'auto-reply' }
  return { kind: 'unknown', why: 'neither a delivery report (RFC 3464) nor a complaint (RFC 5965)', pointers }
}

const NO_POINTERS: Pointers = { addresses: [], messageIds: [], unsubscribeTokens: [] }

/**
 * Reads a mail that came back: a delivery report (RFC 3464, and RFC 6533 for addresses that are not ASCII), a complaint
 * (RFC 5965) or an automatic reply (RFC 3834). Never throws, whatever the bytes are, and reads only so many of them.
 * What it says is nobody's word yet: whether it is about a mail of ours is looked up by its pointers.
 */
export async function parseReport(raw: Uint8Array): Promise<Report> {
  try {
    return await parse(raw)
  } catch (error) {
    const why = `it cannot be read: ${(error as Error).message.slice(0, 200)}`
    return { kind: 'unknown', why, pointers: NO_POINTERS }
  }
}
