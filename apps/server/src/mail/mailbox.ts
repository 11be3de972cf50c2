import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export interface MailboxEntry {
  id: string
  email: Email
}

/** The embedded mailbox: a real SMTP server on loopback that keeps each mail as it arrived, one file each. */
export interface Mailbox {
  /** smtp://127.0.0.1:port */
  url: string
  /** The newest first. */
  list(limit: number): Promise<MailboxEntry[]>
  raw(id: string): Promise<Buffer | undefined>
  read(id: string): Promise<MailboxEntry | undefined>
  stop(): Promise<void>
}

const MAIL_BYTES = 10 * 1024 * 1024
/** `<arrival in milliseconds>-<uuid>`: sorts by arrival, and no path can hide in it. */
const ID = /^\d{13}-[0-9a-f-]{36}$/

export async function startMailbox(folder: string, now: () => number): Promise<Mailbox> {
  await mkdir(folder, { recursive: true })
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    size: MAIL_BYTES,
    logger: false,
    // A reverse look-up of 127.0.0.1 only costs time.
    disableReverseLookup: true,
    onData: (stream, _session, done) => {
      const id = `${String(now()).padStart(13, '0')}-${randomUUID()}`
      const path = join(folder, `${id}.eml`)
      // Under another name until it is complete, so that nobody reads half a mail.
      pipeline(stream, createWriteStream(`${path}.part`))
        .then(() => rename(`${path}.part`, path))
        .then(
          () => done(),
          (error: unknown) => done(error as Error),
        )
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  // A client that breaks its connection in the middle of a mail is reported here too; unheard, it would end the process.
  server.on('error', () => {})
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('The embedded mailbox has no port')

  const raw = async (id: string) => {
    if (!ID.test(id)) return undefined
    return await readFile(join(folder, `${id}.eml`)).catch(() => undefined)
  }
  const read = async (id: string) => {
    const source = await raw(id)
    return source && { id, email: await PostalMime.parse(source) }
  }
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    raw,
    read,
    list: async (limit) => {
      const files = (await readdir(folder)).filter((file) => file.endsWith('.eml'))
      const newest = files.toSorted().toReversed().slice(0, limit)
      const entries = await Promise.all(newest.map((file) => read(file.slice(0, -'.eml'.length))))
      return entries.filter((entry) => entry !== undefined)
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
