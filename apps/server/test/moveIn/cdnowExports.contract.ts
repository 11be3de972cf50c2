import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../../src/store/openStore.ts'
import { readCdnow, type CdnowOrder } from '../cdnow.data.ts'
import { runCliIn, writeIn } from '../cli.support.ts'
import { createTestFolder } from '../support/createTestFolder.ts'

const { kind, orders: all } = readCdnow()

const emailOf = (userId: string) => `customer${userId}@shop.example`
const amountOf = ({ cents }: CdnowOrder) => (cents / 100).toFixed(2)
const dayOf = ({ at }: CdnowOrder) => new Date(at).toISOString().slice(0, 10)

/** The orders as `import orders` reads those of any shop. */
const plain = (orders: readonly CdnowOrder[]) => [
  'order_id,email,date,total,currency',
  ...orders.map((order) =>
    [order.row, emailOf(order.userId), dayOf(order), amountOf(order), 'USD'].join(','),
  ),
]

/** Each order over two rows, as Shopify writes one of two lines. */
const asShopify = (orders: readonly CdnowOrder[]) => [
  'Name,Email,Financial Status,Paid at,Currency,Total,Discount Code,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Cancelled at,Refunded Amount,Id',
  ...orders.flatMap((order) => {
    const [email, at] = [emailOf(order.userId), `${dayOf(order)} 00:00:00 +0000`]
    return [
      `#${order.row},${email},paid,${at},USD,${amountOf(order)},,${at},1,CD,,cd-1,,,'${order.row}`,
      `#${order.row},${email},,,,,,${at},1,Sleeve,,cd-2,,,`,
    ]
  }),
]

const asWoocommerce = (orders: readonly CdnowOrder[]) =>
  [
    'order_id,order_number,order_date,paid_date,status,order_total,order_currency,discount_total,payment_method,customer_id,customer_email',
    ...orders.map((order) =>
      [
        order.row,
        order.row,
        `${dayOf(order)} 00:00:00`,
        '',
        'completed',
        amountOf(order),
        'USD',
        '0.00',
        'bacs',
        0,
        emailOf(order.userId),
      ].join(';'),
    ),
  ].map((line, place) => (place === 0 ? line.replaceAll(',', ';') : line))

/** Neither exports orders: their customers come from there, and the orders from the shop. */
const asKlaviyo = (orders: readonly CdnowOrder[]) => [
  'Email,Klaviyo ID,First Name,Email Marketing Consent,Email Marketing Consent Timestamp',
  ...[...new Set(orders.map(({ userId }) => userId))].map(
    (userId) => `${emailOf(userId)},K${userId},,NEVER_SUBSCRIBED,`,
  ),
]
const asMailchimp = (orders: readonly CdnowOrder[]) => [
  'Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LAST_CHANGED,TAGS',
  ...[...new Set(orders.map(({ userId }) => userId))].map(
    (userId) => `${emailOf(userId)},,,2,1997-01-01 00:00:00,,,,,`,
  ),
]

/**
 * The same past, in each of the forms in which shops have it.
 *
 * @param customers of how many of them
 */
export function cdnowExportsContract(customers: number): void {
  const ids = new Set([...new Set(all.map(({ userId }) => userId))].slice(0, customers))
  const orders = all.filter(({ userId }) => ids.has(userId))
  const name = `${orders.length} orders of ${ids.size} customers (${kind === 'real' ? 'CDNOW' : 'generated: no CDNOW file here'})`

  describe(`${name}, moved in`, () => {
    let folder: ReturnType<typeof createTestFolder>
    beforeEach(() => {
      folder = createTestFolder()
    })
    afterEach(() => folder.remove())

    /** Every customer with its orders, as the files are told one after the other to a new database. */
    const stateAfter = async (database: string, ...steps: { argv: string[]; lines: string[] }[]) => {
      const environment = { DATABASE_URL: `file:${join(folder.path, database)}` }
      for (const [place, { argv, lines }] of steps.entries()) {
        const file = writeIn(folder.path, `${database}-${place}.csv`, lines.join('\n'))
        const { code, warned } = await runCliIn(folder.path, ['import', ...argv, file], environment)
        expect([argv, code, warned.filter((line) => /broke/.test(line))]).toEqual([argv, 0, []])
      }
      const store = await openStore(environment.DATABASE_URL, { readOnly: true })
      const found = await store.read(async (tx) => ({
        customers: await tx.select().from(tx.tables.customers),
        orders: await tx.select().from(tx.tables.orders),
        messages: await tx.select().from(tx.tables.messages),
      }))
      await store.close()
      expect(found.messages).toEqual([])
      const emails = new Map(found.customers.map(({ id, email }) => [id, email]))
      return {
        customers: found.customers
          .map(({ email, stage, value, orderCount, firstOrderAt, lastOrderAt }) => ({
            email,
            stage,
            value,
            orderCount,
            firstOrderAt,
            lastOrderAt,
          }))
          .toSorted((one, other) => ((one.email ?? '') < (other.email ?? '') ? -1 : 1)),
        orders: found.orders
          .map(({ id, customerId, at, total, currency, refunded, cancelled }) => ({
            id,
            email: emails.get(customerId),
            at,
            total,
            currency,
            refunded,
            cancelled,
          }))
          .toSorted((one, other) => Number(one.id) - Number(other.id)),
      }
    }

    it('are the same customers, states and revenue from each of four exports as by import orders', async () => {
      const byOrders = { argv: ['orders'], lines: plain(orders) }
      const expected = await stateAfter('plain.db', byOrders)
      expect(expected.orders).toHaveLength(orders.length)
      expect(expected.orders.reduce((sum, { total }) => sum + total, 0)).toBe(
        orders.reduce((sum, { cents }) => sum + cents, 0),
      )
      const files = { argv: ['files'] }
      expect(await stateAfter('shopify.db', { ...files, lines: asShopify(orders) })).toEqual(expected)
      expect(await stateAfter('woocommerce.db', { ...files, lines: asWoocommerce(orders) })).toEqual(expected)
      expect(await stateAfter('klaviyo.db', { ...files, lines: asKlaviyo(orders) }, byOrders)).toEqual(
        expected,
      )
      expect(await stateAfter('mailchimp.db', { ...files, lines: asMailchimp(orders) }, byOrders)).toEqual(
        expected,
      )
    })
  })
}
