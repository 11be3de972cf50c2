import type { Customer } from './customer.ts'
import type { Settings } from './settings.ts'

/** The time zone by which a customer's day goes: the customer's own, or the shop's where it is not known. IANA. */
export const zoneOf = ({ timeZone }: Pick<Customer, 'timeZone'>, { shop }: Pick<Settings, 'shop'>): string =>
  timeZone?.value ?? shop.timeZone
