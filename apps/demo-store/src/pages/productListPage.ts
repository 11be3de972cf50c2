import { html } from 'hono/html'
import type { Product } from '../catalog.ts'
import { formatMoney } from '../formatMoney.ts'
import { layout } from './layout.ts'
import type { Page } from './page.ts'
import type { Shop } from './shop.ts'

const card = ({ basePath }: Shop, product: Product): Page => html`
  <li>
    <a
      class="card"
      href="${basePath}/products/${product.id}"
      data-testid="product-card"
      data-product="${product.id}"
    >
      <img src="${basePath}/assets/${product.id}.svg" alt="" width="400" height="400" loading="lazy" />
      <span class="card-text">
        <span class="origin">${product.origin}</span>
        <span class="card-name">${product.name}</span>
        <span class="summary">${product.summary}</span>
        <span class="price">${formatMoney(product.price)}</span>
      </span>
    </a>
  </li>
`

const shelf = (shop: Shop, category: Product['category'], products: readonly Product[]): Page => html`
  <section
    class="wrap shelf"
    id="${category.toLowerCase()}"
    aria-labelledby="${category.toLowerCase()}-title"
  >
    <h2 id="${category.toLowerCase()}-title">${category}</h2>
    <ul class="grid" role="list">
      ${products.filter((product) => product.category === category).map((product) => card(shop, product))}
    </ul>
  </section>
`

export const productListPage = (shop: Shop, products: readonly Product[]): Page =>
  layout(shop, {
    title: 'Coffee and gear',
    page: 'list',
    content: html`
      <section class="hero">
        <div class="wrap hero-row">
          <div>
            <h1>Coffee that remembers where it grew</h1>
            <p class="lead">
              Four farms, roasted in small drums and sent the day after. And the few tools that we would not
              brew without.
            </p>
            <a class="button" href="#coffee">Choose a coffee</a>
          </div>
          <img class="hills" src="${shop.basePath}/assets/hills.svg" alt="" width="640" height="420" />
        </div>
      </section>
      ${shelf(shop, 'Coffee', products)} ${shelf(shop, 'Gear', products)}
    `,
  })
