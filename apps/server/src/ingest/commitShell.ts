import type { Rules } from '@ciclo/engine'
import type { Subscribers } from '../subscriptions/subscriptionsCache.ts'
import type { LateGuard } from './lateGuard.ts'

/** What a transaction is given besides its items. */
export interface CommitShell {
  rules: Rules
  subscribers: Subscribers
  newCustomerId: () => string
  lateGuard: LateGuard
  hashAddress: (workspaceId: string, address: string) => string
  now: number
}
