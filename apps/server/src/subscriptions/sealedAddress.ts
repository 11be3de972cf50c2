import type { Seal } from '../sending/createSeal.ts'
import type { SubscriptionRow } from '../store/queries/subscriptions.ts'
import { SubscriptionSecretSchema } from './subscription.ts'

export interface OpenAddress {
  url: string
  token: string | undefined
}

const placeOf = ({ workspaceId, id }: Pick<SubscriptionRow, 'workspaceId' | 'id'>) =>
  `subscription:${workspaceId}:${id}`

/** Whoever knows the address of an incoming webhook of a chat tool can write there. */
const isAddressSecret = (format: string) => format !== 'standard' && format !== 'chatwoot'

/** What stands in the store of a receiver's address and token: what is to be kept to oneself, sealed. */
export function sealAddress(
  seal: Seal,
  subscription: Pick<SubscriptionRow, 'workspaceId' | 'id' | 'format'>,
  { url, token }: OpenAddress,
): Pick<SubscriptionRow, 'url' | 'secret'> {
  const isSecret = isAddressSecret(subscription.format)
  const kept = { ...(isSecret ? { url } : {}), ...(token === undefined ? {} : { token }) }
  return {
    url: isSecret ? new URL(url).origin : url,
    secret: Object.keys(kept).length === 0 ? null : seal.close(JSON.stringify(kept), placeOf(subscription)),
  }
}

/** Undefined where it was sealed with another secret. */
export function openAddress(seal: Seal, subscription: SubscriptionRow): OpenAddress | undefined {
  const { url, secret } = subscription
  if (secret === null) return { url, token: undefined }
  const text = seal.open(secret, placeOf(subscription))
  if (text === undefined) return undefined
  const opened = SubscriptionSecretSchema.parse(JSON.parse(text))
  return { url: opened.url ?? url, token: opened.token }
}
