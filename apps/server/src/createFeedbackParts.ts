import type { Hono } from 'hono'
import type { Clock } from './clock.ts'
import { createFeedback, type Feedback, type FeedbackOptions } from './feedback/createFeedback.ts'
import { createMaildirLoop } from './feedback/createMaildirLoop.ts'
import { fetchFromAmazon } from './feedback/fetchFromAmazon.ts'
import { createHookAddresses } from './feedback/hookAddresses.ts'
import type { FetchFromAmazon } from './feedback/providers/snsMessage.ts'
import { startFeedbackServer, type FeedbackServer } from './feedback/startFeedbackServer.ts'
import type { Loop } from './loops/loop.ts'
import { createFeedbackHookRoutes } from './routes/feedbackHookRoutes.ts'
import { createFeedbackRoutes } from './routes/feedbackRoutes.ts'
import { createSeal } from './sending/createSeal.ts'

/** How mails that come back come in. */
export interface FeedbackSettings {
  /** Where the SMTP server for them listens; undefined: nowhere. */
  smtp: { host: string; port: number } | undefined
  /** Besides bounce addresses: where feedback loops report to; lower-cased. */
  address: string | undefined
  /** A Maildir into which another server delivers them. */
  maildir: string | undefined
}

export interface FeedbackPartsOptions extends Omit<FeedbackOptions, 'now'> {
  clock: Clock
  secret: string
  newId: () => string
  publicUrl: () => string
  settings: FeedbackSettings
  /** The internet, when left out. */
  fetchFromAmazon?: FetchFromAmazon
  onError: (error: unknown) => void
}

export interface FeedbackParts {
  feedback: Feedback
  /** Where providers call. */
  hooks: Hono
  api: ReturnType<typeof createFeedbackRoutes>
  loops: readonly Loop[]
  /** Undefined where the settings name no port. */
  listen(): Promise<FeedbackServer | undefined>
}

/** Everything by which what became of mails comes back: SMTP, a Maildir, and calls of providers. */
export function createFeedbackParts(options: FeedbackPartsOptions): FeedbackParts {
  const { store, clock, secret, newId, publicUrl, settings, bounceAddresses, onError } = options
  const now = () => clock.now()
  const feedback = createFeedback({ ...options, now })
  const hookAddresses = createHookAddresses(createSeal(secret))
  const { smtp, address: feedbackAddress, maildir } = settings
  return {
    feedback,
    hooks: createFeedbackHookRoutes({
      store,
      feedback,
      hookAddresses,
      fetchFromAmazon: options.fetchFromAmazon ?? fetchFromAmazon,
      now,
    }),
    api: createFeedbackRoutes({ store, hookAddresses, publicUrl, now, newId }),
    loops: maildir === undefined ? [] : [createMaildirLoop({ folder: maildir, feedback, clock, onError })],
    listen: async () =>
      smtp &&
      (await startFeedbackServer({ ...smtp, feedbackAddress, feedback, bounceAddresses, now, onError })),
  }
}
