import { describeError } from '../describeError.ts'
import { CicloError } from '../errors.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { holdRules } from '../store/queries/holdRules.ts'
import { recordOutcome } from '../store/queries/messages.ts'
import { insertParked } from '../store/queries/parked.ts'
import type { Store } from '../store/store.ts'
import { createSubscriptionsCache } from '../subscriptions/subscriptionsCache.ts'
import { commitItems, type Committed } from './commitItems.ts'
import { IdentityRace } from './identityRace.ts'
import type { IngestItem, IngestVerdict } from './ingestItem.ts'
import { createLateGuard } from './lateGuard.ts'
import type { RulesCache } from './rulesCache.ts'

export interface Ingest {
  /**
   * Resolves when all items are committed and synced, with a verdict for each in their order.
   * Rejects with `too-many-requests` when the queue is full, `store-unavailable` when the store cannot write: then
   * some of the items may be stored, and sending them again is safe.
   */
  submit(items: readonly IngestItem[]): Promise<IngestVerdict[]>
  /** How many items wait for a transaction, and since when (epoch milliseconds) the first of them does. */
  queue(): { length: number; oldestAt: number | null }
  /** Waits until everything submitted has been answered, and accepts nothing more. */
  stop(): Promise<void>
}

export interface IngestOptions {
  store: Store
  rules: RulesCache
  now: () => number
  newCustomerId: () => string
  hashAddress: (workspaceId: string, address: string) => string
  onCommitted: (committed: CommittedBatch) => void
  onError: (error: unknown) => void
  /** The most items of one transaction. */
  batchSize?: number
  /** The most items that may wait. */
  queueLimit?: number
}

/** One transaction that is on the disk: what it did, and how long it took in milliseconds, queueing left out. */
export interface CommittedBatch extends Committed {
  milliseconds: number
}

interface Waiting {
  item: IngestItem
  since: number
  settle: (verdict: IngestVerdict) => void
  fail: (error: unknown) => void
}

/** Identity races are lost to a process that has committed, so a second try sees its rows; more would be a defect. */
const IDENTITY_TRIES = 5

/** Turns of the event loop at most: a commit costs more than reading what comes in during as many. */
const GATHER_TURNS = 8

/**
 * Group commit: what arrives while a transaction runs makes up the next one. There is no waiting timer (one of 5 ms
 * costs 37 % of the throughput): turns of the event loop gather the requests that are already there, until one brings
 * nothing more.
 */
export function createIngest(options: IngestOptions): Ingest {
  const { store, rules, now, newCustomerId, hashAddress, onCommitted, onError } = options
  const { batchSize = 500, queueLimit = 20_000 } = options
  const queue: Waiting[] = []
  const lateGuard = createLateGuard(now)
  const subscriptions = createSubscriptionsCache()
  let running: Promise<void> | undefined
  let stopped = false

  const commit = async (items: readonly IngestItem[]): Promise<Committed> =>
    await store.write(async (tx) => {
      const byWorkspace = Map.groupBy(items, ({ workspaceId }) => workspaceId)
      await holdRules(tx, [...byWorkspace.keys()], 'use')
      const rulesOf = await rules.rulesFor(tx, [...byWorkspace.keys()])
      const all: Committed = {
        verdicts: new Map(),
        hasMessages: false,
        hasWebhooks: false,
        coupons: { given: 0, missing: [] },
        wakeAt: null,
        touched: [],
      }
      for (const [workspaceId, group] of byWorkspace) {
        const current = rulesOf(workspaceId)
        const subscribers = await subscriptions.subscribersOf(tx, workspaceId, current.version)
        const shell = { rules: current, subscribers, newCustomerId, lateGuard, hashAddress, now: now() }
        const committed = await commitItems(tx, workspaceId, group, shell)
        const { verdicts, hasMessages, hasWebhooks, coupons, wakeAt, touched } = committed
        all.touched.push(...touched)
        for (const [item, verdict] of verdicts) all.verdicts.set(item, verdict)
        all.hasMessages ||= hasMessages
        all.hasWebhooks ||= hasWebhooks
        all.coupons.given += coupons.given
        all.coupons.missing.push(...coupons.missing)
        if (wakeAt !== null) all.wakeAt = Math.min(all.wakeAt ?? wakeAt, wakeAt)
      }
      return all
    })

  const commitAgainAfterRace = async (items: readonly IngestItem[]): Promise<Committed> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await commit(items)
      } catch (error) {
        if (!(error instanceof IdentityRace) || attempt === IDENTITY_TRIES) throw error
      }
    }
  }

  /** A store error that blames no input concerns everybody: 503. Any other is narrowed down to its item, which parks. */
  const settle = async (batch: readonly Waiting[]): Promise<void> => {
    const start = performance.now()
    try {
      const committed = await commitAgainAfterRace(batch.map(({ item }) => item))
      onCommitted({ ...committed, milliseconds: performance.now() - start })
      for (const { item, settle: answer } of batch) answer(committed.verdicts.get(item) ?? 'applied')
    } catch (error) {
      onError(error)
      const kind = store.dialect.classifyError(error)
      if (kind !== 'other') {
        const unavailable = new CicloError(
          'store-unavailable',
          'The events could not be stored now; send them again',
          {
            cause: error,
          },
        )
        for (const { fail } of batch) fail(unavailable)
      } else if (batch.length > 1) {
        const half = Math.ceil(batch.length / 2)
        await settle(batch.slice(0, half))
        await settle(batch.slice(half))
      } else {
        for (const waiting of batch) await park(waiting, error)
      }
    }
  }

  const park = async ({ item, settle: answer, fail }: Waiting, error: unknown): Promise<void> => {
    const { workspaceId, input, customerId = null, outcome, audit } = item
    const id = item.parkedId ?? (input.kind === 'event' ? input.id : `wake/${customerId}`)
    try {
      await store.write(async (tx) => {
        // Else the mail would be sent again, for as long as its event cannot be stored.
        if (outcome) await recordOutcome(tx, workspaceId, outcome)
        await insertParked(tx, workspaceId, [
          { id, customerId, error: describeError(error), input, at: now() },
        ])
        const entries = audit ? [{ ...audit, details: { ...audit.details, verdict: 'parked' } }] : []
        await insertAudit(tx, workspaceId, entries)
      })
      answer('parked')
    } catch (cause) {
      fail(
        new CicloError('store-unavailable', `Event ${id} could not be stored now; send it again`, { cause }),
      )
    }
  }

  const gather = async (): Promise<void> => {
    for (let turn = 0, before = 0; turn < GATHER_TURNS && queue.length > before; turn += 1) {
      before = queue.length
      if (before >= batchSize) break
      await new Promise(setImmediate)
    }
  }

  const run = async (): Promise<void> => {
    while (queue.length > 0) {
      await gather()
      await settle(queue.splice(0, batchSize))
    }
    running = undefined
  }

  return {
    submit: async (items) => {
      if (stopped) throw new CicloError('store-unavailable', 'The server is stopping; send the events again')
      // Without an item to wait for, `run` would end before its promise is kept, which would keep every later one out.
      if (items.length === 0) return []
      if (queue.length + items.length > queueLimit) {
        throw new CicloError(
          'too-many-requests',
          `${queue.length} events are waiting; send these again in a moment`,
        )
      }
      const since = now()
      const verdicts = items.map(
        (item) =>
          new Promise<IngestVerdict>((resolve, reject) => {
            queue.push({ item, since, settle: resolve, fail: reject })
          }),
      )
      running ??= run()
      return await Promise.all(verdicts)
    },
    queue: () => ({ length: queue.length, oldestAt: queue[0]?.since ?? null }),
    stop: async () => {
      stopped = true
      await running
    },
  }
}
