import { html } from 'hono/html'
import { page, type Html } from './page.ts'

/** For a person who followed a wrong address; programs get a problem instead. */
export function notFoundPage(): Html {
  return page({
    locale: 'en',
    title: 'Nothing here',
    body: html`<div class="panel">
      <h1>There is nothing here</h1>
      <p>The address may be mistyped, or what stood here has moved.</p>
      <p><a href="/">To the first page</a></p>
    </div>`,
  })
}
