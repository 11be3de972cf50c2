import type { Listed } from '../store/queries/customerSearch.ts'
import { nameOf } from '../store/queries/listingWords.ts'
import type { ListedCustomer } from './customerSearchSchemas.ts'
import { iso, isoOrNull } from './iso.ts'
import { presentCustomer } from './present.ts'

/** A customer as the list shows it. */
export function presentListed(listed: Listed): ListedCustomer {
  const { id, email, userId, claims, lifecycle, orders, locale, nextDeadlineAt, createdAt } =
    presentCustomer(listed)
  const { customer, stageSince, changedAt } = listed
  return {
    id,
    name: nameOf(customer),
    email,
    userId,
    claims,
    lifecycle,
    stageSince: stageSince === null ? createdAt : iso(stageSince),
    orders,
    locale,
    country: customer.country?.code ?? null,
    lastSeenAt: isoOrNull(customer.lifecycle.context.engagedAt),
    nextDeadlineAt,
    changedAt: iso(changedAt),
    createdAt,
  }
}
