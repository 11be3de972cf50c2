import type { Hono } from 'hono'
import type { CicloOptions } from './ciclo.ts'
import type { createAccessParts } from './createAccessParts.ts'
import type { createMailParts } from './createMailParts.ts'
import type { GuideWatch } from './guide/guideWatch.ts'
import type { TakeProducts } from './catalogue/createTakeProducts.ts'
import type { Connections } from './connections/createConnections.ts'
import { createReadHome } from './home/createHome.ts'
import type { EventCounter } from './home/eventCounter.ts'
import type { PageCounter } from './pageCounts/pageCounter.ts'
import type { ImageFiles } from './images/createImageFiles.ts'
import type { Ingest } from './ingest/ingest.ts'
import type { RulesCache } from './ingest/rulesCache.ts'
import type { InsightRunner } from './insight/runInsight.ts'
import type { Keys } from './keys.ts'
import type { OnsiteCache } from './onsite/onsiteCache.ts'
import type { Live } from './live/createLive.ts'
import type { Loop } from './loops/loop.ts'
import { eraseMails } from './mail/eraseMails.ts'
import { createMoveIn } from './moveIn/createMoveIn.ts'
import type { Metrics } from './metrics/createMetrics.ts'
import type { ApiEnvironment } from './routes/apiAuthorization.ts'
import { createAuditRoutes } from './routes/auditRoutes.ts'
import { createBackupRoutes } from './routes/backupRoutes.ts'
import { createConnectionRoutes } from './routes/connectionRoutes.ts'
import { createConsentPolicyRoutes, createConsentRoutes } from './routes/consentRoutes.ts'
import { createCampaignRoutes } from './routes/campaignRoutes.ts'
import { createCustomerSearchRoutes } from './routes/customerSearchRoutes.ts'
import { createCouponRoutes } from './routes/couponRoutes.ts'
import { createCustomerPageRoutes } from './routes/customerPageRoutes.ts'
import { createCustomerRoutes } from './routes/customerRoutes.ts'
import { createDataRightsRoutes } from './routes/dataRightsRoutes.ts'
import { createExportRoutes } from './routes/exportRoutes.ts'
import { createGapRoutes } from './routes/gapRoutes.ts'
import { createGuideRoutes } from './routes/guideRoutes.ts'
import { createHomeRoutes } from './routes/homeRoutes.ts'
import { createIdentityKeyRoutes } from './routes/identityKeyRoutes.ts'
import { createImageRoutes } from './routes/imageRoutes.ts'
import { createImportRoutes } from './routes/importRoutes.ts'
import { createInsightRoutes } from './routes/insightRoutes.ts'
import { createJobRoutes } from './routes/jobRoutes.ts'
import { createJourneyApi } from './routes/journeyApi.ts'
import { createMessageRoutes } from './routes/messageRoutes.ts'
import { createMoveInRoutes } from './routes/moveInRoutes.ts'
import { createModelRoutes } from './routes/modelRoutes.ts'
import { createKeyRoutes } from './routes/keyRoutes.ts'
import { createOnsiteRoutes } from './routes/onsiteRoutes.ts'
import { createRecommendationRoutes } from './routes/recommendationRoutes.ts'
import { createReportRoutes } from './routes/reportRoutes.ts'
import { createPageCountRoutes } from './routes/pageCountRoutes.ts'
import { createPullRoutes } from './routes/pullRoutes.ts'
import { createProductFeedRoutes } from './routes/productFeedRoutes.ts'
import { createProductRoutes } from './routes/productRoutes.ts'
import { createParkedRoutes } from './routes/parkedRoutes.ts'
import { createSegmentRoutes } from './routes/segmentRoutes.ts'
import { createSubscriptionRoutes } from './routes/subscriptionRoutes.ts'
import { createSuppressionRoutes } from './routes/suppressionRoutes.ts'
import { createSenderRoutes } from './routes/senderRoutes.ts'
import { createSettingsApiRoutes } from './routes/settingsApiRoutes.ts'
import { createSessionRoutes } from './routes/sessionRoutes.ts'
import { createTemplateRoutes } from './routes/templateRoutes.ts'
import { createWebhookRoutes } from './routes/webhookRoutes.ts'
import type { PostWebhook } from './webhooks/postWebhook.ts'
import { realDns } from './sending/records/dns.ts'
import type { Deliver } from './subscriptions/createDeliver.ts'
import { createPreview } from './templates/previewTemplate.ts'

export interface ApiParts extends CicloOptions {
  now: () => number
  addressHash: (workspaceId: string, address: string) => string
  shopUrl: () => string
  insight: InsightRunner
  /** For minutes of work. */
  backtests: InsightRunner
  rules: RulesCache
  live: Live
  keys: Keys
  ingest: Ingest
  mail: ReturnType<typeof createMailParts>
  access: Pick<ReturnType<typeof createAccessParts>, 'team'>
  guideWatch: GuideWatch
  onsite: OnsiteCache
  connections: Connections
  takeProducts: TakeProducts
  /** Asks other servers, through the guard of outgoing requests. */
  post: PostWebhook
  images: ImageFiles
  eventCounter: EventCounter
  pageCounter: PageCounter
  feedbackApi: Hono<ApiEnvironment>
  deliver: Deliver
  onEnded: Metrics['ended']
  onError: (where: string) => (error: unknown) => void
  /** Each is poked by what gives it something to do. */
  loops: Record<
    'wake' | 'sender' | 'webhookSender' | 'jobs' | 'journeyJobs' | 'campaignJobs' | 'connectJobs',
    Pick<Loop, 'poke'>
  >
}

/** Puts together the routes below /api, by their path. */
export function createApi(parts: ApiParts): Readonly<Record<string, Hono<ApiEnvironment>>> {
  const { store, secret, newId, publicUrl, now, addressHash, shopUrl, insight, rules, live, keys, ingest } =
    parts
  const { mail, access, guideWatch, eventCounter, onError } = parts
  const { templates, renderPool, readMailData, renderMessage, senders, sendTest } = mail
  const { wake, sender, webhookSender, jobs, journeyJobs, campaignJobs, connectJobs } = parts.loops

  const dataRoutes = createDataRightsRoutes({
    store,
    hash: addressHash,
    now,
    newId,
    eraseMails: async (addresses) =>
      parts.mailFolder === undefined ? 0 : await eraseMails(parts.mailFolder, addresses),
  }).route(
    '/',
    createParkedRoutes({
      store,
      ingest,
      rules,
      hash: addressHash,
      now,
      newId,
      onUnparked: () => {
        wake.poke()
        sender.poke()
      },
    }),
  )

  const journeyApi = createJourneyApi({
    runs: { store, ingest, rules, insight, hash: addressHash, now, newId },
    backtests: { store, insight: parts.backtests, now, onError: onError('backtest') },
    journeys: {
      store,
      insight,
      now,
      newId,
      onRequested: () => {
        jobs.poke()
        journeyJobs.poke()
      },
    },
  })
  return {
    '/': dataRoutes,
    '/customers/:id/consents': createConsentRoutes({ store, ingest, now, newId }),
    '/export': createExportRoutes({ store, now, newId }),
    '/consent-policy': createConsentPolicyRoutes({ store }),
    '/audit': createAuditRoutes({ store, hash: addressHash }),
    ...journeyApi,
    '/customers/:id': createCustomerPageRoutes({
      store,
      rules,
      live,
      senders,
      hashAddress: addressHash,
      now,
    }),
    '/customers/search': createCustomerSearchRoutes({ store, insight, now, newId }),
    '/customers': createCustomerRoutes({ store, rules, insight, now }),
    '/messages': createMessageRoutes({
      store,
      insight,
      senders,
      renderMessage,
      publicUrl,
      hash: addressHash,
      now,
      newId,
      onEnded: parts.onEnded,
    }),
    '/products': createProductRoutes({ store, takeProducts: parts.takeProducts, now, newId }),
    '/product-feed': createProductFeedRoutes({ store, now, newId, onRequested: () => connectJobs.poke() }),
    '/insight': createInsightRoutes({ insight, now }).route(
      '/',
      createJobRoutes({ store, now, onRequested: () => jobs.poke() }),
    ),
    '/insight/model': createModelRoutes({ store, insight, now }),
    '/insight/gaps': createGapRoutes({ store, insight, now }),
    '/images': createImageRoutes({
      store,
      files: parts.images,
      publicUrl,
      demo: parts.demo,
      now,
      newId,
    }),
    '/reports': createReportRoutes({ insight, now }),
    '/import': createImportRoutes({ ingest, now }).route(
      '/',
      createMoveInRoutes({
        store,
        moveIn: createMoveIn({ store, ingest, hashAddress: addressHash, now }),
        insight,
        now,
        newId,
      }),
    ),
    '/identity-key': createIdentityKeyRoutes({ store, secret, now, newId }),
    '/keys': createKeyRoutes({ store, secret, keys, now, newId }),
    '/coupons': createCouponRoutes({ store, now, newId }),
    '/senders': createSenderRoutes({
      store,
      secret,
      senders,
      sendTest,
      dns: parts.dns ?? realDns(),
      hash: addressHash,
      now,
      newId,
      onReleased: () => sender.poke(),
    }),
    '/templates': createTemplateRoutes({
      store,
      templates,
      pool: renderPool,
      readMailData,
      senders,
      sendTest,
      publicUrl,
      shopUrl,
      now,
      newId,
    }),
    '/recommendations': createRecommendationRoutes({ store, now, newId, onRequested: () => jobs.poke() }),
    '/connections': createConnectionRoutes({
      store,
      connections: parts.connections,
      publicUrl,
      now,
      newId,
    }).route(
      '/',
      createPullRoutes({
        store,
        connections: parts.connections,
        post: parts.post,
        now,
        newId,
        onRequested: () => connectJobs.poke(),
      }),
    ),
    '/webhooks': createWebhookRoutes({ store, secret, now, newId, onRetried: () => webhookSender.poke() }),
    '/subscriptions': createSubscriptionRoutes({
      store,
      secret,
      deliver: parts.deliver,
      now,
      newId,
      onReplayed: () => webhookSender.poke(),
    }),
    '/campaigns': createCampaignRoutes({
      store,
      insight,
      rules,
      hashAddress: addressHash,
      secret,
      templates,
      now,
      newId,
      onRequested: () => campaignJobs.poke(),
    }),
    '/page-counts': createPageCountRoutes({ store, now, counter: parts.pageCounter }),
    '/onsite': createOnsiteRoutes({
      store,
      insight,
      now,
      newId,
      onChanged: (workspaceId) => parts.onsite.forget(workspaceId),
    }),
    '/segments': createSegmentRoutes({ store, insight, now, newId, onSaved: () => jobs.poke() }),
    '/feedback': parts.feedbackApi,
    '/suppressions': createSuppressionRoutes({ store, ingest, hashAddress: addressHash, now, newId }),
    '/team': access.team,
    '/session': createSessionRoutes({ store, demo: parts.demo, publicUrl }),
    '/guide': createGuideRoutes({
      store,
      secret,
      watch: guideWatch,
      writeKeys: parts.writeKey === undefined ? [] : [parts.writeKey],
      mail: { goesOut: !parts.keepsMails, mailbox: parts.mailbox ? '/mailbox' : null },
      now,
    }),
    '/home': createHomeRoutes({
      readHome: createReadHome({ store, insight, counter: eventCounter, now, onError: onError('home') }),
    }),
    '/settings': createSettingsApiRoutes({
      store,
      insight,
      previewMail: createPreview({ store, templates, readMailData, publicUrl, shopUrl }),
      now,
      newId,
    }),
    '/backup': createBackupRoutes({ store, databaseUrl: parts.databaseUrl, insight, now, newId }),
  }
}
