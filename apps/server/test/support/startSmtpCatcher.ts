import { EventEmitter, once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerAddress, type SMTPServerSession } from 'smtp-server'

export interface CaughtMail {
  /** As it arrived, byte for byte. */
  raw: Buffer
  envelope: { from: string; to: string[] }
  email: Email
}

/**
 * How one attempt is answered: `{ at: 'RCPT TO', reply: '550 5.1.1 No such user' }`, never (`silence`), or the
 * connection is cut, once the recipient is named or (`cut after the mail`) when the whole mail has arrived.
 */
export type SmtpAnswer = { at: 'RCPT TO' | 'DATA'; reply: string } | 'silence' | 'cut' | 'cut after the mail'

/** A real SMTP server on 127.0.0.1 that keeps what it gets. */
export interface SmtpCatcher {
  /** smtp://127.0.0.1:port */
  url: string
  port: number
  /** Every mail that was accepted, in the order of arrival. */
  mails: CaughtMail[]
  mailsTo(address: string): CaughtMail[]
  /** The mail to the address number `index`, counted from 0, as soon as it arrives; rejects after 15 seconds. */
  waitForMail(address: string, index?: number): Promise<CaughtMail>
  /** The next attempts for the address are answered so, one after the other; all others are accepted. */
  answer(address: string, answers: readonly SmtpAnswer[]): void
  /** How often the address was named as a recipient. */
  attempts(address: string): number
  stop(): Promise<void>
}

const WAIT_LIMIT = 15_000

function refusal(reply: string): Error {
  const [, code, text] = /^(\d{3}) (.+)$/s.exec(reply) ?? []
  if (text === undefined) throw new RangeError(`An SMTP reply: given "${reply}", expected "550 5.1.1 text"`)
  return Object.assign(new Error(text), { responseCode: Number(code) })
}

export async function startSmtpCatcher({ port = 0 }: { port?: number } = {}): Promise<SmtpCatcher> {
  const mails: CaughtMail[] = []
  const arrivals = new EventEmitter()
  const planned = new Map<string, SmtpAnswer[]>()
  const attempts = new Map<string, number>()
  /** What waits for the end of the mail of a session. */
  const atData = new WeakMap<SMTPServerSession, SmtpAnswer>()

  const cut = (server: SMTPServer, session: SMTPServerSession) => {
    for (const connection of server.connections) {
      const { id, _socket: socket } = connection as unknown as { id: string; _socket: { destroy(): void } }
      if (id === session.id) socket.destroy()
    }
  }

  const server: SMTPServer = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onRcptTo: ({ address }: SMTPServerAddress, session, done) => {
      attempts.set(address, (attempts.get(address) ?? 0) + 1)
      const answer = planned.get(address)?.shift()
      if (answer === 'silence') return
      if (answer === 'cut') return cut(server, session)
      if (typeof answer === 'object' && answer.at === 'RCPT TO') return done(refusal(answer.reply))
      if (answer) atData.set(session, answer)
      done()
    },
    onData: (stream, session, done) => {
      const accept = async () => {
        const raw = await buffer(stream)
        const answer = atData.get(session)
        atData.delete(session)
        if (typeof answer === 'object') return done(refusal(answer.reply))
        const { mailFrom, rcptTo } = session.envelope
        mails.push({
          raw,
          envelope: {
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
          },
          email: await PostalMime.parse(raw),
        })
        arrivals.emit('mail')
        if (answer === 'cut after the mail') return cut(server, session)
        done()
      }
      accept().catch((error: unknown) => done(error as Error))
    },
  })
  // A client that goes away in the middle is no concern of the tests.
  server.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const bound = server.server.address()
  if (bound === null || typeof bound === 'string') throw new Error('The SMTP catcher has no port')

  const mailsTo = (address: string) => mails.filter(({ envelope }) => envelope.to.includes(address))
  return {
    url: `smtp://127.0.0.1:${bound.port}`,
    port: bound.port,
    mails,
    mailsTo,
    waitForMail: async (address, index = 0) => {
      const deadline = AbortSignal.timeout(WAIT_LIMIT)
      for (;;) {
        const mail = mailsTo(address)[index]
        if (mail) return mail
        await once(arrivals, 'mail', { signal: deadline }).catch((cause: unknown) => {
          const count = mailsTo(address).length
          throw new Error(`${address} has got ${count} mails in ${WAIT_LIMIT} ms, expected ${index + 1}`, {
            cause,
          })
        })
      }
    },
    answer: (address, answers) => {
      planned.set(address, [...(planned.get(address) ?? []), ...answers])
    },
    attempts: (address) => attempts.get(address) ?? 0,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
