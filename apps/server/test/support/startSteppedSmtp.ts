import { createServer, type AddressInfo, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

/** Where a conversation stands when it stops: what the client has said and waits to be answered. */
export const SMTP_STEPS = ['greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'the final dot', 'QUIT'] as const
export type SmtpStep = (typeof SMTP_STEPS)[number]

export interface SteppedMail {
  to: string
  messageId: string
}

/** An SMTP server on 127.0.0.1 that tells of each step, and answers when it is told to. */
export interface SteppedSmtp {
  /** smtp://127.0.0.1:port */
  url: string
  /** Whose final dot has arrived, whether it was answered or not. */
  mails: SteppedMail[]
  /** Cuts every connection. */
  cut(): void
  stop(): Promise<void>
}

const REPLIES: Readonly<Record<Exclude<SmtpStep, 'greeting'>, string>> = {
  EHLO: '250-stepped\r\n250 8BITMIME',
  MAIL: '250 OK',
  RCPT: '250 OK',
  DATA: '354 Go on',
  'the final dot': '250 Taken',
  QUIT: '221 Bye',
}

/**
 * @param onStep asked at each step: the reply that is given instead of the usual one, or a promise of it. One that never
 * resolves leaves the client waiting; `cut` ends the connection instead
 */
export async function startSteppedSmtp(
  onStep: (step: SmtpStep, to: string) => string | undefined | Promise<string | undefined>,
  { port = 0 }: { port?: number } = {},
): Promise<SteppedSmtp> {
  const mails: SteppedMail[] = []
  const sockets = new Set<Socket>()

  const converse = async (socket: Socket) => {
    let to = ''
    let mail: string[] | undefined
    const answer = async (step: SmtpStep, usual: string) => {
      const reply = (await onStep(step, to)) ?? usual
      if (reply === 'cut') socket.destroy()
      if (!socket.destroyed) socket.write(`${reply}\r\n`)
      return reply.startsWith('2') || reply.startsWith('3')
    }
    await answer('greeting', '220 stepped')
    for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
      if (mail) {
        if (line !== '.') {
          mail.push(line)
          continue
        }
        const messageId = mail.find((header) => /^message-id:/i.test(header)) ?? ''
        mails.push({ to, messageId: messageId.slice(messageId.indexOf('<')) })
        mail = undefined
        await answer('the final dot', REPLIES['the final dot'])
        continue
      }
      const verb = line.slice(0, 4).toUpperCase() as Exclude<SmtpStep, 'greeting' | 'the final dot'>
      if (verb === 'RCPT') to = /<([^>]*)>/.exec(line)?.[1] ?? ''
      const isDone = await answer(verb, REPLIES[verb] ?? '250 OK')
      if (verb === 'DATA' && isDone) mail = []
      if (verb === 'QUIT') socket.end()
    }
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A client that goes away in the middle is what this is for.
    socket.on('error', () => {})
    converse(socket).catch(() => {})
  })
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve)
  })
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    cut,
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    stop: async () => {
      cut()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}
