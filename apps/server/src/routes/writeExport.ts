import { EventSchema } from '@ciclo/engine'
import { findParked, namesOneOf } from '../dataRights/findParked.ts'
import { erasedNames } from '../ingest/erasedNames.ts'
import { readSuppressed } from '../store/queries/suppressions.ts'
import { readConfirmations } from '../store/queries/confirmations.ts'
import { readCustomer, readMembers } from '../store/queries/customers.ts'
import { identitiesOfCustomers, readNamedCustomers } from '../store/queries/erasure.ts'
import {
  CUSTOMER_TABLES,
  pageOfCustomerRows,
  type CustomerRow,
  type CustomerTable,
} from '../store/queries/exportPages.ts'
import type { Subject } from '../store/queries/subjects.ts'
import type { Store } from '../store/store.ts'
import { EXPORT_VERSION, type ExportedCustomer } from './exportSchema.ts'
import { presentCustomer } from './present.ts'
import { iso, isoOrNull } from './iso.ts'

const ROWS_AT_ONCE = 500

type Bag = Record<string, unknown>

/** How a row of each table stands in the export. */
const PRESENT: {
  [Name in CustomerTable]: (row: CustomerRow<Name>) => ExportedCustomer[Name][number]
} = {
  identities: ({ kind, value, createdAt }) => ({ kind, value, createdAt: iso(createdAt) }),
  consents: ({ workspaceId: _workspace, customerId: _customer, ...consent }) => ({
    ...consent,
    at: iso(consent.at),
    recordedAt: iso(consent.recordedAt),
  }),
  orders: ({ workspaceId: _workspace, customerId: _customer, at, refunds, ...order }) => ({
    ...order,
    at: iso(at),
    refunds: [...(refunds ?? [])],
  }),
  transitions: ({ at, region, from, to, reason, rebuilt }) => ({
    at: iso(at),
    region,
    from,
    to,
    reason: reason as Bag,
    rebuilt,
  }),
  segmentMembers: ({ segmentId, since }) => ({ segment: segmentId, since: iso(since) }),
  enrolments: (enrolment) => ({
    id: enrolment.id,
    journey: enrolment.journeyId,
    version: enrolment.version,
    status: enrolment.status,
    endReason: enrolment.endReason,
    cause: enrolment.causeId,
    startedAt: iso(enrolment.startedAt),
    endedAt: isoOrNull(enrolment.endedAt),
    snapshot: enrolment.snapshot as Bag,
  }),
  messages: (message) => ({
    id: message.id,
    template: message.template,
    purpose: message.purpose,
    state: message.state,
    reason: message.reason,
    to: message.address,
    claimed: message.claimed,
    subject: message.subject,
    locale: message.locale,
    journey: message.journeyId,
    data: message.data as Bag,
    attempts: message.attempts,
    createdAt: iso(message.createdAt),
    sentAt: isoOrNull(message.sentAt),
    response: message.response,
  }),
  recipients: (recipient) => ({
    campaign: recipient.campaignId,
    state: recipient.state,
    reason: recipient.reason || null,
    variant: recipient.variant,
    clickedAt: isoOrNull(recipient.clickedAt),
    unsubscribedAt: isoOrNull(recipient.unsubscribedAt),
    bouncedAt: isoOrNull(recipient.bouncedAt),
    complainedAt: isoOrNull(recipient.complainedAt),
  }),
  opens: ({ at }) => ({ at: iso(at) }),
  coupons: ({ pool, code, takenAt }) => ({ pool, code, givenAt: isoOrNull(takenAt) }),
  webhooks: (webhook) => ({
    id: webhook.id,
    to: URL.canParse(webhook.url) ? new URL(webhook.url).host : webhook.url,
    state: webhook.state,
    reason: webhook.reason,
    journey: webhook.journeyId,
    body: webhook.body as Bag,
    attempts: webhook.attempts,
    createdAt: iso(webhook.createdAt),
    endedAt: isoOrNull(webhook.endedAt),
  }),
  parked: ({ id, error, at, input }) => ({ id, error, at: iso(at), input: input as Bag }),
  events: ({ messageId, customerId, type, name, at, receivedAt, source, body }) => ({
    messageId,
    customerId,
    type: EventSchema.shape.type.parse(type),
    name,
    timestamp: iso(at),
    receivedAt: iso(receivedAt),
    source,
    event: body as ExportedCustomer['events'][number]['event'],
  }),
}

export interface ExportShell {
  store: Store
  workspaceId: string
  hash: (workspaceId: string, text: string) => string
}

/** The rows of a table, page by page: each page is a transaction of its own, so that a slow reader holds none open. */
async function* rowsOf<Name extends CustomerTable>(
  { store, workspaceId }: ExportShell,
  name: Name,
  customerIds: readonly string[],
): AsyncGenerator<CustomerRow<Name>[]> {
  for (const id of customerIds) {
    let after: CustomerRow<Name> | undefined
    do {
      const place = after
      const page = await store.read((tx) =>
        pageOfCustomerRows(tx, workspaceId, name, id, place, ROWS_AT_ONCE),
      )
      yield page
      after = page.length < ROWS_AT_ONCE ? undefined : page.at(-1)
    } while (after)
  }
}

async function readHead({ store, workspaceId, hash }: ExportShell, { id, relation }: Subject) {
  return await store.read(async (tx) => {
    const record = await readCustomer(tx, workspaceId, id)
    if (!record) return undefined
    const [stored] = await readNamedCustomers(tx, workspaceId, [record.customer.id])
    const { email, claims } = record.customer
    const addresses = [
      ...new Set([email, claims.email].filter((address) => address !== null && address !== undefined)),
    ]
    const hashes = addresses.map((address) => hash(workspaceId, address))
    const erased = erasedNames(workspaceId, { addresses, userIds: [] }, hash)
    const suppressed = await readSuppressed(tx, workspaceId, [...hashes, ...erased])
    const confirmed = await readConfirmations(tx, workspaceId, hashes)
    const members = [...(await readMembers(tx, workspaceId, [record.customer.id])).keys()]
    const head: Omit<ExportedCustomer, CustomerTable> = {
      relation,
      profile: presentCustomer(record),
      state: (stored?.state ?? {}) as Bag,
      merged: members,
      suppressions: addresses.flatMap((address, place) => {
        const found = [hashes[place], erased[place]].flatMap((one) => suppressed.get(one ?? '') ?? [])
        const words = found.flatMap(({ under, ...one }) => (under ? [one, under] : [one]))
        return words.map(({ reason, at }) => ({ address, reason, at: iso(at) }))
      }),
      confirmations: addresses.flatMap((address, place) => {
        const at = confirmed.get(hashes[place] ?? '')
        return at === undefined ? [] : [{ address, at: iso(at) }]
      }),
    }
    return { head, customerIds: [record.customer.id, ...members] }
  })
}

/** Also those that could be stored under no customer, and name one of the customer's identities. */
async function parkedOf({ store, workspaceId }: ExportShell, customerIds: readonly string[]) {
  const parked = await store.read(async (tx) => {
    const identities = await identitiesOfCustomers(tx, workspaceId, customerIds)
    return await findParked(tx, workspaceId, (one) =>
      one.customerId === null ? namesOneOf(one, identities) : customerIds.includes(one.customerId),
    )
  })
  return parked.map((row) => PRESENT.parked({ ...row, workspaceId }))
}

/** Writes an export (`ExportSchema`) piece by piece, so that no history has to fit into the memory. */
export async function* writeExport(
  shell: ExportShell,
  subjects: readonly Subject[],
  now: number,
): AsyncGenerator<string, void> {
  const envelope = { format: 'ciclo.customer-data', version: EXPORT_VERSION, exportedAt: iso(now) }
  yield `${JSON.stringify(envelope).slice(0, -1)},"customers":[`
  let customers = 0
  for (const subject of subjects) {
    const found = await readHead(shell, subject)
    if (!found) continue
    yield `${customers === 0 ? '' : ','}\n${JSON.stringify(found.head).slice(0, -1)}`
    customers += 1
    for (const name of CUSTOMER_TABLES) {
      if (name === 'parked') continue
      yield `,\n${JSON.stringify(name)}:[`
      let rows = 0
      const present = PRESENT[name] as (row: unknown) => unknown
      for await (const page of rowsOf(shell, name, found.customerIds)) {
        const texts = page.map((row) => `\n${JSON.stringify(present(row))}`)
        if (texts.length > 0) yield `${rows === 0 ? '' : ','}${texts.join(',')}`
        rows += texts.length
      }
      yield ']'
    }
    const parked = await parkedOf(shell, found.customerIds)
    yield `,\n"parked":${JSON.stringify(parked)}}`
  }
  yield `],"complete":true}\n`
}
