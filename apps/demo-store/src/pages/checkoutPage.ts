import { html } from 'hono/html'
import { layout } from './layout.ts'
import type { Page } from './page.ts'
import type { Shop } from './shop.ts'

interface Field {
  name: string
  label: string
  autocomplete: string
  type?: 'text' | 'email'
  value?: string
}

// Nothing is shipped, so a made-up address is as good as any and saves the visitor's typing.
const fields: readonly Field[] = [
  { name: 'name', label: 'Name', autocomplete: 'name' },
  { name: 'email', label: 'E-mail address', autocomplete: 'email', type: 'email' },
  { name: 'address', label: 'Street and number', autocomplete: 'street-address', value: '7 Harbour Lane' },
  { name: 'postcode', label: 'Postcode', autocomplete: 'postal-code', value: '10115' },
  { name: 'city', label: 'City', autocomplete: 'address-level2', value: 'Berlin' },
]

const fieldRow = ({ name, label, autocomplete, type = 'text', value = '' }: Field): Page => html`
  <div class="field field-${name}">
    <label class="label" for="checkout-${name}">${label}</label>
    <input
      id="checkout-${name}"
      name="${name}"
      type="${type}"
      autocomplete="${autocomplete}"
      value="${value}"
      required
      data-testid="checkout-${name}"
    />
  </div>
`

export const checkoutPage = (shop: Shop): Page =>
  layout(shop, {
    title: 'Checkout',
    page: 'checkout',
    content: html`
      <section class="wrap narrow">
        <h1>Checkout</h1>
        <noscript><p>This shop keeps its cart in your browser and needs JavaScript for that.</p></noscript>
        <div data-empty hidden>
          <p class="lead">There is nothing in your cart yet.</p>
          <a class="button" href="${shop.basePath || '/'}">Choose a coffee</a>
        </div>
        <div class="checkout" data-filled hidden>
          <form class="fields" id="checkout" data-checkout>
            ${fields.map(fieldRow)}
            <p class="hint field-hint">No payment is asked for, because nothing is sold.</p>
            <p class="hint field-hint" role="alert" data-failed hidden>
              The shop could not take your order. Please try again in a moment.
            </p>
            <button type="submit" class="button wide" data-testid="place-order">Place the order</button>
          </form>
          <aside class="summary-box" aria-labelledby="summary-title">
            <h2 id="summary-title">Your order</h2>
            <ul class="lines small" role="list" data-lines></ul>
            <dl class="sums" data-sums></dl>
          </aside>
        </div>
      </section>
    `,
  })
