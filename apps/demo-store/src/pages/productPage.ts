import { html } from 'hono/html'
import type { Product } from '../catalog.ts'
import { formatMoney } from '../formatMoney.ts'
import { layout } from './layout.ts'
import type { Page } from './page.ts'
import type { Shop } from './shop.ts'

export const productPage = (shop: Shop, product: Product): Page =>
  layout(shop, {
    title: product.name,
    page: 'product',
    productId: product.id,
    content: html`
      <article class="wrap product">
        <nav class="trail" aria-label="Where you are">
          <a href="${shop.basePath || '/'}">Shop</a> <span aria-hidden="true">/</span>
          <a href="${shop.basePath || '/'}#${product.category.toLowerCase()}">${product.category}</a>
        </nav>
        <img
          class="product-image"
          src="${shop.basePath}/assets/${product.id}.svg"
          alt="Drawing of ${product.name}"
          width="400"
          height="400"
        />
        <div class="product-text">
          <p class="origin">${product.origin}</p>
          <h1>${product.name}</h1>
          <p class="lead">${product.summary}</p>
          <p>${product.description}</p>
          <dl class="facts">
            ${product.facts.map(
              ([name, value]) =>
                html`<div>
                  <dt>${name}</dt>
                  <dd>${value}</dd>
                </div>`,
            )}
          </dl>
          <form class="buy" data-buy>
            <p class="price" data-testid="product-price">${formatMoney(product.price)}</p>
            <div class="quantity">
              <label class="label" for="quantity">Quantity</label>
              <select id="quantity" name="quantity" data-testid="quantity">
                ${[1, 2, 3, 4, 5, 6].map((count) => html`<option value="${count}">${count}</option>`)}
              </select>
            </div>
            <button type="submit" class="button" data-testid="add-to-cart">Add to cart</button>
          </form>
          <p class="done" role="status" data-buy-done data-testid="added"></p>
        </div>
      </article>
    `,
  })
