import { normaliseEmail } from '@ciclo/engine'
import { isPlain, PLAIN, refusalOf } from './cells.ts'
import { readInstant } from './readInstant.ts'

/** What a customer's row can say, and under which headers it is found: the likeliest first. */
export const CUSTOMER_SYNONYMS = {
  email: ['email', 'e-mail', 'email_address', 'customer_email'],
  user_id: ['user_id', 'customer_id', 'client_id', 'id'],
  first_name: ['first_name', 'given_name', 'name_first', 'nombre', 'imię', 'prenume'],
  last_name: ['last_name', 'surname', 'family_name', 'apellidos', 'nazwisko', 'nume'],
  locale: ['locale', 'language', 'lang'],
  country: ['country', 'country_code', 'default_address_country_code'],
  city: ['city', 'town', 'default_address_city'],
  time_zone: ['time_zone', 'timezone'],
  created_at: ['created_at', 'signed_up', 'sign_up_date', 'registered_at', 'date_added'],
  subscribed: [
    'subscribed',
    'accepts_email_marketing',
    'accepts_marketing',
    'email_marketing_consent',
    'marketing',
    'newsletter',
  ],
  subscribed_at: ['subscribed_at', 'consent_at', 'consent_timestamp', 'opt_in_time', 'optin_time'],
} as const satisfies Record<string, readonly string[]>

type CustomerField = keyof typeof CUSTOMER_SYNONYMS

/** One customer of a file. Times are epoch milliseconds. */
export interface ImportedCustomer {
  email?: string
  userId?: string
  /** By the names of the Segment spec. */
  traits: Record<string, string>
  createdAt: number | undefined
  /** Whether marketing may be sent, as far as the file says; and since when. */
  subscribed: boolean | undefined
  subscribedAt: number | undefined
}

type ReadCustomer = { ok: true; customer: ImportedCustomer } | { ok: false; reason: string }

const YES = new Set(['yes', 'y', 'true', '1', 'subscribed', 'sí', 'si', 'tak', 'da'])
const NO = new Set(['no', 'n', 'false', '0', 'unsubscribed', 'not_subscribed', 'nie', 'nu'])

const TRAITS = {
  first_name: 'firstName',
  last_name: 'lastName',
  locale: 'locale',
  country: 'country',
  city: 'city',
  time_zone: 'timezone',
} as const satisfies Partial<Record<CustomerField, string>>

const LONGEST = 200

/** Reads a customer from the cells of a row, by their field. */
export function readCustomer(cells: Readonly<Record<string, string>>): ReadCustomer {
  const cell = (field: CustomerField) => cells[field]?.trim() ?? ''
  const refused = (field: CustomerField, expected: string): ReadCustomer => ({
    ok: false,
    reason: refusalOf(field, cell(field), expected),
  })
  const email = normaliseEmail(cell('email'))
  if (cell('email') !== '' && (email === undefined || !isPlain(email)))
    return refused('email', 'an address such as anna@example.com')
  const userId = cell('user_id')
  if (userId !== '' && (!isPlain(userId) || userId.length > 512)) return refused('user_id', PLAIN)
  if (email === undefined && userId === '') return refused('email', 'the customer, by email or user_id')
  const traits: Record<string, string> = {}
  for (const [field, trait] of Object.entries(TRAITS) as [keyof typeof TRAITS, string][]) {
    const value = cell(field)
    if (value === '') continue
    if (!isPlain(value) || value.length > LONGEST) return refused(field, `${PLAIN}, of at most ${LONGEST}`)
    traits[trait] = value
  }
  const times: Partial<Record<CustomerField, number>> = {}
  for (const field of ['created_at', 'subscribed_at'] as const) {
    if (cell(field) === '') continue
    const at = readInstant(cell(field))
    if (at === undefined) return refused(field, 'ISO 8601, YYYYMMDD, YYYY-MM-DD HH:MM:SS or epoch time')
    times[field] = at
  }
  const answer = cell('subscribed').toLowerCase()
  if (answer !== '' && !YES.has(answer) && !NO.has(answer)) return refused('subscribed', 'yes or no')
  if (YES.has(answer) && email === undefined)
    return refused('email', 'the address that has agreed to marketing')
  return {
    ok: true,
    customer: {
      ...(email === undefined ? {} : { email }),
      ...(userId === '' ? {} : { userId }),
      traits,
      createdAt: times.created_at,
      subscribed: answer === '' ? undefined : YES.has(answer),
      subscribedAt: times.subscribed_at,
    },
  }
}
