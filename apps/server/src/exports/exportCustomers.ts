import { iso, isoOrNull } from '../routes/iso.ts'
import { presentCustomer } from '../routes/present.ts'
import { pageOfCustomers, readMembers } from '../store/queries/customers.ts'
import { readLastConsents } from '../store/queries/exportedRows.ts'
import { nameOf } from '../store/queries/listingWords.ts'
import type { ReadTx } from '../store/store.ts'
import { decimals } from './decimals.ts'
import type { Exporter } from './exported.ts'

/** Reading as many takes a few milliseconds. */
const AT_ONCE = 100

/** How these customers came to agree to marketing mail, or not, as it was last recorded. */
async function consentsOf(tx: ReadTx, workspaceId: string, ids: readonly string[]) {
  const members = await readMembers(tx, workspaceId, ids)
  const recorded = await readLastConsents(tx, workspaceId, [...ids, ...members.keys()])
  const newest = new Map<string, NonNullable<ReturnType<typeof recorded.get>>>()
  for (const [id, consent] of recorded) {
    const root = members.get(id) ?? id
    const other = newest.get(root)
    if (!other || other.at <= consent.at) newest.set(root, consent)
  }
  return newest
}

type Line = Awaited<ReturnType<typeof page>>['lines'][number]

async function page(tx: ReadTx, workspaceId: string, after: string | undefined) {
  const records = await pageOfCustomers(tx, workspaceId, { after, parkedOnly: false, limit: AT_ONCE })
  const consents = await consentsOf(
    tx,
    workspaceId,
    records.map(({ customer }) => customer.id),
  )
  const lines = records.map((record) => {
    const { parked: _parked, nextDeadlineAt: _deadline, orders, ...customer } = presentCustomer(record)
    const last = consents.get(customer.id)
    return {
      ...customer,
      name: nameOf(record.customer),
      orders: { ...orders, revenue: decimals(orders.revenue) },
      marketing: last
        ? {
            status: last.status,
            basis: last.basis,
            at: iso(last.at),
            source: last.source,
            method: last.method,
            text: last.wording,
            textVersion: last.wordingVersion,
          }
        : null,
      timeZone: record.customer.timeZone?.value ?? null,
      firstSeenAt: isoOrNull(record.createdAt),
    }
  })
  return { lines, next: records.length < AT_ONCE ? undefined : records.at(-1)?.customer.id }
}

/** Everybody, whether known or not, with the state of their consent and how it came about. */
export const exportCustomers: Exporter<Line, string> = {
  page,
  columns: [
    ['id', ({ id }) => id],
    ['email', ({ email }) => email],
    ['user_id', ({ userId }) => userId],
    ['name', ({ name }) => name],
    ['stage', ({ lifecycle }) => lifecycle.stage],
    ['value', ({ lifecycle }) => lifecycle.value],
    ['engagement', ({ lifecycle }) => lifecycle.engagement],
    ['permission', ({ lifecycle }) => lifecycle.permission],
    ['advocacy', ({ lifecycle }) => lifecycle.advocacy],
    ['consent', ({ consent }) => consent['marketing-email']?.status],
    ['consent_basis', ({ consent }) => consent['marketing-email']?.basis],
    ['consent_at', ({ consent }) => consent['marketing-email']?.at],
    ['consent_source', ({ marketing }) => marketing?.source],
    ['consent_method', ({ marketing }) => marketing?.method],
    ['consent_text', ({ marketing }) => marketing?.text],
    ['refused_topics', ({ consent }) => consent.refusedTopics.join(' ')],
    ['tracking', ({ consent }) => consent.tracking?.status],
    ['country', ({ consent }) => consent.country],
    ['locale', ({ locale }) => locale],
    ['time_zone', ({ timeZone }) => timeZone],
    ['orders', ({ orders }) => orders.count],
    [
      'revenue',
      ({ orders }) =>
        Object.entries(orders.revenue)
          .map(([currency, amount]) => `${amount} ${currency}`)
          .join(' + '),
    ],
    ['first_order_at', ({ orders }) => orders.firstAt],
    ['last_order_at', ({ orders }) => orders.lastAt],
    ['first_seen_at', ({ firstSeenAt }) => firstSeenAt],
    ['traits', ({ traits }) => traits],
  ],
}
