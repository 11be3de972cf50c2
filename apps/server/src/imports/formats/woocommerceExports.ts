import type { Cells, ImportFormat, ReadRecord } from './importFormat.ts'
import { readMovedOrder } from './readMovedOrder.ts'
import { readProfile } from './readProfile.ts'

/** Of such a status nothing was bought. */
const UNPLACED: ReadonlySet<string> = new Set([
  'pending',
  'failed',
  'checkout-draft',
  'trash',
  'auto-draft',
  'draft',
])

const statusOf = (row: Cells) =>
  (row['status'] || row['orderstatus'] || '').trim().toLowerCase().replace(/^wc-/, '')

/** `name:Tea|product_id:93|sku:TEA-1|quantity:2|total:104.35`, several with a semicolon between them. */
function productsIn(text: string) {
  return text
    .split(';')
    .filter((line) => line.includes('name:'))
    .map((line) => {
      const fields = Object.fromEntries(
        line
          .split('|')
          .map((pair) => [pair.slice(0, pair.indexOf(':')).trim(), pair.slice(pair.indexOf(':') + 1).trim()]),
      ) as Record<string, string | undefined>
      const { name = '', sku = '', quantity = '1', total = '' } = fields
      const each = Number(total) / Number(quantity)
      return { name, sku, quantity, price: Number.isFinite(each) && total !== '' ? each.toFixed(2) : '' }
    })
}

/**
 * Orders as WooCommerce's Customer/Order CSV Export writes them
 * (https://woocommerce.com/document/ordercustomer-csv-export/): one row for each. Times are the shop's own, without a zone.
 */
export const woocommerceOrders: ImportFormat = {
  id: 'woocommerce-orders',
  name: 'orders of WooCommerce',
  kind: 'orders',
  has: ['order_id', 'order_date|date', 'status|order_status', 'order_total', 'order_currency'],
  read([row = {}]): ReadRecord {
    const status = statusOf(row)
    if (UNPLACED.has(status))
      return { ok: false, reason: `status: given "${status}", of which nothing was bought` }
    const customer = (row['customerid'] || row['customeruser'] || '').trim()
    return readMovedOrder({
      order_id: row['orderid'] ?? '',
      user_id: customer === '0' ? '' : customer,
      email: row['customeremail'] || row['billingemail'] || '',
      date: row['orderdate'] || row['date'] || '',
      total: row['ordertotal'] ?? '',
      currency: row['ordercurrency'] ?? '',
      discount: row['discounttotal'] ?? '',
      coupon: (row['coupons'] || row['couponitems'] || '').replace(/^code:([^|]*).*$/, '$1'),
      refunded: status === 'refunded' ? (row['ordertotal'] ?? '') : row['refundedtotal'] || '',
      cancelledAt: status === 'cancelled' ? row['orderdate'] || row['date'] || '' : '',
      products: productsIn(row['lineitems'] ?? ''),
    })
  },
}

/** Customers as the same plug-in writes them. WooCommerce itself asks nobody for consent. */
export const woocommerceCustomers: ImportFormat = {
  id: 'woocommerce-customers',
  name: 'customers of WooCommerce',
  kind: 'profiles',
  has: ['customer_id', 'email', 'date_registered|user_registered', 'billing_country|country'],
  lacks: ['order_id'],
  read: ([row = {}]): ReadRecord =>
    readProfile(
      {
        email: row['email'],
        user_id: (row['customerid'] ?? '').trim() === '0' ? '' : row['customerid'],
        first_name: row['firstname'] || row['billingfirstname'],
        last_name: row['lastname'] || row['billinglastname'],
        city: row['billingcity'] || row['city'],
        country: row['billingcountry'] || row['country'],
        created_at: row['dateregistered'] || row['userregistered'],
      },
      { phone: row['billingphone'] || row['phone'] },
    ),
}
