import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openCiclo, WRITE_KEY } from './openCiclo.ts'

const DAY = 86_400_000
const ROWS_PER_TRANSACTION = 50_000

export interface Filling {
  customers: number
  eventsPerCustomer: number
}

/** The anonymousId of a customer that the database was filled with. */
export const knownBrowser = (place: number) => `known-${String(place).padStart(9, '0')}`

const customerId = (place: number) => `00FILLED${String(place).padStart(18, '0')}`

/** Ids that are spread evenly, as random ones are, and come in order, so that they are quickly stored. */
function spreadId(place: number, count: number): string {
  const hex = ((BigInt(place) << 122n) / BigInt(count)).toString(16).padStart(31, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-a${hex.slice(15, 18)}-${hex.slice(18, 30)}`
}

/** The state of a customer who has looked at a page, as the server itself writes it. */
async function visitorState(
  folder: string,
): Promise<{ workspaceId: string; row: Record<string, unknown>; isFilled: boolean }> {
  const { ciclo, workspaceId, stop } = await openCiclo(folder, { smtpUrl: 'smtp://127.0.0.1:9' })
  await ciclo.app.request('/v1/page', {
    method: 'POST',
    body: JSON.stringify({ writeKey: WRITE_KEY, anonymousId: 'pattern', context: { locale: 'es-ES' } }),
  })
  await stop()
  const handle = new Database(join(folder, 'ciclo.db'), { readonly: true })
  const row = handle.prepare('select * from customers order by id desc').get() as Record<string, unknown>
  const isFilled = handle.prepare('select 1 from customers where id = ?').get(customerId(0)) !== undefined
  handle.close()
  return { workspaceId, row, isFilled }
}

/**
 * A database with many customers and events, as if they had come in over the years. Rows are written in the order of
 * their keys and the other indexes made afterwards, without syncing: nobody depends on it until it is whole.
 */
export async function fillDatabase(folder: string, { customers, eventsPerCustomer }: Filling): Promise<void> {
  const { workspaceId, row, isFilled } = await visitorState(folder)
  // Kept from an earlier measurement.
  if (isFilled) return
  const handle = new Database(join(folder, 'ciclo.db'))
  handle.pragma('journal_mode = OFF')
  handle.pragma('synchronous = OFF')
  handle.pragma('cache_size = -524288')
  const indexes = handle
    .prepare(
      "select name, sql from sqlite_master where type = 'index' and sql is not null and tbl_name in ('customers', 'identities', 'events', 'receipts')",
    )
    .all() as { name: string; sql: string }[]
  for (const { name } of indexes) handle.exec(`drop index "${name}"`)

  const now = Date.now()
  const total = customers * eventsPerCustomer
  const columns = Object.keys(row)
  const pattern = JSON.stringify(row['state'])
  const wakeAt = String(row['wake_at'])
  const insertCustomer = handle.prepare(
    `insert into customers (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
  )
  const insertIdentity = handle.prepare("insert into identities values (?, 'anonymousId', ?, ?, ?)")
  const insertReceipt = handle.prepare(
    'insert into receipts (workspace_id, message_id, received_at) values (?, ?, ?)',
  )
  const insertEvent = handle.prepare(
    `insert into events (workspace_id, message_id, customer_id, type, name, at, received_at, source, body)
      values (?, ?, ?, 'track', 'Product Viewed', ?, ?, 'public', ?)`,
  )
  const body = JSON.stringify({
    type: 'track',
    name: 'Product Viewed',
    anonymousId: 'known',
    properties: { product_id: 'coffee-042', sku: 'COF-042-250', price: 14.9, currency: 'EUR' },
    traits: {},
    context: {
      locale: 'es-ES',
      page: { path: '/products/la-aurora', url: 'https://shop.test/products/la-aurora' },
    },
  })

  const inTransactions = (count: number, insert: (place: number) => void) => {
    for (let first = 0; first < count; first += ROWS_PER_TRANSACTION) {
      handle.exec('begin')
      for (let place = first; place < Math.min(count, first + ROWS_PER_TRANSACTION); place += 1) insert(place)
      handle.exec('commit')
    }
  }
  inTransactions(customers, (place) => {
    // Nobody is due during the measurement.
    const due = now + 30 * DAY + (place % 60) * DAY
    const state = JSON.parse(pattern.replaceAll(wakeAt, String(due))) as unknown
    const values: Record<string, unknown> = { ...row, id: customerId(place), wake_at: due, state }
    insertCustomer.run(columns.map((column) => values[column]))
  })
  inTransactions(customers, (place) =>
    insertIdentity.run(workspaceId, knownBrowser(place), customerId(place), now),
  )
  inTransactions(total, (place) => insertReceipt.run(workspaceId, spreadId(place, total), now))
  inTransactions(total, (place) => {
    const at = now - DAY * (1 + eventsPerCustomer - (place % eventsPerCustomer))
    const id = customerId(Math.floor(place / eventsPerCustomer))
    insertEvent.run(workspaceId, spreadId(place, total), id, at, at, body)
  })
  for (const { sql } of indexes) handle.exec(sql)
  handle.pragma('journal_mode = WAL')
  handle.close()
}
