import { normaliseEmail } from '@ciclo/engine'
import { bounceMeaningOf } from './bounceMeaning.ts'
import { fieldOf, readBlocks, type Fields } from './readFields.ts'
import type { DeliveryStatus } from './report.ts'

const MOST_RECIPIENTS = 100
const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const

/** RFC 6533, section 3: `\x{E9}` stands for é where only ASCII passes. */
const decodeUnitext = (text: string) =>
  text.replaceAll(/\\x\{([0-9a-f]{1,6})\}/gi, (whole, digits: string) => {
    const point = Number.parseInt(digits, 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })

/** `rfc822; <Ann@example.com>` or `utf-8; ...`: the address of a field, lower-cased. */
export function addressIn(value: string | undefined): string | null {
  if (value === undefined) return null
  const text = value.includes(';') ? value.slice(value.indexOf(';') + 1) : value
  const address = decodeUnitext(text).replaceAll(/[<>]/g, ' ').trim()
  return normaliseEmail(address) ?? null
}

/** Sendmail breaks what the server said over lines, and begins it with the kind: `smtp; 550 ...`. */
const diagnosticIn = (fields: Fields) =>
  (fieldOf(fields, 'diagnostic-code') ?? '').replace(/^[\w-]+\s*;\s*/, '').trim()

function readRecipient(fields: Fields): DeliveryStatus {
  const stated = (fieldOf(fields, 'action') ?? '').split(/[\s(;]/)[0]?.toLowerCase()
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fieldOf(fields, 'status') ?? '')?.[0] ?? null
  const diagnostic = diagnosticIn(fields)
  // RFC 3464 has an action always. Where it is missing, only a failure for good is one.
  const action = ACTIONS.find((known) => known === stated) ?? (status?.startsWith('5') ? 'failed' : 'delayed')
  return {
    finalRecipient: addressIn(fieldOf(fields, 'final-recipient')),
    originalRecipient: addressIn(fieldOf(fields, 'original-recipient')),
    action,
    status,
    diagnostic,
    meaning: action === 'failed' ? bounceMeaningOf({ status: status ?? undefined, text: diagnostic }) : null,
  }
}

/** Some servers leave out the blank line between recipients. */
const ONCE = ['final-recipient', 'original-recipient', 'action', 'status']

/** The recipients of a `message/delivery-status` (RFC 3464, section 2). */
export function readDeliveryStatus(text: string): DeliveryStatus[] {
  return readBlocks(text, MOST_RECIPIENTS + 1, ONCE)
    .filter((fields) => ONCE.some((name) => fields.has(name)))
    .slice(0, MOST_RECIPIENTS)
    .map(readRecipient)
}
