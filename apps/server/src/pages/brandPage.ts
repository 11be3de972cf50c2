import type { Settings } from '@ciclo/engine'
import type { Locale } from '@ciclo/templates'
import type { Context } from 'hono'
import { html } from 'hono/html'
import { brandStyleUrl } from './brandStyle.ts'
import { page, PAGE_CSP, type Html } from './page.ts'

/** What a page that a mail leads to says. */
export interface BrandPage {
  title: string
  body: Html
}

/** Whose page it is. */
export interface PageShop {
  workspaceId: string
  settings: Pick<Settings, 'brand' | 'shop'>
}

/** The shop's name, or its logo: a person who comes from a mail sees at once where they are. */
function mastheadOf({ settings: { brand, shop } }: PageShop): Html {
  return html`<p class="masthead">
    ${brand.logoUrl ? html`<img src="${brand.logoUrl}" alt="${shop.name}" width="${brand.logoWidth}" />` : shop.name}
  </p>`
}

/**
 * A page in the look of the shop, where it is known whose it is.
 *
 * @param context gets the policy that lets the shop's logo in
 */
export function brandPage(
  locale: Locale,
  shop: PageShop | null,
  { title, body }: BrandPage,
  context?: Context,
): Html {
  const logo = URL.parse(shop?.settings.brand.logoUrl ?? '')
  if (logo && context)
    context.header('content-security-policy', PAGE_CSP.replace('img-src', `img-src ${logo.origin}`))
  return page({
    locale,
    title: shop ? `${title} · ${shop.settings.shop.name}` : title,
    ...(shop ? { style: brandStyleUrl(shop.workspaceId, shop.settings.brand) } : {}),
    body: html`${shop ? mastheadOf(shop) : ''}
      <div class="panel">${body}</div>`,
  })
}
