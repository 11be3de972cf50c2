import { html } from 'hono/html'
import { layout } from './layout.ts'
import type { Page } from './page.ts'
import type { Shop } from './shop.ts'

export const thankYouPage = (shop: Shop): Page =>
  layout(shop, {
    title: 'Thank you',
    page: 'thank-you',
    content: html`
      <section class="wrap narrow thanks" data-testid="thank-you">
        <h1>Thank you<span data-customer></span>!</h1>
        <p class="lead" data-order hidden>
          Your order <strong data-order-id data-testid="order-id"></strong> for
          <strong data-order-total data-testid="order-total"></strong> is on its imaginary way.
        </p>
        <p>What a shop would write to you now is in the <a href="/mailbox">mailbox of this demo</a>.</p>
        <a class="button" href="${shop.basePath || '/'}">Back to the shop</a>
      </section>
    `,
  })
