import { html } from 'hono/html'
import type { Html } from './page.ts'

export interface Notice {
  title: string
  text: string
  /** With it the page is a form that posts to its own address. */
  button?: string
  /** What may be done besides. */
  more?: Html
}

/** A heading, a sentence, and at most one thing to do: the short pages that a mail's link leads to. */
export function noticeBody({ title, text, button, more }: Notice): Html {
  // A form without an action posts to where it was fetched from, token and all.
  const form = button ? html`<form method="post"><button type="submit">${button}</button></form>` : ''
  return html`<h1>${title}</h1>
    <p>${text}</p>
    ${form} ${more ?? ''}`
}
