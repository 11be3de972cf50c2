import { CicloError } from '../errors.ts'
import type { Seal } from '../sending/createSeal.ts'
import type { SubscriptionRow } from '../store/queries/subscriptions.ts'
import { openAddress, sealAddress } from './sealedAddress.ts'
import type { SubscriptionChange } from './subscription.ts'

const missing = (what: string, why: string) =>
  new CicloError('bad-request', `${what}: given nothing, expected ${why}`)

/**
 * A subscription as it is after a change: what opens its receiver stays where nothing is said of it, unless it would go
 * to another server.
 *
 * @param before undefined: it is new
 */
export function changeSubscription(
  seal: Seal,
  workspaceId: string,
  { id, before, now }: { id: string; before: SubscriptionRow | undefined; now: number },
  change: SubscriptionChange,
): SubscriptionRow {
  const { name, events, format, options, active } = change
  const known = before && openAddress(seal, before)
  const url = change.url ?? known?.url
  if (url === undefined) throw missing('url', 'where it is told, such as https://erp.example/hooks/ciclo')
  const isSameServer = known !== undefined && new URL(known.url).origin === new URL(url).origin
  const token = change.token ?? (isSameServer && format === before?.format ? known.token : undefined)
  if (format === 'chatwoot') {
    if (token === undefined)
      throw missing('token', "the access token of an agent or a bot, anew where the server's address changes")
    if (options.account === undefined || options.inbox === undefined)
      throw missing('options', 'account and inbox: the numbers in the addresses of the Chatwoot studio')
  }
  const isOnAgain = active && before?.active !== true
  return {
    workspaceId,
    id,
    name,
    events: [...new Set(events)],
    format,
    options,
    active,
    problem: isOnAgain ? null : (before?.problem ?? null),
    problemAt: isOnAgain ? null : (before?.problemAt ?? null),
    failingSince: isOnAgain ? null : (before?.failingSince ?? null),
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
    ...sealAddress(
      seal,
      { workspaceId, id, format },
      { url, token: format === 'chatwoot' ? token : undefined },
    ),
  }
}
