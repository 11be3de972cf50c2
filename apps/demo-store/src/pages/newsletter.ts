import { html } from 'hono/html'
import type { Page } from './page.ts'
import type { Shop } from './shop.ts'

/** The tracker recognises this form by itself: one e-mail field, and a checkbox whose text it keeps as proof. */
export const newsletter = ({ shopName }: Shop): Page => html`
  <section class="newsletter" aria-labelledby="newsletter-title">
    <h2 id="newsletter-title">Letters from the roastery</h2>
    <p>Twice a month: a new harvest, a recipe, and now and then something off the price.</p>
    <form id="newsletter" data-newsletter>
      <label class="label" for="newsletter-email">E-mail address</label>
      <div class="inline">
        <input
          id="newsletter-email"
          name="email"
          type="email"
          autocomplete="email"
          placeholder="you@example.com"
          required
          data-testid="newsletter-email"
        />
        <button type="submit" class="button" data-testid="newsletter-submit">Sign up</button>
      </div>
      <div class="check">
        <input
          id="newsletter-consent"
          name="consent"
          type="checkbox"
          required
          data-testid="newsletter-consent"
        />
        <label for="newsletter-consent"
          >Yes, ${shopName} may send me news and offers by e-mail and see which of them I open. I can
          unsubscribe in every mail.</label
        >
      </div>
    </form>
    <p class="done" role="status" data-newsletter-done data-testid="newsletter-done"></p>
  </section>
`
