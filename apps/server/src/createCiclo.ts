import type { Hono } from 'hono'
import { createApp } from './app.ts'
import { createApi } from './createApi.ts'
import type { Ciclo, CicloOptions } from './ciclo.ts'
import { createAccessParts } from './createAccessParts.ts'
import { createMailParts } from './createMailParts.ts'
import { createTimePassing } from './createTimePassing.ts'
import { createListingJob } from './customerList/listingJob.ts'
import { createCampaignJob } from './campaigns/campaignJob.ts'
import { createFillDeedsJob } from './catalogue/fillDeedsJob.ts'
import { createTakeProducts } from './catalogue/createTakeProducts.ts'
import { createTellCatalogueJob } from './catalogue/tellCatalogueJob.ts'
import { clockless } from './clockless.ts'
import { createConnections } from './connections/createConnections.ts'
import { createForgetDeliveriesJob } from './connections/forgetDeliveriesJob.ts'
import { createProductFeedJob } from './catalogue/productFeedJob.ts'
import { createPullJob } from './connections/pullJob.ts'
import { createFeedbackParts } from './createFeedbackParts.ts'
import { createGuideWatch } from './guide/guideWatch.ts'
import { createEventCounter } from './home/eventCounter.ts'
import { createPageCounter } from './pageCounts/pageCounter.ts'
import { createWriteReport } from './home/reportMail.ts'
import { createWeeklyReportJob } from './home/weeklyReport.ts'
import { createImageFiles } from './images/createImageFiles.ts'
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
import { createLive } from './live/createLive.ts'
import { createJobsLoop } from './loops/jobs.ts'
import { createLoopsLease } from './loops/loopsLease.ts'
import { createWakeLoop } from './loops/wake.ts'
import { createWebhookSender } from './loops/webhookSender.ts'
import { createReadSurvey } from './mail/readSurvey.ts'
import { createOnsiteCache } from './onsite/onsiteCache.ts'
import { createMetrics } from './metrics/createMetrics.ts'
import { watchStore } from './metrics/watchStore.ts'
import { createRecommendationsJob } from './recommendations/recommendationsJob.ts'
import { createApiAuthorization } from './routes/apiAuthorization.ts'
import { createConnectionHookRoutes } from './routes/connectionHookRoutes.ts'
import { createHealthRoutes } from './routes/healthRoutes.ts'
import { createImageFileRoutes } from './routes/imageFileRoutes.ts'
import { createIngestRoutes } from './routes/ingestRoutes.ts'
import { createLinkRoutes } from './routes/linkRoutes.ts'
import { createMailboxRoutes } from './routes/mailboxRoutes.ts'
import { createOnsiteFrameRoutes } from './routes/onsiteFrameRoutes.ts'
import { createStudioRoutes } from './routes/studioRoutes.ts'
import { createTestClockRoutes } from './routes/testClockRoutes.ts'
import { createTrackerRoutes } from './routes/trackerRoutes.ts'
import { createSegmentBuildJob } from './segments/buildSegments.ts'
import { createSeal } from './sending/createSeal.ts'
import { readOwners } from './store/queries/owners.ts'
import { readSettings } from './store/queries/settings.ts'
import { firstWorkspaceId } from './store/queries/workspaces.ts'
import { createDeliver } from './subscriptions/createDeliver.ts'
import { createTokens, hashAddress } from './tokens.ts'
import { createPostWebhook } from './webhooks/postWebhook.ts'

/**
 * Milliseconds between two looks at a customer whose page is open: what this process commits through ingest it hears of
 * at once. On PostgreSQL other processes commit as well.
 */
const LIVE_POLL = { sqlite: 4_000, postgres: 1_500 }

/** How long stopping waits for mails in flight; a mail that is cut off is sent again under the same Message-ID. */
const STOP_GRACE = 3_000
/** A feed of many products takes its time to be made: milliseconds. */
const FEED_PATIENCE = 120_000

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

  const runner = { databaseUrl: options.databaseUrl, startProcess: options.startInsight }
  const insight = createInsightRunner(runner)
  // Minutes of work, with processes of its own: other questions do not wait for it.
  const backtests = createInsightRunner(runner)
  const rules = createRulesCache()
  const live = createLive({
    store,
    onError: onError('live'),
    pollEvery: LIVE_POLL[store.dialect.name],
  })
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
  const keys = createKeys({ store, secret, now })
  const findKey = createKeyGuard({ keys, limits })
  const addressHash = (workspaceId: string, address: string) => hashAddress(secret, workspaceId, address)
  const onsite = createOnsiteCache({ store, now, onError: onError('onsite') })
  const images = createImageFiles(store)
  const takeProducts = createTakeProducts({ store, now, onNews: () => jobs.poke() })
  const connections = createConnections({ seal: createSeal(secret), secret })
  const guideWatch = createGuideWatch({ store, now, onError: onError('guide') })
  const eventCounter = createEventCounter({ store, now, onError: onError('home') })
  const pageCounter = createPageCounter({ store, now, onError: onError('page-counts') })
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
      guideWatch.heard(committed)
      eventCounter.heard(committed)
      const { hasMessages, hasWebhooks, coupons, wakeAt, touched } = committed
      for (const { workspaceId, customerIds } of touched) live.touched(workspaceId, customerIds)
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
  const { templates, renderMessage, linksOf, senders, sendDirectly, sender, senderHealth } = mail
  const guard = {
    allowedHosts: options.webhookHosts ?? new Set<string>(),
    ...(options.resolveHost ? { resolve: options.resolveHost } : {}),
  }
  const post = createPostWebhook(guard)
  const deliver = createDeliver({ store, rules, now, secret, publicUrl, post })
  const webhookSender = createWebhookSender({
    store,
    clock,
    random,
    newId,
    secret,
    post,
    deliver,
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
      createListingJob({ store, now }),
      createForgetDeliveriesJob({ store, now }),
      createTellCatalogueJob({ store, ingest, now }),
      createFillDeedsJob({ store }),
      createRecommendationsJob({ store, insight: backtests, now }),
      createJourneyCountJob({ store, ingest, now, onRequested: () => journeyJobs.poke() }),
      createWeeklyReportJob({
        store,
        senders,
        sendDirectly: mail.sendDirectly,
        readOwners,
        writeReport: createWriteReport({ store, insight, publicUrl, now }),
        now,
      }),
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
  // An hour of fetching a shop's past delays nobody else.
  const connectJobs = createJobsLoop({
    store,
    clock,
    jobs: [
      createPullJob({ store, ingest, connections, takeProducts, post, clock, random }),
      createProductFeedJob({
        store,
        takeProducts,
        post: createPostWebhook({ ...guard, patience: FEED_PATIENCE }),
        now,
      }),
    ],
    onError: onError('connect'),
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
    loops: [
      wake,
      sender,
      webhookSender,
      jobs,
      journeyJobs,
      campaignJobs,
      connectJobs,
      ...feedbackParts.loops,
    ],
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
    createConnectionHookRoutes({
      store,
      ingest,
      connections,
      now,
      takeProducts,
    }),
    createTrackerRoutes(options.tracker),
    createImageFileRoutes(images),
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
  if (options.studio) open.push(createOnsiteFrameRoutes(), createStudioRoutes(options.studio))

  const access = createAccessParts({
    ...options,
    tokens,
    clientOf,
    hash: addressHash,
    now,
    senders,
    sendDirectly,
    onRefused: metrics.limited,
  })
  open.push(...access.open)

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
      identityTokens,
      store,
      onsite,
      pageCounter,
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
      findSession: access.findSession,
      publicUrl,
    }),
    isStoreAway: (error) => store.dialect.classifyError(error) !== 'other',
    api: createApi({
      ...options,
      now,
      addressHash,
      shopUrl,
      insight,
      backtests,
      rules,
      live,
      keys,
      ingest,
      mail,
      access,
      guideWatch,
      onsite,
      connections,
      takeProducts,
      post,
      images,
      eventCounter,
      pageCounter,
      feedbackApi: feedbackParts.api,
      deliver,
      onEnded: metrics.ended,
      onError,
      loops: { wake, sender, webhookSender, jobs, journeyJobs, campaignJobs, connectJobs },
    }),
  })

  return {
    app,
    ingest,
    feedback: feedbackParts.feedback,
    start: () => loops.start(),
    closeStreams: () => live.close(),
    listenForFeedback: () => feedbackParts.listen(),
    settle,
    runJobs: () => jobs.drain(),
    stop: async () => {
      live.close()
      await Promise.race([loops.stop(), clockless(STOP_GRACE)])
      await ingest.stop()
      await eventCounter.flush()
      await pageCounter.flush()
      await Promise.all([insight.close(), backtests.close(), mail.stop()])
    },
  }
}
