import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { describeError } from '../describeError.ts'
import { CicloError } from '../errors.ts'
import { networkOf } from '../limits/clientAddress.ts'
import { createLimiter } from '../limits/limiter.ts'
import type { BounceAddresses } from '../mail/bounceAddress.ts'
import { createConnectionShares } from './createConnectionShares.ts'
import type { Feedback } from './createFeedback.ts'

export interface FeedbackServerOptions {
  host: string
  port: number
  /** Besides our bounce addresses: where feedback loops report to; lower-cased. */
  feedbackAddress: string | undefined
  feedback: Pick<Feedback, 'takeMail' | 'keepUnread'>
  bounceAddresses: Pick<BounceAddresses, 'read'>
  now: () => number
  onError: (error: unknown) => void
}

export interface FeedbackServer {
  port: number
  /** Lets the mails in hand end, and takes no more. */
  stop(): Promise<void>
}

/** A report with the whole mail that it is about, and more than any of ours is. */
const MAIL_BYTES = 5 * 1024 * 1024
/** What of it is kept in memory: `parseReport` reads no more. */
const KEPT_BYTES = 128 * 1024
const CLIENTS = 40
/** Of which so many from one network of the internet. */
const CLIENTS_OF_NETWORK = 10
const RECIPIENTS = 10
/** Mails of one network: providers send what comes back in bursts. */
const PER_CLIENT = { perSecond: 5, burst: 300 }
/** Reports about one mail: a few delays and an end. Whoever has got a mail of ours may write as often as this. */
const PER_MAIL = { perSecond: 10 / 86_400, burst: 10 }
const REMEMBERED = 20_000
const IDLE = 60_000

const clientOf = ({ remoteAddress }: SMTPServerSession) => networkOf(remoteAddress) ?? remoteAddress

const refuse = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode })

/** The beginning of a mail; the rest is read and let go of. */
async function readBeginning(stream: SMTPServerDataStream): Promise<Buffer> {
  const kept: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (size < KEPT_BYTES) kept.push(chunk.subarray(0, KEPT_BYTES - size))
    size += chunk.length
  }
  return Buffer.concat(kept)
}

/**
 * Takes the mails that come back, as the server of the bounce domain. It relays nothing: every recipient is one of our
 * own signed bounce addresses, or the address of feedback loops. A mail is answered with 250 when what it says is
 * stored, and with 451 where that cannot be done now, so that its sender keeps it: a crash loses nothing.
 */
export async function startFeedbackServer(options: FeedbackServerOptions): Promise<FeedbackServer> {
  const { host, port, feedbackAddress, feedback, bounceAddresses, now, onError } = options
  const clients = createLimiter(PER_CLIENT, REMEMBERED)
  const mails = createLimiter(PER_MAIL, REMEMBERED)
  const shares = createConnectionShares(CLIENTS_OF_NETWORK)

  /** Only mail that is for us counts, so that what a server before this one passes on besides takes nothing from it. */
  const takeToken = (client: string, mailId: string | undefined): Error | undefined => {
    const at = now()
    if (clients.wait(client, 1, at) > 0) return refuse(451, '4.7.0 Too fast; try again later')
    if (mailId !== undefined && mails.wait(mailId, 1, at) > 0)
      return refuse(452, '4.2.1 Too many reports about this mail')
    clients.take(client, 1, at)
    if (mailId !== undefined) mails.take(mailId, 1, at)
    return undefined
  }

  const refusalOf = (address: string, session: SMTPServerSession): Error | undefined => {
    if (session.envelope.rcptTo.length >= RECIPIENTS) return refuse(452, '4.5.3 Too many recipients')
    // Everybody may know this address: what comes to it takes nothing from the bounces.
    if (address.toLowerCase() === feedbackAddress) return takeToken(`reports ${clientOf(session)}`, undefined)
    const mailId = bounceAddresses.read(address)
    if (mailId === undefined) return refuse(550, '5.1.1 No such address here; nothing is relayed')
    return takeToken(`bounces ${clientOf(session)}`, mailId)
  }

  const take = async (stream: SMTPServerDataStream, { envelope }: SMTPServerSession) => {
    const raw = await readBeginning(stream)
    if (stream.sizeExceeded) throw refuse(552, `5.3.4 Larger than ${MAIL_BYTES} bytes`)
    const from = { via: 'smtp', recipients: envelope.rcptTo.map(({ address }) => address) }
    try {
      await feedback.takeMail(raw, from)
    } catch (error) {
      onError(error)
      const isAway = error instanceof CicloError && error.status !== 500
      if (isAway) throw refuse(451, '4.3.0 Cannot be stored now; try again later')
      // It would fail again: it is taken from its sender, and kept for people.
      const reason = `it could not be taken over: ${describeError(error)}`
      await feedback.keepUnread(raw, { via: 'smtp', reason })
    }
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    banner: 'Ciclo',
    size: MAIL_BYTES,
    maxClients: CLIENTS,
    socketTimeout: IDLE,
    closeTimeout: 2_000,
    onConnect: ({ id, remoteAddress }, done) =>
      shares.open(id, remoteAddress) ? done() : done(refuse(421, 'Too many connections; try again later')),
    onClose: ({ id }) => shares.close(id),
    onRcptTo: ({ address }, session, done) => done(refusalOf(address, session)),
    onData: (stream, session, done) => {
      take(stream, session).then(
        () => done(),
        (error: unknown) => {
          const isAnswer = (error as { responseCode?: number }).responseCode !== undefined
          if (!isAnswer) onError(error)
          done(isAnswer ? (error as Error) : refuse(451, '4.3.0 Cannot be stored now; try again later'))
        },
      )
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new CicloError(
          'bad-configuration',
          `FEEDBACK_SMTP_HOST and FEEDBACK_SMTP_PORT: cannot listen on ${host}:${port} (${cause.code ?? cause.message})`,
          { cause },
        ),
      ),
    )
    server.listen(port, host, resolve)
  })
  // A client that goes away in the middle is told here, too; unheard, it would end the process.
  server.on('error', () => {})
  const bound = server.server.address()
  if (bound === null || typeof bound === 'string') throw new Error('The feedback server has no port')
  return { port: bound.port, stop: () => new Promise((resolve) => server.close(() => resolve())) }
}
