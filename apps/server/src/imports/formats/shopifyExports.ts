import type { ImportFormat, ReadRecord } from './importFormat.ts'
import { readMovedOrder } from './readMovedOrder.ts'
import { readProfile } from './readProfile.ts'

/** Spreadsheets are kept from rounding ids by an apostrophe before them. */
const idOf = (text: string | undefined) => (text ?? '').trim().replace(/^'/, '')

/** https://help.shopify.com/en/manual/customers/import-export-customers */
export const shopifyCustomers: ImportFormat = {
  id: 'shopify-customers',
  name: 'customers of Shopify',
  kind: 'profiles',
  has: ['Email', 'Accepts Email Marketing|Accepts Marketing', 'Total Spent', 'Total Orders|Orders Count'],
  read: ([row = {}]): ReadRecord =>
    readProfile(
      {
        email: row['email'],
        user_id: idOf(row['customerid']),
        first_name: row['firstname'],
        last_name: row['lastname'],
        city: row['defaultaddresscity'] || row['city'],
        country: row['defaultaddresscountrycode'] || row['countrycode'],
        subscribed: row['acceptsemailmarketing'] || row['acceptsmarketing'],
      },
      { phone: row['phone'] || row['defaultaddressphone'], tags: row['tags'] },
    ),
}

/**
 * https://help.shopify.com/en/manual/fulfillment/managing-orders/exporting-orders: a row for each line of an order, of
 * which only the first has the order's own columns. The order's id is the one that webhooks know it by.
 */
export const shopifyOrders: ImportFormat = {
  id: 'shopify-orders',
  name: 'orders of Shopify',
  kind: 'orders',
  has: ['Name', 'Email', 'Financial Status', 'Created at', 'Total', 'Lineitem quantity'],
  goesOn: { same: 'Name', blank: 'Total' },
  read(rows): ReadRecord {
    const [row = {}] = rows
    const isVoid = /^(voided|expired)$/i.test((row['financialstatus'] ?? '').trim())
    return readMovedOrder({
      order_id: idOf(row['id']) || idOf(row['name']),
      email: row['email'] ?? '',
      // Orders of a till have no address, but may have a customer.
      user_id: '',
      date: row['createdat'] ?? '',
      total: row['total'] ?? '',
      currency: row['currency'] ?? '',
      discount: row['discountamount'] ?? '',
      coupon: row['discountcode'] ?? '',
      refunded: row['refundedamount'] ?? '',
      cancelledAt: row['cancelledat'] || (isVoid ? (row['createdat'] ?? '') : ''),
      products: rows.map((line) => ({
        sku: line['lineitemsku'] ?? '',
        name: line['lineitemname'] ?? '',
        price: line['lineitemprice'] ?? '',
        quantity: line['lineitemquantity'] ?? '',
      })),
    })
  },
}
