import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Mailbox, MailboxEntry } from '../mail/mailbox.ts'
import { page } from '../pages/page.ts'

const LISTED = 200

const from = ({ email }: MailboxEntry) => email.from?.address ?? ''
const to = ({ email }: MailboxEntry) => (email.to ?? []).map(({ address }) => address ?? '').join(', ')

const timeFormat = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
})

/** When the mail says that it was sent, in words: `22 Nov 2026, 03:36 UTC`. */
function sentAt({ email: { date } }: MailboxEntry): string {
  const time = Date.parse(date ?? '')
  return Number.isNaN(time) ? (date ?? '') : `${timeFormat.format(time)} UTC`
}

/** The mails that the demo sent, as they arrived over SMTP. */
export function createMailboxRoutes(mailbox: Mailbox): Hono {
  const routes = new Hono()

  routes.get('/mailbox', async (context) => {
    const entries = await mailbox.list(LISTED)
    return context.html(
      page({
        locale: 'en',
        title: 'Mailbox',
        layout: 'wide',
        body: html`<h1>Mailbox</h1>
          <p class="soft">
            Every mail that this demo sends ends here, as it arrived over SMTP, and goes nowhere else.
          </p>
          <div class="panel">
            ${
              entries.length === 0
                ? html`<p>No mail yet. Sign up for the newsletter in the <a href="/demo">demo shop</a>.</p>`
                : html`<ul class="list">
                    ${entries.map(
                      (entry) =>
                        html`<li>
                          <a class="row" href="/mailbox/${entry.id}">
                            <strong>${entry.email.subject}</strong>
                            <span class="soft">${sentAt(entry)}</span>
                            <span class="soft">to ${to(entry)}</span>
                          </a>
                        </li>`,
                    )}
                  </ul>`
            }
          </div>`,
      }),
    )
  })

  routes.get('/mailbox/messages', async (context) => {
    const entries = await mailbox.list(LISTED)
    return context.json({
      messages: entries.map((entry) => ({
        id: entry.id,
        from: from(entry),
        to: (entry.email.to ?? []).map(({ address }) => address),
        subject: entry.email.subject,
        messageId: entry.email.messageId,
        date: entry.email.date,
      })),
    })
  })

  routes.get('/mailbox/:id', async (context) => {
    const entry = await mailbox.read(context.req.param('id'))
    if (!entry) return context.notFound()
    const { email, id } = entry
    const header = (name: string) => email.headers.find(({ key }) => key === name)?.value
    const shown = ['list-unsubscribe', 'list-unsubscribe-post', 'list-id', 'feedback-id', 'message-id']
    return context.html(
      page({
        locale: 'en',
        title: email.subject ?? 'Mail',
        layout: 'wide',
        body: html`<nav><a href="/mailbox">Mailbox</a></nav>
          <div class="panel">
            <h1>${email.subject}</h1>
            <dl>
              <dt>From</dt>
              <dd>${email.from?.name ?? ''} &lt;${from(entry)}&gt;</dd>
              <dt>To</dt>
              <dd>${to(entry)}</dd>
              <dt>Sent</dt>
              <dd>${sentAt(entry)}</dd>
            </dl>
            <iframe
              title="The mail as a reader sees it"
              src="/mailbox/${id}/html"
              sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
            ></iframe>
            <h2>Text part</h2>
            <pre>${email.text ?? ''}</pre>
            <h2>Headers</h2>
            <dl>
              ${shown.map((name) =>
                header(name)
                  ? html`<dt>${name}</dt>
                      <dd>${header(name)}</dd>`
                  : '',
              )}
            </dl>
            <p><a href="/mailbox/${id}/raw">The raw mail</a></p>
          </div>`,
      }),
    )
  })

  routes.get('/mailbox/:id/html', async (context) => {
    const entry = await mailbox.read(context.req.param('id'))
    if (!entry) return context.notFound()
    // A mail is somebody else's page: sandboxed, no script, its own policy. Its links leave the frame.
    context.header(
      'content-security-policy',
      "default-src 'none'; img-src 'self' https: data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
    )
    context.header('x-frame-options', 'SAMEORIGIN')
    const source = entry.email.html ?? ''
    return context.html(source.replace(/<head>/i, '<head><base target="_top">'))
  })

  routes.get('/mailbox/:id/raw', async (context) => {
    const source = await mailbox.raw(context.req.param('id'))
    if (!source) return context.notFound()
    return context.body(new Uint8Array(source), 200, { 'content-type': 'text/plain; charset=utf-8' })
  })

  return routes
}
