import { ownEvent, type EventInput, type Settings } from '@ciclo/engine'
import type { Locale } from '@ciclo/templates'
import { Hono, type Context } from 'hono'
import { CicloError } from '../../errors.ts'
import type { Ingest } from '../../ingest/ingest.ts'
import type { IngestVerdict } from '../../ingest/ingestItem.ts'
import { keepNetwork } from '../../ingest/keepNetwork.ts'
import type { ClientAddress } from '../../limits/clientAddress.ts'
import { createLimiter } from '../../limits/limiter.ts'
import { readReferenced } from '../../store/queries/readReferenced.ts'
import { supportedLocale } from '../../mail/templateCache.ts'
import { brandPage, type BrandPage } from '../../pages/brandPage.ts'
import { noticeBody } from '../../pages/noticeBody.ts'
import type { PageStrings } from '../../pages/pageStrings.ts'
import { wordsFor } from '../../pages/wordsFor.ts'
import type { OutboxMessage } from '../../store/queries/messages.ts'
import { readSettings } from '../../store/queries/settings.ts'
import type { Store } from '../../store/store.ts'
import type { TokenKind, TokenPayload, Tokens } from '../../tokens.ts'

export interface LinkShellOptions {
  store: Store
  ingest: Ingest
  tokens: Tokens
  now: () => number
  newId: () => string
  clientOf: ClientAddress
}

type MessageKind = Exclude<TokenKind, 'local' | 'visit' | 'set-up' | 'reset'>

/** A request by a link of a message: what all of them need. */
export interface Linked<Kind extends MessageKind = MessageKind> {
  context: Context
  message: OutboxMessage
  settings: Settings
  payload: TokenPayload<Kind>
  /** Fetched more often than any reader does: it is answered, and nothing is recorded of it. */
  isFlood: boolean
  /** What pages say to the mail's reader, in the language of the mail. */
  words: PageStrings
  locale: Locale
  /** A page in the look of the shop. */
  show: (page: BrandPage, status?: 200 | 400 | 410) => Response | Promise<Response>
}

export interface LinkShell {
  routes: Hono
  /** A route below `/path/:token` whose token must be of a kind and name a message: anything else is 404. */
  on<Kind extends MessageKind>(
    method: 'GET' | 'POST',
    path: string,
    kind: Kind,
    handler: (linked: Linked<Kind>) => Response | Promise<Response>,
  ): void
  /** Records what came back by a message's link, as one transaction. */
  record(
    linked: Linked,
    ...events: [name: string, properties: Record<string, unknown>][]
  ): Promise<IngestVerdict[]>
}

/** Of one link of a message: what its reader never comes to, and a loop does at once. */
const PER_LINK = { perSecond: 1 / 30, burst: 100 }
const LINKS_REMEMBERED = 20_000

/** No page of a token is kept, found, or told of elsewhere. */
function keepPrivate(context: Context): void {
  context.header('cache-control', 'no-store')
  context.header('referrer-policy', 'no-referrer')
  context.header('x-robots-tag', 'noindex')
}

/** In the language of the browser: nobody knows whose link it was. */
function unknown(context: Context) {
  keepPrivate(context)
  const locale = supportedLocale(context.req.header('accept-language') ?? 'en')
  const words = wordsFor(locale, 'informal')
  const body = noticeBody({ title: words.unknownTitle, text: words.unknownText })
  return context.html(brandPage(locale, null, { title: words.unknownTitle, body }), 404)
}

/** What all routes of the links of mails share. Every token names its message, and with it the customer. */
export function createLinkShell({
  store,
  ingest,
  tokens,
  now,
  newId,
  clientOf,
}: LinkShellOptions): LinkShell {
  const routes = new Hono()
  const uses = createLimiter(PER_LINK, LINKS_REMEMBERED)

  /** How long until the link may be used again, in milliseconds; 0 where this use of it counts. */
  const waitOf = (name: string): number => {
    const at = now()
    const wait = uses.wait(name, 1, at)
    if (wait > 0) return wait
    uses.take(name, 1, at)
    return 0
  }

  return {
    routes,
    on: (method, path, kind, handler) => {
      routes.on(method, `/${path}/:token`, async (context) => {
        const payload = tokens.verify(kind, context.req.param('token'))
        const found =
          payload &&
          (await store.read(async (tx) => {
            const message = await readReferenced(tx, payload)
            return message && { message, settings: await readSettings(tx, message.workspaceId) }
          }))
        if (!payload || !found) return unknown(context)
        const { message, settings } = found
        // Each with its own: scanners that fetch, or answers that are sent, keep nobody from leaving.
        const wait = waitOf(`${message.workspaceId} ${message.id} ${method} ${path}`)
        if (wait > 0 && (method === 'POST' || kind === 'view'))
          throw new CicloError('too-many-requests', 'This link was used too often; try again later', {
            retryAfter: Math.ceil(wait / 1_000),
          })
        const locale = supportedLocale(message.locale ?? settings.locale)
        return await handler({
          context,
          message,
          settings,
          payload,
          isFlood: wait > 0,
          locale,
          words: wordsFor(locale, settings.formality),
          show: (page, status = 200) => {
            keepPrivate(context)
            const shop = { workspaceId: message.workspaceId, settings }
            return context.html(brandPage(locale, shop, page, context), status)
          },
        })
      })
    },
    record: async ({ context, message, isFlood }, ...events) => {
      if (isFlood) return []
      const { id, template, journeyId, campaignId, workspaceId, customerId } = message
      const source = {
        message: id,
        template,
        ...(journeyId === null ? {} : { journey: journeyId }),
        ...(campaignId === null ? {} : { campaign: campaignId }),
      }
      const at = now()
      const { address } = clientOf(context)
      const inputs = events.map(([name, properties]): EventInput => {
        const input = ownEvent(newId(), at, name, { ...source, ...properties })
        keepNetwork(input, address)
        return input
      })
      return await ingest.submit(inputs.map((input) => ({ workspaceId, customerId, input })))
    },
  }
}
