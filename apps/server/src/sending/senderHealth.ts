import { DAY, EVENT_NAMES, HOUR, hourOf } from '@ciclo/engine'
import { z } from 'zod'
import type { CommittedBatch } from '../ingest/ingest.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { readMessages } from '../store/queries/messages.ts'
import {
  addSendingCounts,
  deleteSendingCounts,
  sumSendingCounts,
  type SendingCount,
} from '../store/queries/sendingCounts.ts'
import { lockSender, saveSender } from '../store/queries/senders.ts'
import type { Store, Tx } from '../store/store.ts'
import { countedProvider, providerOf } from './countedProvider.ts'
import { judgeReputation } from './judgeReputation.ts'
import { newSenderRow } from './newSenderRow.ts'
import type { Senders } from './senders.ts'

/** What came of a mail that had left, or was refused. */
interface Heard {
  workspaceId: string
  messageId: string
  figure: 'bounced' | 'blocked' | 'complained'
}

/** A stream that was stopped, and why. */
export interface StoppedStream {
  workspaceId: string
  senderId: string
  reason: string
}

export interface SenderHealth {
  /**
   * Told of everything that ingest has committed: of bounces and complaints that are new it counts each once, however
   * it came in, and stops the stream of a sender whose share of them is too large.
   */
  heard(committed: Pick<CommittedBatch, 'verdicts'>): void
  /** Resolves when all that was heard is counted. */
  settled(): Promise<void>
}

export interface SenderHealthOptions {
  store: Store
  senders: Senders
  now: () => number
  newId: () => string
  onStopped: (stream: StoppedStream) => void
  onError: (error: unknown) => void
}

/** Counts are kept for so long: what a stream has done in a month. */
const KEPT = 31 * DAY

const BouncedSchema = z.object({
  message: z.string(),
  permanent: z.boolean().optional(),
  class: z.string().optional(),
  response: z.string().optional(),
})

function figureOf(name: string | undefined, properties: unknown): Omit<Heard, 'workspaceId'> | undefined {
  if (name !== EVENT_NAMES.emailBounced && name !== EVENT_NAMES.emailMarkedAsSpam) return undefined
  const parsed = BouncedSchema.safeParse(properties)
  if (!parsed.success) return undefined
  const { message: messageId, permanent, class: kind, response = '' } = parsed.data
  if (name === EVENT_NAMES.emailMarkedAsSpam) return { messageId, figure: 'complained' }
  if (permanent) return { messageId, figure: 'bounced' }
  return kind === 'blocked' || /\b5\.7\.\d{1,3}\b/.test(response)
    ? { messageId, figure: 'blocked' }
    : undefined
}

/** Watches what comes back, and stops streams before they ruin their name. Only people let them go on. */
export function createSenderHealth(options: SenderHealthOptions): SenderHealth {
  const { store, senders, now, newId, onStopped, onError } = options
  let waiting: Heard[] = []
  let counting: Promise<void> | undefined
  let prunedAt = 0

  const stop = async (tx: Tx, workspaceId: string, { id, purpose }: { id: string; purpose: string }) => {
    const at = now()
    const row = await lockSender(tx, workspaceId, id)
    if (row && row.status !== 'live') return undefined
    // Not what came back before it went on: somebody has looked at that, and it was dated back.
    const resumed = row ? (row.resumedAt ?? 0) : 0
    const since = Math.max(hourOf(at) - DAY + HOUR, hourOf(resumed))
    const reason = judgeReputation(await sumSendingCounts(tx, workspaceId, { senderId: id, since }))
    if (reason === null) return undefined
    const base = row ?? {
      ...newSenderRow({ workspaceId, id, purpose: purpose as 'marketing', now: at }),
      isMain: true,
    }
    await saveSender(tx, { ...base, status: 'stopped', reason, stoppedAt: at }, at)
    const details = { sender: id, reason }
    const entry = { id: newId(), at, actor: 'ciclo', action: 'sender.stopped', subject: null, details }
    await insertAudit(tx, workspaceId, [entry])
    return { workspaceId, senderId: id, reason }
  }

  const countAll = async (tx: Tx, heard: readonly Heard[]): Promise<StoppedStream[]> => {
    const stopped: StoppedStream[] = []
    const hour = hourOf(now())
    if (hour !== prunedAt) await deleteSendingCounts(tx, hour - KEPT)
    const byWorkspace = Map.groupBy(heard, ({ workspaceId }) => workspaceId)
    for (const workspaceId of [...byWorkspace.keys()].toSorted()) {
      const group = byWorkspace.get(workspaceId) ?? []
      const ids = group.map(({ messageId }) => messageId)
      const messages = new Map(
        (await readMessages(tx, workspaceId, ids)).map((message) => [message.id, message]),
      )
      const touched = new Map<string, { id: string; purpose: string }>()
      const told: { senderId: string; figure: Heard['figure']; address: string; sentAt: number | null }[] = []
      for (const { messageId, figure } of group) {
        const message = messages.get(messageId)
        // Of an erased customer, or a message that a shop's server has made up.
        if (!message) continue
        // Whoever signs up chooses this address, and with it the server that refuses: strangers would stop the shop.
        if (message.claimed) continue
        const { address, purpose, sender: wanted, sentAt } = message
        const sender = await senders.senderOf(tx, workspaceId, purpose, wanted)
        touched.set(sender.id, sender)
        told.push({ senderId: sender.id, figure, address, sentAt })
      }
      // The senders first: whoever claims mails by them takes the locks in this order, too.
      const resumed = new Map<string, number>()
      for (const id of [...touched.keys()].toSorted())
        resumed.set(id, (await lockSender(tx, workspaceId, id))?.resumedAt ?? 0)
      const counts = told.map(({ senderId, figure, address, sentAt }): SendingCount => {
        const resumedAt = resumed.get(senderId) ?? 0
        // Of what was sent before the stream was stopped: told late, it says nothing of those sent since.
        const isOld = sentAt !== null && sentAt < resumedAt
        const domain = countedProvider(workspaceId, providerOf(address))
        return { senderId, hour: isOld ? hourOf(resumedAt) - HOUR : hour, domain, [figure]: 1 }
      })
      await addSendingCounts(tx, workspaceId, counts)
      for (const sender of touched.values()) {
        const stream = await stop(tx, workspaceId, sender)
        if (stream) stopped.push(stream)
      }
    }
    return stopped
  }

  const run = async () => {
    while (waiting.length > 0) {
      const heard = waiting
      waiting = []
      try {
        const stopped = await store.write((tx) => countAll(tx, heard))
        prunedAt = hourOf(now())
        for (const stream of stopped) onStopped(stream)
      } catch (error) {
        // Figures of what is over; the next ones are counted again.
        onError(error)
      }
    }
    counting = undefined
  }

  return {
    heard: ({ verdicts }) => {
      for (const [{ workspaceId, input }, verdict] of verdicts) {
        // What a browser says of mails counts for nothing.
        if (verdict !== 'applied' || input.kind !== 'event' || input.source === 'public') continue
        const found = figureOf(input.event.name, input.event.properties)
        if (found) waiting.push({ workspaceId, ...found })
      }
      if (waiting.length > 0) counting ??= run()
    },
    settled: async () => await counting,
  }
}
