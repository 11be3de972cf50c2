import type { RulesCache } from '../ingest/rulesCache.ts'
import { createSeal } from '../sending/createSeal.ts'
import type { SubscriptionRow } from '../store/queries/subscriptions.ts'
import type { Store } from '../store/store.ts'
import type { PostWebhook, WebhookAnswer } from '../webhooks/postWebhook.ts'
import { signWebhook } from '../webhooks/signWebhook.ts'
import { mattermostMessage, markdownText } from './chat/markdownMessage.ts'
import { openConversation } from './chat/openConversation.ts'
import { readChatMessage } from './chat/readChatMessage.ts'
import { slackMessage } from './chat/slackMessage.ts'
import { teamsMessage } from './chat/teamsMessage.ts'
import type { Delivery } from './delivery.ts'
import { openAddress } from './sealedAddress.ts'
import { SUBSCRIPTION_FORMATS, SubscriptionOptionsSchema } from './subscription.ts'

export interface DeliverOptions {
  store: Store
  rules: RulesCache
  now: () => number
  /** What secrets are sealed with. */
  secret: string
  publicUrl: () => string
  post: PostWebhook
}

/** Tells a subscriber, in the form that it wants. */
export type Deliver = (
  subscription: SubscriptionRow,
  delivery: Delivery,
  /** Signs it: `whsec_...`. */
  signingSecret: string,
) => Promise<WebhookAnswer>

const MESSAGES = { slack: slackMessage, mattermost: mattermostMessage, teams: teamsMessage } as const

/**
 * What a chat tool shows is read when it is sent, from the customer as it is then: nothing of it is stored, and nobody
 * who was erased meanwhile is told of.
 */
export function createDeliver({ store, rules, now, secret, publicUrl, post }: DeliverOptions): Deliver {
  const seal = createSeal(secret)
  return async (subscription, delivery, signingSecret) => {
    const { workspaceId } = subscription
    const format = SUBSCRIPTION_FORMATS.find((one) => one === subscription.format)
    if (!format)
      return { kind: 'forbidden', reason: `${subscription.format} is no form that this version knows` }
    const address = openAddress(seal, subscription)
    if (!address)
      return { kind: 'forbidden', reason: 'its address was sealed with another CICLO_SECRET: set it up anew' }
    const { url, token } = address
    if (format === 'standard') {
      const body = JSON.stringify(delivery.body)
      return await post({
        url,
        headers: signWebhook({ id: delivery.id, at: now(), body, secret: signingSecret }),
        body,
      })
    }
    const facts = await store.read(async (tx) => {
      const current = (await rules.rulesFor(tx, [workspaceId]))(workspaceId)
      const options = { rules: current, now: now(), publicUrl: publicUrl() }
      return await readChatMessage(tx, workspaceId, delivery, options)
    })
    if (!facts) return { kind: 'forbidden', reason: 'nothing is stored about the customer any more' }
    if (format !== 'chatwoot')
      return await post({ url, headers: {}, body: JSON.stringify(MESSAGES[format](facts.message)) })
    const { account, inbox } = SubscriptionOptionsSchema.parse(subscription.options)
    if (token === undefined || account === undefined || inbox === undefined)
      return { kind: 'forbidden', reason: 'the token, the account or the inbox is missing' }
    return await openConversation(
      { post, url, token, account, inbox },
      facts.customer,
      markdownText(facts.message),
    )
  }
}
