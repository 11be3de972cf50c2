import { SMTPServer } from 'smtp-server'

/** An SMTP server in this process that reads each mail to its end, accepts it, and remembers only how many it were. */
export interface CountingSmtp {
  url: string
  count(): number
  stop(): Promise<void>
}

export async function startCountingSmtp(port = 0): Promise<CountingSmtp> {
  let mails = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    onData: (stream, _session, done) => {
      stream.on('end', () => {
        mails += 1
        done()
      })
      stream.resume()
    },
  })
  // A client that goes away in the middle of a mail has not sent it.
  server.on('error', () => {})
  const bound = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    const listening = server.listen(port, '127.0.0.1', () => {
      const address = listening.address()
      if (typeof address === 'object' && address !== null) resolve(address.port)
      else reject(new Error('The SMTP server has no port'))
    })
  })
  return {
    url: `smtp://127.0.0.1:${bound}`,
    count: () => mails,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
