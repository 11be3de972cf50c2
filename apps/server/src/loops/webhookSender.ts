import type { Clock } from '../clock.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { readSettings } from '../store/queries/settings.ts'
import {
  noteFailure,
  noteSuccess,
  readSubscription,
  switchOff,
  type SubscriptionRow,
} from '../store/queries/subscriptions.ts'
import {
  claimWebhooks,
  forgetWebhooks,
  nextWebhookAt,
  readWebhook,
  recordWebhook,
  type WebhookOutcome,
  type WebhookRow,
} from '../store/queries/webhooks.ts'
import type { Store, Tx } from '../store/store.ts'
import type { Deliver } from '../subscriptions/createDeliver.ts'
import { judgeAnswer } from '../webhooks/judgeAnswer.ts'
import type { PostWebhook, WebhookAnswer } from '../webhooks/postWebhook.ts'
import { signWebhook } from '../webhooks/signWebhook.ts'
import { webhookSecret } from '../webhooks/webhookSecret.ts'
import { createLoop, type Loop } from './loop.ts'

const WEBHOOKS_PER_TURN = 200
/** A claim holds for this long; one that is half over before its turn comes is left to the next claim. */
const LEASE = 60_000
/** A claim younger than this is not looked up again before it goes out. */
const UNSEEN = 1_000
/** Requests under way at a time: with those whose recording is under way what a crash can repeat. */
const WORKERS = 10
/** A server that has not answered is left alone for so long, so that it does not keep others waiting. */
const REST = 60_000
/** An answer that takes longer is a slow one, and its address counts as slow for a while. */
const SLOW = 2_000
const SLOW_FOR = 5 * 60_000
/** Of a slow address only as many are taken in a turn as can be under way at a time. */
const SLOW_PER_TURN = WORKERS
/** More are not kept in mind. */
const SLOW_KNOWN = 100
/** A subscriber of whom nothing was heard for so long, although it was told again and again, is told nothing more. */
const DEAD_AFTER = 3 * 86_400_000
/** How long one is kept after its last attempt: what was taken, and what was not. */
const KEPT = { delivered: 30 * 86_400_000, lost: 90 * 86_400_000 }
const FORGOTTEN_AT_ONCE = 500
const FORGET_EVERY = 3_600_000
/** When webhooks of a workspace whose settings cannot be read are looked at again. */
const BROKEN_PAUSE = 60_000

export interface WebhookSenderOptions {
  store: Store
  clock: Clock
  random: () => number
  newId: () => string
  /** What the secrets of workspaces are made from. */
  secret: string
  post: PostWebhook
  /** Tells subscribers. */
  deliver: Deliver
  onError: (error: unknown) => void
  /** Told of every attempt, and its time. */
  onAttempted: (result: WebhookAnswer['kind'], seconds: number) => void
  onEnded: (state: WebhookOutcome['state']) => void
}

/** A webhook that is ours to send now, under its lease. */
interface Dispatch {
  webhook: WebhookRow
  secret: string
  /** Whoever asked to be told; undefined for what a journey tells. */
  subscription: SubscriptionRow | undefined
}

/** Not tried: no attempt is counted. */
const putOff = ({ id, fence, attempts, status }: WebhookRow, reason: string, dueAt: number) =>
  ({ id, fence, attempts, status, state: 'queued', reason, dueAt }) as const

/** Not sent: nobody asks for it any more. */
const unwanted = ({ id, fence, attempts, status }: WebhookRow, isDeleted: boolean, endedAt: number) =>
  ({
    id,
    fence,
    attempts,
    status,
    state: isDeleted ? 'refused' : 'dead',
    reason: isDeleted ? 'the subscription was deleted' : 'the subscription is switched off',
    endedAt,
  }) as const

/**
 * Tells other servers what journeys want them to know, and subscribers what they have asked for: claim under a lease, sign, post, and record what was answered
 * under the claim's fence. A crash between the answer and the recording tells it again, under the same id.
 */
export function createWebhookSender(options: WebhookSenderOptions): Loop {
  const { store, clock, random, post, deliver, newId, onError, onAttempted, onEnded } = options
  let forgottenAt = -Infinity
  /** Servers that have not answered, and until when they are left alone. */
  const resting = new Map<string, number>()

  /** Addresses that answer slowly, and until when they count as such. */
  const slow = new Map<string, number>()

  const noteSpeed = (url: string, took: number): void => {
    slow.delete(url)
    if (took > SLOW && slow.size < SLOW_KNOWN) slow.set(url, clock.now() + SLOW_FOR)
  }

  const slowUrls = (now: number): string[] => {
    for (const [url, until] of slow) if (until <= now) slow.delete(url)
    return [...slow.keys()]
  }

  const restOf = ({ url }: WebhookRow): number | undefined => {
    const host = URL.canParse(url) ? new URL(url).host : ''
    const until = resting.get(host)
    if (until === undefined) return undefined
    if (until > clock.now()) return until
    resting.delete(host)
    return undefined
  }

  const claim = async (tx: Tx): Promise<{ dispatches: Dispatch[]; taken: number }> => {
    const now = clock.now()
    const claimed = await claimWebhooks(tx, {
      now,
      leaseUntil: now + LEASE,
      limit: WEBHOOKS_PER_TURN,
      slow: { urls: slowUrls(now), limit: SLOW_PER_TURN },
    })
    const dispatches: Dispatch[] = []
    for (const [workspaceId, group] of Map.groupBy(claimed, (webhook) => webhook.workspaceId)) {
      const version = await readSettings(tx, workspaceId).then(
        ({ webhookSecretVersion }) => webhookSecretVersion,
        (error: unknown) => {
          onError(error)
          return undefined
        },
      )
      const subscriptions = new Map<string, SubscriptionRow | undefined>()
      for (const id of new Set(group.flatMap(({ subscriptionId }) => subscriptionId ?? [])))
        subscriptions.set(id, await readSubscription(tx, workspaceId, id))
      for (const webhook of group) {
        const { subscriptionId } = webhook
        const subscription = subscriptionId === null ? undefined : subscriptions.get(subscriptionId)
        if (subscriptionId !== null && !subscription?.active) {
          await recordWebhook(tx, workspaceId, unwanted(webhook, !subscription, now))
          continue
        }
        const rest = restOf(webhook)
        if (version === undefined)
          await recordWebhook(tx, workspaceId, putOff(webhook, 'broken settings', now + BROKEN_PAUSE))
        else if (rest !== undefined)
          await recordWebhook(tx, workspaceId, putOff(webhook, 'its server has not answered others', rest))
        else {
          const secret = webhookSecret(options.secret, workspaceId, version)
          dispatches.push({ webhook, secret, subscription })
        }
      }
    }
    return { dispatches, taken: claimed.length }
  }

  const record = async (webhook: WebhookRow, outcome: WebhookOutcome): Promise<void> => {
    const isOurs = await store.write((tx) => recordWebhook(tx, webhook.workspaceId, outcome))
    if (isOurs && outcome.state !== 'queued') onEnded(outcome.state)
  }

  const tell = async ({ id, url, body: said }: WebhookRow, secret: string): Promise<WebhookAnswer> => {
    const body = JSON.stringify(said)
    return await post({ url, headers: signWebhook({ id, at: clock.now(), body, secret }), body })
  }

  /** One that waits behind others may belong to somebody who was erased meanwhile. */
  const isStillThere = async ({ workspaceId, id, fence, leaseUntil }: WebhookRow): Promise<boolean> => {
    if (clock.now() - ((leaseUntil ?? 0) - LEASE) < UNSEEN) return true
    const stored = await store.read((tx) => readWebhook(tx, workspaceId, id))
    return stored?.fence === fence
  }

  /** What the answer says of the subscriber itself: one that is gone, or silent for days, is told nothing more. */
  const noteOn = async (
    { workspaceId, id, name, failingSince: failedSince }: SubscriptionRow,
    { createdAt }: WebhookRow,
    { state, status, reason }: WebhookOutcome,
  ): Promise<void> => {
    if (state === 'delivered') {
      if (failedSince !== null) await store.write((tx) => noteSuccess(tx, workspaceId, id))
      return
    }
    const now = clock.now()
    // One that is given up was tried for three days: nothing else has gone right meanwhile either.
    const failingSince = state === 'dead' ? Math.max(now - DEAD_AFTER, createdAt + LEASE) : now - DEAD_AFTER
    await store.write(async (tx) => {
      await noteFailure(tx, workspaceId, id, {
        // What it answered may name a customer, and this outlives them.
        problem: status === null ? (reason ?? 'no answer') : `answered ${status}`,
        at: now,
      })
      const isGone = status === 410
      const off = await switchOff(tx, workspaceId, id, {
        now,
        ...(isGone ? {} : { failingSince }),
      })
      if (!off) return
      const details = { subscription: id, name, because: isGone ? 'gone' : 'dead' }
      const actor = 'ciclo'
      await insertAudit(tx, workspaceId, [
        { id: newId(), at: now, actor, action: 'subscription.switched-off', subject: null, details },
      ])
    })
  }

  /** What nobody asks for any more goes, a page in each turn. */
  const forget = async (): Promise<void> => {
    const now = clock.now()
    if (now - forgottenAt < FORGET_EVERY) return
    const limit = FORGOTTEN_AT_ONCE
    const forgotten = await store.write(
      async (tx) =>
        (await forgetWebhooks(tx, { states: ['delivered'], before: now - KEPT.delivered, limit })) +
        (await forgetWebhooks(tx, { states: ['dead', 'refused'], before: now - KEPT.lost, limit })),
    )
    if (forgotten < limit) forgottenAt = now
  }

  const attempt = async ({ webhook, secret, subscription }: Dispatch): Promise<void> => {
    if (clock.now() > (webhook.leaseUntil ?? 0) - LEASE / 2) return
    if (!(await isStillThere(webhook))) return
    const { id, fence, url } = webhook
    const rest = restOf(webhook)
    if (rest !== undefined) {
      await record(webhook, putOff(webhook, 'its server has not answered others', rest))
      return
    }
    const [start, begunAt] = [performance.now(), clock.now()]
    const answer = subscription
      ? await deliver(subscription, { ...webhook, event: webhook.event ?? '' }, secret)
      : await tell(webhook, secret)
    onAttempted(answer.kind, (performance.now() - start) / 1_000)
    noteSpeed(url, clock.now() - begunAt)
    if (answer.kind === 'unanswered') resting.set(new URL(url).host, clock.now() + REST)
    const outcome = { id, fence, ...judgeAnswer(answer, webhook, clock.now(), random) }
    await record(webhook, outcome)
    if (subscription) await noteOn(subscription, webhook, outcome)
  }

  /** Each worker takes the next one when it has heard of its last. */
  const sendAll = async (dispatches: readonly Dispatch[]): Promise<void> => {
    const waiting = dispatches.values()
    const work = async () => {
      for (const dispatch of waiting) await attempt(dispatch).catch(onError)
    }
    await Promise.all(Array.from({ length: WORKERS }, work))
  }

  return createLoop({
    clock,
    onError,
    atLeastEvery: 10_000,
    run: async () => {
      const { dispatches, taken } = await store.write(claim)
      await sendAll(dispatches)
      await forget()
      return taken >= WEBHOOKS_PER_TURN ? clock.now() : await store.read(nextWebhookAt)
    },
  })
}
