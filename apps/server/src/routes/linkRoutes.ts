import { EVENT_NAMES, type EventInput } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import { html } from 'hono/html'
import { isbot } from 'isbot'
import type { Ingest } from '../ingest/ingest.ts'
import { supportedLocale } from '../mail/templateCache.ts'
import { page, type Html } from '../pages/page.ts'
import { PAGE_STRINGS, type PageStrings } from '../pages/pageStrings.ts'
import { readCustomer } from '../store/queries/customers.ts'
import { readMessage, type OutboxMessage } from '../store/queries/messages.ts'
import type { Store } from '../store/store.ts'
import type { Tokens } from '../tokens.ts'

/** The smallest transparent GIF. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

export interface LinkRoutesOptions {
  store: Store
  ingest: Ingest
  tokens: Tokens
  now: () => number
  newId: () => string
}

/** What fetched a link: only a person's visit counts, but every one is kept. */
function classOf(context: Context): 'human' | 'machine' {
  const agent = context.req.header('user-agent')
  const purpose = context.req.header('sec-purpose') ?? context.req.header('purpose') ?? ''
  return context.req.method === 'HEAD' || !agent || isbot(agent) || /prefetch|preview/i.test(purpose) ? 'machine' : 'human'
}

/**
 * The links of our own mails: open pixel, click redirect, unsubscribe (RFC 8058), preferences and opt-in confirmation.
 * Every token names its message, and with it the customer. A GET of a page changes nothing: scanners fetch every link.
 */
export function createLinkRoutes({ store, ingest, tokens, now, newId }: LinkRoutesOptions): Hono {
  const routes = new Hono()

  const record = async (message: OutboxMessage, name: string, properties: Record<string, unknown>): Promise<void> => {
    const at = now()
    const input: EventInput = {
      kind: 'event',
      id: newId(),
      at,
      receivedAt: at,
      source: 'own',
      event: {
        type: 'track',
        name,
        properties: { message: message.id, template: message.template, ...properties },
        traits: {},
        context: {},
      },
    }
    await ingest.submit([{ workspaceId: message.workspaceId, customerId: message.customerId, input }])
  }

  const messageOf = async ({ w, m }: { w: string; m: string }) => await store.read((tx) => readMessage(tx, w, m))

  const answer = (context: Context, locale: string, title: string, body: Html, status: 200 | 404 | 410 = 200) =>
    context.html(page({ locale, title, body: html`<div class="panel">${body}</div>` }), status)

  const notice = (
    context: Context,
    message: OutboxMessage | undefined,
    title: keyof PageStrings,
    text: keyof PageStrings,
    status: 200 | 404 | 410 = 200,
  ) => {
    const locale = supportedLocale(message?.locale ?? context.req.header('accept-language') ?? 'en')
    const strings = PAGE_STRINGS[locale]
    return answer(context, locale, strings[title], html`<h1>${strings[title]}</h1><p>${strings[text]}</p>`, status)
  }

  const unknown = (context: Context) => notice(context, undefined, 'unknownTitle', 'unknownText', 404)

  const form = (
    context: Context,
    message: OutboxMessage,
    keys: { title: keyof PageStrings; text: keyof PageStrings; button: keyof PageStrings },
    action = context.req.path,
  ) => {
    const locale = supportedLocale(message.locale ?? 'en')
    const strings = PAGE_STRINGS[locale]
    return answer(
      context,
      locale,
      strings[keys.title],
      html`<h1>${strings[keys.title]}</h1>
        <p>${strings[keys.text]}</p>
        <form method="post" action="${action}"><button type="submit">${strings[keys.button]}</button></form>`,
    )
  }

  routes.get('/o/:token', async (context) => {
    const payload = tokens.verify('open', context.req.param('token'))
    const message = payload && (await messageOf(payload))
    if (message) await record(message, EVENT_NAMES.emailOpened, { class: classOf(context) })
    return context.body(PIXEL, message ? 200 : 404, { 'content-type': 'image/gif', 'cache-control': 'no-store' })
  })

  routes.get('/c/:token', async (context) => {
    const payload = tokens.verify('click', context.req.param('token'))
    const message = payload && (await messageOf(payload))
    if (!payload || !message) return unknown(context)
    await record(message, EVENT_NAMES.emailLinkClicked, { class: classOf(context), url: payload.u })
    return context.redirect(payload.u, 302)
  })

  routes.get('/u/:token', async (context) => {
    const payload = tokens.verify('unsubscribe', context.req.param('token'))
    const message = payload && (await messageOf(payload))
    if (!message) return unknown(context)
    return form(context, message, { title: 'unsubscribeTitle', text: 'unsubscribeText', button: 'unsubscribeButton' })
  })

  // RFC 8058: no cookie, no CSRF token, any body type, never a redirect.
  routes.post('/u/:token', async (context) => {
    const payload = tokens.verify('unsubscribe', context.req.param('token'))
    const message = payload && (await messageOf(payload))
    if (!message) return unknown(context)
    await record(message, EVENT_NAMES.unsubscribed, { method: 'link' })
    return notice(context, message, 'unsubscribedTitle', 'unsubscribedText')
  })

  routes.get('/p/:token', async (context) => {
    const payload = tokens.verify('preferences', context.req.param('token'))
    const message = payload && (await messageOf(payload))
    if (!message) return unknown(context)
    const customer = await store.read((tx) => readCustomer(tx, message.workspaceId, message.customerId))
    return customer?.customer.lifecycle.value.permission === 'subscribed'
      ? form(context, message, { title: 'preferencesTitle', text: 'subscribedText', button: 'unsubscribeButton' })
      : notice(context, message, 'preferencesTitle', 'notSubscribedText')
  })

  routes.post('/p/:token', async (context) => {
    const payload = tokens.verify('preferences', context.req.param('token'))
    const message = payload && (await messageOf(payload))
    if (!message) return unknown(context)
    await record(message, EVENT_NAMES.unsubscribed, { method: 'preferences' })
    return notice(context, message, 'unsubscribedTitle', 'unsubscribedText')
  })

  routes.get('/confirm/:token', async (context) => {
    const payload = tokens.verify('confirm', context.req.param('token'))
    const message = payload && (await messageOf(payload))
    if (!payload || !message) return unknown(context)
    if (now() > payload.x) return notice(context, message, 'expiredTitle', 'expiredText', 410)
    return form(context, message, { title: 'confirmTitle', text: 'confirmText', button: 'confirmButton' })
  })

  routes.post('/confirm/:token', async (context) => {
    const payload = tokens.verify('confirm', context.req.param('token'))
    const message = payload && (await messageOf(payload))
    if (!payload || !message) return unknown(context)
    if (now() > payload.x) return notice(context, message, 'expiredTitle', 'expiredText', 410)
    await record(message, EVENT_NAMES.subscriptionConfirmed, { email: payload.e })
    return notice(context, message, 'confirmedTitle', 'confirmedText')
  })

  return routes
}
