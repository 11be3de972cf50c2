import { order, shop, type JourneyRow } from './shippedJourneys.row.ts'

/** What is sent about an order, whoever has subscribed. */
export const ORDER_ROWS: readonly JourneyRow[] = [
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
]
