import { EVENT_NAMES, HOUR, ownEvent } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import type { Ingest } from '../ingest/ingest.ts'
import { keepNetwork } from '../ingest/keepNetwork.ts'
import type { ClientAddress } from '../limits/clientAddress.ts'
import { supportedLocale } from '../mail/templateCache.ts'
import { noticePage, type Notice } from '../pages/noticePage.ts'
import { readCustomer } from '../store/queries/customers.ts'
import { readMessage, type OutboxMessage } from '../store/queries/messages.ts'
import { readWorkspace } from '../store/queries/workspaces.ts'
import type { Store } from '../store/store.ts'
import type { TokenKind, TokenPayload, Tokens } from '../tokens.ts'
import { fetcherClass } from './fetcherClass.ts'

/** The smallest transparent GIF. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

const UNSUBSCRIBE: Notice = {
  title: 'unsubscribeTitle',
  text: 'unsubscribeText',
  button: 'unsubscribeButton',
}
const UNSUBSCRIBED: Notice = { title: 'unsubscribedTitle', text: 'unsubscribedText' }
const PREFERENCES: Notice = { title: 'preferencesTitle', text: 'subscribedText', button: 'unsubscribeButton' }
const NO_PREFERENCES: Notice = { title: 'preferencesTitle', text: 'notSubscribedText' }
const CONFIRM: Notice = { title: 'confirmTitle', text: 'confirmText', button: 'confirmButton' }
const CONFIRMED: Notice = { title: 'confirmedTitle', text: 'confirmedText' }
const EXPIRED: Notice = { title: 'expiredTitle', text: 'expiredText' }
const UNKNOWN: Notice = { title: 'unknownTitle', text: 'unknownText' }

export interface LinkRoutesOptions {
  store: Store
  ingest: Ingest
  tokens: Tokens
  now: () => number
  newId: () => string
  /** The shop's address where the workspace has not said its own. */
  shopUrl: () => string
  clientOf: ClientAddress
}

/** How long after a click the shop's tracker may say whose browser it is in. */
const VISIT_LIFE = HOUR / 2

type MessageKind = Exclude<TokenKind, 'local' | 'visit'>
type Handler<Kind extends MessageKind> = (
  context: Context,
  message: OutboxMessage,
  payload: TokenPayload<Kind>,
) => Response | Promise<Response>

/** In the language of the mail; where there is none, in that of the browser. */
function show(context: Context, notice: Notice, message?: OutboxMessage, status: 200 | 404 | 410 = 200) {
  const wished = message?.locale ?? context.req.header('accept-language') ?? 'en'
  return context.html(noticePage(supportedLocale(wished), notice), status)
}

/**
 * The links of our own mails: open pixel, click redirect, unsubscribe (RFC 8058), preferences and opt-in confirmation.
 * Every token names its message, and with it the customer. A GET of a page changes nothing: scanners fetch every link.
 */
export function createLinkRoutes(options: LinkRoutesOptions): Hono {
  const { store, ingest, tokens, now, newId, shopUrl, clientOf } = options
  const routes = new Hono()

  const record = async (
    context: Context,
    message: OutboxMessage,
    name: string,
    properties: Record<string, unknown>,
  ): Promise<void> => {
    const { id, template, journeyId, workspaceId, customerId } = message
    const journey = journeyId === null ? {} : { journey: journeyId }
    const input = ownEvent(newId(), now(), name, { message: id, template, ...journey, ...properties })
    keepNetwork(input, clientOf(context).address)
    await ingest.submit([{ workspaceId, customerId, input }])
  }

  /** Routes below `/path/:token` whose token must be of a kind and name a message: anything else is 404. */
  const on = <Kind extends MessageKind>(
    method: 'GET' | 'POST',
    path: string,
    kind: Kind,
    handler: Handler<Kind>,
  ) =>
    routes.on(method, `/${path}/:token`, async (context) => {
      const payload = tokens.verify(kind, context.req.param('token'))
      const message = payload && (await store.read((tx) => readMessage(tx, payload.w, payload.m)))
      return payload && message
        ? await handler(context, message, payload)
        : show(context, UNKNOWN, undefined, 404)
    })

  on('GET', 'o', 'open', async (context, message) => {
    await record(context, message, EVENT_NAMES.emailOpened, { class: fetcherClass(context) })
    return context.body(PIXEL, 200, { 'content-type': 'image/gif', 'cache-control': 'no-store' })
  })

  /**
   * A person's click proves whose browser this is: the tracker on the shop's page takes the proof from the address. It
   * goes to the shop alone; another site would get a token that binds its own visitors to our customer.
   */
  const withVisit = async ({ id, workspaceId }: OutboxMessage, url: string): Promise<string> => {
    const workspace = await store.read((tx) => readWorkspace(tx, workspaceId))
    const shop = URL.parse(workspace?.settings.shop.url || shopUrl())
    const target = URL.parse(url)
    if (target === null || target.origin !== shop?.origin) return url
    const visit = tokens.sign('visit', { w: workspaceId, m: id, x: now() + VISIT_LIFE })
    target.searchParams.set('ciclo_visit', visit)
    return target.href
  }

  on('GET', 'c', 'click', async (context, message, { u: url }) => {
    const fetcher = fetcherClass(context)
    await record(context, message, EVENT_NAMES.emailLinkClicked, { class: fetcher, url })
    return context.redirect(fetcher === 'human' ? await withVisit(message, url) : url, 302)
  })

  on('GET', 'u', 'unsubscribe', (context, message) => show(context, UNSUBSCRIBE, message))

  // RFC 8058: no cookie, no CSRF token, any body type, never a redirect.
  on('POST', 'u', 'unsubscribe', async (context, message) => {
    await record(context, message, EVENT_NAMES.unsubscribed, { method: 'link', address: message.address })
    return show(context, UNSUBSCRIBED, message)
  })

  on('GET', 'p', 'preferences', async (context, message) => {
    const found = await store.read((tx) => readCustomer(tx, message.workspaceId, message.customerId))
    const isSubscribed = found?.customer.lifecycle.value.permission === 'subscribed'
    return show(context, isSubscribed ? PREFERENCES : NO_PREFERENCES, message)
  })

  on('POST', 'p', 'preferences', async (context, message) => {
    await record(context, message, EVENT_NAMES.unsubscribed, {
      method: 'preferences',
      address: message.address,
    })
    return show(context, UNSUBSCRIBED, message)
  })

  on('GET', 'confirm', 'confirm', (context, message, { x: validUntil }) =>
    now() > validUntil ? show(context, EXPIRED, message, 410) : show(context, CONFIRM, message),
  )

  on('POST', 'confirm', 'confirm', async (context, message, { x: validUntil }) => {
    if (now() > validUntil) return show(context, EXPIRED, message, 410)
    await record(context, message, EVENT_NAMES.subscriptionConfirmed, { email: message.address })
    return show(context, CONFIRMED, message)
  })

  return routes
}
