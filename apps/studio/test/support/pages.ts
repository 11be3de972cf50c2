import type { FilledStudio } from './openFilledStudio.ts'

export interface StudioPage {
  name: string
  /** Its path in a studio whose shop has a history. */
  path: (studio: FilledStudio) => string
}

/** One of the tabs of a page that has others. */
export const isTab = (path: string): boolean =>
  /\?(tab|panel|view=(code|strings|versions|report))\b/.test(path)

/**
 * Every page of the studio: each is looked at by `pages.test.ts`, and has its picture taken by `looks.deep.ts` where
 * `CICLO_STUDIO_LOOKS` names a folder.
 */
export const PAGES: readonly StudioPage[] = [
  { name: 'home', path: () => '/' },
  { name: 'customers', path: () => '/customers' },
  { name: 'customer', path: ({ customerId }) => `/customers/${customerId}` },
  { name: 'customer-lifecycle', path: ({ customerId }) => `/customers/${customerId}?tab=lifecycle` },
  { name: 'customer-orders', path: ({ customerId }) => `/customers/${customerId}?tab=orders` },
  { name: 'customer-journeys', path: ({ customerId }) => `/customers/${customerId}?tab=journeys` },
  { name: 'customer-messages', path: ({ customerId }) => `/customers/${customerId}?tab=messages` },
  { name: 'customer-data', path: ({ customerId }) => `/customers/${customerId}?tab=data` },
  { name: 'messages', path: () => '/messages' },
  { name: 'message', path: ({ messageId }) => `/messages/${encodeURIComponent(messageId)}` },
  { name: 'segments', path: () => '/segments' },
  { name: 'segment', path: () => '/segments/new?example=boughtOnce' },
  { name: 'journeys', path: () => '/journeys' },
  { name: 'journey', path: () => '/journeys/win-back' },
  { name: 'journey-list', path: () => '/journeys/win-back?view=list' },
  { name: 'journey-goal', path: () => '/journeys/win-back?step=journey' },
  { name: 'journey-live', path: () => '/journeys/win-back?panel=live' },
  { name: 'journey-versions', path: () => '/journeys/win-back?panel=versions' },
  { name: 'journey-backtest', path: () => '/journeys/win-back?panel=backtest' },
  { name: 'journey-try', path: () => '/journeys/win-back?panel=try' },
  { name: 'journey-report', path: () => '/journeys/win-back?panel=report' },
  { name: 'campaigns', path: () => '/campaigns' },
  { name: 'campaign', path: () => '/campaigns/spring' },
  { name: 'templates', path: () => '/templates' },
  { name: 'template', path: () => '/templates/welcome' },
  { name: 'template-code', path: () => '/templates/welcome?view=code' },
  { name: 'template-strings', path: () => '/templates/welcome?view=strings' },
  { name: 'template-versions', path: () => '/templates/welcome?view=versions' },
  { name: 'template-report', path: () => '/templates/welcome?view=report' },
  { name: 'onsite', path: () => '/onsite' },
  { name: 'onsite-message', path: () => '/onsite/welcome' },
  { name: 'products', path: () => '/products' },
  { name: 'product', path: () => '/products/antigua' },
  { name: 'settings', path: () => '/settings' },
  { name: 'settings-brand', path: () => '/settings/brand' },
  { name: 'settings-senders', path: () => '/settings/senders' },
  { name: 'settings-sender', path: () => '/settings/senders#marketing' },
  { name: 'settings-new-sender', path: () => '/settings/senders#+' },
  { name: 'settings-connections', path: () => '/settings/connections' },
  { name: 'settings-new-connection', path: () => '/settings/connections#+' },
  { name: 'settings-webhooks', path: () => '/settings/webhooks' },
  { name: 'settings-new-subscription', path: () => '/settings/webhooks#+' },
  { name: 'settings-recommendations', path: () => '/settings/recommendations' },
  { name: 'settings-keys', path: () => '/settings/keys' },
  { name: 'settings-tracking', path: () => '/settings/tracking' },
  { name: 'settings-thresholds', path: () => '/settings/thresholds' },
  { name: 'settings-sending', path: () => '/settings/sending' },
  { name: 'settings-data', path: () => '/settings/data' },
  { name: 'settings-team', path: () => '/settings/team' },
  { name: 'settings-audit', path: () => '/settings/audit' },
  { name: 'guide', path: () => '/guide' },
  { name: 'account', path: () => '/account' },
]

/** Those that say something else where nothing has happened yet. */
export const EMPTY_PAGES = [
  { name: 'home', path: '/' },
  { name: 'customers', path: '/customers' },
  { name: 'messages', path: '/messages' },
  { name: 'segments', path: '/segments' },
  { name: 'journeys', path: '/journeys' },
  { name: 'campaigns', path: '/campaigns' },
  { name: 'onsite', path: '/onsite' },
  { name: 'products', path: '/products' },
  { name: 'guide', path: '/guide' },
  { name: 'settings', path: '/settings' },
  { name: 'data', path: '/settings/data' },
] as const
