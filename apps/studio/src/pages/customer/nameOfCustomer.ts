import type { CustomerDetail } from './customerQueries.ts'

const textOf = (value: unknown) => (typeof value === 'string' ? value.trim() : '')

/** What people call a customer, as far as anybody has said; undefined for a visitor of whom nothing is known. */
export function nameOfCustomer({
  traits,
  email,
  userId,
  claims,
}: Pick<CustomerDetail, 'traits' | 'email' | 'userId' | 'claims'>): string | undefined {
  const whole = textOf(traits['name'])
  const parts = [textOf(traits['firstName']), textOf(traits['lastName'])].filter((part) => part !== '')
  return [whole, parts.join(' '), email ?? '', userId ?? '', claims.email ?? '', claims.userId ?? ''].find(
    (name) => name !== '',
  )
}
