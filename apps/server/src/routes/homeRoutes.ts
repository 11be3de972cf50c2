import { Hono } from 'hono'
import { html } from 'hono/html'
import { page } from '../pages/page.ts'

/** The first page: where everything is, until the studio takes its place. */
export function createHomeRoutes({ demo, publicUrl }: { demo: boolean; publicUrl: () => string }): Hono {
  const routes = new Hono()
  routes.get('/', (context) => {
    const base = publicUrl()
    return context.html(
      page({
        locale: 'en',
        title: 'Ciclo',
        layout: 'wide',
        body: html`<h1>Ciclo is running</h1>
          <p>Events come in, customers move through their lifecycle, and the right mail goes out.</p>
          <div class="grid">
            ${
              demo
                ? html`<section class="panel">
                      <h2>Demo shop</h2>
                      <p>Look at products, sign up for the newsletter, buy something.</p>
                      <p><a class="button" href="/demo">Open the shop</a></p>
                    </section>
                    <section class="panel">
                      <h2>Mailbox</h2>
                      <p>Every mail that the demo sends, as it arrived over SMTP.</p>
                      <p><a class="button" href="/mailbox">Read the mails</a></p>
                    </section>`
                : ''
            }
            <section class="panel">
              <h2>API</h2>
              <p>Customers, and why each of them is where it is, for your secret key.</p>
              <p><a href="/api/openapi.json">OpenAPI document</a></p>
            </section>
          </div>
          <h2>Put the tracker into a shop</h2>
          <pre>&lt;script src="${base}/ciclo.js" data-key="YOUR WRITE KEY" defer&gt;&lt;/script&gt;</pre>`,
      }),
    )
  })
  return routes
}
