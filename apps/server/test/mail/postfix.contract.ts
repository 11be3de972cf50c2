import { authenticate } from 'mailauth'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createBounceAddresses } from '../../src/mail/bounceAddress.ts'
import type { ShownSender } from '../../src/routes/senderSchemas.ts'
import { createTestCiclo, SECRET, SECRET_KEY, type TestCiclo } from '../support/createTestCiclo.ts'
import { createZone, type Zone } from '../support/createZone.ts'
import { freePort } from '../support/freePort.ts'
import { startPostfix, whyNoPostfix, type TestPostfix } from '../support/startPostfix.ts'
import { startSmtpCatcher, type CaughtMail, type SmtpCatcher } from '../support/startSmtpCatcher.ts'

type Json = Record<string, unknown>

interface Signature {
  signingDomain: string
  status: { result: string; aligned?: string | false }
  signingHeaders?: { keys: string }
}

const EVIL = 'evil@inbox.example'
const BREAK = `\r\nBcc: ${EVIL}\r\nX-Evil: 1\r\n\r\nevil`
const bounceAddresses = createBounceAddresses(SECRET)

/** Who a mail would go to, too, if an address were read as more than one. */
const MANY_AT_ONCE = [
  `ana@inbox.example,${EVIL}`,
  `ana@inbox.example, ${EVIL}`,
  `ana@inbox.example;${EVIL}`,
  `ana@inbox.example ${EVIL}`,
  `Ana <${EVIL}>`,
  `<${EVIL}>`,
  `${EVIL} (ana@inbox.example)`,
  `"ana@inbox.example,"${EVIL}`,
  `friends: ana@inbox.example, ${EVIL};`,
  `ana@inbox.example\r\nRCPT TO:<${EVIL}>`,
  `ana@inbox.example>\r\nRCPT TO:<${EVIL}`,
  `ana@inbox.example\nBcc: ${EVIL}`,
  `ana@inbox.example\u2028Bcc: ${EVIL}`,
  `@inbox.example:${EVIL}`,
  `evil%inbox.example@inbox.example\u0000`,
]

const headersOf = ({ email }: CaughtMail) =>
  email.headers.map(({ key }) => key).filter((key) => key !== 'received')

/** Our mails through a mail server of the world, and what it sends back. */
export function postfixContract(database: string, createDatabase: () => Promise<string>): void {
  describe.skipIf(whyNoPostfix() !== undefined)(`through a real Postfix, on ${database}`, () => {
    let inbox: SmtpCatcher
    let postfix: TestPostfix
    let test: TestCiclo
    let zone: Zone
    let feedback: { stop(): Promise<void> } | undefined
    let feedbackPort: number
    let people = 0

    beforeAll(async () => {
      inbox = await startSmtpCatcher()
      feedbackPort = await freePort()
      postfix = await startPostfix({
        'inbox.example': inbox.port,
        'bounces.shop.example': feedbackPort,
        'gone.example': 'local',
      })
    })
    afterAll(async () => {
      await postfix?.stop()
      await inbox?.stop()
    })

    const ask = async (method: string, path: string, body?: unknown) => {
      const response = await test.ciclo.app.request(`/api${path}`, {
        method,
        headers: { authorization: `Bearer ${SECRET_KEY}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: response.status, body: (await response.json()) as Json }
    }
    const done = async (method: string, path: string, body?: unknown) => {
      const { status, body: answer } = await ask(method, path, body)
      expect({ status, answer }).toMatchObject({ status: 200 })
      return answer
    }

    beforeEach(async () => {
      inbox.mails.length = 0
      zone = {
        'shop.example': { txt: ['v=spf1 mx -all'], mx: ['mx.shop.example'] },
        'bounces.shop.example': { txt: ['v=spf1 mx -all'], mx: ['mx.shop.example'] },
        '_dmarc.shop.example': { txt: ['v=DMARC1; p=none'] },
      }
      const dns = createZone({})
      for (const kind of ['txt', 'mx', 'addresses', 'reverse'] as const)
        dns[kind] = (name) => createZone(zone)[kind](name)
      test = await createTestCiclo({
        databaseUrl: await createDatabase(),
        smtpUrl: 'smtp://127.0.0.1:1',
        demo: true,
        dns,
        feedback: { smtp: { host: '127.0.0.1', port: feedbackPort }, address: undefined, maildir: undefined },
      })
      feedback = await test.ciclo.listenForFeedback()
      await done('PUT', '/senders/news', {
        purpose: 'marketing',
        from: { name: 'Luna', address: 'news@shop.example' },
        replyTo: 'desk@shop.example',
        server: { preset: 'smtp', host: '127.0.0.1', port: Number(new URL(postfix.url).port), tls: 'none' },
        bounceDomain: 'bounces.shop.example',
      })
      const { dkim } = (await done('POST', '/senders/news/dkim', {
        selector: 's1',
      })) as unknown as ShownSender
      zone['s1._domainkey.shop.example'] = { txt: [dkim?.record?.value ?? ''] }
      await done('POST', '/senders/news/live', { testTo: 'me@inbox.example' })
      return async () => {
        await feedback?.stop()
        await test.stop()
      }
    })

    /** Somebody new who subscribes, and is welcomed by a mail. */
    const subscribe = async (email: string, properties: Json = {}, traits: Json = {}) => {
      people += 1
      const userId = `person-${people}`
      const batch = [
        { type: 'identify', userId, traits },
        { type: 'track', event: 'Subscribed', userId, properties: { email, ...properties } },
      ]
      await test.request('/v1/batch', {
        method: 'POST',
        body: JSON.stringify({ writeKey: SECRET_KEY, batch }),
      })
      return userId
    }
    const welcome = async (email: string, properties: Json = {}, traits: Json = {}) => {
      const userId = await subscribe(email, properties, traits)
      await test.ciclo.settle()
      return userId
    }
    const permissionOf = async (userId: string) =>
      (await test.customer(`userId=${userId}`))?.lifecycle['permission']
    const bouncesOf = async (userId: string) => {
      const customer = await test.customer(`userId=${userId}`)
      const events = await test.below(customer?.id ?? '', 'events')
      return events.filter(({ name }) => name === 'Email Bounced').map(({ properties }) => properties as Json)
    }
    const suppressed = async () => {
      const { suppressions } = (await done('GET', '/suppressions')) as { suppressions: Json[] }
      return suppressions.map(({ address, reason }) => [address, reason])
    }

    it('a mail arrives whose signature holds, and covers both headers for leaving with one click', async () => {
      await welcome('ana@inbox.example', {}, { firstName: 'Łucja' })
      const mail = await inbox.waitForMail('ana@inbox.example')
      expect(bounceAddresses.read(mail.envelope.from)).toBe(mail.email.messageId?.slice(1, 41))
      const { dkim } = await authenticate(mail.raw, {
        ip: '192.0.2.1',
        helo: 'mx.shop.example',
        sender: mail.envelope.from,
        disableArc: true,
        disableDmarc: true,
        disableBimi: true,
        resolver: (name: string) => {
          const known = zone[name]
          if (known === undefined || known === 'away' || !known.txt)
            return Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }))
          return Promise.resolve(known.txt.map((text) => [text]))
        },
      })
      const [signature, ...others] = (dkim as { results: Signature[] }).results
      expect(others).toEqual([])
      expect(signature).toMatchObject({
        signingDomain: 'shop.example',
        status: { result: 'pass', aligned: 'shop.example' },
      })
      const covered = (signature?.signingHeaders?.keys ?? '').toLowerCase().split(/\s*:\s*/)
      expect(covered).toEqual(
        expect.arrayContaining(['list-unsubscribe', 'list-unsubscribe-post', 'from', 'to']),
      )
      expect(mail.email.headers.map(({ key }) => key)).toEqual(
        expect.arrayContaining(['list-unsubscribe', 'list-unsubscribe-post', 'received']),
      )
    })

    it('a mail to a mailbox that there is not comes back, and suppresses that customer and nobody else', async () => {
      const gone = await subscribe('nobody-of-that-name@gone.example')
      const others = [await subscribe('ana@inbox.example'), await subscribe('bea@inbox.example')]
      await test.ciclo.settle()
      await vi.waitFor(async () => expect(await permissionOf(gone), postfix.log()).toBe('suppressed'), {
        timeout: 20_000,
        interval: 50,
      })
      expect(await bouncesOf(gone)).toMatchObject([
        {
          permanent: true,
          class: 'hard',
          via: 'smtp',
          response: expect.stringContaining('unknown user') as string,
        },
      ])
      expect(await suppressed()).toEqual([['nobody-of-that-name@gone.example', 'bounce']])
      for (const other of others) {
        expect(await permissionOf(other)).toBe('subscribed')
        expect(await bouncesOf(other)).toEqual([])
      }
    })

    it.each([
      ['550 5.1.1 No such user here', 'hard', 'suppressed', [['kim@inbox.example', 'bounce']]],
      ['552 5.2.2 Mailbox full', 'soft', 'subscribed', []],
      ['550 5.7.1 Rejected by our spam policy', 'blocked', 'subscribed', []],
    ])('what the next server says counts: %s', async (reply, kind, permission, list) => {
      inbox.answer('kim@inbox.example', [{ at: 'RCPT TO', reply }])
      const kim = await welcome('kim@inbox.example')
      await vi.waitFor(async () => expect(await bouncesOf(kim), postfix.log()).toHaveLength(1), {
        timeout: 20_000,
        interval: 50,
      })
      expect(await bouncesOf(kim)).toMatchObject([
        {
          permanent: kind === 'hard',
          class: kind,
          response: expect.stringContaining(reply.slice(4)) as string,
        },
      ])
      expect(await permissionOf(kim)).toBe(permission)
      expect(await suppressed()).toEqual(list)
    })

    it('line ends in whatever a mail is made of add no header and no recipient', async () => {
      await welcome('plain@inbox.example', {}, { firstName: 'Ana' })
      const plain = await inbox.waitForMail('plain@inbox.example')
      const tries: [method: string, path: string, body: unknown][] = [
        ['PATCH', '/settings', { shop: { name: `Luna${BREAK}` } }],
        ['PATCH', '/settings', { shop: { address: `Street 1${BREAK}` } }],
        ['PATCH', '/settings', { shop: { url: `https://shop.example/${BREAK}` } }],
        ['PATCH', '/settings', { locale: `en${BREAK}` }],
        ['PUT', '/senders/news', { from: { name: `Luna${BREAK}`, address: 'news@shop.example' } }],
        ['PUT', '/senders/news', { replyTo: `desk@shop.example${BREAK}` }],
        ['PUT', '/senders/news', { bounceDomain: `bounces.shop.example${BREAK}` }],
        ['PUT', '/senders/news', { from: { name: 'Luna', address: `news@shop.example${BREAK}` } }],
        ['POST', '/senders/news/test', { to: `me@inbox.example${BREAK}` }],
        ['POST', '/templates/welcome/test', { to: `me@inbox.example${BREAK}` }],
      ]
      // Either it is refused, or it does no harm: both are right, and each is tried.
      for (const [method, path, body] of tries) {
        const { status, body: answer } = await ask(method, path, body)
        expect([200, 400, 409, 422], `${method} ${path} ${JSON.stringify(answer)}`).toContain(status)
      }
      await welcome(
        'broken@inbox.example',
        { topic: `news${BREAK}`, text: BREAK, method: BREAK },
        { firstName: `Ana${BREAK}`, lastName: BREAK, locale: `en${BREAK}`, title: BREAK },
      )
      const broken = await inbox.waitForMail('broken@inbox.example')
      expect(headersOf(broken)).toEqual(headersOf(plain))
      expect(broken.envelope.to).toEqual(['broken@inbox.example'])
      expect(broken.email.to).toMatchObject([{ address: 'broken@inbox.example' }])
      expect(inbox.attempts(EVIL)).toBe(0)
    })

    it('an address that could be read as several is nobody’s, and a mail goes to nobody else', async () => {
      for (const address of MANY_AT_ONCE) {
        await subscribe(address)
        await subscribe('ana@inbox.example', {}, { email: address })
        expect((await ask('POST', '/senders/news/test', { to: address })).status, address).toBe(400)
        expect((await ask('PUT', '/senders/news', { replyTo: address })).status, address).toBe(400)
      }
      await test.ciclo.settle()
      await welcome('last@inbox.example')
      await inbox.waitForMail('last@inbox.example')
      expect(inbox.attempts(EVIL)).toBe(0)
      const reached = new Set(
        inbox.mails.flatMap(({ envelope, email }) => [...envelope.to, email.to?.[0]?.address]),
      )
      expect(reached).toEqual(new Set(['me@inbox.example', 'ana@inbox.example', 'last@inbox.example']))
    })
  })
}
