import { Hono } from 'hono'
import { CicloError } from '../errors.ts'
import type { Feedback } from '../feedback/createFeedback.ts'
import type { HookAddresses, Provider } from '../feedback/hookAddresses.ts'
import { createAmazonSes } from '../feedback/providers/amazonSes.ts'
import { readMailgun } from '../feedback/providers/mailgun.ts'
import { readPostmark } from '../feedback/providers/postmark.ts'
import { refused, type ReadDelivery } from '../feedback/providers/provider.ts'
import { readSendGrid } from '../feedback/providers/sendGrid.ts'
import type { FetchFromAmazon } from '../feedback/providers/snsMessage.ts'
import { readBytes } from '../ingest/readBody.ts'
import { hasReceipt, insertReceipts } from '../store/queries/receipts.ts'
import { readWorkspace } from '../store/queries/workspaces.ts'
import type { Store } from '../store/store.ts'

/** SendGrid sends up to a thousand events at once. */
const MOST_BYTES = 2 * 1024 * 1024

export interface FeedbackHookOptions {
  store: Store
  feedback: Pick<Feedback, 'takeStatement'>
  hookAddresses: Pick<HookAddresses, 'read'>
  fetchFromAmazon: FetchFromAmazon
  now: () => number
}

/**
 * What mail providers report: `POST /feedback/<provider>/<token>`. Everything is refused with 401 that is not signed as
 * the provider signs, that is a recording, or that was told before; then nothing of it is taken over.
 */
export function createFeedbackHookRoutes(options: FeedbackHookOptions): Hono {
  const { store, feedback, hookAddresses, fetchFromAmazon, now } = options
  const adapters: Record<Provider, ReadDelivery> = {
    ses: createAmazonSes(fetchFromAmazon),
    postmark: readPostmark,
    mailgun: readMailgun,
    sendgrid: readSendGrid,
  }

  /** Calls that are being taken over: the same at once is no second one. */
  const inHand = new Set<string>()

  /** Read together with the settings: their renewal closes every address that was made before. */
  const open = async (provider: string, token: string) => {
    const hook = hookAddresses.read(token)
    if (hook?.p !== provider) throw refused('its address is not one of ours')
    const workspace = await store.read((tx) => readWorkspace(tx, hook.w))
    if (workspace?.settings.feedbackHookVersion !== hook.v) throw refused('its address was renewed since')
    return hook
  }

  return new Hono().post('/feedback/:provider/:token', async (context) => {
    const { req } = context
    const hook = await open(req.param('provider'), req.param('token'))
    const raw = await readBytes(req.raw, MOST_BYTES)
    const request = { raw, header: (name: string) => req.header(name), key: hook.k, now: now() }
    const { id, statements, confirm } = await adapters[hook.p](request)
    const receipt = `ciclo:feedback/${hook.p}/${id.slice(0, 200)}`
    const place = `${hook.w} ${receipt}`
    if (inHand.has(place)) throw refused('it is being told already')
    inHand.add(place)
    try {
      if (await store.read((tx) => hasReceipt(tx, hook.w, receipt))) throw refused('it was told before')
      if (confirm) await fetchFromAmazon(confirm)
      const counts: Record<string, number> = {}
      for (const statement of statements) {
        const outcome = await feedback.takeStatement(hook.w, hook.p, statement)
        counts[outcome] = (counts[outcome] ?? 0) + 1
      }
      // Last: what was not taken over to its end is to be told again, and each of its events counts once.
      await store.write((tx) => insertReceipts(tx, hook.w, [receipt], now()))
      return context.json(counts)
    } finally {
      inHand.delete(place)
    }
  })
}

/** For a provider whose calls cannot be checked without it. */
export function expectHookKey(provider: Provider, key: string | null): void {
  const needed: Partial<Record<Provider, string>> = {
    mailgun: "Mailgun's webhook signing key",
    sendgrid: 'the verification key of the signed event webhook of SendGrid',
  }
  const what = needed[provider]
  if (what !== undefined && key === null) throw new CicloError('bad-request', `key: expected ${what}`)
  if (provider === 'ses' && key !== null && !/^arn:aws[a-z-]*:sns:[^:\s]+:\d{12}:\S+$/.test(key))
    throw new CicloError('bad-request', 'key: expected the ARN of a topic of Amazon SNS, as arn:aws:sns:...')
}
