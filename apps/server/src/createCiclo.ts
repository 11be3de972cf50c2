import { HOUR } from '@ciclo/engine'
import { collectDefaultMetrics, Counter, Registry } from 'prom-client'
import type { Hono } from 'hono'
import type { RequestIdVariables } from 'hono/request-id'
import nodemailer from 'nodemailer'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import type { Clock, TestClock } from './clock.ts'
import type { MailAddress } from './config.ts'
import { createIngest, type Ingest } from './ingest/ingest.ts'
import { createRulesCache } from './ingest/rulesCache.ts'
import { createKeys } from './keys.ts'
import { createLoopsLease } from './loops/loopsLease.ts'
import { createSender, WORKERS } from './loops/sender.ts'
import { createWakeLoop } from './loops/wake.ts'
import { createComposeMail } from './mail/composeMail.ts'
import type { Mailbox } from './mail/mailbox.ts'
import { createTemplateCache } from './mail/templateCache.ts'
import { createApiAuthorization } from './routes/apiAuthorization.ts'
import { createCustomerRoutes } from './routes/customerRoutes.ts'
import { createHealthRoutes } from './routes/healthRoutes.ts'
import { createHomeRoutes } from './routes/homeRoutes.ts'
import { createImportRoutes } from './routes/importRoutes.ts'
import { createIngestRoutes } from './routes/ingestRoutes.ts'
import { createLinkRoutes } from './routes/linkRoutes.ts'
import { createMailboxRoutes } from './routes/mailboxRoutes.ts'
import { createTestClockRoutes } from './routes/testClockRoutes.ts'
import { createTrackerRoutes, type TrackerFiles } from './routes/trackerRoutes.ts'
import { nextWakeAt } from './store/queries/customers.ts'
import { nextMessageAt } from './store/queries/messages.ts'
import { firstWorkspaceId } from './store/queries/workspaces.ts'
import type { Store } from './store/store.ts'
import { createTokens, hashAddress } from './tokens.ts'

export interface CicloOptions {
  store: Store
  secret: string
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
  tracker: TrackerFiles
  demo: boolean
  mailbox?: Mailbox
  /** Routes of a shop that runs in the same process. */
  shop?: Hono
}

/** A running Ciclo, without a socket: `app` answers requests, `start` begins the loops. */
export interface Ciclo {
  app: Hono<{ Variables: RequestIdVariables }>
  ingest: Ingest
  start(): void
  /** Brings about what is due now: timers, then mails. */
  settle(): Promise<void>
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
  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  const failures = new Counter({
    name: 'ciclo_errors_total',
    help: 'Errors of the loops and of ingest, by where they happened',
    labelNames: ['where'],
    registers: [metrics],
  })
  const onError = (where: string) => (error: unknown) => {
    failures.inc({ where })
    log.error({ err: error, where }, 'Something failed and is tried again')
  }

  const rules = createRulesCache()
  const tokens = createTokens(secret)
  const keys = createKeys({ store, secret, now })
  const addressHash = (workspaceId: string, address: string) => hashAddress(secret, workspaceId, address)
  const ingest = createIngest({
    store,
    rules,
    now,
    newCustomerId: newId,
    hashAddress: addressHash,
    onError: onError('ingest'),
    onCommitted: ({ hasMessages, wakeAt }) => {
      if (hasMessages) sender.poke()
      if (wakeAt !== null) wake.poke(wakeAt)
    },
  })
  const wake = createWakeLoop({ store, ingest, clock, onError: onError('wake') })
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
      tokens,
      publicUrl,
      shopUrl: () => (options.demo ? `${publicUrl()}/demo` : publicUrl()),
      from: options.from,
      now,
    }),
    hashAddress: addressHash,
    onError: onError('sender'),
  })
  const loops = createLoopsLease({
    store,
    holder: newId(),
    clock,
    loops: [wake, sender],
    onError: onError('lease'),
  })

  const settle = async () => {
    await wake.drain()
    await sender.drain()
    // What was sent has armed new timers and may have caused new mails.
    await wake.drain()
    wake.poke()
    sender.poke()
  }

  /** Lets the time until `at` pass for whoever waits for it, in hops to where something is due. */
  const passTime = async (at: number) => {
    if (!testClock) return now()
    while (now() < at) {
      await settle()
      const due = Math.min(
        (await store.read(nextWakeAt)) ?? Infinity,
        (await store.read(nextMessageAt)) ?? Infinity,
      )
      testClock.set(Math.min(at, Math.max(due, now()) + TEST_HOP))
    }
    testClock.set(at)
    await settle()
    return now()
  }

  const open: Hono[] = [
    createHomeRoutes({ demo: options.demo, publicUrl }),
    createTrackerRoutes(options.tracker),
    createLinkRoutes({ store, ingest, tokens, now, newId }),
    createHealthRoutes({ store, metrics }),
  ]
  if (testClock) open.push(createTestClockRoutes({ passTime }))
  if (options.mailbox) open.push(createMailboxRoutes(options.mailbox))
  if (options.shop) open.push(options.shop)

  const app = createApp({
    log,
    ingest: createIngestRoutes({ keys, ingest, now, newMessageId: newId }),
    open,
    authorization: createApiAuthorization({
      keys,
      tokens,
      now,
      firstWorkspaceId: () => store.read(firstWorkspaceId),
    }),
    isStoreAway: (error) => store.dialect.classifyError(error) !== 'other',
    api: { '/customers': createCustomerRoutes({ store }), '/import': createImportRoutes({ ingest, now }) },
  })

  return {
    app,
    ingest,
    start: () => loops.start(),
    settle,
    stop: async () => {
      await Promise.race([loops.stop(), clockless(STOP_GRACE)])
      await ingest.stop()
      transport.close()
    },
  }
}

/** Real time, whatever clock the server runs by: stopping must end. */
function clockless(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref()
  })
}
