import type { Subscription, SubscriptionFormat } from './subscriptionsQuery.ts'

/** What is written into the form of a subscription. */
export interface SubscriptionValues {
  name: string
  format: SubscriptionFormat
  url: string
  events: string[]
  account: number | string
  inbox: number | string
  token: string
  when: { property: string; is: 'equals' | 'atLeast' | 'atMost'; value: string } | null
}

/** The address of a chat tool's webhook is sealed: the server shows only where it is. */
export const isAddressSecret = (format: SubscriptionFormat): boolean =>
  format !== 'standard' && format !== 'chatwoot'

export function valuesOf(subscription: Subscription | undefined): SubscriptionValues {
  const { account = '', inbox = '', when } = subscription?.options ?? {}
  const format = subscription?.format ?? 'standard'
  return {
    name: subscription?.name ?? '',
    format,
    url: subscription && !isAddressSecret(format) ? subscription.url : '',
    events: [...(subscription?.events ?? [])],
    account,
    inbox,
    token: '',
    when: when ? { ...when, value: String(when.value) } : null,
  }
}

/** As the server takes it: what is left empty of an address or a token stays as it is. */
export function changeOf(
  { name, format, url, events, account, inbox, token, when }: SubscriptionValues,
  active: boolean,
): Record<string, unknown> {
  const condition = when && {
    ...when,
    value:
      when.is === 'equals' || when.value.trim() === '' ? when.value : Number(when.value.replace(',', '.')),
  }
  return {
    name,
    format,
    events,
    active,
    ...(url.trim() === '' ? {} : { url: url.trim() }),
    ...(format === 'chatwoot' && token.trim() !== '' ? { token: token.trim() } : {}),
    options: {
      ...(format === 'chatwoot' ? { account: Number(account), inbox: Number(inbox) } : {}),
      ...(condition ? { when: condition } : {}),
    },
  }
}
