import { matchedRoutes } from 'hono/route'
import type { Context } from 'hono'
import { ROLES, type Role } from '../access/role.ts'
import type { Session } from '../access/session.ts'
import { CicloError } from '../errors.ts'

const everybody = ROLES
const shop = ['owner', 'marketer'] as const
const works = ['owner', 'developer'] as const
const hands = ['owner', 'marketer', 'developer'] as const
const owner = ['owner'] as const

/**
 * Which roles may call which route of the API with a session: everybody reads, `shop` works with customers and mails,
 * `works` with what connects the shop. What has no row here is nobody's. A key may call all of them but those of
 * `PEOPLE_ONLY`.
 */
export const PERMISSIONS: Readonly<Record<string, readonly Role[]>> = {
  'GET /api/session': everybody,

  'GET /api/customers': everybody,
  'GET /api/customers/search': everybody,
  'GET /api/customers/search/count': everybody,
  'GET /api/customers/search/csv': shop,
  'GET /api/customers/:id': everybody,
  'GET /api/customers/:id/at': everybody,
  'GET /api/customers/:id/events': everybody,
  'GET /api/customers/:id/transitions': everybody,
  'GET /api/customers/:id/orders': everybody,
  'GET /api/customers/:id/order-lines': everybody,
  'GET /api/customers/:id/messages': everybody,
  'GET /api/customers/:id/mail': everybody,
  'GET /api/customers/:id/timeline': everybody,
  'GET /api/customers/:id/version': everybody,
  'GET /api/customers/:id/live': everybody,
  'GET /api/customers/:id/consents': everybody,
  'POST /api/customers/:id/consents': shop,
  'GET /api/customers/:id/journeys': everybody,
  'GET /api/customers/:id/journeys/:journey': everybody,
  'GET /api/customers/:id/export': shop,
  'DELETE /api/customers/:id': owner,
  'POST /api/customers/:id/unpark': works,
  'GET /api/consent-policy': everybody,
  'GET /api/export': shop,
  'GET /api/export/:what': owner,
  'POST /api/erasures': owner,

  'GET /api/messages': everybody,
  'GET /api/messages/counts': everybody,
  'GET /api/messages/filters': everybody,
  'GET /api/messages/:id': everybody,
  'GET /api/messages/:id/content': everybody,
  'GET /api/messages/:id/mail': everybody,
  'POST /api/messages/:id/cancel': shop,

  'GET /api/products': everybody,
  'GET /api/products/:id': everybody,
  'POST /api/products': shop,
  'DELETE /api/products/:id': shop,

  'GET /api/product-feed': everybody,
  'PUT /api/product-feed': hands,
  'POST /api/product-feed/read': hands,
  'DELETE /api/product-feed': hands,

  'GET /api/insight/metrics': everybody,
  'GET /api/insight/funnel': everybody,
  'GET /api/insight/sources': everybody,
  'GET /api/insight/attribution': everybody,
  'GET /api/insight/jobs': everybody,
  'POST /api/insight/refresh': hands,
  'GET /api/insight/model': everybody,
  'GET /api/insight/gaps': everybody,

  'GET /api/reports/journeys/:id': everybody,
  'GET /api/reports/templates/:name': everybody,
  'GET /api/reports/campaigns/:id': everybody,

  'GET /api/segments': everybody,
  'POST /api/segments': shop,
  'POST /api/segments/preview': everybody,
  'GET /api/segments/suggestions/names': everybody,
  'GET /api/segments/suggestions/properties': everybody,
  'GET /api/segments/:id': everybody,
  'PUT /api/segments/:id': shop,
  'DELETE /api/segments/:id': shop,
  'GET /api/segments/:id/customers': everybody,
  'GET /api/segments/:id/export': shop,

  'GET /api/page-counts': everybody,
  'GET /api/onsite': everybody,
  'POST /api/onsite/preview': everybody,
  'GET /api/onsite/:id': everybody,
  'GET /api/onsite/:id/figures': everybody,
  'PUT /api/onsite/:id': shop,
  'DELETE /api/onsite/:id': shop,

  'GET /api/journeys': everybody,
  'POST /api/journeys': shop,
  'POST /api/journeys/validate': everybody,
  'POST /api/journeys/try': everybody,
  'GET /api/journeys/files': everybody,
  'GET /api/journeys/:id': everybody,
  'PUT /api/journeys/:id/draft': shop,
  'DELETE /api/journeys/:id/draft': shop,
  'GET /api/journeys/:id/versions/:version': everybody,
  'POST /api/journeys/:id/versions/:version/restore': shop,
  'GET /api/journeys/:id/difference': everybody,
  'GET /api/journeys/:id/preview': everybody,
  'POST /api/journeys/:id/preview': everybody,
  'POST /api/journeys/:id/publish': shop,
  'POST /api/journeys/:id/pause': shop,
  'POST /api/journeys/:id/resume': shop,
  'POST /api/journeys/:id/archive': shop,
  'POST /api/journeys/:id/backtest': everybody,
  'GET /api/journeys/:id/runs': everybody,
  'POST /api/journeys/:id/runs': shop,
  'GET /api/journeys/:id/steps': everybody,
  'GET /api/runs/:id': everybody,
  'DELETE /api/runs/:id': shop,

  'GET /api/images': everybody,
  'POST /api/images': shop,
  'GET /api/images/:id': everybody,
  'PATCH /api/images/:id': shop,
  'DELETE /api/images/:id': shop,
  'POST /api/images/:id/resize': shop,

  'GET /api/templates': everybody,
  'POST /api/templates/shown': everybody,
  'GET /api/templates/:name': everybody,
  'GET /api/templates/:name/live': everybody,
  'GET /api/templates/:name/blank': everybody,
  'PUT /api/templates/:name/draft': shop,
  'DELETE /api/templates/:name/draft': shop,
  'POST /api/templates/:name/publish': shop,
  'POST /api/templates/:name/use-shipped': shop,
  'GET /api/templates/:name/uses': everybody,
  'GET /api/templates/:name/versions/:version': everybody,
  'POST /api/templates/:name/versions/:version/restore': shop,
  'POST /api/templates/:name/check': everybody,
  'POST /api/templates/:name/preview': everybody,
  'POST /api/templates/:name/test': shop,

  'GET /api/campaigns': everybody,
  'GET /api/campaigns/:id': everybody,
  'PUT /api/campaigns/:id': shop,
  'DELETE /api/campaigns/:id': shop,
  'POST /api/campaigns/:id/preview': everybody,
  'POST /api/campaigns/:id/start': shop,
  'POST /api/campaigns/:id/pause': shop,
  'POST /api/campaigns/:id/resume': shop,
  'POST /api/campaigns/:id/cancel': shop,
  'GET /api/campaigns/:id/figures': everybody,
  'GET /api/campaigns/:id/recipients': everybody,

  'GET /api/coupons': everybody,
  'POST /api/coupons/:pool': shop,
  // Whoever has a code has what it is worth.
  'GET /api/coupons/:pool/codes': shop,
  'DELETE /api/coupons/:pool': shop,

  'GET /api/suppressions': everybody,
  'POST /api/suppressions': shop,
  'POST /api/suppressions/remove': shop,
  'POST /api/suppressions/import': shop,
  'GET /api/suppressions/export': shop,

  'GET /api/senders': everybody,
  'GET /api/senders/:id': everybody,
  'PUT /api/senders/:id': works,
  'DELETE /api/senders/:id': works,
  'POST /api/senders/:id/dkim': works,
  'POST /api/senders/:id/check': hands,
  'POST /api/senders/:id/test': hands,
  'POST /api/senders/:id/live': works,
  'POST /api/senders/:id/stop': hands,
  'POST /api/senders/:id/resume': works,

  'GET /api/recommendations': everybody,
  'GET /api/recommendations/build': everybody,
  'POST /api/recommendations/build': hands,

  'GET /api/connections': everybody,
  'POST /api/connections': works,
  'GET /api/connections/:id': everybody,
  'PATCH /api/connections/:id': works,
  'DELETE /api/connections/:id': works,
  'GET /api/connections/:id/deliveries': everybody,
  'GET /api/connections/:id/pulls': everybody,
  'POST /api/connections/:id/pulls': works,
  'POST /api/connections/:id/pulls/stop': works,

  'GET /api/webhooks': everybody,
  'GET /api/webhooks/secret': works,
  'POST /api/webhooks/secret/renew': works,
  'GET /api/webhooks/:id': everybody,
  'POST /api/webhooks/:id/retry': works,
  'POST /api/webhooks/:id/replay': works,
  'GET /api/subscriptions': everybody,
  'POST /api/subscriptions': works,
  'GET /api/subscriptions/:id': everybody,
  'PUT /api/subscriptions/:id': works,
  'DELETE /api/subscriptions/:id': works,
  'POST /api/subscriptions/:id/test': works,
  'POST /api/subscriptions/:id/replay': works,
  'POST /api/feedback/hooks': works,
  'POST /api/feedback/hooks/renew': works,
  'GET /api/feedback/reports': everybody,
  'DELETE /api/feedback/reports/:id': works,

  'GET /api/parked': everybody,
  'POST /api/parked/retry': works,
  'GET /api/parked/:id': everybody,
  'POST /api/parked/:id/retry': works,
  'DELETE /api/parked/:id': works,

  'POST /api/import/orders': works,
  'POST /api/import/columns': works,
  'POST /api/import/rows': works,
  'POST /api/import/recognise': works,
  'POST /api/import/records': works,
  'GET /api/import/runs': everybody,
  'GET /api/import/runs/:id': everybody,
  'GET /api/import/months': everybody,

  'GET /api/home': everybody,
  'GET /api/guide': everybody,
  'PUT /api/guide/:step': hands,
  'GET /api/settings': everybody,
  // But for what `SECURITY_SETTINGS` names.
  'PATCH /api/settings': hands,
  'POST /api/settings/preview': everybody,
  'GET /api/settings/mail-preview': everybody,
  'GET /api/backup': owner,
  'GET /api/backup/file': owner,

  'GET /api/identity-key': works,
  'POST /api/identity-key/renew': works,
  'GET /api/keys': works,
  'POST /api/keys': works,
  'DELETE /api/keys/:id': works,

  'GET /api/audit': owner,
  'GET /api/team': owner,
  'POST /api/team/invitations': owner,
  'DELETE /api/team/invitations/:id': owner,
  'PUT /api/team/members/:id': owner,
  'DELETE /api/team/members/:id': owner,
  'POST /api/team/links': owner,
}

/** What is believed of browsers, and of which: who changes it decides what counts as an order. */
const SECURITY_SETTINGS: readonly string[] = ['allowedOrigins', 'browserOrdersAreRevenue']

/** Throws `forbidden` where the session's role may change settings, but not these. A key may change all. */
export function expectMaySet(session: Session | undefined, patch: object): void {
  if (!session || works.some((role) => role === session.role)) return
  const refused = SECURITY_SETTINGS.find((name) => Object.hasOwn(patch, name))
  if (refused !== undefined)
    throw new CicloError(
      'forbidden',
      `${refused}: not for the role ${session.role}, only for: ${works.join(', ')}`,
    )
}

/**
 * For people, and for the command line of the machine itself: with a key that has leaked nobody makes a way in that
 * stays when the key is revoked, or takes all there is away at once.
 */
export const PEOPLE_ONLY: ReadonlySet<string> = new Set([
  'POST /api/keys',
  'DELETE /api/keys/:id',
  'POST /api/team/invitations',
  'DELETE /api/team/invitations/:id',
  'PUT /api/team/members/:id',
  'DELETE /api/team/members/:id',
  'POST /api/team/links',
  'GET /api/backup/file',
])

/** The route that answers a request, as `PERMISSIONS` writes it; undefined where none does. */
export function routeOf(context: Context): string | undefined {
  const method = context.req.method === 'HEAD' ? 'GET' : context.req.method
  // Of several that match, the first one answers.
  const route = matchedRoutes(context).find((one) => one.method === method)
  return route && `${method} ${route.path}`
}
