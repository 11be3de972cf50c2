import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import { readMessageSearch } from './pages/messages/messageSearch.ts'
import { readCustomerSearch } from './pages/customer/readCustomerSearch.ts'
import { Failure } from './shell/Failure.tsx'
import { Loading } from './shell/Loading.tsx'
import { Shell } from './shell/Shell.tsx'
import { Unfound } from './shell/Unfound.tsx'
import { readListSearch } from './pages/customers/listSearch.ts'
import { readJourneySearch } from './pages/journey/readJourneySearch.ts'
import { readTemplateSearch } from './pages/template/readTemplateSearch.ts'
import { readSegmentSearch } from './pages/segments/readSegmentSearch.ts'
import { readProductsSearch } from './pages/products/readProductsSearch.ts'
import { safePath } from './session/safePath.ts'
import { requireSession } from './session/requireSession.ts'

interface RouterContext {
  queryClient: QueryClient
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet })

/** The pages for who has signed in, within the shell. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Shell,
  beforeLoad: ({ context, location }) => requireSession(context.queryClient, location.href),
})

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/home/HomePage.tsx'), 'HomePage'),
})

const customers = createRoute({
  getParentRoute: () => inside,
  path: '/customers',
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import('./pages/customers/CustomersPage.tsx'), 'CustomersPage'),
})

const customer = createRoute({
  getParentRoute: () => inside,
  path: '/customers/$customerId',
  validateSearch: readCustomerSearch,
  component: lazyRouteComponent(() => import('./pages/customer/CustomerPage.tsx'), 'CustomerPage'),
})

const messages = createRoute({
  getParentRoute: () => inside,
  path: '/messages',
  validateSearch: readMessageSearch,
  component: lazyRouteComponent(() => import('./pages/messages/MessagesPage.tsx'), 'MessagesPage'),
})

const message = createRoute({
  getParentRoute: () => inside,
  path: '/messages/$messageId',
  component: lazyRouteComponent(() => import('./pages/messages/MessagePage.tsx'), 'MessagePage'),
})

const segments = createRoute({
  getParentRoute: () => inside,
  path: '/segments',
  component: lazyRouteComponent(() => import('./pages/segments/SegmentsPage.tsx'), 'SegmentsPage'),
})

const segment = createRoute({
  getParentRoute: () => inside,
  path: '/segments/$segmentId',
  validateSearch: readSegmentSearch,
  component: lazyRouteComponent(() => import('./pages/segments/SegmentPage.tsx'), 'SegmentPage'),
})

const journeys = createRoute({
  getParentRoute: () => inside,
  path: '/journeys',
  component: lazyRouteComponent(() => import('./pages/journeys/JourneysPage.tsx'), 'JourneysPage'),
})

const journey = createRoute({
  getParentRoute: () => inside,
  path: '/journeys/$journeyId',
  validateSearch: readJourneySearch,
  component: lazyRouteComponent(() => import('./pages/journey/JourneyPage.tsx'), 'JourneyPage'),
})

const campaigns = createRoute({
  getParentRoute: () => inside,
  path: '/campaigns',
  component: lazyRouteComponent(() => import('./pages/campaigns/CampaignsPage.tsx'), 'CampaignsPage'),
})

const campaign = createRoute({
  getParentRoute: () => inside,
  path: '/campaigns/$campaignId',
  component: lazyRouteComponent(() => import('./pages/campaign/CampaignPage.tsx'), 'CampaignPage'),
})

const templates = createRoute({
  getParentRoute: () => inside,
  path: '/templates',
  component: lazyRouteComponent(() => import('./pages/templates/TemplatesPage.tsx'), 'TemplatesPage'),
})

const template = createRoute({
  getParentRoute: () => inside,
  path: '/templates/$templateName',
  validateSearch: readTemplateSearch,
  component: lazyRouteComponent(() => import('./pages/template/TemplatePage.tsx'), 'TemplatePage'),
})

const onsite = createRoute({
  getParentRoute: () => inside,
  path: '/onsite',
  component: lazyRouteComponent(() => import('./pages/onsite/OnsitePage.tsx'), 'OnsitePage'),
})

const onsiteMessage = createRoute({
  getParentRoute: () => inside,
  path: '/onsite/$onsiteId',
  component: lazyRouteComponent(() => import('./pages/onsite/OnsiteMessagePage.tsx'), 'OnsiteMessagePage'),
})

const products = createRoute({
  getParentRoute: () => inside,
  path: '/products',
  validateSearch: readProductsSearch,
  component: lazyRouteComponent(() => import('./pages/products/ProductsPage.tsx'), 'ProductsPage'),
})

const product = createRoute({
  getParentRoute: () => inside,
  path: '/products/$productId',
  component: lazyRouteComponent(() => import('./pages/product/ProductPage.tsx'), 'ProductPage'),
})

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings/{-$part}',
  component: lazyRouteComponent(() => import('./pages/settings/SettingsPage.tsx'), 'SettingsPage'),
})

const guide = createRoute({
  getParentRoute: () => inside,
  path: '/guide',
  component: lazyRouteComponent(() => import('./pages/guide/GuidePage.tsx'), 'GuidePage'),
})

const account = createRoute({
  getParentRoute: () => inside,
  path: '/account',
  component: lazyRouteComponent(() => import('./pages/access/AccountPage.tsx'), 'AccountPage'),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ to }: Record<string, unknown>): { to?: string } =>
    typeof to === 'string' && safePath(to) !== '/' ? { to: safePath(to) } : {},
  component: lazyRouteComponent(() => import('./pages/access/SignInPage.tsx'), 'SignInPage'),
})

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/set-up/$token',
  component: lazyRouteComponent(() => import('./pages/access/SetUpPage.tsx'), 'SetUpPage'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation/$token',
  component: lazyRouteComponent(() => import('./pages/access/InvitationPage.tsx'), 'InvitationPage'),
})

const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset/$token',
  component: lazyRouteComponent(() => import('./pages/access/ResetPage.tsx'), 'ResetPage'),
})

const routeTree = root.addChildren([
  inside.addChildren([
    home,
    customers,
    customer,
    messages,
    message,
    segments,
    segment,
    journeys,
    journey,
    campaigns,
    campaign,
    templates,
    template,
    onsite,
    onsiteMessage,
    products,
    product,
    settings,
    guide,
    account,
  ]),
  signIn,
  setUp,
  invitation,
  reset,
])

/** The studio's pages by their paths, each loaded when it is first needed, or pointed at. */
export function createStudioRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    // React Query knows what is fresh.
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: Loading,
    defaultErrorComponent: Failure,
    defaultNotFoundComponent: Unfound,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createStudioRouter>
  }
}
