/** What a failed attempt to hand over a mail means. */
export interface SmtpFailure {
  /**
   * `bounce`: this address will never work. `refused`: the server will not take this mail, whoever's fault it is.
   * `later`: worth another try.
   */
  kind: 'bounce' | 'refused' | 'later'
  response: string
}

/** What a server said, cut to what is worth keeping, as every database takes it: no NUL, no half of a surrogate pair. */
export const keptResponse = (text: string) => text.slice(0, 500).toWellFormed().replaceAll('\u0000', '\uFFFD')

interface SmtpError {
  responseCode?: number
  response?: string
  command?: string
  code?: string
  message?: string
}

/**
 * Classifies by the enhanced status code of RFC 3463 where the server gives one: 5.1.x is the address; every other 5.x
 * (5.7.x is our own reputation or set-up) says nothing about the customer. A bare 550 or 553 at RCPT is the address.
 * 4.x and whatever broke on the way may work later.
 */
export function classifySmtpError(error: unknown): SmtpFailure {
  const { responseCode = 0, response, command = '', message = String(error) } = error as SmtpError
  const text = keptResponse(response ?? message)
  if (responseCode < 500) return { kind: 'later', response: text }
  const enhanced = /\b5\.(\d{1,3})\.\d{1,3}\b/.exec(text)?.[1]
  const isAddress =
    enhanced === undefined ? command === 'RCPT TO' && /^55[0-3]/.test(String(responseCode)) : enhanced === '1'
  return { kind: isAddress ? 'bounce' : 'refused', response: text }
}
