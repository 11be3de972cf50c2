import { listSubscriptions } from '../store/queries/subscriptions.ts'
import type { ReadTx } from '../store/store.ts'
import { SubscriptionOptionsSchema, TRANSITION, type SubscriptionOptions } from './subscription.ts'

/** An active subscription, as ingest asks of it. */
export interface Subscriber {
  id: string
  url: string
  /** Undefined: all. */
  events: ReadonlySet<string> | undefined
  when: SubscriptionOptions['when']
}

export interface Subscribers {
  all: readonly Subscriber[]
  /** Whether any of them asks for changes of the lifecycle. */
  hearTransitions: boolean
}

/** Who is told what, remembered for each version of a workspace's rules: a change of a subscription renews these. */
export interface SubscriptionsCache {
  subscribersOf(tx: ReadTx, workspaceId: string, rulesVersion: number): Promise<Subscribers>
}

export function createSubscriptionsCache(): SubscriptionsCache {
  const known = new Map<string, { rulesVersion: number; subscribers: Subscribers }>()
  return {
    subscribersOf: async (tx, workspaceId, rulesVersion) => {
      const entry = known.get(workspaceId)
      if (entry?.rulesVersion === rulesVersion) return entry.subscribers
      const rows = await listSubscriptions(tx, workspaceId)
      const all = rows
        .filter(({ active }) => active)
        .map(({ id, url, events, options }) => ({
          id,
          url,
          events: events.length === 0 ? undefined : new Set(events),
          when: SubscriptionOptionsSchema.safeParse(options).data?.when,
        }))
      const hearTransitions = all.some(({ events }) => events === undefined || events.has(TRANSITION))
      const subscribers = { all, hearTransitions }
      known.set(workspaceId, { rulesVersion, subscribers })
      return subscribers
    },
  }
}
