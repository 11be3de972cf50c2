import type { Locale } from '@ciclo/templates'

const DAY = 24

/** Who says it: the shop's server, or the customer's browser, which the shop knows from the first event on. */
type Sender = 'shop' | 'browser'

type Properties = Record<string, unknown>

/** `[hours after the row's start, who, name, properties]`; `Confirmed` presses the button of the confirmation mail. */
export type Happening = readonly [hours: number, by: Sender, name: string, properties?: Properties]

/**
 * `[hours after the row's start, template, what the mail shows ...]`: words of its subject or text; what begins with a
 * slash or `https:` is where one of its links leads, on this server or elsewhere.
 */
export type ExpectedMail = readonly [hours: number, template: string, ...shows: string[]]

export interface JourneyRow {
  journey: string
  locale: Locale
  timezone?: string
  /** All that the shop knows of the customer besides, given the day on which the row starts. */
  traits?: (start: Date) => Properties
  /** Nothing is said of the customer by the shop: only what happens says who it is. */
  isStranger?: boolean
  /** How long the row lasts; all end together. */
  days: number
  events: readonly Happening[]
  expected: readonly ExpectedMail[]
  permission?: string
}

const shop = (hours: number, name: string, properties?: Properties): Happening => [
  hours,
  'shop',
  name,
  properties ?? {},
]
const browser = (hours: number, name: string, properties?: Properties): Happening => [
  hours,
  'browser',
  name,
  properties ?? {},
]
/** Where it comes with an order: the box at the end of the checkout. Before an order it is a newcomer's. */
const subscribed = shop(0, 'Subscribed', { method: 'form' })

/** As a shop's server tells it: two bags of coffee and a dripper of the demo's catalogue. */
const order = (hours: number, id: string, total = 54): Happening =>
  shop(hours, 'Order Completed', {
    order_id: id,
    total,
    currency: 'EUR',
    order_url: `https://shop.example/orders/${id}`,
    products: [
      { product_id: 'sidama', sku: 'COF-SID-250', name: 'Sidama', price: 15, quantity: 2 },
      { product_id: 'dripper', sku: 'GEA-DRI', name: 'Ceramic Dripper', price: 24, quantity: 1 },
    ],
  })

/** What every new subscriber gets who orders nothing, until so many days have passed. */
const welcomed = (days: number): ExpectedMail[] =>
  (
    [
      [0, 'welcome'],
      [2 * DAY, 'welcome-2'],
      [4 * DAY, 'welcome-3'],
      [7 * DAY, 'first-order-offer'],
      [19 * DAY, 'first-order-reminder'],
    ] as const
  ).filter(([hours]) => hours <= days * DAY)

/** What every subscriber gets who orders once at the start, and of whose parcel nobody tells. */
const bought = (id: string, days: number): ExpectedMail[] =>
  (
    [
      [0, 'order-confirmation', id],
      [0, 'welcome'],
      [DAY, 'thank-you'],
      [14 * DAY, 'review-request'],
      [21 * DAY, 'review-reminder'],
      [30 * DAY, 'second-purchase'],
      [44 * DAY, 'second-purchase-offer'],
      [90 * DAY, 'at-risk'],
      [97 * DAY, 'at-risk-help'],
    ] as const
  ).filter(([hours]) => hours <= days * DAY)

/** `11-22`, so many days after the start. */
const dayAfter = (start: Date, days: number) =>
  new Date(start.getTime() + days * 86_400_000).toISOString().slice(5, 10)

/** Each shipped journey once, with everything else that the same customer gets: all of them are on. */
export const JOURNEY_ROWS: readonly JourneyRow[] = [
  {
    journey: 'opt-in-confirmation',
    locale: 'es',
    isStranger: true,
    days: 8,
    events: [browser(0, 'Subscribed'), browser(3, 'Subscribed')],
    expected: [[0, 'opt-in-confirmation', 'Confirma tu suscripción a Cafetal', '/confirm/']],
    permission: 'none',
  },
  {
    journey: 'welcome',
    locale: 'en',
    isStranger: true,
    days: 5,
    events: [browser(0, 'Subscribed'), browser(1, 'Confirmed')],
    expected: [
      [0, 'opt-in-confirmation', 'Please confirm your subscription to Cafetal'],
      [1, 'welcome', 'Welcome to Cafetal', '/demo'],
      [49, 'welcome-2', 'A little more about Cafetal'],
      [97, 'welcome-3', 'Can we help you find something?'],
    ],
    permission: 'subscribed',
  },
  {
    journey: 'first-order-offer',
    locale: 'pl',
    days: 20,
    events: [subscribed],
    expected: [
      ...welcomed(4),
      [7 * DAY, 'first-order-offer', 'Twój kod na pierwsze zamówienie', 'FIRST-', 'Ważny do:'],
      [19 * DAY, 'first-order-reminder', 'Przypomnienie o Twoim kodzie', 'FIRST-', 'Ważny do:'],
    ],
  },
  {
    journey: 'browse-abandonment',
    locale: 'ro',
    days: 2,
    events: [
      subscribed,
      browser(1, 'Product Viewed', { product_id: 'huila', name: 'Free money' }),
      browser(2, 'Product Viewed', { product_id: 'kettle' }),
    ],
    expected: [
      [0, 'welcome', 'Bun venit la Cafetal'],
      [4, 'browse-reminder', 'Vrei să te mai uiți o dată?', 'Gooseneck Kettle', '/demo/products/kettle'],
      [26, 'browse-reminder', 'Gooseneck Kettle'],
      [2 * DAY, 'welcome-2'],
    ],
  },
  {
    journey: 'cart-abandonment',
    locale: 'es',
    days: 4,
    events: [
      subscribed,
      browser(1, 'Product Viewed', { product_id: 'sidama' }),
      browser(1, 'Product Added', { cart_id: 'c1', product_id: 'sidama', quantity: 2 }),
      browser(2, 'Product Added', { cart_id: 'c1', product_id: 'cup', name: 'Free money', quantity: 1 }),
    ],
    expected: [
      [0, 'welcome', 'Te damos la bienvenida a Cafetal'],
      [6, 'cart-reminder', 'Hay algo en tu cesta', 'Sidama', '2 × 15,00 €', '/demo/products/sidama'],
      [26, 'cart-reminder', 'Sidama', 'Stoneware Cup', '16,00 €'],
      [2 * DAY, 'welcome-2'],
      [74, 'cart-offer', '¿Sigues queriendo lo que hay en tu cesta?', 'Sidama', 'Stoneware Cup'],
      [4 * DAY, 'welcome-3'],
    ],
  },
  {
    journey: 'checkout-abandonment',
    locale: 'pl',
    days: 4,
    events: [
      subscribed,
      browser(1, 'Product Added', { cart_id: 'c2', product_id: 'grinder' }),
      browser(2, 'Checkout Started', {
        cart_id: 'c2',
        checkout_id: 'k2',
        currency: 'EUR',
        products: [{ product_id: 'grinder', quantity: 1 }],
      }),
    ],
    expected: [
      [0, 'welcome', 'Witamy w sklepie Cafetal'],
      [4, 'checkout-reminder', 'Twoje zamówienie nie jest jeszcze złożone', 'Hand Grinder', '72,00 €'],
      [26, 'checkout-reminder', 'Hand Grinder', '/demo/products/grinder'],
      [2 * DAY, 'welcome-2'],
      [74, 'checkout-offer', 'Zamówienie nadal aktualne?', 'Hand Grinder'],
      [4 * DAY, 'welcome-3'],
    ],
  },
  {
    journey: 'order-confirmation',
    locale: 'es',
    days: 2,
    // Told twice, as after a timeout of the shop's own server.
    events: [order(0, 'o-1001'), order(1, 'o-1001')],
    expected: [
      [
        0,
        'order-confirmation',
        'Hemos recibido tu pedido o-1001',
        'Sidama',
        '2 × 15,00 €',
        'Ceramic Dripper',
        '24,00 €',
        '54,00 €',
      ],
    ],
  },
  {
    journey: 'payment-pending',
    locale: 'ro',
    days: 2,
    events: [
      shop(0, 'Payment Pending', { order_id: 'o-1002', payment_url: 'https://pay.example/o-1002' }),
      shop(30, 'Payment Completed', { order_id: 'o-1002' }),
    ],
    expected: [
      [1, 'payment-pending', 'Plata comenzii tale este în așteptare', 'o-1002', 'https://pay.example/o-1002'],
      [24, 'payment-pending', 'o-1002'],
    ],
  },
  {
    journey: 'payment-failed',
    locale: 'en',
    days: 2,
    events: [
      shop(0, 'Payment Pending', { order_id: 'o-1003', payment_url: 'https://pay.example/o-1003' }),
      shop(0, 'Payment Failed', { order_id: 'o-1003', payment_url: 'https://pay.example/o-1003' }),
    ],
    expected: [
      [1, 'payment-failed', 'The payment for your order did not go through', 'https://pay.example/o-1003'],
      [24, 'payment-failed', 'o-1003'],
    ],
  },
  {
    journey: 'thank-you',
    locale: 'es',
    days: 2,
    events: [order(0, 'o-1004'), subscribed],
    expected: [
      [0, 'order-confirmation', 'o-1004'],
      [0, 'welcome'],
      [DAY, 'thank-you', 'Gracias por tu primer pedido'],
    ],
  },
  {
    journey: 'order-shipped',
    locale: 'pl',
    days: 2,
    events: [
      order(0, 'o-1005'),
      shop(24, 'Order Shipped', {
        order_id: 'o-1005',
        carrier: 'InPost',
        tracking_number: 'PL-77-001',
        tracking_url: 'https://track.example/PL-77-001',
        promised_at: '2031-10-02',
      }),
    ],
    expected: [
      [0, 'order-confirmation', 'Mamy Twoje zamówienie o-1005', '54,00 €'],
      [
        24,
        'order-shipped',
        'Zamówienie o-1005 jest w drodze',
        'InPost',
        'PL-77-001',
        '2 października 2031',
        'https://track.example/PL-77-001',
      ],
    ],
  },
  {
    journey: 'order-ready',
    locale: 'ro',
    days: 2,
    events: [shop(0, 'Order Ready for Pickup', { order_id: 'o-1006', pickup_location: 'Strada Lipscani 5' })],
    expected: [[0, 'order-ready', 'Comanda ta o-1006 te așteaptă', 'Strada Lipscani 5']],
  },
  {
    journey: 'order-delivered',
    locale: 'en',
    days: 2,
    events: [shop(0, 'Order Delivered', { order_id: 'o-1007' })],
    expected: [[0, 'order-delivered', 'Your order o-1007 has been delivered']],
  },
  {
    journey: 'order-late',
    locale: 'es',
    days: 2,
    events: [shop(0, 'Order Delayed', { order_id: 'o-1008', promised_at: '2031-10-02' })],
    expected: [[0, 'order-late', 'Tu pedido o-1008 tarda más de lo previsto']],
  },
  {
    journey: 'withdrawal',
    locale: 'pl',
    days: 2,
    events: [shop(0, 'Withdrawal Requested', { order_id: 'o-1009', return_id: 'r-9' })],
    expected: [[0, 'withdrawal-received', 'Odstąpienie od umowy dotarło do nas', 'o-1009']],
  },
  {
    journey: 'return',
    locale: 'ro',
    days: 2,
    events: [
      shop(0, 'Return Requested', { order_id: 'o-1010', return_id: 'r-10' }),
      shop(24, 'Return Received', { order_id: 'o-1010', return_id: 'r-10' }),
    ],
    expected: [[24, 'return-received', 'Returul tău a ajuns', 'o-1010']],
  },
  {
    journey: 'refund',
    locale: 'en',
    days: 2,
    events: [
      order(0, 'o-1011'),
      shop(24, 'Order Refunded', { order_id: 'o-1011', total: '12.50', currency: 'EUR' }),
    ],
    expected: [
      [0, 'order-confirmation', 'We have received your order o-1011', '€54.00'],
      [24, 'refund-issued', 'Your refund is on its way', 'o-1011', '€12.50'],
    ],
  },
  {
    journey: 'review-request',
    locale: 'ro',
    days: 20,
    events: [order(0, 'o-1012'), subscribed, shop(3 * DAY, 'Order Delivered', { order_id: 'o-1012' })],
    expected: [
      ...bought('o-1012', 1),
      [3 * DAY, 'order-delivered', 'Comanda ta o-1012 a fost livrată'],
      [10 * DAY, 'review-request', 'Ce părere ai despre ce ai comandat?', 'Sidama', 'Ceramic Dripper'],
      [17 * DAY, 'review-reminder', 'Le spui și altora ce părere ai?', 'Sidama'],
    ],
  },
  {
    journey: 'second-purchase',
    locale: 'es',
    days: 45,
    events: [order(0, 'o-1013'), subscribed],
    expected: [
      ...bought('o-1013', 29),
      [30 * DAY, 'second-purchase', 'Más cosas que quizá te gusten'],
      [44 * DAY, 'second-purchase-offer', 'Nos alegraría volver a verte'],
    ],
  },
  {
    journey: 'cross-sell',
    locale: 'pl',
    days: 20,
    events: [
      order(0, 'o-1014'),
      subscribed,
      shop(DAY, 'Order Shipped', { order_id: 'o-1014' }),
      shop(3 * DAY, 'Order Delivered', { order_id: 'o-1014' }),
    ],
    expected: [
      ...bought('o-1014', 1),
      [DAY, 'order-shipped', 'o-1014'],
      [3 * DAY, 'order-delivered', 'o-1014'],
      [10 * DAY, 'review-request', 'Jak oceniasz swoje zakupy?'],
      [15 * DAY, 'cross-sell', 'Co pasuje do Twojego zamówienia'],
      [17 * DAY, 'review-reminder', 'Podzielisz się opinią?'],
    ],
  },
  {
    journey: 'vip',
    locale: 'ro',
    days: 2,
    events: [subscribed, order(1, 'o-1015', 2_000)],
    expected: [
      [0, 'welcome'],
      [1, 'order-confirmation', 'o-1015', '2.000,00 EUR'],
      [1, 'vip', 'Ești printre cei mai buni clienți ai noștri'],
      [25, 'thank-you'],
    ],
  },
  {
    journey: 'points-summary',
    locale: 'es',
    // All rows end on the 1st of a month at noon: it comes two hours before.
    days: 2,
    events: [subscribed, shop(0, 'Points Balance Changed', { balance: 120 })],
    expected: [
      [0, 'welcome'],
      [2 * DAY - 2, 'points-summary', 'Tus puntos', 'El saldo de tus puntos en Cafetal ha cambiado'],
      [2 * DAY, 'welcome-2'],
    ],
  },
  {
    journey: 'points-expiring',
    locale: 'pl',
    days: 28,
    events: [subscribed, shop(0, 'Points Expiring', { points: 122, expires_at: '2031-10-04' })],
    expected: [
      ...welcomed(28),
      [0, 'points-expiring', 'Część Twoich punktów straci ważność', '122 punkty', '4 października 2031'],
      [23 * DAY, 'points-expiring', '122 punkty'],
    ],
  },
  {
    journey: 'birthday',
    locale: 'es',
    timezone: 'America/Bogota',
    traits: (start) => ({ birthday: `1990-${dayAfter(start, 33)}` }),
    days: 45,
    events: [shop(31 * DAY, 'Subscribed')],
    expected: [
      ...welcomed(14).map(([hours, template]): ExpectedMail => [31 * DAY + hours, template]),
      // 9:00 in Bogotá, two hours after the noon of UTC at which the row began.
      [33 * DAY + 2, 'birthday', '¡Feliz cumpleaños!'],
      [40 * DAY + 2, 'birthday-reminder', '¿Qué tal tu cumpleaños?'],
    ],
  },
  {
    journey: 'at-risk',
    locale: 'pl',
    days: 98,
    events: [order(0, 'o-1016'), subscribed],
    expected: [
      ...bought('o-1016', 89),
      [90 * DAY, 'at-risk', 'Co nowego w sklepie Cafetal'],
      [97 * DAY, 'at-risk-help', 'Możemy coś dla Ciebie zrobić?'],
    ],
  },
  {
    journey: 'no-return',
    locale: 'ro',
    days: 62,
    events: [order(0, 'o-1017'), subscribed, order(31 * DAY, 'o-1018')],
    expected: [
      ...bought('o-1017', 30),
      [31 * DAY, 'order-confirmation', 'o-1018'],
      [32 * DAY, 'thank-you-again', 'Îți mulțumim pentru o nouă comandă'],
      [45 * DAY, 'review-request'],
      [52 * DAY, 'review-reminder'],
      // 9:00 after 30 days without another order.
      [61 * DAY + 21, 'no-return', 'Cum a fost comanda ta?'],
    ],
  },
  {
    journey: 'win-back',
    locale: 'es',
    days: 198,
    events: [order(0, 'o-1019'), subscribed],
    expected: [
      ...bought('o-1019', 179),
      [180 * DAY, 'win-back', 'Nos encantaría volver a verte'],
      [187 * DAY, 'win-back-offer', 'La puerta está abierta'],
      [194 * DAY, 'why-you-left', 'Una pregunta, si tienes un momento', '/demo/?answer=price'],
    ],
  },
  {
    journey: 'inactive-prospect',
    locale: 'en',
    days: 68,
    events: [subscribed],
    expected: [
      ...welcomed(59),
      [60 * DAY, 'inactive-prospect', 'Have you seen what is new?'],
      [67 * DAY, 'inactive-preferences', 'What would you like to hear from us?', '/p/'],
    ],
  },
  {
    journey: 'referral',
    locale: 'ro',
    days: 4,
    events: [subscribed, shop(1, 'Survey Answered', { score: 10 })],
    expected: [...welcomed(4), [49, 'referral', 'Știi pe cineva căruia i-am plăcea?']],
  },
  {
    journey: 'referral-reward',
    locale: 'pl',
    days: 2,
    events: [shop(0, 'Reward Earned', { reward: 'Kubek w prezencie' })],
    expected: [[0, 'referral-reward', 'Twoja nagroda za polecenie', 'Kubek w prezencie']],
  },
  {
    journey: 'sunset',
    locale: 'en',
    days: 104,
    events: [
      subscribed,
      ...[20, 30, 40].map((day) => shop(day * DAY, 'Price Dropped', { product_id: 'huila', price: 12 })),
    ],
    expected: [
      ...welcomed(59),
      ...[20, 30, 40].map((day): ExpectedMail => [day * DAY + 22, 'price-drop', 'Huila']),
      [60 * DAY, 'inactive-prospect'],
      [67 * DAY, 'inactive-preferences'],
      // The ten mails before it were answered by nothing.
      [90 * DAY, 'sunset', 'Would you still like to hear from us?'],
      [97 * DAY, 'sunset-last', 'We will stop writing soon'],
    ],
    permission: 'unsubscribed',
  },
  {
    journey: 'back-in-stock',
    locale: 'ro',
    days: 4,
    events: [
      browser(0, 'Back in Stock Requested', { product_id: 'antigua' }),
      shop(48, 'Product Back in Stock', { product_id: 'antigua' }),
    ],
    expected: [[48, 'back-in-stock', 'Este din nou în stoc', 'Antigua', '/demo/products/antigua']],
  },
  {
    journey: 'price-drop',
    locale: 'es',
    timezone: 'America/Bogota',
    days: 1,
    events: [
      subscribed,
      shop(0, 'Price Dropped', {
        product_id: 'antigua',
        price: 11.5,
        previous_price: 14,
        lowest_price_30d: 13.5,
        currency: 'EUR',
      }),
    ],
    expected: [
      [0, 'welcome'],
      // 10:00 in Bogotá.
      [3, 'price-drop', 'Algo que viste ahora cuesta menos', 'Antigua', '11,50', '13,50'],
    ],
  },
  {
    journey: 'replenishment',
    locale: 'en',
    days: 45,
    events: [order(0, 'o-1020'), subscribed, order(14 * DAY, 'o-1021'), order(28 * DAY, 'o-1022')],
    expected: [
      ...bought('o-1020', 29),
      [14 * DAY, 'order-confirmation', 'o-1021'],
      [28 * DAY, 'order-confirmation', 'o-1022'],
      // And two when the next order is to be expected, which the shop's customers together say.
    ],
  },
]
