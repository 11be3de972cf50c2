import { DAY, HOUR } from './duration.ts'
import type { StreamFacts } from './policy.ts'

/** How a new address is made known: `first` mails on its first day, each next day `growth` times as many. */
export interface WarmUp {
  startedAt: number
  first: number
  growth: number
  /** Once a day has so many, it is known, and any number may go. */
  until: number
}

export interface SendingLimits {
  warmUp: WarmUp | null
  /** Mails in an hour by the name of the provider (`mailboxProviderOf`); `*` of each other one. */
  perHour: Readonly<Record<string, number>>
}

export interface WarmUpDay {
  /** It takes 24 hours, and begins with an hour. */
  from: number
  to: number
  /** How many mails may go on it. */
  mails: number
}

export const hourOf = (at: number) => Math.floor(at / HOUR) * HOUR

/**
 * The day of the warm-up that an instant lies in; null once it is over. Before its beginning it is a day of no mails
 * that ends there.
 */
export function warmUpDay({ startedAt, first, growth, until }: WarmUp, at: number): WarmUpDay | null {
  const beginning = hourOf(startedAt)
  if (at < beginning) return { from: hourOf(at), to: beginning, mails: 0 }
  const day = Math.floor((at - beginning) / DAY)
  const mails = Math.floor(first * growth ** day)
  const from = beginning + day * DAY
  return mails >= until ? null : { from, to: from + DAY, mails }
}

/** How many mails a sender gave out: on the day of its warm-up, and to the provider in this hour. */
export interface SentCounts {
  day: number
  hour: number
}

/** When a sender may give out another mail to a provider, for what it gave out until now; `roomAt: null`: now. */
export function sendingRoom(
  limits: SendingLimits,
  { provider, sent, at }: { provider: string; sent: SentCounts; at: number },
): Pick<StreamFacts, 'roomAt' | 'reason'> {
  const day = limits.warmUp && warmUpDay(limits.warmUp, at)
  if (day && sent.day >= day.mails) return { roomAt: day.to, reason: 'warm-up' }
  const perHour = limits.perHour[provider] ?? limits.perHour['*'] ?? Infinity
  return { roomAt: sent.hour >= perHour ? hourOf(at) + HOUR : null, reason: 'domain-limit' }
}
