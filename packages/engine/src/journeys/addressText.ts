import { cutText } from '../cutText.ts'

const FIELD = 100
const WHOLE = 500

type Address = Readonly<Record<string, unknown>>

/** The first of several names that shops use for the same. */
function firstOf(address: Address, ...names: string[]): string {
  for (const name of names) {
    const value = address[name]
    // One line each: what is written over several is somebody's experiment.
    if (typeof value === 'string' && value.trim() !== '')
      return cutText(value.replace(/[\s\p{Cc}]+/gu, ' ').trim(), FIELD)
  }
  return ''
}

const joined = (...words: string[]) => words.filter((word) => word !== '').join(' ')

/** A postal address as it is written on a parcel, a line each; undefined where nothing of it can be read. */
export function addressText(given: unknown): string | undefined {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined
  const address = given as Address
  const person =
    firstOf(address, 'name', 'full_name', 'fullName') ||
    joined(firstOf(address, 'first_name', 'firstName'), firstOf(address, 'last_name', 'lastName'))
  const lines = [
    person,
    firstOf(address, 'company'),
    firstOf(address, 'line1', 'address1', 'address_1', 'street', 'address'),
    firstOf(address, 'line2', 'address2', 'address_2'),
    joined(firstOf(address, 'postal_code', 'postalCode', 'postcode', 'zip'), firstOf(address, 'city')),
    firstOf(address, 'state', 'region', 'province'),
    firstOf(address, 'country', 'country_code', 'countryCode'),
  ].filter((line) => line !== '')
  return lines.length === 0 ? undefined : cutText(lines.join('\n'), WHOLE)
}
