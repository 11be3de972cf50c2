import { html } from 'hono/html'
import { layout } from './layout.ts'
import type { Page } from './page.ts'
import type { Shop } from './shop.ts'

/** The cart lives in the browser, so the shop's script fills this page. */
export const cartPage = (shop: Shop): Page =>
  layout(shop, {
    title: 'Your cart',
    page: 'cart',
    content: html`
      <section class="wrap narrow">
        <h1>Your cart</h1>
        <noscript><p>This shop keeps its cart in your browser and needs JavaScript for that.</p></noscript>
        <div data-empty hidden>
          <p class="lead">Nothing in it yet.</p>
          <a class="button" href="${shop.basePath || '/'}">Choose a coffee</a>
        </div>
        <div data-filled hidden>
          <ul class="lines" role="list" data-lines></ul>
          <dl class="sums" data-sums></dl>
          <a class="button wide" href="${shop.basePath}/checkout" data-testid="checkout-link"
            >Go to checkout</a
          >
        </div>
      </section>
    `,
  })
