import { once } from 'node:events'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import nodemailer from 'nodemailer'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFrozenClock } from '../../src/clock.ts'
import { CicloError } from '../../src/errors.ts'
import type { Feedback } from '../../src/feedback/createFeedback.ts'
import { createMaildirLoop } from '../../src/feedback/createMaildirLoop.ts'
import { startFeedbackServer, type FeedbackServer } from '../../src/feedback/startFeedbackServer.ts'
import { createBounceAddresses } from '../../src/mail/bounceAddress.ts'
import { SECRET } from '../support/createTestCiclo.ts'
import { createTestFolder } from '../support/createTestFolder.ts'
import { useSqlite } from '../support/useSqlite.ts'
import { readSample } from './readSample.ts'
import { openFeedback, type FeedbackWorld, type SentMail } from './useFeedback.ts'

const ANN = 'ann@example.com'
const LOOP = 'fbl@bounces.shop.example'
const BOUNCED = { permission: 'suppressed', suppressed: 'bounce' }
const FREE = { permission: 'subscribed', suppressed: null }
const createWholeDatabase = useSqlite()
const FAILED_QUERY = new Error(`Failed query: insert into events\nparams: ${ANN}`)
const away = () => Promise.reject(new CicloError('store-unavailable', 'a test'))

/** What a server answered to a mail: its code and text. */
async function deliver(port: number, to: string | string[], raw: Buffer | string): Promise<string> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
  try {
    const { response } = await transport.sendMail({ envelope: { from: '', to }, raw })
    return response
  } catch (error) {
    const { response, message } = error as { response?: string; message: string }
    return response ?? message
  } finally {
    transport.close()
  }
}

describe('the server of the bounce domain', () => {
  const createDatabase = useSqlite()
  let world: FeedbackWorld
  let server: FeedbackServer
  let mail: SentMail
  /** What the store does with the next mails. */
  let next: Feedback['takeMail'][]
  let kept: string[]

  beforeEach(async () => {
    world = await openFeedback(await createDatabase())
    mail = await world.mailTo(ANN)
    next = []
    kept = []
    const { feedback } = world.ciclo
    server = await startFeedbackServer({
      host: '127.0.0.1',
      port: 0,
      feedbackAddress: LOOP,
      feedback: {
        takeMail: async (raw, from) => await (next.shift()?.(raw, from) ?? feedback.takeMail(raw, from)),
        keepUnread: async (raw, given) => {
          kept.push(given.reason)
          await feedback.keepUnread(raw, given)
        },
      },
      bounceAddresses: createBounceAddresses(SECRET),
      now: () => world.clock.now(),
      onError: () => {},
    })
  })
  afterEach(async () => {
    await server.stop()
    await world.stop()
  })

  it('has stored what a mail says when it answers 250', async () => {
    // The report names nobody and nothing: its envelope does.
    const raw = readSample('only-envelope', { ...mail, BOUNCE: 'undisclosed@bounces.shop.example' })
    expect(await deliver(server.port, mail.BOUNCE, raw)).toMatch(/^250 /)
    expect(await world.standing(ANN)).toEqual(BOUNCED)
  })

  it('takes complaints at the address of feedback loops', async () => {
    expect(await deliver(server.port, LOOP.toUpperCase(), readSample('arf-abuse', mail))).toMatch(/^250 /)
    expect(await world.standing(ANN)).toEqual({ permission: 'suppressed', suppressed: 'complaint' })
  })

  it.each([
    ['a stranger', 'somebody@elsewhere.example'],
    ['a token that is not ours', `b+${'a'.repeat(48)}@bounces.shop.example`],
    ['the shop', 'news@shop.example'],
  ])('relays nothing, and takes nothing for %s', async (_who, to) => {
    expect(await deliver(server.port, to, readSample('postfix-user-unknown', mail))).toMatch(/^550 5\.1\.1/)
    expect(await world.standing(ANN)).toEqual(FREE)
  })

  it('leaves a mail with its sender where it cannot be stored, and loses nothing by it', async () => {
    next = [away, away]
    const raw = readSample('postfix-user-unknown', mail)
    expect(await deliver(server.port, mail.BOUNCE, raw)).toMatch(/^451 /)
    expect(await deliver(server.port, mail.BOUNCE, raw)).toMatch(/^451 /)
    expect(await deliver(server.port, mail.BOUNCE, raw)).toMatch(/^250 /)
    expect(await world.standing(ANN)).toEqual(BOUNCED)
    expect(kept).toEqual([])
  })

  it('keeps a mail for people that breaks it', async () => {
    next = [() => Promise.reject(new TypeError('a defect'))]
    expect(await deliver(server.port, mail.BOUNCE, readSample('postfix-user-unknown', mail))).toMatch(/^250 /)
    expect(kept).toEqual(['it could not be taken over: TypeError: a defect'])
    expect(await world.reports()).toHaveLength(1)
  })

  it('keeps none of the values of a statement that failed', async () => {
    next = [() => Promise.reject(FAILED_QUERY)]
    await deliver(server.port, mail.BOUNCE, readSample('postfix-user-unknown', mail))
    expect(kept).toEqual(['it could not be taken over: Error: Failed query'])
  })

  it('takes only so many reports about one mail', async () => {
    const answers: string[] = []
    for (let count = 0; count < 12; count += 1)
      answers.push(await deliver(server.port, mail.BOUNCE, readSample('postfix-delayed', mail)))
    expect(answers.filter((answer) => answer.startsWith('250'))).toHaveLength(10)
    expect(answers.at(-1)).toMatch(/^452 4\.2\.1/)
    const other = await world.mailTo('bob@example.com')
    expect(await deliver(server.port, other.BOUNCE, readSample('postfix-delayed', other))).toMatch(/^250 /)
  })

  /** What is refused of so many mails to an address. */
  const offer = async (address: string, count: number) => {
    const socket = connect(server.port, '127.0.0.1')
    // Who talks before the greeting is not heard.
    await once(socket, 'readable')
    socket.write(`EHLO x\r\n${`MAIL FROM:<>\r\nRCPT TO:<${address}>\r\nRSET\r\n`.repeat(count)}QUIT\r\n`)
    const answers = await text(socket)
    return answers.match(/^[45]\d\d [\d.]+/gm) ?? []
  }
  const refusals = (count: number, code: string) => Array.from({ length: count }, () => code)

  it('takes only so many mails from one client, of which what is not for it is none', async () => {
    expect(await offer('stranger@elsewhere.example', 400)).toEqual(refusals(400, '550 5.1.1'))
    expect(await offer(LOOP, 302)).toEqual(refusals(2, '451 4.7.0'))
    // The bounces have a share of their own.
    expect(await deliver(server.port, mail.BOUNCE, readSample('postfix-user-unknown', mail))).toMatch(/^250 /)
    world.clock.set(world.clock.now() + 60_000)
    expect(await deliver(server.port, LOOP, readSample('arf-abuse', mail))).toMatch(/^250 /)
  })

  it('takes only so many recipients of one mail', async () => {
    const many = await Promise.all(
      Array.from({ length: 11 }, async (_, place) => (await world.mailTo(`r${place}@example.com`)).BOUNCE),
    )
    const transport = nodemailer.createTransport({ host: '127.0.0.1', port: server.port, ignoreTLS: true })
    const { accepted, rejectedErrors } = await transport.sendMail({
      envelope: { from: '', to: many },
      raw: readSample('postfix-delayed', mail),
    })
    transport.close()
    expect(accepted).toHaveLength(10)
    expect(rejectedErrors?.map(({ response }) => response)).toEqual([expect.stringMatching(/^452 4\.5\.3/)])
  })

  it('refuses what is larger than any report', async () => {
    const raw = Buffer.concat([readSample('postfix-user-unknown', mail), Buffer.alloc(6_000_000, 'a\r\n')])
    expect(await deliver(server.port, mail.BOUNCE, raw)).toMatch(/^552 /)
    expect(await world.standing(ANN)).toEqual(FREE)
  })

  it('stays up when a client goes away in the middle of a mail', async () => {
    const socket = connect(server.port, '127.0.0.1')
    await new Promise<void>((resolve, reject) => {
      let lines = `EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<${mail.BOUNCE}>\r\nDATA\r\n`.split(/(?<=\n)/)
      socket.on('error', reject)
      socket.on('data', (chunk) => {
        if (String(chunk).startsWith('354')) {
          socket.write('Subject: half')
          socket.destroy()
          resolve()
        } else if (/^\d{3} /m.test(String(chunk))) {
          const [line = '', ...rest] = lines
          lines = rest
          socket.write(line)
        }
      })
    })
    expect(await deliver(server.port, mail.BOUNCE, readSample('postfix-user-unknown', mail))).toMatch(/^250 /)
  })

  it('says which variables are wrong where it cannot listen', async () => {
    const taken = startFeedbackServer({
      host: '127.0.0.1',
      port: server.port,
      feedbackAddress: undefined,
      feedback: world.ciclo.feedback,
      bounceAddresses: createBounceAddresses(SECRET),
      now: () => 0,
      onError: () => {},
    })
    await expect(taken).rejects.toThrow(/FEEDBACK_SMTP_PORT.*EADDRINUSE/)
  })
})

it('a server that is told to takes mails that come back, at its port and from its Maildir', async () => {
  const maildir = createTestFolder().path
  const world = await openFeedback(await createWholeDatabase(), {
    feedback: { smtp: { host: '127.0.0.1', port: 0 }, address: LOOP, maildir },
  })
  const server = await world.ciclo.listenForFeedback()
  const [ann, bob] = [await world.mailTo(ANN), await world.mailTo('bob@example.com')]
  expect(await deliver(server?.port ?? 0, LOOP, readSample('postfix-user-unknown', ann))).toMatch(/^250 /)
  expect(await world.standing(ANN)).toEqual(BOUNCED)
  await mkdir(join(maildir, 'new'))
  await writeFile(join(maildir, 'new', '1.host'), readSample('postfix-user-unknown', bob))
  world.ciclo.start()
  await vi.waitFor(async () => expect(await world.standing('bob@example.com')).toEqual(BOUNCED), 10_000)
  await server?.stop()
  await world.stop()
})

describe('a Maildir', () => {
  const clock = createFrozenClock(Date.UTC(2026, 0, 1))
  let folder: string
  let taken: string[]
  let kept: string[]
  let next: (() => Promise<never>)[]

  beforeEach(async () => {
    folder = createTestFolder().path
    taken = []
    kept = []
    next = []
    await mkdir(join(folder, 'new'), { recursive: true })
  })

  const loop = () =>
    createMaildirLoop({
      folder,
      clock,
      onError: () => {},
      feedback: {
        takeMail: async (raw) => {
          await next.shift()?.()
          taken.push(Buffer.from(raw).toString())
          return 'taken'
        },
        keepUnread: async (_raw, { reason }) => {
          kept.push(reason)
          await Promise.resolve()
        },
      },
    })
  const put = (name: string, content: string) => writeFile(join(folder, 'new', name), content)
  const list = async (...parts: string[]) => (await readdir(join(folder, ...parts))).toSorted()

  it('is read mail by mail; what is read leaves nothing behind', async () => {
    for (let count = 0; count < 250; count += 1) await put(`${1_000 + count}.M1.host`, `mail ${count}`)
    await loop().drain()
    expect(taken).toEqual(Array.from({ length: 250 }, (_, count) => `mail ${count}`))
    expect(await list('new')).toEqual([])
    expect(await list('cur')).toEqual([])
  })

  it('keeps a mail that cannot be stored now, and those behind it', async () => {
    await put('1.host', 'one')
    await put('2.host', 'two')
    next = [away]
    await expect(loop().drain()).rejects.toThrow('a test')
    expect(await list('new')).toEqual(['1.host', '2.host'])
    await loop().drain()
    expect(taken).toEqual(['one', 'two'])
  })

  it('keeps what breaks it for people, and goes on with the others', async () => {
    await put('1.host', 'poison')
    await put('2.host', 'two')
    next = [() => Promise.reject(FAILED_QUERY)]
    await loop().drain()
    expect(kept).toEqual(['it could not be taken over: Error: Failed query'])
    expect(taken).toEqual(['two'])
    expect([await list('new'), await list('cur')]).toEqual([[], []])
  })

  it('moves aside what cannot be read at all', async () => {
    await mkdir(join(folder, 'new', '1.folder'))
    await put('2.host', 'two')
    await loop().drain()
    expect(taken).toEqual(['two'])
    expect(await list('new')).toEqual([])
    expect(await list('.Failed', 'new')).toHaveLength(1)
  })

  it('reads no more of a mail than its beginning', async () => {
    await put('1.host', 'a'.repeat(400_000))
    await loop().drain()
    expect(taken[0]).toHaveLength(128 * 1024)
  })
})
