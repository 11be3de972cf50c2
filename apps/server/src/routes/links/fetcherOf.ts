import type { Context } from 'hono'
import { isbot } from 'isbot'
import type { OutboxMessage } from '../../store/queries/messages.ts'

/** Why a fetch is taken for a machine's. */
export type MachineReason =
  | 'head'
  | 'no-user-agent'
  | 'prefetch'
  | 'privacy-proxy'
  | 'bot'
  | 'too-soon'
  | 'burst'

/** What fetched a link: only a person's visit counts, but every one is kept. */
export type Fetcher = { class: 'human' } | { class: 'machine'; reason: MachineReason }

/**
 * Who fetches images instead of the reader: Apple's Mail Privacy Protection, which says nothing but `Mozilla/5.0`, and
 * the image proxies of Gmail and Yahoo. They come whether or when somebody reads, from no reader's address.
 */
const PRIVACY_PROXY = /^Mozilla\/5\.0$|GoogleImageProxy|ggpht\.com|YahooMailProxy/i

/** Nobody opens a mail and finds a link in it sooner after it has left: milliseconds. */
const TOO_SOON = 2_000

/** When a mail was handed over, as far as that is written down yet: scanners come while the server still takes it. */
const dispatchedAt = ({ sentAt, attemptedAt, state }: OutboxMessage, now: number) =>
  sentAt ?? attemptedAt ?? (state === 'sending' ? now : null)

/** What a single request says of who sent it. */
export function fetcherOf({ req }: Context, message: OutboxMessage, now: number): Fetcher {
  const agent = req.header('user-agent')
  const purpose = req.header('sec-purpose') ?? req.header('purpose') ?? req.header('x-moz') ?? ''
  const at = dispatchedAt(message, now)
  const reasons: readonly [MachineReason, boolean][] = [
    ['head', req.method === 'HEAD'],
    ['no-user-agent', !agent],
    ['prefetch', /prefetch|preview|prerender/i.test(purpose)],
    ['privacy-proxy', PRIVACY_PROXY.test(agent ?? '')],
    ['bot', isbot(agent)],
    ['too-soon', at !== null && now - at < TOO_SOON],
  ]
  const [reason] = reasons.find(([, holds]) => holds) ?? []
  return reason === undefined ? { class: 'human' } : { class: 'machine', reason }
}
