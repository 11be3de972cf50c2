import type { Locale } from '@ciclo/templates'
import { html } from 'hono/html'
import { page, type Html } from './page.ts'
import { PAGE_STRINGS, type PageStrings } from './pageStrings.ts'

/** Which strings a page shows. With a button it is a form that posts to its own address. */
export interface Notice {
  title: keyof PageStrings
  text: keyof PageStrings
  button?: keyof PageStrings
}

/** One of the short pages that a mail's link leads to, in the mail's language. */
export function noticePage(locale: Locale, { title, text, button }: Notice): Html {
  const strings = PAGE_STRINGS[locale]
  // A form without an action posts to where it was fetched from, token and all.
  const form = button
    ? html`<form method="post"><button type="submit">${strings[button]}</button></form>`
    : ''
  return page({
    locale,
    title: strings[title],
    body: html`<div class="panel">
      <h1>${strings[title]}</h1>
      <p>${strings[text]}</p>
      ${form}
    </div>`,
  })
}
