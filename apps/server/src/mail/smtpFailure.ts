import { bounceMeaningOf, codeIn, type BounceMeaning } from '../feedback/bounceMeaning.ts'

/** What a failed attempt to hand over a mail means. */
export interface SmtpFailure {
  /**
   * `bounce`: this address will never work. `refused`: the server will not take this mail, whoever's fault it is.
   * `unwelcome`: it takes nothing from this sender until somebody has mended that. `later`: worth another try. `away`:
   * the server could not be spoken to, or not to its end; nothing is known of the mail.
   */
  kind: 'bounce' | 'refused' | 'unwelcome' | 'later' | 'away'
  /** What it says of the address. */
  meaning: BounceMeaning
  response: string
  /** The whole mail had been given when the server fell silent: it may have taken it. */
  mayHaveArrived: boolean
}

/** What a server said, cut to what is worth keeping, as every database takes it: no NUL, no half of a surrogate pair. */
export const keptResponse = (text: string) => text.slice(0, 500).toWellFormed().replaceAll('\u0000', '\uFFFD')

interface SmtpError {
  responseCode?: number
  response?: string
  command?: string
  code?: string
  message?: string
  mayHaveArrived?: boolean
}

/** Replies to these are about a mail; to all others, a greeting or a password, about the connection. */
const ABOUT_A_MAIL = new Set(['MAIL FROM', 'RCPT TO', 'DATA'])
/** The server closes this connection (RFC 5321, section 3.8). */
const CLOSING = 421

/**
 * Classifies by where in the conversation it failed, and by the enhanced status code of RFC 3463 where the server gives
 * one: 5.1.x is the address; 5.7.x is our own reputation or set-up and says nothing about the customer. A bare 550, 551
 * or 553 at RCPT is the address. 4.x and whatever broke on the way may work later.
 */
export function classifySmtpError(error: unknown): SmtpFailure {
  const { responseCode, response, command = '', message = String(error), mayHaveArrived } = error as SmtpError
  const text = keptResponse(response ?? message)
  const failure = (kind: SmtpFailure['kind'], meaning = bounceMeaningOf({ text })) => ({
    kind,
    meaning,
    response: text,
    mayHaveArrived: responseCode === undefined && mayHaveArrived === true,
  })
  if (responseCode === undefined || responseCode === CLOSING || !ABOUT_A_MAIL.has(command))
    return failure('away', 'soft')
  if (responseCode < 500) return failure('later')
  const meaning = bounceMeaningOf({ text })
  // Who it is for is not known to the server yet; that the mail is too large is a matter of the mail.
  if (command === 'MAIL FROM' && responseCode !== 552) return failure('unwelcome', 'blocked')
  const isBare = codeIn(text)?.[1] !== '5'
  const isBareAddress =
    isBare && meaning !== 'blocked' && command === 'RCPT TO' && [550, 551, 553].includes(responseCode)
  return meaning === 'hard' || isBareAddress ? failure('bounce', 'hard') : failure('refused', meaning)
}
