import { describe, expect, it } from 'vitest'
import { cellsOf, FORMATS, nearestFormats, recognise } from '../../src/imports/formats/formats.ts'

/** Headers as each system writes them, and a record of it. */
const EXPORTS: Record<string, { header: string; rows: string[] }> = {
  'klaviyo-profiles': {
    header:
      'Email,Klaviyo ID,First Name,Last Name,Phone Number,City,State / Region,Country,Zip Code,Source,Email Marketing Consent,Email Marketing Consent Timestamp,Email Suppressions,First Active,Last Active,Profile Created On,Date Added',
    rows: [
      'Ana@shop.example,01GDDKASAP8TKDDA2GRZDSVP4H,Ana,Nowak,+48600100200,Łódź,,PL,90-001,form,SUBSCRIBED,2024-05-01 10:00:00,,2024-05-01,2024-06-01,2024-04-01 09:00:00,2024-04-02',
    ],
  },
  'klaviyo-suppressions': {
    header: 'Email,Reason,Timestamp',
    rows: ['gone@shop.example,HARD_BOUNCE,2024-05-01 10:00:00'],
  },
  'mailchimp-subscribed': {
    header:
      'Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS',
    rows: [
      'ana@shop.example,Ana,Nowak,4,2024-05-01 09:00:00,203.0.113.9,2024-05-01 10:00:00,203.0.113.9,,,,,Europe/Warsaw,PL,,2024-06-01,1,2,,"""vip"""',
    ],
  },
  'mailchimp-unsubscribed': {
    header:
      'Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,TIMEZONE,CC,LAST_CHANGED,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON,TAGS',
    rows: ['bob@shop.example,Bob,,2,2023-05-01 09:00:00,,,,,,2024-06-01,2024-06-02 08:00:00,News,NORMAL,'],
  },
  'mailchimp-cleaned': {
    header:
      'Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,TAGS',
    rows: ['gone@shop.example,,,1,2023-05-01 09:00:00,2024-06-02 08:00:00,News,'],
  },
  'shopify-customers': {
    header:
      'Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address City,Default Address Country Code,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags',
    rows: ["'207119551,Ana,Nowak,ana@shop.example,yes,,Łódź,PL,+48600100200,no,10.00,1,,no,vip"],
  },
  'shopify-orders': {
    header:
      'Name,Email,Financial Status,Paid at,Fulfillment Status,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Cancelled at,Payment Method,Refunded Amount,Id,Tags,Source',
    rows: [
      "#1001,ana@shop.example,paid,2024-05-01 12:00:00 -0400,fulfilled,no,EUR,50.00,5.00,0.00,50.00,SPRING,5.00,2024-05-01 11:59:00 -0400,2,Olive oil,20.00,OIL,,manual,10.00,'450789469,,web",
      '#1001,ana@shop.example,,,,,,,,,,,,2024-05-01 11:59:00 -0400,1,Vinegar,10.00,VIN,,,,,,',
    ],
  },
  'woocommerce-orders': {
    header:
      'order_id,order_number,order_date,paid_date,status,shipping_total,order_total,order_currency,discount_total,payment_method,customer_id,customer_email,line_items',
    rows: [
      '727,727,2024-05-01 12:00:00,2024-05-01 12:01:00,completed,5.00,45.00,EUR,0.00,bacs,25,eva@shop.example,id:315|name:Tea|product_id:93|sku:TEA|quantity:2|total:40.00',
    ],
  },
  'woocommerce-customers': {
    header:
      'customer_id,first_name,last_name,email,date_registered,billing_country,billing_city,billing_phone',
    rows: ['25,Eva,Nowak,eva@shop.example,2024-01-01 10:00:00,PL,Łódź,600 100 200'],
  },
}

/** Enough for these lines: quotes, and no line breaks in cells. */
const cellsIn = (line: string) =>
  [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) =>
    cell.replace(/^"(.*)"$/, '$1').replaceAll('""', '"'),
  )
const headerOf = (id: string) => cellsIn(EXPORTS[id]?.header ?? '')
const readOf = (id: string, rows = EXPORTS[id]?.rows ?? []) =>
  FORMATS.find((one) => one.id === id)?.read(rows.map((row) => cellsOf(headerOf(id), cellsIn(row))))

describe('a file from elsewhere', () => {
  it.each(FORMATS.map(({ id }) => id))('is known as %s by its headers, in any order and case', (id) => {
    const header = headerOf(id)
    expect(recognise(header)?.id).toBe(id)
    expect(recognise(header.toReversed().map((name) => name.toUpperCase()))?.id).toBe(id)
  })

  it('that is none of them is told what it lacks', () => {
    expect(recognise(['Email', 'Name'])).toBeUndefined()
    expect(nearestFormats(['Email', 'Email Marketing'])[0]).toMatchObject({ missing: [expect.any(String)] })
  })
})

const at = Date.UTC

describe('a record', () => {
  it.each<[string, unknown]>([
    [
      'klaviyo-profiles',
      {
        customer: {
          email: 'ana@shop.example',
          traits: {
            firstName: 'Ana',
            lastName: 'Nowak',
            city: 'Łódź',
            country: 'PL',
            phone: '+48600100200',
            klaviyoId: '01GDDKASAP8TKDDA2GRZDSVP4H',
            source: 'form',
          },
          createdAt: at(2024, 3, 1, 9),
          subscribed: true,
          subscribedAt: at(2024, 4, 1, 10),
        },
      },
    ],
    [
      'klaviyo-suppressions',
      {
        suppression: { address: 'gone@shop.example', reason: 'bounce', at: at(2024, 4, 1, 10), detail: null },
      },
    ],
    [
      'mailchimp-subscribed',
      {
        customer: {
          subscribed: true,
          subscribedAt: at(2024, 4, 1, 10),
          traits: { timezone: 'Europe/Warsaw', country: 'PL', tags: 'vip' },
        },
        network: expect.stringContaining('203.0.113.') as string,
      },
    ],
    [
      'mailchimp-unsubscribed',
      { customer: { email: 'bob@shop.example', subscribed: false, subscribedAt: at(2024, 5, 2, 8) } },
    ],
    [
      'mailchimp-cleaned',
      { suppression: { address: 'gone@shop.example', reason: 'bounce', at: at(2024, 5, 2, 8) } },
    ],
    [
      'shopify-customers',
      { customer: { userId: '207119551', subscribed: true, traits: { country: 'PL', tags: 'vip' } } },
    ],
    [
      'shopify-orders',
      {
        order: {
          orderId: '450789469',
          email: 'ana@shop.example',
          at: at(2024, 4, 1, 15, 59),
          total: '50.00',
          currency: 'EUR',
          discount: '5.00',
          coupon: 'SPRING',
          refunded: '10.00',
          products: [
            { sku: 'OIL', name: 'Olive oil', price: '20.00', quantity: 2 },
            { sku: 'VIN', name: 'Vinegar', price: '10.00', quantity: 1 },
          ],
        },
      },
    ],
    [
      'woocommerce-orders',
      {
        order: {
          orderId: '727',
          userId: '25',
          email: 'eva@shop.example',
          at: at(2024, 4, 1, 12),
          total: '45.00',
          products: [{ sku: 'TEA', name: 'Tea', price: '20.00', quantity: 2 }],
        },
      },
    ],
    [
      'woocommerce-customers',
      {
        customer: {
          userId: '25',
          email: 'eva@shop.example',
          createdAt: at(2024, 0, 1, 10),
          subscribed: undefined,
        },
      },
    ],
  ])('of %s says who it is and what happened', (id, expected) => {
    expect(readOf(id)).toMatchObject({ ok: true, record: expected })
  })

  const changed = (id: string, name: string, value: string) => {
    const [row = ''] = EXPORTS[id]?.rows ?? []
    const cells = cellsIn(row)
    cells[headerOf(id).indexOf(name)] = value
    return FORMATS.find((one) => one.id === id)?.read([cellsOf(headerOf(id), cells)])
  }

  it.each<[string, string, string, unknown]>([
    [
      'klaviyo-profiles',
      'Email Marketing Consent',
      'NEVER_SUBSCRIBED',
      { customer: { subscribed: undefined } },
    ],
    ['klaviyo-profiles', 'Email Marketing Consent', 'UNSUBSCRIBED', { customer: { subscribed: false } }],
    [
      'klaviyo-profiles',
      'Email Suppressions',
      '[SPAM_COMPLAINT, UNSUBSCRIBE]',
      { customer: { subscribed: false }, suppression: { reason: 'complaint' } },
    ],
    ['klaviyo-suppressions', 'Reason', 'USER_SUPPRESSED', { suppression: { reason: 'unsubscribed' } }],
    ['shopify-customers', 'Accepts Email Marketing', 'no', { customer: { subscribed: false } }],
    [
      'shopify-orders',
      'Cancelled at',
      '2024-05-02 11:59:00 -0400',
      { order: { cancelledAt: at(2024, 4, 2, 15, 59) } },
    ],
    ['shopify-orders', 'Financial Status', 'voided', { order: { cancelledAt: at(2024, 4, 1, 15, 59) } }],
    ['woocommerce-orders', 'status', 'refunded', { order: { refunded: '45.00' } }],
    ['woocommerce-orders', 'status', 'wc-cancelled', { order: { cancelledAt: at(2024, 4, 1, 12) } }],
    ['woocommerce-orders', 'customer_id', '0', { order: { email: 'eva@shop.example' } }],
  ])('of %s with %s %s', (id, name, value, expected) => {
    expect(changed(id, name, value)).toMatchObject({ ok: true, record: expected })
  })

  it.each<[string, string, string, string]>([
    ['klaviyo-profiles', 'Email', 'nobody', 'email: given "nobody", expected an address'],
    [
      'klaviyo-profiles',
      'Email Marketing Consent',
      'MAYBE',
      'Email Marketing Consent: given "MAYBE", expected SUBSCRIBED',
    ],
    [
      'klaviyo-profiles',
      'First Name',
      '=HYPERLINK("x")',
      'first_name: given "=HYPERLINK(\\"x\\")", expected plain text',
    ],
    ['klaviyo-profiles', 'Source', '@SUM(A1)', 'source: given "@SUM(A1)", expected plain text'],
    ['klaviyo-suppressions', 'Reason', 'because', 'Reason: given "because", expected HARD_BOUNCE'],
    ['shopify-orders', 'Total', '1,234.50', 'total: given "1,234.50", expected an amount without separators'],
    ['shopify-orders', 'Email', '', 'user_id: given nothing, expected the customer, by user_id or email'],
    ['woocommerce-orders', 'status', 'failed', 'status: given "failed", of which nothing was bought'],
    ['woocommerce-orders', 'order_date', '01/05/2024', 'date: given "01/05/2024", expected ISO 8601'],
  ])('of %s is refused with %s %s', (id, name, value, reason) => {
    expect(changed(id, name, value)).toEqual({ ok: false, reason: expect.stringContaining(reason) as string })
  })
})
