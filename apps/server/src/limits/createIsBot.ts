import { isbot } from 'isbot'

/** How much of a user agent is looked at: real ones are shorter, and longer ones cost time. */
const LENGTH = 512
/** How many user agents are remembered. */
const CAPACITY = 2_000

export type IsBot = (userAgent: unknown) => boolean

/**
 * The request's own user agent as far as it tells of a visitor: a browser's or a crawler's. That of a library, such as
 * `analytics-node` or `python-requests`, is of whoever passes events on, and says nothing of the people behind them.
 */
export function visitorAgent(header: string | undefined): string | undefined {
  return header !== undefined && /^mozilla\/|bot\b|crawl|spider/i.test(header) ? header : undefined
}

/** Whether a user agent is a crawler's, scanner's or program's. Nothing is none. Remembers what it was asked. */
export function createIsBot(): IsBot {
  let known = new Map<string, boolean>()
  return (userAgent) => {
    if (typeof userAgent !== 'string' || userAgent === '') return false
    const answer = known.get(userAgent)
    if (answer !== undefined) return answer
    const agent = userAgent.slice(0, LENGTH)
    const fresh = isbot(agent)
    if (known.size >= CAPACITY) known = new Map()
    // A long one is not remembered: it would take memory for as long as the process lives.
    if (agent === userAgent) known.set(agent, fresh)
    return fresh
  }
}
