import { html } from 'hono/html'
import { layout } from './layout.ts'
import type { Page } from './page.ts'
import type { Shop } from './shop.ts'

export const notFoundPage = (shop: Shop): Page =>
  layout(shop, {
    title: 'Not found',
    page: 'not-found',
    content: html`
      <section class="wrap narrow thanks">
        <h1>We do not have that</h1>
        <p class="lead">Perhaps the harvest is over, perhaps the address has a typo.</p>
        <a class="button" href="${shop.basePath || '/'}">See what there is</a>
      </section>
    `,
  })
