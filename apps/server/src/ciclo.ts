import type { RenderPool } from '@ciclo/templates'
import type { Hono } from 'hono'
import type { Logger } from 'pino'
import type { Clock, TestClock } from './clock.ts'
import type { MailAddress } from './config.ts'
import type { FeedbackSettings } from './createFeedbackParts.ts'
import type { Feedback } from './feedback/createFeedback.ts'
import type { FetchFromAmazon } from './feedback/providers/snsMessage.ts'
import type { FeedbackServer } from './feedback/startFeedbackServer.ts'
import type { Ingest } from './ingest/ingest.ts'
import type { StartInsightProcess } from './insight/insightProcess.ts'
import type { TrustProxy } from './limits/clientAddress.ts'
import type { LimitSettings } from './limits/limitSettings.ts'
import type { Mailbox } from './mail/mailbox.ts'
import type { StudioFiles } from './routes/studioRoutes.ts'
import type { TrackerFiles } from './routes/trackerRoutes.ts'
import type { Dns } from './sending/records/dns.ts'
import type { Store } from './store/store.ts'
import type { RequestVariables } from './watchRequests.ts'
import type { ResolveHost } from './webhooks/findAddresses.ts'

export interface CicloOptions {
  store: Store
  secret: string
  /** The write key that a new database got, where it is known by itself; the set-up guide shows it. */
  writeKey?: string
  /** Of the store's database: `databaseIdentity`. */
  database: string
  /** Where processes that read open it for themselves. */
  databaseUrl: string
  /** What reads for long: in processes of its own, when left out. */
  startInsight?: StartInsightProcess
  clock: Clock
  /** Set where end-to-end tests may move the clock. */
  testClock?: TestClock
  /** Unique ids that sort by time. */
  newId: () => string
  random: () => number
  log: Logger
  /** A nodemailer URL. */
  smtpUrl: string
  /** Its server is the embedded mailbox: mails that no other sender takes reach nobody. */
  keepsMails?: boolean
  /** Whether that server is one that reaches people: true when left out, false for the embedded mailbox. */
  mailsGoOut?: boolean
  from: () => MailAddress
  publicUrl: () => string
  /** `auto` when left out. */
  trustProxy?: TrustProxy
  /** Those of the documentation when left out. */
  limits?: LimitSettings
  /** Hosts that webhooks may go to wherever they are, as `URL.hostname` writes them. */
  webhookHosts?: ReadonlySet<string>
  /** Where the records of senders are looked up: by the system's name servers when left out. */
  dns?: Dns
  /** Where names are looked up for webhooks: by the system's resolver when left out. */
  resolveHost?: ResolveHost
  /** How mails that come back come in: by providers only, when left out. */
  feedback?: FeedbackSettings
  /** The internet, when left out. */
  fetchFromAmazon?: FetchFromAmazon
  tracker: TrackerFiles
  /** The studio, where it is built. */
  studio?: StudioFiles
  /** What has to be shown for the figures; without it only this machine gets them. */
  metricsToken?: string
  demo: boolean
  mailbox?: Mailbox
  /** Where the embedded mailbox keeps its mails: those of an erased customer go, too. */
  mailFolder?: string
  /** Where templates that shops have written are rendered: in processes of their own, when left out. */
  renderPool?: RenderPool
  /** Routes of a shop that runs in the same process. */
  shop?: Hono
}

/** A running Ciclo, without a socket: `app` answers requests, `start` begins the loops. */
export interface Ciclo {
  app: Hono<{ Variables: RequestVariables }>
  ingest: Ingest
  /** Takes over what comes back of mails. */
  feedback: Feedback
  start(): void
  /** Ends the answers that would never end by themselves. */
  closeStreams(): void
  /** Listens for mails that come back, where that is set up. */
  listenForFeedback(): Promise<FeedbackServer | undefined>
  /** Brings about what is due now: timers, then mails. */
  settle(): Promise<void>
  /** Brings about the jobs that are due now. */
  runJobs(): Promise<void>
  /** Finishes what is in flight and ends; the store stays open. */
  stop(): Promise<void>
}
