import { isPlain, PLAIN, refusalOf } from '../cells.ts'
import { readCustomer } from '../readCustomer.ts'
import type { ReadRecord } from './importFormat.ts'

const LONGEST = 500

/** A profile by the fields of `readCustomer`, with further traits by their names; empty ones are left out. */
export function readProfile(
  fields: Readonly<Record<string, string | undefined>>,
  traits: Readonly<Record<string, string | undefined>> = {},
): ReadRecord {
  const stated = Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, value ?? '']))
  const read = readCustomer(stated)
  if (!read.ok) return read
  const more: Record<string, string> = {}
  for (const [name, given] of Object.entries(traits)) {
    const value = given?.trim() ?? ''
    if (value === '') continue
    if (!isPlain(value) || value.length > LONGEST)
      return { ok: false, reason: refusalOf(name, value, `${PLAIN}, of at most ${LONGEST}`) }
    more[name] = value
  }
  const { customer } = read
  return { ok: true, record: { customer: { ...customer, traits: { ...customer.traits, ...more } } } }
}
