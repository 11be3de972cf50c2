import { Readable } from 'node:stream'
import SMTPPool from 'nodemailer/lib/smtp-pool'
import type { ComposedMail } from '../mail/composeMail.ts'
import { readDkimKey, signMail, type DkimKey } from '../mail/signMail.ts'
import { oneAddress, writeMail } from '../mail/writeMail.ts'
import type { MailSender } from './mailSender.ts'
import { smtpOptionsOf } from './smtpOptions.ts'

/** Mails in a server's hands at a time. With those whose recording is under way they are what a crash can repeat. */
export const WORKERS = 10

/** A mail as it goes over the wire, its signature included. */
export interface SignedMail {
  envelope: ComposedMail['envelope']
  raw: Buffer
}

/** Hands mails to the servers of their senders. */
export interface Transports {
  /** Writes a mail, and signs it where its sender says so, by a thread of its own. Throws where an address is not one. */
  sign(sender: Pick<MailSender, 'dkim'>, mail: ComposedMail): Promise<SignedMail>
  /**
   * Hands a mail over, and gives the server's answer. Rejects with nodemailer's error, and at the latest after
   * `PATIENCE`, or `ANSWER` where the whole mail had been given by then: the connection is cut, so that nothing can
   * arrive afterwards. What had been given and was not answered may have arrived: the error says `mayHaveArrived`.
   */
  deliver(sender: Pick<MailSender, 'smtpUrl'>, mail: SignedMail): Promise<string>
  /** Ends all connections: those at once that hand nothing over. */
  close(): void
}

/** A server that has not asked for the mail by then does not get it, whatever it does meanwhile: milliseconds. */
const PATIENCE = 25_000
/**
 * So long a server may take over a mail that it has got. RFC 5321, section 4.5.3.2.6, asks for ten minutes, because
 * whoever gives up may send twice. Not as long as that: what is claimed next waits for it, whichever server takes it.
 */
const ANSWER = 45_000
/** A pool that nobody has used for so long is let go: its sender was changed, or has nothing to say. */
const UNUSED = 10 * 60_000
/** Below the silence that counts as a failure, so that it is we who say goodbye. */
const IDLE = 10_000
const SILENCE = ANSWER + 1_000
const MOST_KEYS = 500

interface Pool {
  pool: SMTPPool
  usedAt: number
}

function createPool(smtpUrl: string): SMTPPool {
  return new SMTPPool({
    ...smtpOptionsOf(smtpUrl),
    maxConnections: WORKERS,
    maxMessages: 1_000,
    // Whether and when a mail is tried again is the sender's to decide.
    maxRequeues: 0,
    idleTimeout: IDLE,
    connectionTimeout: 7_000,
    greetingTimeout: 7_000,
    socketTimeout: SILENCE,
  })
}

type PooledMail = Parameters<SMTPPool['send']>[0]

/** The bytes as they are: nodemailer's way of making a mail reads files and addresses, and takes as long as all else. */
const pooledMail = (
  { envelope: { from, to }, raw }: SignedMail,
  { signal, onGiven }: { signal: AbortSignal; onGiven: () => void },
) =>
  ({
    data: { signal },
    message: {
      getEnvelope: () => ({ from, to: [to] }),
      messageId: () => '',
      getHeader: () => '',
      createReadStream: () =>
        new Readable({
          read() {
            onGiven()
            this.push(raw)
            this.push(null)
          },
        }),
    },
  }) as unknown as PooledMail

const sendBy = (pool: SMTPPool, mail: PooledMail): Promise<string> =>
  new Promise((resolve, reject) => {
    pool.send(mail, (error, info) => {
      if (error) reject(error)
      else resolve(info?.response ?? '')
    })
  })

/** One pool of connections for each server, made when it is first needed. Senders that share a server share its pool. */
export function createTransports({
  now = Date.now,
  patience = PATIENCE,
  answer = ANSWER,
}: { now?: () => number; patience?: number; answer?: number } = {}): Transports {
  const pools = new Map<string, Pool>()
  const keys = new Map<string, DkimKey>()

  const poolOf = (smtpUrl: string): SMTPPool => {
    const at = now()
    for (const [url, { pool, usedAt }] of pools) {
      if (url === smtpUrl || at - usedAt < UNUSED) continue
      pools.delete(url)
      pool.close()
    }
    const used = pools.get(smtpUrl) ?? { pool: createPool(smtpUrl), usedAt: at }
    used.usedAt = at
    pools.set(smtpUrl, used)
    return used.pool
  }

  /** Reading a key takes as long as signing with it. */
  const keyOf = (dkim: NonNullable<MailSender['dkim']>): DkimKey => {
    const name = [dkim.domain, dkim.selector, dkim.privateKey].join('\n')
    const known = keys.get(name)
    if (known) return known
    if (keys.size === MOST_KEYS) keys.clear()
    const key = readDkimKey(dkim)
    keys.set(name, key)
    return key
  }

  return {
    sign: async ({ dkim }, { content, envelope }) => {
      const written = writeMail(content)
      const signature = dkim ? [await signMail(written, keyOf(dkim), content.date.getTime())] : []
      const headers = [...signature, written.headers, '', ''].join('\r\n')
      return {
        envelope: {
          from: oneAddress('The envelope sender', envelope.from),
          to: oneAddress('The recipient', envelope.to),
        },
        raw: Buffer.concat([Buffer.from(headers), written.body]),
      }
    },
    deliver: async ({ smtpUrl }, mail) => {
      const giveUp = new AbortController()
      const after = (milliseconds: number) =>
        setTimeout(() => giveUp.abort(new Error(`No answer within ${milliseconds} ms`)), milliseconds)
      let timeout = after(patience)
      let isGiven = false
      const onGiven = () => {
        clearTimeout(timeout)
        timeout = after(answer)
        isGiven = true
      }
      try {
        return await sendBy(poolOf(smtpUrl), pooledMail(mail, { signal: giveUp.signal, onGiven }))
      } catch (error) {
        throw isGiven && error instanceof Error ? Object.assign(error, { mayHaveArrived: true }) : error
      } finally {
        clearTimeout(timeout)
      }
    },
    close: () => {
      for (const { pool } of pools.values()) pool.close()
      pools.clear()
    },
  }
}
