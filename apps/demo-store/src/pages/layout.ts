import { html } from 'hono/html'
import type { Page } from './page.ts'
import { newsletter } from './newsletter.ts'
import type { Shop } from './shop.ts'

interface LayoutOptions {
  title: string
  /** Which part of the shop's script runs. */
  page: 'list' | 'product' | 'cart' | 'checkout' | 'thank-you' | 'not-found'
  productId?: string
  content: Page
}

/** The frame of every page: header, footer with the newsletter, and the two scripts. */
export const layout = (shop: Shop, { title, page, productId, content }: LayoutOptions): Page => {
  const { writeKey, trackerUrl, basePath, shopName } = shop
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${shopName}</title>
        <meta
          name="description"
          content="${shopName}: coffee from four farms, and what it takes to brew it."
        />
        <link rel="icon" href="${basePath}/assets/leaf.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${basePath}/assets/shop.css" />
        <script src="${trackerUrl}" data-key="${writeKey}" data-consent="granted" defer></script>
        <script src="${basePath}/assets/shop.js" defer></script>
      </head>
      <body data-base="${basePath}" data-page="${page}" data-product="${productId ?? ''}">
        <a class="skip" href="#content">Skip to content</a>
        <header class="header">
          <div class="wrap header-row">
            <a class="brand" href="${basePath || '/'}">
              <img src="${basePath}/assets/leaf.svg" alt="" width="32" height="32" />
              <span>${shopName}</span>
            </a>
            <nav class="nav" aria-label="Shop">
              <a href="${basePath || '/'}#coffee">Coffee</a>
              <a href="${basePath || '/'}#gear">Gear</a>
              <a class="cart-link" href="${basePath}/cart" data-testid="cart-link">
                Cart
                <span class="count"><span data-cart-count>0</span><span class="unseen"> items</span></span>
              </a>
            </nav>
          </div>
        </header>
        <main id="content" tabindex="-1">${content}</main>
        <footer class="footer">
          <div class="wrap footer-row">
            ${newsletter(shop)}
            <div class="about">
              <p class="brand-line">${shopName}</p>
              <p>Roasted on Tuesdays, sent on Wednesdays. At least in the story that we tell here.</p>
              <p class="notice" data-testid="demo-notice">
                This is a demo: nothing is sold or shipped. It tracks this visit, as a shop with Ciclo does,
                and writes to the addresses that it is given.
                <a href="/mailbox">Read the mails that this demo sends</a>.
              </p>
            </div>
          </div>
        </footer>
      </body>
    </html>`
}
