import { join } from 'node:path'
import type { EventInput } from '@ciclo/engine'
import Database from 'better-sqlite3'
import { insertInto } from './insertInto.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
const ROWS_PER_TRANSACTION = 50_000

/** What a customer's event is by its place: a sign-up, visits of some pages each, carts, orders, and what the shop tells. */
const LIFE =
  'identify subscribe view view view cart order view view view view other click view cart view view order view other'
const KINDS = LIFE.split(' ')
export const EVENTS_EACH = KINDS.length

/** The pages of one visit follow each other within minutes, everything else within weeks. */
const GAPS = KINDS.map((kind, position) =>
  kind === 'view' && KINDS[position - 1] === 'view' ? 3 * MINUTE : 251 * HOUR,
)
const LIFETIME = GAPS.reduce((sum, gap) => sum + gap, 0)

function eventOf(kind: string, customer: number, id: string): EventInput['event'] {
  const userId = `u${customer}`
  const bare = { properties: {}, traits: {}, context: {} }
  const email = `c${customer}@shop-customers.example`
  const product = { product_id: `p${customer % 97}`, price: 12.5, quantity: 1, currency: 'EUR' }
  const track = (name: string, properties: Record<string, unknown>) =>
    ({ ...bare, userId, type: 'track', name, properties }) as const
  switch (kind) {
    case 'identify':
      return { ...bare, userId, type: 'identify', traits: { email } }
    case 'subscribe':
      return track('Subscribed', { email })
    case 'view':
      return { ...track('Product Viewed', product), anonymousId: `a${customer}` }
    case 'cart':
      return track('Product Added', { ...product, cart_id: `k${id}` })
    case 'order':
      return track('Order Completed', { order_id: id, total: 29.97, currency: 'EUR', products: [product] })
    case 'click':
      return track('Email Link Clicked', { template: 'welcome' })
    default:
      return track('Points Collected', { points: 5 })
  }
}

const customerIdOf = (place: number) => `00BACKTEST${String(place).padStart(16, '0')}`

/**
 * A shop's stored past in a database that is there already: customers whose lives of some months began on any day of the
 * last sixteen. Rows are written without syncing, and the indexes afterwards.
 */
export function fillBacktest(
  folder: string,
  { workspaceId, customers, until }: { workspaceId: string; customers: number; until: number },
): void {
  const handle = new Database(join(folder, 'ciclo.db'))
  handle.pragma('journal_mode = OFF')
  handle.pragma('synchronous = OFF')
  const indexes = handle
    .prepare(
      "select name, sql from sqlite_master where type = 'index' and sql is not null and tbl_name = 'events'",
    )
    .all() as { name: string; sql: string }[]
  for (const { name } of indexes) handle.exec(`drop index "${name}"`)
  const row = handle.prepare('select * from customers limit 1').get() as Record<string, unknown>
  const insertCustomer = insertInto(handle, 'customers', row)
  const insertEvent = handle.prepare(
    `insert into events (workspace_id, message_id, customer_id, type, name, at, received_at, source, body)
      values (?, ?, ?, ?, ?, ?, ?, 'secret', ?)`,
  )
  const first = until - LIFETIME - 8_760 * HOUR
  const insertLife = (place: number) => {
    const id = customerIdOf(place)
    insertCustomer({ ...row, id, wake_at: null })
    let at = first + ((place * 7_919) % 8_760) * HOUR
    for (const [position, kind] of KINDS.entries()) {
      at += GAPS[position] ?? 0
      const eventId = `${place}-${position}`
      const event = eventOf(kind, place, eventId)
      insertEvent.run(workspaceId, eventId, id, event.type, event.name ?? null, at, at, JSON.stringify(event))
    }
  }
  for (let start = 0; start < customers; start += ROWS_PER_TRANSACTION / EVENTS_EACH) {
    handle.exec('begin')
    for (
      let place = start;
      place < Math.min(customers, start + ROWS_PER_TRANSACTION / EVENTS_EACH);
      place += 1
    )
      insertLife(place)
    handle.exec('commit')
  }
  for (const { sql } of indexes) handle.exec(sql)
  handle.pragma('journal_mode = WAL')
  handle.close()
}
