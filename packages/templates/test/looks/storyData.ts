import type { Locale, TemplateData } from '../../src/index.ts'

const CURRENCIES: Record<Locale, string> = { en: 'USD', es: 'EUR', pl: 'PLN', ro: 'RON' }

interface Product {
  id: string
  name: Record<Locale, string>
  cents: number
}

const PRODUCTS: readonly Product[] = [
  {
    id: 'cups',
    name: {
      en: 'Two stoneware cups',
      es: 'Dos tazas de gres',
      pl: 'Dwa kubki z kamionki',
      ro: 'Două căni de gresie',
    },
    cents: 3_450,
  },
  {
    id: 'blanket',
    name: {
      en: 'Merino wool blanket with fringes, 130 by 180 cm',
      es: 'Manta de lana merina con flecos, 130 por 180 cm',
      pl: 'Koc z wełny merynosów z frędzlami, 130 na 180 cm',
      ro: 'Pătură din lână merinos cu franjuri, 130 pe 180 cm',
    },
    cents: 12_900,
  },
  {
    id: 'candle',
    name: { en: 'Fig candle', es: 'Vela de higo', pl: 'Świeca figowa', ro: 'Lumânare cu smochine' },
    cents: 1_990,
  },
  {
    id: 'kettle',
    name: { en: 'Enamel kettle', es: 'Hervidor esmaltado', pl: 'Czajnik emaliowany', ro: 'Ceainic emailat' },
    cents: 5_400,
  },
]

/** Why something is recommended: as the server words it for 41 customers. */
const WHY: Record<Locale, string> = {
  en: 'Bought together by 41 customers',
  es: '41 clientes lo compraron junto',
  pl: '41 klientów kupiło to razem',
  ro: 'Cumpărat împreună de 41 de clienți',
}

/** How many products the mails that show them are about; the others get two. */
const PRODUCT_COUNTS: Record<string, number> = {
  'back-in-stock': 1,
  'price-drop': 1,
  'browse-reminder': 3,
  'cross-sell': 4,
  replenishment: 4,
  birthday: 0,
  'birthday-reminder': 0,
  'first-order-offer': 0,
  'first-order-reminder': 0,
  'second-purchase-offer': 0,
  'win-back-offer': 0,
}

const URLS: TemplateData['urls'] = {
  confirm: 'https://mail.example/confirm/6f1dC2',
  unsubscribe: 'https://mail.example/u/6f1dC2',
  preferences: 'https://mail.example/p/6f1dC2',
  viewInBrowser: 'https://mail.example/v/6f1dC2',
  survey: 'https://mail.example/s/6f1dC2',
}

/** All that a mail may show, as a shop with everything set up sends it: written as the mail's language writes it. */
export function storyData(name: string, locale: Locale, purpose: TemplateData['purpose']): TemplateData {
  const amounts = new Intl.NumberFormat(locale, { style: 'currency', currency: CURRENCIES[locale] })
  const money = (cents: number) => amounts.format(cents / 100)
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
    Date.UTC(2026, 11, 31),
  )
  const isPriceDrop = name === 'price-drop'
  const products = PRODUCTS.slice(0, PRODUCT_COUNTS[name] ?? 2).map((product, index) => ({
    name: product.name[locale],
    url: `https://shop.example/p/${product.id}`,
    imageUrl: `https://shop.example/i/${product.id}.jpg`,
    quantity: index === 0 && !(name in PRODUCT_COUNTS) ? '2' : '1',
    price: money(product.cents),
    ...(isPriceDrop ? { previousPrice: money(4_900), lowestPrice30d: money(3_900) } : {}),
  }))
  const recommendations = PRODUCTS.toReversed().map(({ id, name: names, cents }) => ({
    name: names[locale],
    url: `https://shop.example/p/${id}`,
    imageUrl: `https://shop.example/i/${id}.jpg`,
    price: money(cents),
    why: WHY[locale],
  }))
  return {
    customer: { firstName: 'Aleksandra', email: 'aleksandra@customer.example' },
    shop: { name: 'Casa Luna', url: 'https://shop.example', address: 'Calle Mayor 1\n28013 Madrid' },
    urls: URLS,
    purpose,
    products,
    recommendations,
    recommended: { next: recommendations },
    order: {
      id: 'CL-20418',
      subtotal: money(19_800),
      discount: money(1_000),
      shipping: money(490),
      tax: money(3_436),
      total: money(19_290),
      address: 'Aleksandra Kowalska\nul. Długa 12/4\n00-238 Warszawa',
    },
    coupon: { code: 'LUNA-7F3K-Q2', expiresAt: day },
    event: {
      carrier: 'DHL',
      tracking_number: '00340434161094042557',
      tracking_url: 'https://parcels.example/00340434161094042557',
      order_url: 'https://shop.example/orders/20418',
      payment_url: 'https://pay.example/20418',
      promised_at: day,
      pickup_location: 'Calle Mayor 1, 28013 Madrid',
      total: money(19_290),
      balance: 1_250,
      points: 122,
      expires_at: day,
      reward: 'LUNA-BONUS',
      lowest_price_30d: money(3_900),
    },
  }
}
