import type { Hono } from 'hono'
import { createApp } from './app.ts'
import type { Ciclo, CicloOptions } from './ciclo.ts'
import { createMailParts } from './createMailParts.ts'
import { createTimePassing } from './createTimePassing.ts'
import { createCampaignJob } from './campaigns/campaignJob.ts'
import { clockless } from './clockless.ts'
import { createFeedbackParts } from './createFeedbackParts.ts'
import { createIdentityTokens } from './ingest/identityTokens.ts'
import { createIngest } from './ingest/ingest.ts'
import { createProofs } from './ingest/proofs.ts'
import { createRulesCache } from './ingest/rulesCache.ts'
import { createPopulationJobs } from './insight/populationJobs.ts'
import { createRejudgeJob } from './insight/rejudgeJob.ts'
import { createInsightRunner } from './insight/runInsight.ts'
import { createJourneyCountJob } from './journeys/countJourneys.ts'
import { createJourneyJobs } from './journeys/createJourneyJobs.ts'
import { createKeys } from './keys.ts'
import { createClientAddress } from './limits/clientAddress.ts'
import { createIsBot } from './limits/createIsBot.ts'
import { createKeyGuard } from './limits/keyGuard.ts'
import { createLimits } from './limits/limits.ts'
import { DEFAULT_LIMITS } from './limits/limitSettings.ts'
import { createJobsLoop } from './loops/jobs.ts'
import { createLoopsLease } from './loops/loopsLease.ts'
import { createWakeLoop } from './loops/wake.ts'
import { createWebhookSender } from './loops/webhookSender.ts'
import { eraseMails } from './mail/eraseMails.ts'
import { createReadSurvey } from './mail/readSurvey.ts'
import { createMetrics } from './metrics/createMetrics.ts'
import { watchStore } from './metrics/watchStore.ts'
import { createApiAuthorization } from './routes/apiAuthorization.ts'
import { createAuditRoutes } from './routes/auditRoutes.ts'
import { createConsentPolicyRoutes, createConsentRoutes } from './routes/consentRoutes.ts'
import { createCampaignRoutes } from './routes/campaignRoutes.ts'
import { createCouponRoutes } from './routes/couponRoutes.ts'
import { createCustomerRoutes } from './routes/customerRoutes.ts'
import { createDataRightsRoutes } from './routes/dataRightsRoutes.ts'
import { createGapRoutes } from './routes/gapRoutes.ts'
import { createHealthRoutes } from './routes/healthRoutes.ts'
import { createHomeRoutes } from './routes/homeRoutes.ts'
import { createIdentityKeyRoutes } from './routes/identityKeyRoutes.ts'
import { createImportRoutes } from './routes/importRoutes.ts'
import { createIngestRoutes } from './routes/ingestRoutes.ts'
import { createInsightRoutes } from './routes/insightRoutes.ts'
import { createJobRoutes } from './routes/jobRoutes.ts'
import { createJourneyApi } from './routes/journeyApi.ts'
import { createModelRoutes } from './routes/modelRoutes.ts'
import { createLinkRoutes } from './routes/linkRoutes.ts'
import { createMailboxRoutes } from './routes/mailboxRoutes.ts'
import { createProductRoutes } from './routes/productRoutes.ts'
import { createParkedRoutes } from './routes/parkedRoutes.ts'
import { createSegmentRoutes } from './routes/segmentRoutes.ts'
import { createSuppressionRoutes } from './routes/suppressionRoutes.ts'
import { createSenderRoutes } from './routes/senderRoutes.ts'
import { createSettingsApiRoutes } from './routes/settingsApiRoutes.ts'
import { createTemplateRoutes } from './routes/templateRoutes.ts'
import { createTestClockRoutes } from './routes/testClockRoutes.ts'
import { createTrackerRoutes } from './routes/trackerRoutes.ts'
import { createWebhookRoutes } from './routes/webhookRoutes.ts'
import { realDns } from './sending/records/dns.ts'
import { createSegmentBuildJob } from './segments/buildSegments.ts'
import { readSettings } from './store/queries/settings.ts'
import { firstWorkspaceId } from './store/queries/workspaces.ts'
import { createTokens, hashAddress } from './tokens.ts'
import { createPostWebhook } from './webhooks/postWebhook.ts'

/** How long stopping waits for mails in flight; a mail that is cut off is sent again under the same Message-ID. */
const STOP_GRACE = 3_000

/** Puts the parts together: the composition root below `main`, which tests use as well. */
export function createCiclo(options: CicloOptions): Ciclo {
  const { store, secret, clock, testClock, newId, random, log, publicUrl } = options
  const now = () => clock.now()
  const metrics = createMetrics({ database: store.dialect.name })
  watchStore({ store, registry: metrics.registry, now })
  const onError = (where: string) => (error: unknown) => {
    metrics.failed(where)
    log.error({ err: error, where }, 'Something failed and is tried again')
  }

  const insight = createInsightRunner({ databaseUrl: options.databaseUrl })
  // Minutes of work, with processes of its own: other questions do not wait for it.
  const backtests = createInsightRunner({ databaseUrl: options.databaseUrl })
  const rules = createRulesCache()
  const tokens = createTokens(secret)
  const identityTokens = createIdentityTokens({
    secret,
    keyVersionOf: (workspaceId) =>
      store.read(async (tx) => (await readSettings(tx, workspaceId)).identityKeyVersion),
    now,
  })
  const clientOf = createClientAddress(options.trustProxy ?? 'auto')
  const limits = createLimits({
    settings: options.limits ?? DEFAULT_LIMITS,
    now,
    onRefused: metrics.limited,
  })
  const findKey = createKeyGuard({ keys: createKeys({ store, secret, now }), limits })
  const addressHash = (workspaceId: string, address: string) => hashAddress(secret, workspaceId, address)
  const ingest = createIngest({
    store,
    rules,
    now,
    newCustomerId: newId,
    hashAddress: addressHash,
    onError: onError('ingest'),
    onCommitted: (committed) => {
      metrics.committed(committed)
      senderHealth.heard(committed)
      const { hasMessages, hasWebhooks, coupons, wakeAt } = committed
      if (hasMessages) sender.poke()
      if (hasWebhooks) webhookSender.poke()
      const pools = [...new Set(coupons.missing)]
      if (pools.length > 0) log.warn({ pools }, 'Pools of coupons are empty: their mails cannot be sent')
      if (wakeAt !== null) wake.poke(wakeAt)
    },
  })
  metrics.watchQueue(() => ingest.queue(), now)
  const wake = createWakeLoop({ store, ingest, clock, onError: onError('wake') })
  const shopUrl = () => (options.demo ? `${publicUrl()}/demo` : publicUrl())
  const mail = createMailParts({
    ...options,
    now,
    ingest,
    rules,
    tokens,
    addressHash,
    shopUrl,
    metrics,
    onError,
  })
  const {
    templates,
    renderPool,
    readMailData,
    renderMessage,
    linksOf,
    senders,
    sendTest,
    sender,
    senderHealth,
  } = mail
  const webhookSender = createWebhookSender({
    store,
    clock,
    random,
    secret,
    post: createPostWebhook({
      allowedHosts: options.webhookHosts ?? new Set(),
      ...(options.resolveHost ? { resolve: options.resolveHost } : {}),
    }),
    onError: onError('webhooks'),
    onAttempted: metrics.webhookAttempted,
    onEnded: metrics.webhookEnded,
  })
  const jobs = createJobsLoop({
    store,
    clock,
    jobs: [
      ...createPopulationJobs({ store, insight, now, onPublished: () => jobs.poke() }),
      createRejudgeJob({ store, ingest, now }),
      createSegmentBuildJob({ store, ingest, now }),
      createJourneyCountJob({ store, ingest, now, onRequested: () => journeyJobs.poke() }),
    ],
    onError: onError('jobs'),
  })
  const journeyJobs = createJourneyJobs({ store, clock, ingest, insight, onError: onError('journey-jobs') })
  const campaignJobs = createJobsLoop({
    store,
    clock,
    jobs: [
      createCampaignJob({
        store,
        insight,
        rules,
        hashAddress: addressHash,
        now,
        onQueued: () => sender.poke(),
        onError: onError('campaigns'),
      }),
    ],
    onError: onError('campaigns'),
  })
  const feedbackParts = createFeedbackParts({
    store,
    ingest,
    tokens,
    bounceAddresses: mail.bounceAddresses,
    clock,
    secret,
    newId,
    publicUrl,
    settings: options.feedback ?? { smtp: undefined, address: undefined, maildir: undefined },
    ...(options.fetchFromAmazon ? { fetchFromAmazon: options.fetchFromAmazon } : {}),
    onOutcome: metrics.feedback,
    onError: onError('feedback'),
  })
  const loops = createLoopsLease({
    store,
    holder: newId(),
    clock,
    loops: [wake, sender, webhookSender, jobs, journeyJobs, campaignJobs, ...feedbackParts.loops],
    onError: onError('lease'),
  })

  const { settle, passTime } = createTimePassing({
    store,
    now,
    ...(testClock ? { testClock } : {}),
    loops: { wake, sender, webhookSender, jobs, journeyJobs, campaignJobs },
    senderHealth,
  })

  const open: Hono[] = [
    feedbackParts.hooks,
    createHomeRoutes({ demo: options.demo, publicUrl }),
    createTrackerRoutes(options.tracker),
    createLinkRoutes({
      store,
      ingest,
      tokens,
      now,
      newId,
      shopUrl,
      clientOf,
      renderMessage,
      linksOf,
      readSurvey: createReadSurvey(templates),
    }),
    createHealthRoutes({
      store,
      metrics: metrics.registry,
      clientOf,
      ...(options.metricsToken === undefined ? {} : { metricsToken: options.metricsToken }),
    }),
  ]
  if (testClock) open.push(createTestClockRoutes({ passTime }))
  if (options.mailbox) open.push(createMailboxRoutes(options.mailbox))
  if (options.shop) open.push(options.shop)

  const dataRoutes = createDataRightsRoutes({
    store,
    hash: addressHash,
    now,
    newId,
    eraseMails: async (addresses) =>
      options.mailFolder === undefined ? 0 : await eraseMails(options.mailFolder, addresses),
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
    backtests: { store, insight: backtests, now, onError: onError('backtest') },
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
  const app = createApp({
    log,
    onAnswered: metrics.answered,
    onRefused: (code) => metrics.refused('request', code),
    ingest: createIngestRoutes({
      ingest,
      now,
      newMessageId: newId,
      findKey,
      clientOf,
      limits,
      isBot: createIsBot(),
      proofs: createProofs({ store, tokens, identityTokens, now }),
      publicUrl,
      onRejected: (code) => metrics.refused('event', code),
    }),
    open,
    authorization: createApiAuthorization({
      findKey,
      clientOf,
      tokens,
      now,
      database: options.database,
      firstWorkspaceId: () => store.read(firstWorkspaceId),
    }),
    isStoreAway: (error) => store.dialect.classifyError(error) !== 'other',
    api: {
      '/': dataRoutes,
      '/customers/:id/consents': createConsentRoutes({ store, ingest, now, newId }),
      '/consent-policy': createConsentPolicyRoutes({ store }),
      '/audit': createAuditRoutes({ store, hash: addressHash }),
      ...journeyApi,
      '/customers': createCustomerRoutes({ store, rules, insight, now }),
      '/products': createProductRoutes({ store }),
      '/insight': createInsightRoutes({ insight, now }).route(
        '/',
        createJobRoutes({ store, now, onRequested: () => jobs.poke() }),
      ),
      '/insight/model': createModelRoutes({ store, insight, now }),
      '/insight/gaps': createGapRoutes({ store, insight, now }),
      '/import': createImportRoutes({ ingest, now }),
      '/identity-key': createIdentityKeyRoutes({ store, secret, now, newId }),
      '/coupons': createCouponRoutes({ store, now, newId }),
      '/senders': createSenderRoutes({
        store,
        secret,
        senders,
        sendTest,
        dns: options.dns ?? realDns(),
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
      '/webhooks': createWebhookRoutes({ store, secret, now, newId, onRetried: () => webhookSender.poke() }),
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
      '/segments': createSegmentRoutes({ store, insight, now, newId, onSaved: () => jobs.poke() }),
      '/feedback': feedbackParts.api,
      '/suppressions': createSuppressionRoutes({ store, ingest, hashAddress: addressHash, now, newId }),
      '/settings': createSettingsApiRoutes({ store, now, newId }),
    },
  })

  return {
    app,
    ingest,
    feedback: feedbackParts.feedback,
    start: () => loops.start(),
    listenForFeedback: () => feedbackParts.listen(),
    settle,
    runJobs: () => jobs.drain(),
    stop: async () => {
      await Promise.race([loops.stop(), clockless(STOP_GRACE)])
      await ingest.stop()
      await Promise.all([insight.close(), backtests.close(), mail.stop()])
    },
  }
}
