import { SettingsSchema, type Message, type ProductFacts } from '@ciclo/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBounceAddresses } from '../../src/mail/bounceAddress.ts'
import { createComposeMail } from '../../src/mail/composeMail.ts'
import { createMailLinks } from '../../src/mail/mailLinks.ts'
import { createReadMailData } from '../../src/mail/readMailData.ts'
import { createRenderMessage } from '../../src/mail/renderMessage.ts'
import { createTemplateCache } from '../../src/mail/templateCache.ts'
import { openStore } from '../../src/store/openStore.ts'
import { giveCoupons, insertCoupons } from '../../src/store/queries/coupons.ts'
import type { OutboxMessage } from '../../src/store/queries/messages.ts'
import { saveProducts } from '../../src/store/queries/products.ts'
import type { Store } from '../../src/store/store.ts'
import { createTokens } from '../../src/tokens.ts'
import { mailSender } from '../support/sendingParts.ts'

type Data = Message['data']

const W = 'w1'
const NOW = Date.UTC(2026, 10, 22, 12)
const customer = { email: 'ana@customer.example', firstName: 'Ana' }
const settings = SettingsSchema.parse({
  shop: { name: 'Luna', url: 'https://shop.example', timeZone: 'Europe/Madrid' },
  currency: 'EUR',
})

const messageOf = (template: string, data: Omit<Data, 'customer'>, locale = 'en'): OutboxMessage => ({
  workspaceId: W,
  id: `${template}/c1/cause/send/1`,
  customerId: 'c1',
  enrolmentId: null,
  journeyId: null,
  stepId: null,
  template,
  purpose: /^(order|payment|refund)/.test(template) ? 'transactional' : 'marketing',
  locale,
  address: customer.email,
  claimed: false,
  onCap: 'postpone',
  state: 'sending',
  reason: null,
  data: { customer, ...data },
  causeAt: NOW,
  createdAt: NOW,
  dueAt: NOW,
  expiresAt: NOW + 86_400_000,
  attempts: 0,
  leaseUntil: NOW + 60_000,
  fence: 1,
  subject: null,
  sentAt: null,
  response: null,
  campaignId: null,
  variant: null,
  topic: null,
  sender: null,
  attemptedAt: null,
  countedAt: null,
  mailId: null,
})

const NOTHING_SAID: Omit<ProductFacts, 'id'> = {
  sku: null,
  name: null,
  brand: null,
  category: null,
  url: null,
  imageUrl: null,
  price: null,
  currency: null,
}

const line = (productId: string | null, more: Partial<NonNullable<Data['lines']>[number]> = {}) => ({
  productId,
  sku: null,
  variant: null,
  quantity: 1,
  price: null,
  ...more,
})

/** What a mail shows of its message, rendered from a real database. */
export function composeMailContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`A mail composed from ${database}`, () => {
    let store: Store
    let reads = 0
    const templates = createTemplateCache()

    const compose = async (template: string, data: Omit<Data, 'customer'>, locale?: string) => {
      const composeMail = createComposeMail({
        renderMessage: createRenderMessage({
          templates,
          readMailData: createReadMailData(
            {
              read: (fn) => {
                reads += 1
                return store.read(fn)
              },
            },
            () => NOW,
          ),
          shopUrl: () => 'https://ciclo.example/demo',
        }),
        linksOf: createMailLinks({
          tokens: createTokens('a secret that is long enough for a test'),
          publicUrl: () => 'https://ciclo.example',
        }),
        bounceAddresses: createBounceAddresses('a secret that is long enough for a test'),
        now: () => NOW,
      })
      const { content } = await composeMail(messageOf(template, data, locale), settings, mailSender())
      const { subject, html, text } = content
      // Spaces that do not break are a matter of the language, as Intl writes it.
      return { subject, html, text: text.replace(/[\u00A0\u202F]/g, ' ') }
    }

    beforeAll(async () => {
      store = await openStore(await createDatabase())
      const tell = (trusted: boolean, id: string, facts: Partial<ProductFacts>) => ({
        trusted,
        at: NOW,
        facts: { ...NOTHING_SAID, id, ...facts },
      })
      await store.write(async (tx) => {
        await saveProducts(tx, W, [
          tell(true, 'p1', {
            sku: 'SID-250',
            name: 'Sidamo',
            url: 'https://shop.example/p1',
            imageUrl: 'https://shop.example/p1.jpg',
            price: 990,
            currency: 'EUR',
          }),
          tell(true, 'p2', { name: 'Kettle', price: 123_450, currency: 'PLN' }),
          // The shop has told only the name of this one; a browser the rest.
          tell(true, 'p3', { name: 'Mug' }),
          tell(false, 'p3', {
            url: 'https://evil.example',
            imageUrl: 'https://evil.example/i',
            price: 1,
            currency: 'EUR',
          }),
          // And nothing but the number and the price of this one.
          tell(true, 'p4', { price: 500, currency: 'EUR' }),
          tell(false, 'p4', { name: 'Win money at evil.example' }),
          tell(false, 'p5', { name: 'Only a browser knows me' }),
          tell(true, 'p6', {
            name: 'Grinder',
            price: 7900,
            currency: 'EUR',
            reduction: { previous: 9900, lowest: 8400 },
          }),
          tell(false, 'p7', {
            name: 'Scale',
            price: 100,
            currency: 'EUR',
            reduction: { previous: 200, lowest: 100 },
          }),
          ...Array.from({ length: 12 }, (_, n) => tell(true, `many${n}`, { name: `Thing ${n}.` })),
        ])
        await saveProducts(tx, 'w2', [tell(true, 'foreign', { name: 'Of another shop' })])
        await insertCoupons(tx, W, 'welcome', [{ code: 'LUNA-1', position: 0 }], NOW)
        await giveCoupons(tx, W, [{ claim: 'run1/coupon/1', pool: 'welcome', customerId: 'c1' }], NOW)
      })
    })
    afterAll(() => store.close())

    const dataOf = async (data: Omit<Data, 'customer'>, language = 'en') => {
      const read = createReadMailData(store, () => NOW)
      const shown = await read({ workspaceId: W, data: { customer, ...data } }, settings, {
        locale: language,
        language,
      })
      return JSON.parse(JSON.stringify(shown).replace(/[\u00A0\u202F]/g, ' ')) as typeof shown
    }

    it('shows what a price has come down from, with the lowest one of 30 days', async () => {
      const lines = [line('p6'), line('p7'), line('p1')]
      const { products } = await dataOf({ lines, currency: 'EUR' }, 'es')
      expect(products).toMatchObject([
        { name: 'Grinder', price: '79,00 €', previousPrice: '99,00 €', lowestPrice30d: '84,00 €' },
        { name: 'Sidamo', price: '9,90 €' },
      ])
      expect(products?.[1]).not.toHaveProperty('previousPrice')
      // What was paid for it has not come down from anything.
      const paid = await dataOf({
        lines: [line('p6', { price: 7000 })],
        orderId: '1',
        event: { order_id: '1' },
      })
      expect(paid.products).toEqual([{ name: 'Grinder', quantity: '1', price: '€70.00' }])
    })

    it('shows a price that has just gone down as its event says, and the old one only with the lowest', async () => {
      const event = { product_id: 'p1', price: 7.9, previous_price: 9.9 }
      const alone = await dataOf({ lines: [line('p1')], event })
      expect(alone.products?.[0]).toMatchObject({ price: '€9.90' })
      expect(JSON.stringify(alone)).not.toMatch(/previous/)
      const both = await dataOf({ lines: [line('p1')], event: { ...event, lowest_price_30d: 8.4 } })
      expect(both.products?.[0]).toMatchObject({
        price: '€7.90',
        previousPrice: '€9.90',
        lowestPrice30d: '€8.40',
      })
      expect(both.event).toMatchObject({ previous_price: '€9.90', lowest_price_30d: '€8.40' })
    })

    it('shows what an order comes to, and where it goes', async () => {
      const event = {
        order_id: '1001',
        subtotal: 26.8,
        discount: '-2.50',
        shipping: 0,
        tax: 0,
        shipping_address: 'Ana García\nCalle Mayor 1\n28013 Madrid',
      }
      const order = { orderId: '1001', total: 2_430, currency: 'EUR' }
      expect((await dataOf({ ...order, event })).order).toEqual({
        id: '1001',
        total: '€24.30',
        subtotal: '€26.80',
        discount: '€2.50',
        shipping: '€0.00',
        address: 'Ana García\nCalle Mayor 1\n28013 Madrid',
      })
      expect((await dataOf(order)).order).toBeUndefined()
    })

    it('finds products by their sku, too', async () => {
      const { text } = await compose('cart-reminder', {
        lines: [line(null, { sku: 'SID-250', quantity: 0.3 })],
      })
      expect(text).toMatch(/Sidamo <\S+>\n0\.3 × €9\.90\n/)
      const other = await compose('cart-reminder', { lines: [line('variant-of-it', { sku: 'SID-250' })] })
      expect(other.text).toContain('Sidamo')
    })

    it('shows products as the catalogue has them', async () => {
      const lines = [line('p1', { quantity: 2, price: 1 }), line('p2')]
      const { text, html } = await compose('cart-reminder', { lines, currency: 'EUR', total: 3 })
      expect(text).toMatch(/Sidamo <https:\/\/ciclo\.example\/c\/\S+>\n2 × €9\.90\n/)
      expect(text).toContain('\nKettle\nPLN 1,234.50\n')
      expect(html).toContain('<img src="https://shop.example/p1.jpg"')
    })

    it('shows nothing that only browsers have said, and nothing of another shop', async () => {
      const lines = ['p3', 'p4', 'p5', 'foreign', 'unknown'].map((id) => line(id, { price: 777 }))
      const { text, html } = await compose('cart-reminder', { lines, currency: 'EUR' })
      expect(text).toContain('\nMug\n')
      for (const part of [text, html]) expect(part).not.toMatch(/evil|Only a browser|another shop|€|unknown/)
    })

    it('makes sense without any product', async () => {
      const { text } = await compose('cart-reminder', { lines: [line('p5')], currency: 'EUR' })
      expect(text).toContain('the shop is one click away')
      expect(text).not.toContain('here is what is in it')
    })

    it('shows ten products at most', async () => {
      const lines = [line('p5'), ...Array.from({ length: 12 }, (_, n) => line(`many${n}`))]
      const { text } = await compose('cart-reminder', { lines })
      expect(text).toContain('Thing 9.')
      expect(text).not.toContain('Thing 10.')
    })

    it('asks the store only where it has to', async () => {
      reads = 0
      await compose('welcome', {})
      await compose('second-purchase-offer', { coupon: { code: 'COME-BACK', expiresAt: null } })
      expect(reads).toBe(0)
      await compose('cart-reminder', { lines: [line('p1')] })
      expect(reads).toBe(1)
      // What is recommended.
      await compose('win-back', {})
      expect(reads).toBe(2)
    })

    it('shows of an order what was paid', async () => {
      const { subject, text } = await compose('order-confirmation', {
        lines: [line('p1', { quantity: 2, price: 850 }), line('p2')],
        total: 1_700,
        currency: 'EUR',
        orderId: '1001',
        event: { order_id: '1001', order_url: 'https://shop.example/orders/1001' },
      })
      expect(subject).toBe('We have received your order 1001')
      expect(text).toContain('Order number: 1001')
      expect(text).toContain('Order total: €17.00')
      expect(text).toContain('2 × €8.50')
      // What the order does not say of a price is not taken from elsewhere.
      expect(text).not.toContain('PLN')
      expect(text).toContain('View your order')
    })

    it('shows no number and no amount of an order that only a browser has told of', async () => {
      const { subject, text } = await compose('order-confirmation', {
        lines: [line('p1', { price: 1 })],
        total: 1,
        currency: 'EUR',
        orderId: 'call 555-evil',
      })
      expect(subject).toBe('We have received your order')
      expect(text).not.toMatch(/evil|€0\.01|Order total/)
      expect(text).toContain('Sidamo')
    })

    it.each([
      ['en', '€1,234.50', 'December 1, 2026'],
      ['en-GB', '€1,234.50', '1 December 2026'],
      ['es', '1234,50 €', '1 de diciembre de 2026'],
      ['pl', '1234,50 €', '1 grudnia 2026'],
      ['ro', '1.234,50 EUR', '1 decembrie 2026'],
      ['ro_RO', '1.234,50 EUR', '1 decembrie 2026'],
      ['xx-nonsense', '€1,234.50', 'December 1, 2026'],
    ])('writes money and days in %s', async (locale, money, day) => {
      const confirmation = await compose(
        'order-confirmation',
        { orderId: '1', total: 123_450, currency: 'EUR', event: { order_id: '1' } },
        locale,
      )
      expect(confirmation.text).toContain(money)
      const shipped = await compose('order-shipped', { event: { promised_at: '2026-12-01' } }, locale)
      expect(shipped.text).toContain(day)
    })

    it.each([
      // A time is the day that it is where the shop is; a day is itself.
      ['2026-11-30T23:30:00Z', 'by December 1, 2026.'],
      ['2026-12-01', 'by December 1, 2026.'],
      [Date.UTC(2026, 10, 30, 23, 30), 'by December 1, 2026.'],
      ['next Tuesday', 'by next Tuesday.'],
    ])('writes the day %s by the clock of the shop', async (promised, shown) => {
      const { text } = await compose('order-shipped', { event: { promised_at: promised } })
      expect(text).toContain(shown)
    })

    it('links only to pages of the web', async () => {
      const parcel = (url: string) =>
        compose('order-shipped', { event: { carrier: 'DHL', tracking_url: url } })
      expect((await parcel('https://parcels.example/1')).text).toContain('Track your parcel')
      for (const url of ['javascript:alert(1)', 'data:text/html,x', 'parcels.example', 'https://a b'])
        expect((await parcel(url)).text).not.toContain('Track your parcel')
    })

    it('reads amounts of events, and leaves out what could be two', async () => {
      const refund = async (event: NonNullable<Data['event']>) =>
        (await compose('refund-issued', { event })).text
      expect(await refund({ total: 12.5 })).toContain('The amount is €12.50.')
      expect(await refund({ total: '1200', currency: 'jpy' })).toContain('The amount is ¥1,200.')
      expect(await refund({ total: '1.234,50' })).not.toContain('The amount')
    })

    it('shows the code of a pool that its run was given', async () => {
      const coupon = { pool: 'welcome', claim: 'run1/coupon/1', expiresAt: Date.UTC(2026, 11, 6, 9) }
      const { subject, text } = await compose('win-back-offer', { coupon })
      expect(subject).toBe('A code, if you would like to come back')
      expect(text).toContain('LUNA-1\nValid until December 6, 2026 at 10:00 AM')
    })

    it('does not go out where the pool had no code for it', async () => {
      const coupon = { pool: 'welcome', claim: 'run2/coupon/1', expiresAt: null }
      await expect(compose('win-back-offer', { coupon })).rejects.toThrow(
        'The pool welcome has no codes left',
      )
    })

    it('says nothing of a code that has run out by now', async () => {
      for (const coupon of [
        { pool: 'welcome', claim: 'run2/coupon/1', expiresAt: NOW },
        { code: 'OLD', expiresAt: NOW - 1 },
      ]) {
        const { subject, text } = await compose('win-back-offer', { coupon })
        expect(subject).toBe('The door is open')
        expect(text).not.toMatch(/code|OLD/i)
      }
    })
  })
}
