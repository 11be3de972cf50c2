import { HOUR } from '@ciclo/engine'
import type { Hono } from 'hono'
import nodemailer from 'nodemailer'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import type { Clock, TestClock } from './clock.ts'
import { clockless } from './clockless.ts'
import type { MailAddress } from './config.ts'
import { createIdentityTokens } from './ingest/identityTokens.ts'
import { createIngest, type Ingest } from './ingest/ingest.ts'
import { createProofs } from './ingest/proofs.ts'
import { createRulesCache } from './ingest/rulesCache.ts'
import { createPopulationJobs } from './insight/populationJobs.ts'
import { createRejudgeJob } from './insight/rejudgeJob.ts'
import { createInsightRunner } from './insight/runInsight.ts'
import { createJourneyCountJob } from './journeys/countJourneys.ts'
import { createJourneyJobs } from './journeys/createJourneyJobs.ts'
import { JOURNEY_SCHEDULE } from './journeys/schedule.ts'
import { createKeys } from './keys.ts'
import { createClientAddress, type TrustProxy } from './limits/clientAddress.ts'
import { createIsBot } from './limits/createIsBot.ts'
import { createKeyGuard } from './limits/keyGuard.ts'
import { createLimits } from './limits/limits.ts'
import { DEFAULT_LIMITS, type LimitSettings } from './limits/limitSettings.ts'
import { createJobsLoop } from './loops/jobs.ts'
import { createLoopsLease } from './loops/loopsLease.ts'
import { createSender, WORKERS } from './loops/sender.ts'
import { createWakeLoop } from './loops/wake.ts'
import { createWebhookSender } from './loops/webhookSender.ts'
import { createComposeMail } from './mail/composeMail.ts'
import { eraseMails } from './mail/eraseMails.ts'
import type { Mailbox } from './mail/mailbox.ts'
import { createReadMailData } from './mail/readMailData.ts'
import { createTemplateCache } from './mail/templateCache.ts'
import { createMetrics } from './metrics/createMetrics.ts'
import { watchStore } from './metrics/watchStore.ts'
import { createApiAuthorization } from './routes/apiAuthorization.ts'
import { createAuditRoutes } from './routes/auditRoutes.ts'
import { createConsentPolicyRoutes, createConsentRoutes } from './routes/consentRoutes.ts'
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
import { createSettingsApiRoutes } from './routes/settingsApiRoutes.ts'
import { createTestClockRoutes } from './routes/testClockRoutes.ts'
import { createTrackerRoutes, type TrackerFiles } from './routes/trackerRoutes.ts'
import { createWebhookRoutes } from './routes/webhookRoutes.ts'
import { createSegmentBuildJob } from './segments/buildSegments.ts'
import { nextWakeAt } from './store/queries/customers.ts'
import { nextJobAt } from './store/queries/jobs.ts'
import { JOURNEY_OPENING } from './store/queries/journeys.ts'
import { nextMessageAt } from './store/queries/messages.ts'
import { readSettings } from './store/queries/settings.ts'
import { nextWebhookAt } from './store/queries/webhooks.ts'
import { firstWorkspaceId } from './store/queries/workspaces.ts'
import type { Store } from './store/store.ts'
import { createTokens, hashAddress } from './tokens.ts'
import type { RequestVariables } from './watchRequests.ts'
import type { ResolveHost } from './webhooks/findAddresses.ts'
import { createPostWebhook } from './webhooks/postWebhook.ts'

export interface CicloOptions {
  store: Store
  secret: string
  /** Of the store's database: `databaseIdentity`. */
  database: string
  /** Where processes that read open it for themselves. */
  databaseUrl: string
  clock: Clock
  /** Set where end-to-end tests may move the clock. */
  testClock?: TestClock
  /** Unique ids that sort by time. */
  newId: () => string
  random: () => number
  log: Logger
  /** A nodemailer URL. */
  smtpUrl: string
  from: () => MailAddress
  publicUrl: () => string
  /** `auto` when left out. */
  trustProxy?: TrustProxy
  /** Those of the documentation when left out. */
  limits?: LimitSettings
  /** Hosts that webhooks may go to wherever they are, as `URL.hostname` writes them. */
  webhookHosts?: ReadonlySet<string>
  /** Where names are looked up for webhooks: by the system's resolver when left out. */
  resolveHost?: ResolveHost
  tracker: TrackerFiles
  /** What has to be shown for the figures; without it only this machine gets them. */
  metricsToken?: string
  demo: boolean
  mailbox?: Mailbox
  /** Where the embedded mailbox keeps its mails: those of an erased customer go, too. */
  mailFolder?: string
  /** Routes of a shop that runs in the same process. */
  shop?: Hono
}

/** A running Ciclo, without a socket: `app` answers requests, `start` begins the loops. */
export interface Ciclo {
  app: Hono<{ Variables: RequestVariables }>
  ingest: Ingest
  start(): void
  /** Brings about what is due now: timers, then mails. */
  settle(): Promise<void>
  /** Brings about the jobs that are due now. */
  runJobs(): Promise<void>
  /** Finishes what is in flight and ends; the store stays open. */
  stop(): Promise<void>
}

/** How long stopping waits for mails in flight; a mail that is cut off is sent again under the same Message-ID. */
const STOP_GRACE = 3_000

/** What is due within this of each other happens in one hop of a test's clock: well below what makes a mail late. */
const TEST_HOP = HOUR / 2

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
  const transport = nodemailer.createTransport({
    url: options.smtpUrl,
    pool: true,
    maxConnections: WORKERS,
    maxMessages: 1_000,
    // Whether and when a mail is tried again is the sender's to decide.
    maxRequeues: 0,
    connectionTimeout: 7_000,
    greetingTimeout: 7_000,
    // Together well below the half of a claim's lease that is left when a mail's turn comes.
    socketTimeout: 15_000,
  })
  const sender = createSender({
    store,
    ingest,
    rules,
    clock,
    random,
    transport,
    composeMail: createComposeMail({
      templates: createTemplateCache(),
      readMailData: createReadMailData(store, now),
      tokens,
      publicUrl,
      shopUrl,
      from: options.from,
      now,
    }),
    hashAddress: addressHash,
    onError: onError('sender'),
    onAttempted: metrics.attempted,
    onEnded: metrics.ended,
  })
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
  const loops = createLoopsLease({
    store,
    holder: newId(),
    clock,
    loops: [wake, sender, webhookSender, jobs, journeyJobs],
    onError: onError('lease'),
  })

  const nextDueAt = async () =>
    Math.min(
      (await store.read(nextWakeAt)) ?? Infinity,
      (await store.read(nextMessageAt)) ?? Infinity,
      (await store.read(nextWebhookAt)) ?? Infinity,
    )

  const settle = async () => {
    // What was sent has armed new timers, and may have caused new mails.
    do {
      await wake.drain()
      await journeyJobs.drain()
      await sender.drain()
      await webhookSender.drain()
    } while ((await nextDueAt()) <= now())
    // A turn that a loop has begun meanwhile is over before anybody moves the clock: it would lose its claims.
    await sender.drain()
    await webhookSender.drain()
    wake.poke()
    sender.poke()
    webhookSender.poke()
  }

  /** Lets the time until `at` pass for whoever waits for it, in hops to where something is due. */
  const passTime = async (at: number) => {
    if (!testClock) return now()
    while (now() < at) {
      await settle()
      const due = await nextDueAt()
      // Who a schedule asks in is seen at its own time.
      const jobAt = (await store.read((tx) => nextJobAt(tx, [JOURNEY_OPENING, JOURNEY_SCHEDULE]))) ?? Infinity
      testClock.set(Math.min(at, Math.max(jobAt, now() + 1), Math.max(due, now()) + TEST_HOP))
    }
    // Jobs are caught up with once, as after a long sleep: their day-to-day runs take real time. What they publish and
    // ask for at one instant comes a millisecond after each other.
    for (const instant of [Math.max(now(), at - 2), at]) {
      testClock.set(instant)
      await jobs.drain()
    }
    await settle()
    return now()
  }

  const open: Hono[] = [
    createHomeRoutes({ demo: options.demo, publicUrl }),
    createTrackerRoutes(options.tracker),
    createLinkRoutes({ store, ingest, tokens, now, newId, shopUrl, clientOf }),
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
      '/webhooks': createWebhookRoutes({ store, secret, now, newId, onRetried: () => webhookSender.poke() }),
      '/segments': createSegmentRoutes({ store, insight, now, newId, onSaved: () => jobs.poke() }),
      '/settings': createSettingsApiRoutes({ store, now, newId }),
    },
  })

  return {
    app,
    ingest,
    start: () => loops.start(),
    settle,
    runJobs: () => jobs.drain(),
    stop: async () => {
      await Promise.race([loops.stop(), clockless(STOP_GRACE)])
      await ingest.stop()
      await Promise.all([insight.close(), backtests.close()])
      transport.close()
    },
  }
}
