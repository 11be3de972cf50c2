import type { TemplateData } from '../templateData.ts'

/** One mail's data that a template is tried with. */
export interface SampleMail {
  /** What is special about it, for people. */
  name: string
  data: TemplateData
}

type Purpose = TemplateData['purpose']

const URLS = {
  marketing: {
    unsubscribe: 'https://mail.example/u/token',
    preferences: 'https://mail.example/p/token',
    viewInBrowser: 'https://mail.example/v/token',
    survey: 'https://mail.example/s/token',
    open: 'https://mail.example/o/token',
  },
  transactional: { confirm: 'https://mail.example/confirm/token' },
} as const

const PRODUCT = {
  name: 'Sidamo, 250 g',
  url: 'https://shop.example/p/sidamo',
  imageUrl: 'https://shop.example/i/sidamo.jpg',
  quantity: '2',
  price: '€7.90',
  previousPrice: '€9.90',
  lowestPrice30d: '€8.40',
}

const RECOMMENDED = [
  { name: 'Yirgacheffe, 250 g', path: 'yirgacheffe', price: '€8.50', customers: 41 },
  { name: 'Hand grinder', path: 'grinder', price: '€39.00', customers: 23 },
  { name: 'Enamel kettle', path: 'kettle', price: '€54.00', customers: 17 },
  { name: 'Two stoneware cups', path: 'cups', price: '€34.50', customers: 12 },
  { name: 'Paper filters, 100 pieces', path: 'filters', price: '€5.20', customers: 9 },
  { name: 'Milk jug', path: 'jug', price: '€18.00', customers: 7 },
]

/** As many rows as a mail gets at most. */
const recommendedRows = (why: (customers: number) => string) =>
  RECOMMENDED.map(({ name, path, price, customers }) => ({
    name,
    url: `https://shop.example/p/${path}`,
    imageUrl: `https://shop.example/i/${path}.jpg`,
    price,
    why: why(customers),
  }))

/** All that a mail may be told, in English. */
export function sampleData(purpose: Purpose): TemplateData {
  return {
    customer: { firstName: 'Zofia', email: 'zofia@customer.example' },
    shop: { name: 'Luna', url: 'https://shop.example', address: 'Calle Mayor 1\n28013 Madrid' },
    urls: URLS[purpose],
    purpose,
    products: [
      PRODUCT,
      { name: 'Filter papers', url: 'https://shop.example/p/papers', quantity: '1', price: '€3.50' },
      { name: 'Kettle', quantity: '1' },
    ],
    recommendations: recommendedRows((customers) => `Bought together by ${customers} customers`),
    recommended: {
      next: recommendedRows((customers) => `Bought next by ${customers} customers`),
      popular: recommendedRows((customers) => `Bought by ${customers} customers lately`),
      viewed: recommendedRows(() => 'Looked at lately'),
    },
    order: {
      id: '1001',
      subtotal: '€26.80',
      discount: '€2.50',
      shipping: '€4.90',
      tax: '€5.07',
      total: '€29.20',
      address: 'Zofia Nowak\nul. Długa 5\n00-238 Warszawa',
    },
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
      price: '€7.90',
      previous_price: '€9.90',
      lowest_price_30d: '€8.40',
    },
  }
}

/** The mails that a template is checked with: each of them may really come about. */
export function sampleMails(purpose: Purpose): SampleMail[] {
  const full = sampleData(purpose)
  const { customer, shop, urls, event } = full
  const { lowest_price_30d: _lowest, ...withoutLowest } = event ?? {}
  const { previousPrice: _previous, lowestPrice30d: _shown, ...plain } = PRODUCT
  return [
    { name: 'all data', data: full },
    { name: 'ten products', data: { ...full, products: Array.from({ length: 10 }, () => PRODUCT) } },
    {
      name: 'a price that has gone down, without the lowest one',
      data: { ...full, products: [plain], event: withoutLowest },
    },
    {
      name: 'nothing but an address',
      data: { customer: { email: customer.email }, shop: { name: shop.name, url: shop.url }, urls, purpose },
    },
  ]
}
