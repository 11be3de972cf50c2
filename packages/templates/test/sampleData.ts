import type { RenderRequest, TemplateData } from '../src/index.ts'

export function sampleData(overrides: Partial<TemplateData> = {}): TemplateData {
  return {
    customer: { firstName: 'Zofia', email: 'zofia@customer.example' },
    shop: { name: 'Luna', url: 'https://shop.example', address: 'Calle Mayor 1\n28013 Madrid' },
    urls: {
      confirm: 'https://mail.example/confirm/token',
      unsubscribe: 'https://mail.example/u/token',
      preferences: 'https://mail.example/p/token',
    },
    purpose: 'marketing',
    ...overrides,
  }
}

const RECOMMENDED = [
  {
    name: 'Hand grinder',
    url: 'https://shop.example/p/grinder',
    imageUrl: 'https://shop.example/i/grinder.jpg',
    price: '€39.00',
    why: 'Bought together by 41 customers',
  },
  { name: 'Kettle', why: 'Bought together by 12 customers' },
]

/** All that a mail may be told besides, written as its language writes it. */
export const OPTIONAL_DATA = {
  products: [
    {
      name: 'Sidamo, 250 g',
      url: 'https://shop.example/p/sidamo',
      imageUrl: 'https://shop.example/i/sidamo.jpg',
      quantity: '2',
      price: '€9.90',
    },
    { name: 'Filter papers', quantity: '1' },
  ],
  recommendations: RECOMMENDED,
  recommended: { next: RECOMMENDED, popular: RECOMMENDED, viewed: RECOMMENDED },
  order: { id: '1001', total: '€24.30' },
  coupon: { code: 'LUNA-7F3K', expiresAt: 'December 6, 2026 at 10:00 AM' },
  event: {
    carrier: 'DHL',
    tracking_number: '00340434',
    tracking_url: 'https://parcels.example/00340434',
    order_url: 'https://shop.example/orders/1001',
    payment_url: 'https://pay.example/1001',
    promised_at: 'December 1, 2026',
    pickup_location: 'Calle Mayor 1',
    total: '€24.30',
    balance: 120,
    points: 22,
    expires_at: 'December 31, 2026',
    reward: 'A bag of coffee',
    lowest_price_30d: '€8.90',
  },
} satisfies Partial<TemplateData>

/** A request in English whose `link` marks what passed through it. */
export function sampleRequest(overrides: Partial<RenderRequest> = {}): RenderRequest {
  const link = (url: string): string => `https://mail.example/c/${encodeURIComponent(url)}`
  return { locale: 'en', data: sampleData(), link, ...overrides }
}
