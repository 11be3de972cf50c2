import { classifySmtpError } from '../mail/smtpFailure.ts'

/** How a mail server is: whether mails may be handed to it now. */
export interface ServerBreakers {
  /**
   * Until when nothing is to be handed to a server, or null where it may be; changes nothing. Where it is being tried
   * anew: until that try must have ended.
   */
  closedUntil(server: string): number | null
  /** Whether it has taken nothing since it was found to be away, also where it may be tried anew. */
  isAway(server: string): boolean
  /**
   * As `closedUntil`, asked right before a mail is handed over. When a pause is over, the first who asks tries the
   * server anew with one mail, and all others wait for what comes of it.
   */
  admit(server: string): number | null
  /** What came of a mail: nothing where the server took it, else what went wrong. */
  attempted(server: string, error?: unknown): void
  /** How many servers are away that mails go to. */
  away(): number
}

export interface ServerBreakersOptions {
  now: () => number
  random: () => number
  /** A server has begun to be away. `host` is what may be told of it: no user, no password. */
  onAway: (host: string, reason: string) => void
  onBack: (host: string) => void
}

/** So many failures of the server in a row, and nothing more is handed to it. */
const FAILURES = 5
/** And so many mails in a row that it puts off, within so long: one address that is put off for days is no storm. */
const PUT_OFF = 20
const PUT_OFF_WITHIN = 10 * 60_000
const FIRST_PAUSE = 1_000
/** So that the first mail leaves within a minute after the server is back. */
const LONGEST_PAUSE = 50_000
/** A try that nobody reports on any more no longer counts: longer than nearly any hand-over takes. */
const TRY_ENDS = 30_000
/** A server that nobody has asked for so long is nobody's any more: its sender was changed, or has nothing to say. */
const FORGOTTEN = 10 * 60_000

interface Breaker {
  failures: number
  putOff: number
  /** Since when. */
  putOffSince: number
  /** How many pauses there were since the last mail that it took; 0: it is not away. */
  pauses: number
  until: number
  /** When the try under way is over at the latest. */
  tryUntil: number
}

type Verdict = 'answers' | 'puts off' | 'away'

function verdictOf(error: unknown): Verdict {
  if (error === undefined) return 'answers'
  const { kind } = classifySmtpError(error)
  if (kind === 'away') return 'away'
  return kind === 'later' || kind === 'unwelcome' ? 'puts off' : 'answers'
}

const hostOf = (server: string) => (URL.canParse(server) ? new URL(server).host : 'the mail server')

/**
 * Remembers of each mail server, by its nodemailer URL, whether it answers: in this process only. A server that fails
 * again and again gets nothing for a while, and then one mail at a time until it takes one: a dead server costs nobody
 * an attempt each, and one that comes back is not met by everything at once.
 */
export function createServerBreakers({ now, random, onAway, onBack }: ServerBreakersOptions): ServerBreakers {
  const breakers = new Map<string, Breaker>()

  const closedUntil = (server: string): number | null => {
    const breaker = breakers.get(server)
    if (!breaker || breaker.pauses === 0) return null
    if (now() < breaker.until) return breaker.until
    return now() < breaker.tryUntil ? breaker.tryUntil : null
  }

  const close = (server: string, breaker: Breaker, reason: string) => {
    if (breaker.pauses === 0) onAway(hostOf(server), reason)
    const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(breaker.pauses, 16))
    breaker.pauses += 1
    breaker.until = now() + Math.round(longest * (0.5 + random() / 2))
    breaker.tryUntil = 0
  }

  return {
    closedUntil,
    isAway: (server) => (breakers.get(server)?.pauses ?? 0) > 0,
    admit: (server) => {
      const until = closedUntil(server)
      const breaker = breakers.get(server)
      if (until === null && breaker && breaker.pauses > 0) breaker.tryUntil = now() + TRY_ENDS
      return until
    },
    attempted: (server, error) => {
      const verdict = verdictOf(error)
      const breaker = breakers.get(server)
      if (verdict === 'answers') {
        breakers.delete(server)
        if (breaker && breaker.pauses > 0) onBack(hostOf(server))
        return
      }
      const known = breaker ?? {
        failures: 0,
        putOff: 0,
        putOffSince: now(),
        pauses: 0,
        until: 0,
        tryUntil: 0,
      }
      breakers.set(server, known)
      if (verdict === 'away') known.failures += 1
      else if (now() - known.putOffSince <= PUT_OFF_WITHIN) known.putOff += 1
      else Object.assign(known, { putOff: 1, putOffSince: now() })
      // Mails that were under way when the pause began say nothing new.
      if (known.pauses > 0 && now() < known.until) return
      const isTry = known.pauses > 0
      if (!isTry && known.failures < FAILURES && known.putOff < PUT_OFF) return
      const { message = String(error) } = error as { message?: string }
      close(server, known, message)
    },
    away: () =>
      [...breakers.values()].filter(({ pauses, until }) => pauses > 0 && until > now() - FORGOTTEN).length,
  }
}
