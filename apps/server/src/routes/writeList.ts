import { findInList, type FindOptions } from '../customerList/findInList.ts'
import type { ListQuery } from '../store/queries/customerSearch.ts'
import type { ListedCustomer } from './customerSearchSchemas.ts'
import { csvRecords } from './csvRecords.ts'
import { presentListed } from './presentListed.ts'

/** A page is a transaction of its own, so that a slow reader holds none open; parsing it takes a few milliseconds. */
const CUSTOMERS_AT_ONCE = 100

const COLUMNS: readonly [name: string, pick: (customer: ListedCustomer) => unknown][] = [
  ['id', ({ id }) => id],
  ['name', ({ name }) => name],
  ['email', ({ email }) => email],
  ['userId', ({ userId }) => userId],
  ['stage', ({ lifecycle }) => lifecycle.stage],
  ['stageSince', ({ stageSince }) => stageSince],
  ['value', ({ lifecycle }) => lifecycle.value],
  ['engagement', ({ lifecycle }) => lifecycle.engagement],
  ['permission', ({ lifecycle }) => lifecycle.permission],
  ['advocacy', ({ lifecycle }) => lifecycle.advocacy],
  ['country', ({ country }) => country],
  ['locale', ({ locale }) => locale],
  ['orders', ({ orders }) => orders.count],
  ['revenue', ({ orders }) => orders.revenue],
  ['firstOrderAt', ({ orders }) => orders.firstAt],
  ['lastOrderAt', ({ orders }) => orders.lastAt],
  ['lastSeenAt', ({ lastSeenAt }) => lastSeenAt],
  ['nextDeadlineAt', ({ nextDeadlineAt }) => nextDeadlineAt],
  ['createdAt', ({ createdAt }) => createdAt],
]

/**
 * Everybody who is looked for as CSV with a header, piece by piece. Money is integer minor units per currency, as JSON.
 * By when they were first seen, which nothing changes: nobody is left out or written twice, whoever moves meanwhile.
 */
export async function* writeList(
  options: FindOptions,
  { workspaceId, filter }: Pick<ListQuery, 'workspaceId' | 'filter'>,
): AsyncGenerator<string, void> {
  yield csvRecords([COLUMNS.map(([name]) => name)])
  for (let after: ListQuery['after']; ;) {
    const query: ListQuery = { workspaceId, filter, sort: 'created', after, limit: CUSTOMERS_AT_ONCE }
    const { places, listed } = await findInList(options, query)
    if (listed.length > 0)
      yield csvRecords(listed.map(presentListed).map((one) => COLUMNS.map(([, pick]) => pick(one))))
    if (places.length < CUSTOMERS_AT_ONCE) return
    after = places.at(-1)
  }
}
