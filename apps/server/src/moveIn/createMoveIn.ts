import { toMinorUnits, type Customer, type Identity } from '@ciclo/engine'
import type { ImportFormat, MovedOrder, MovedRecord } from '../imports/formats/importFormat.ts'
import { customerItems } from '../imports/importCustomers.ts'
import type { ImportedCustomer } from '../imports/readCustomer.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { IngestItem, IngestVerdict } from '../ingest/ingestItem.ts'
import { newestGrants } from '../store/queries/consents.ts'
import { readCustomers, readMembers } from '../store/queries/customers.ts'
import { identityKey, readIdentities } from '../store/queries/identities.ts'
import { readSettings } from '../store/queries/settings.ts'
import { readSuppressed } from '../store/queries/suppressions.ts'
import type { ReadTx, Store, Tx } from '../store/store.ts'
import { importSuppressions } from '../suppressions/importSuppressions.ts'
import { orderItems } from './movedItems.ts'

/** A record of a file: the row that it begins in, and the cells of all its rows. */
export interface PlacedRecord {
  row: number
  record: MovedRecord
}

export interface Remark {
  row: number
  reason: string
}

/** The orders of a month of a file, in one currency: revenue in minor units, net of refunds and cancellations. */
export interface Month {
  /** Such as `2024-05`, in UTC. */
  month: string
  currency: string
  orders: number
  revenue: number
}

/** What records have come to, or would. */
export interface MovedIn {
  /** Customers whom nobody knew, who are now known better, and of whom nothing new was said. */
  fresh: number
  changed: number
  unchanged: number
  /** What the file says and Ciclo does not take over, since something else is known. */
  conflicts: Remark[]
  applied: number
  duplicate: number
  parked: number
  erased: number
  suppressed: number
  months: Month[]
}

export interface MoveInOptions {
  store: Store
  ingest: Pick<Ingest, 'submit'>
  hashAddress: (workspaceId: string, address: string) => string
  now: () => number
}

export interface MoveInRequest {
  workspaceId: string
  format: Pick<ImportFormat, 'id'>
  records: readonly PlacedRecord[]
  dryRun: boolean
  /** Writes down who did it, where addresses are put on the list of those that get nothing. */
  record: (tx: Tx) => Promise<void>
}

/** What is known of those whom a page of records is about. */
interface Known {
  owners: ReadonlyMap<string, string>
  customers: ReadonlyMap<string, Customer>
  suppressed: Awaited<ReturnType<typeof readSuppressed>>
  /** When each customer was last said to have agreed elsewhere, by an import. */
  grants: ReadonlyMap<string, number>
  currency: string
}

const emailOf = ({ customer, order, suppression }: MovedRecord) =>
  customer?.email ?? order?.email?.toLowerCase() ?? suppression?.address
const userIdOf = ({ customer, order }: MovedRecord) => customer?.userId ?? order?.userId

function identitiesIn(records: readonly PlacedRecord[]): Identity[] {
  return records.flatMap(({ record }): Identity[] => {
    const [email, userId] = [emailOf(record), userIdOf(record)]
    return [
      ...(email === undefined ? [] : [{ kind: 'email' as const, value: email }]),
      ...(userId === undefined ? [] : [{ kind: 'userId' as const, value: userId }]),
    ]
  })
}

const monthOf = (at: number) => new Date(at).toISOString().slice(0, 7)

function monthsOf(orders: readonly MovedOrder[], shopCurrency: string): Month[] {
  const months = new Map<string, Month>()
  for (const { at, currency = shopCurrency, total, refunded, cancelledAt } of orders) {
    if (cancelledAt !== undefined) continue
    const key = `${monthOf(at)} ${currency}`
    const known = months.get(key) ?? { month: monthOf(at), currency, orders: 0, revenue: 0 }
    const gross = toMinorUnits(total, currency) ?? 0
    const back = Math.min(gross, toMinorUnits(refunded ?? 0, currency) ?? 0)
    months.set(key, { ...known, orders: known.orders + 1, revenue: known.revenue + gross - back })
  }
  return [...months.values()]
}

/** Whether a customer is told anything that is not known of it yet. */
function isNews(customer: Customer, { traits, subscribed, userId, email }: ImportedCustomer): boolean {
  const consent = customer.consent['marketing-email']?.status
  const says = subscribed === undefined ? consent : subscribed ? 'granted' : 'refused'
  return (
    says !== consent ||
    (userId !== undefined && customer.userId === null) ||
    (email !== undefined && customer.email !== email) ||
    Object.entries(traits).some(([name, value]) => customer.traits[name] !== value)
  )
}

/** Why a yes does not count; undefined where it does. */
function refusalOfYes(email: string, owner: Customer | undefined, known: Known): string | undefined {
  const listed = known.suppressed.get(email)
  if (listed !== undefined)
    return `${email}: is on the list (${listed.reason}) and stays there, although the file subscribes it`
  const consent = owner?.consent['marketing-email']
  return consent?.refusedAt !== null && consent?.refusedAt !== undefined && consent.status !== 'granted'
    ? `${email}: has unsubscribed and stays so, although the file subscribes it`
    : undefined
}

/**
 * Takes in what another system exports. Nothing is mailed for it; who has ever said no stays unsubscribed, whatever a file
 * says and whichever of several files says it first; the same record twice is the same once.
 */
export function createMoveIn({ store, ingest, hashAddress, now }: MoveInOptions) {
  const look = async (tx: ReadTx, workspaceId: string, records: readonly PlacedRecord[]): Promise<Known> => {
    const found = await readIdentities(tx, workspaceId, identitiesIn(records))
    const members = await readMembers(tx, workspaceId, [...new Set(found.values())])
    const owners = new Map([...found].map(([key, id]) => [key, members.get(id) ?? id]))
    const ids = [...new Set(owners.values())]
    const customers = await readCustomers(tx, workspaceId, ids)
    const emails = [...new Set(records.flatMap(({ record }) => emailOf(record) ?? []))]
    const hashes = new Map(emails.map((email) => [hashAddress(workspaceId, email), email]))
    const suppressed = await readSuppressed(tx, workspaceId, [...hashes.keys()])
    const granted = customers.filter(
      ({ customer }) => customer.consent['marketing-email']?.status === 'granted',
    )
    return {
      owners,
      customers: new Map(customers.map(({ customer }) => [customer.id, customer])),
      suppressed: new Map([...suppressed].map(([hash, one]) => [hashes.get(hash) ?? hash, one])),
      grants: await newestGrants(
        tx,
        workspaceId,
        granted.map(({ customer }) => customer.id),
        'import',
      ),
      currency: (await readSettings(tx, workspaceId)).currency,
    }
  }

  return async ({
    workspaceId,
    format,
    records,
    dryRun,
    record: writeDown,
  }: MoveInRequest): Promise<MovedIn> => {
    const known = await store.read((tx) => look(tx, workspaceId, records))
    const moved: MovedIn = {
      fresh: 0,
      changed: 0,
      unchanged: 0,
      conflicts: [],
      applied: 0,
      duplicate: 0,
      parked: 0,
      erased: 0,
      suppressed: 0,
      months: monthsOf(
        records.flatMap(({ record: { order } }) => order ?? []),
        known.currency,
      ),
    }
    const ownerOf = (kind: 'email' | 'userId', value: string | undefined) => {
      const id = value === undefined ? undefined : known.owners.get(identityKey({ kind, value }))
      return id === undefined ? undefined : known.customers.get(id)
    }
    const receivedAt = now()
    const groups: IngestItem[][] = []
    const seen = new Set<string>()
    for (const { row, record } of records) {
      const { customer, order, suppression, network } = record
      const [email, userId] = [emailOf(record), userIdOf(record)]
      const [byEmail, byUserId] = [ownerOf('email', email), ownerOf('userId', userId)]
      const owner = byUserId ?? byEmail
      if (byEmail && byUserId && byEmail.id !== byUserId.id && byEmail.userId !== null)
        moved.conflicts.push({
          row,
          reason: `${email}: belongs to the customer ${byEmail.userId}, and the file gives it to ${userId}; they stay two`,
        })
      const key = email ?? userId ?? ''
      if (!seen.has(key)) {
        seen.add(key)
        if (!owner) moved.fresh += 1
        else if (customer ? isNews(owner, customer) : order !== undefined) moved.changed += 1
        else moved.unchanged += 1
      }
      if (customer) {
        let told = customer
        const refusal = told.subscribed && email !== undefined ? refusalOfYes(email, owner, known) : undefined
        if (refusal !== undefined) {
          moved.conflicts.push({ row, reason: refusal })
          const { subscribed: _yes, subscribedAt: _since, ...rest } = told
          told = { ...rest, subscribed: undefined, subscribedAt: undefined }
        }
        const grant = owner === undefined ? undefined : known.grants.get(owner.id)
        // An unsubscription beats what another file has said of a later day.
        if (told.subscribed === false && grant !== undefined)
          told = { ...told, subscribedAt: Math.max(told.subscribedAt ?? receivedAt, grant + 1) }
        groups.push(customerItems(workspaceId, told, receivedAt, { method: format.id, network }))
      }
      if (order) groups.push(orderItems(workspaceId, order, receivedAt))
      if (suppression?.reason === 'unsubscribed' && byEmail)
        groups.push(
          customerItems(
            workspaceId,
            {
              email: suppression.address,
              traits: {},
              createdAt: undefined,
              subscribed: false,
              subscribedAt: Math.max(suppression.at ?? 0, (known.grants.get(byEmail.id) ?? 0) + 1),
            },
            receivedAt,
            { method: format.id },
          ),
        )
    }
    const listed = records.flatMap(({ record: { suppression } }) => suppression ?? [])
    moved.suppressed = listed.length
    if (dryRun) return moved
    // First: whatever else comes of the page, nobody of these is written to.
    if (listed.length > 0)
      await importSuppressions({ store, hashAddress, now: receivedAt }, workspaceId, listed, writeDown)
    const verdicts = await ingest.submit(groups.flat())
    let place = 0
    for (const { length } of groups) {
      const own: readonly IngestVerdict[] = verdicts.slice(place, (place += length))
      if (own.includes('parked')) moved.parked += 1
      else if (own.includes('erased')) moved.erased += 1
      else if (own.includes('applied')) moved.applied += 1
      else moved.duplicate += 1
    }
    return moved
  }
}

export type MoveIn = ReturnType<typeof createMoveIn>
