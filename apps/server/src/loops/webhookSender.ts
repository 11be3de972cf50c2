import type { Clock } from '../clock.ts'
import { readSettings } from '../store/queries/settings.ts'
import {
  claimWebhooks,
  nextWebhookAt,
  readWebhook,
  recordWebhook,
  type WebhookOutcome,
  type WebhookRow,
} from '../store/queries/webhooks.ts'
import type { Store, Tx } from '../store/store.ts'
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
/** When webhooks of a workspace whose settings cannot be read are looked at again. */
const BROKEN_PAUSE = 60_000

export interface WebhookSenderOptions {
  store: Store
  clock: Clock
  random: () => number
  /** What the secrets of workspaces are made from. */
  secret: string
  post: PostWebhook
  onError: (error: unknown) => void
  /** Told of every attempt, and its time. */
  onAttempted: (result: WebhookAnswer['kind'], seconds: number) => void
  onEnded: (state: WebhookOutcome['state']) => void
}

/** A webhook that is ours to send now, under its lease. */
interface Dispatch {
  webhook: WebhookRow
  secret: string
}

/** Not tried: no attempt is counted. */
const putOff = ({ id, fence, attempts, status }: WebhookRow, reason: string, dueAt: number) =>
  ({ id, fence, attempts, status, state: 'queued', reason, dueAt }) as const

/**
 * Tells other servers what journeys want them to know: claim under a lease, sign, post, and record what was answered
 * under the claim's fence. A crash between the answer and the recording tells it again, under the same id.
 */
export function createWebhookSender(options: WebhookSenderOptions): Loop {
  const { store, clock, random, post, onError, onAttempted, onEnded } = options
  /** Servers that have not answered, and until when they are left alone. */
  const resting = new Map<string, number>()

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
    const claimed = await claimWebhooks(tx, { now, leaseUntil: now + LEASE, limit: WEBHOOKS_PER_TURN })
    const dispatches: Dispatch[] = []
    for (const [workspaceId, group] of Map.groupBy(claimed, (webhook) => webhook.workspaceId)) {
      const version = await readSettings(tx, workspaceId).then(
        ({ webhookSecretVersion }) => webhookSecretVersion,
        (error: unknown) => {
          onError(error)
          return undefined
        },
      )
      for (const webhook of group) {
        const rest = restOf(webhook)
        if (version === undefined)
          await recordWebhook(tx, workspaceId, putOff(webhook, 'broken settings', now + BROKEN_PAUSE))
        else if (rest !== undefined)
          await recordWebhook(tx, workspaceId, putOff(webhook, 'its server has not answered others', rest))
        else dispatches.push({ webhook, secret: webhookSecret(options.secret, workspaceId, version) })
      }
    }
    return { dispatches, taken: claimed.length }
  }

  const record = async (webhook: WebhookRow, outcome: WebhookOutcome): Promise<void> => {
    const isOurs = await store.write((tx) => recordWebhook(tx, webhook.workspaceId, outcome))
    if (isOurs && outcome.state !== 'queued') onEnded(outcome.state)
  }

  /** One that waits behind others may belong to somebody who was erased meanwhile. */
  const isStillThere = async ({ workspaceId, id, fence, leaseUntil }: WebhookRow): Promise<boolean> => {
    if (clock.now() - ((leaseUntil ?? 0) - LEASE) < UNSEEN) return true
    const stored = await store.read((tx) => readWebhook(tx, workspaceId, id))
    return stored?.fence === fence
  }

  const attempt = async ({ webhook, secret }: Dispatch): Promise<void> => {
    if (clock.now() > (webhook.leaseUntil ?? 0) - LEASE / 2) return
    if (!(await isStillThere(webhook))) return
    const { id, fence, url } = webhook
    const rest = restOf(webhook)
    if (rest !== undefined) {
      await record(webhook, putOff(webhook, 'its server has not answered others', rest))
      return
    }
    const body = JSON.stringify(webhook.body)
    const start = performance.now()
    const answer = await post({ url, headers: signWebhook({ id, at: clock.now(), body, secret }), body })
    onAttempted(answer.kind, (performance.now() - start) / 1_000)
    if (answer.kind === 'unanswered') resting.set(new URL(url).host, clock.now() + REST)
    await record(webhook, { id, fence, ...judgeAnswer(answer, webhook, clock.now(), random) })
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
      return taken === WEBHOOKS_PER_TURN ? clock.now() : await store.read(nextWebhookAt)
    },
  })
}
