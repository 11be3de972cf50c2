import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHookAddresses } from '../../src/feedback/hookAddresses.ts'
import { providerHeaders } from '../../src/feedback/providerHeaders.ts'
import { amazonUrl } from '../../src/feedback/providers/snsMessage.ts'
import { createSeal } from '../../src/sending/createSeal.ts'
import { SECRET } from '../support/createTestCiclo.ts'
import { useSqlite } from '../support/useSqlite.ts'
import {
  CERTIFICATE_URL,
  MAILGUN_KEY,
  mailgunCall,
  postmarkCall,
  SENDGRID_KEY,
  sendGridCall,
  sendGridEvent,
  sesBounce,
  sesComplaint,
  SNS_CERTIFICATE,
  snsCall,
  TOPIC,
  type About,
  type Call,
} from './providerCalls.ts'
import { openFeedback, type FeedbackWorld, type SentMail } from './useFeedback.ts'

const HOUR = 3_600_000
const ANN = 'ann@example.com'
const FREE = { permission: 'subscribed', suppressed: null }
const BOUNCED = { permission: 'suppressed', suppressed: 'bounce' }
const COMPLAINED = { permission: 'suppressed', suppressed: 'complaint' }
const UNSUBSCRIBED = { permission: 'unsubscribed', suppressed: 'unsubscribed' }

const KEYS = { ses: TOPIC, postmark: 'ciclo:secret', mailgun: MAILGUN_KEY, sendgrid: SENDGRID_KEY } as const
type Provider = keyof typeof KEYS

/** As Postmark sends the password that was set. */
const BASIC = { authorization: `Basic ${Buffer.from(KEYS.postmark).toString('base64')}` }
const postmark = (about: About, changes: Record<string, unknown> = {}): Call => ({
  ...postmarkCall(about, changes),
  headers: BASIC,
})
const sendGrid = (about: About, changes: Record<string, unknown> = {}) =>
  sendGridCall([sendGridEvent(about, changes)], about.now)
const ses = (message: string, about: About) => snsCall(message, about.now)

describe('a provider', () => {
  const createDatabase = useSqlite()
  let world: FeedbackWorld
  let fetched: string[]
  let certificate: string
  beforeEach(async () => {
    fetched = []
    certificate = SNS_CERTIFICATE
    world = await openFeedback(await createDatabase(), {
      fetchFromAmazon: async (url) => {
        fetched.push(url.href)
        return await Promise.resolve(certificate)
      },
    })
  })
  afterEach(() => world.stop())

  const hookOf = async (provider: Provider, key: string | null = KEYS[provider]) => {
    const { url } = await world.post('/api/feedback/hooks', { provider, key })
    return new URL(String(url)).pathname
  }
  const call = async (path: string, { body, headers = {} }: Call) =>
    await world.ciclo.app.request(path, { method: 'POST', body, headers })
  const aboutOf = (mail: SentMail): About => ({
    now: world.clock.now(),
    address: mail.RECIPIENT,
    messageId: mail.MESSAGE_ID,
    bounceAddress: mail.BOUNCE,
    mailId: mail.mailId,
  })

  it.each<[provider: Provider, rows: [sentence: string, make: (about: About) => Call, standing: unknown][]]>([
    [
      'ses',
      [
        ['a hard bounce', (about) => ses(sesBounce(about), about), BOUNCED],
        [
          'one without headers, by its envelope sender',
          (about) => ses(sesBounce(about, {}, false), about),
          BOUNCED,
        ],
        [
          'one signed in the old way',
          (about) => snsCall(sesBounce(about), about.now, { SignatureVersion: '1' }),
          BOUNCED,
        ],
        [
          'one with a subject',
          (about) => snsCall(sesBounce(about), about.now, { Subject: 'Amazon SES Email Event Notification' }),
          BOUNCED,
        ],
        [
          'one for our reputation’s sake',
          (about) => ses(sesBounce(about, { status: '5.7.1', diagnostic: 'smtp; 550 5.7.1 blocked' }), about),
          FREE,
        ],
        [
          'a full mailbox',
          (about) =>
            ses(sesBounce(about, { type: 'Transient', subType: 'MailboxFull', status: '5.2.2' }), about),
          FREE,
        ],
        [
          'a mail whose content is refused',
          (about) => ses(sesBounce(about, { type: 'Transient', subType: 'ContentRejected' }), about),
          FREE,
        ],
        ['a complaint', (about) => ses(sesComplaint(about), about), COMPLAINED],
        ['a complaint of the kind abuse', (about) => ses(sesComplaint(about, 'abuse'), about), COMPLAINED],
        ['a mail that is no spam', (about) => ses(sesComplaint(about, 'not-spam'), about), FREE],
      ],
    ],
    [
      'postmark',
      [
        ['a hard bounce', (about) => postmark(about), BOUNCED],
        ['a soft bounce', (about) => postmark(about, { Type: 'SoftBounce', TypeCode: 4096 }), FREE],
        ['a block', (about) => postmark(about, { Type: 'Blocked', TypeCode: 100_006 }), FREE],
        [
          'a hard bounce for our reputation’s sake',
          (about) => postmark(about, { Details: 'smtp;550 5.7.1 listed at a block list' }),
          FREE,
        ],
        ['what passes', (about) => postmark(about, { Type: 'Transient', TypeCode: 2 }), FREE],
        [
          'a complaint',
          (about) => postmark(about, { RecordType: 'SpamComplaint', Type: 'SpamComplaint' }),
          COMPLAINED,
        ],
        [
          'an unsubscribe',
          (about) =>
            postmark(about, {
              RecordType: 'SubscriptionChange',
              Type: undefined,
              Email: undefined,
              Recipient: about.address,
              SuppressSending: true,
              SuppressionReason: 'ManualSuppression',
            }),
          UNSUBSCRIBED,
        ],
        ['a mail of which only the address is known', (about) => postmark(about, { Metadata: {} }), FREE],
      ],
    ],
    [
      'mailgun',
      [
        ['a permanent failure', (about) => mailgunCall(about), BOUNCED],
        [
          'one of which only the address is known',
          (about) => mailgunCall(about, { message: { headers: {} } }),
          FREE,
        ],
        ['a temporary failure', (about) => mailgunCall(about, { severity: 'temporary' }), FREE],
        ['an address on their list', (about) => mailgunCall(about, { reason: 'suppress-bounce' }), BOUNCED],
        ['a failure after hours', (about) => mailgunCall(about, { reason: 'old' }), FREE],
        [
          'a refusal for our reputation’s sake',
          (about) =>
            mailgunCall(about, {
              'delivery-status': { code: 550, 'enhanced-code': '5.7.1', message: 'blocked', description: '' },
            }),
          FREE,
        ],
        ['a complaint', (about) => mailgunCall(about, { event: 'complained' }), COMPLAINED],
        ['an unsubscribe', (about) => mailgunCall(about, { event: 'unsubscribed' }), UNSUBSCRIBED],
        ['a delivery', (about) => mailgunCall(about, { event: 'delivered' }), FREE],
      ],
    ],
    [
      'sendgrid',
      [
        ['a bounce', (about) => sendGrid(about), BOUNCED],
        [
          'one of which only the address is known',
          (about) => sendGrid(about, { 'smtp-id': '<x@ismtpd0001p1lon1.sendgrid.net>' }),
          BOUNCED,
        ],
        [
          'a block',
          (about) => sendGrid(about, { type: 'blocked', status: '5.7.1', reason: '550 blocked' }),
          FREE,
        ],
        ['a block that speaks of the address', (about) => sendGrid(about, { type: 'blocked' }), FREE],
        [
          'a drop of a known address',
          (about) => sendGrid(about, { event: 'dropped', reason: 'Bounced Address' }),
          BOUNCED,
        ],
        ['a delay', (about) => sendGrid(about, { event: 'deferred', reason: '452 4.2.2' }), FREE],
        ['a complaint', (about) => sendGrid(about, { event: 'spamreport' }), COMPLAINED],
        ['an unsubscribe', (about) => sendGrid(about, { event: 'unsubscribe' }), UNSUBSCRIBED],
      ],
    ],
  ])('%s reports what became of a mail', async (provider, rows) => {
    const hook = await hookOf(provider)
    for (const [place, [sentence, make, standing]] of rows.entries()) {
      const mail = await world.mailTo(`p${place}@example.com`)
      const response = await call(hook, make(aboutOf(mail)))
      expect.soft(response.status, sentence).toBe(200)
      expect.soft(await world.standing(mail.RECIPIENT), sentence).toEqual(standing)
    }
  })

  it('reports several mails in one call, each by itself', async () => {
    const hook = await hookOf('sendgrid')
    const mails = [await world.mailTo(ANN), await world.mailTo('bob@example.com')]
    const events = mails.map((mail, place) =>
      sendGridEvent(aboutOf(mail), place === 0 ? {} : { event: 'spamreport' }),
    )
    const response = await call(
      hook,
      sendGridCall([...events, { event: 'open' }, 'not an event'].slice(0, 3), world.clock.now()),
    )
    expect(await response.json()).toEqual({ taken: 2 })
    expect(await world.standing(ANN)).toEqual(BOUNCED)
    expect(await world.standing('bob@example.com')).toEqual(COMPLAINED)
  })

  describe('is not believed', () => {
    let mail: SentMail
    let about: About
    beforeEach(async () => {
      mail = await world.mailTo(ANN)
      about = aboutOf(mail)
    })
    const expectNothing = async (response: Response) => {
      expect(response.status).toBe(401)
      expect(await world.standing(ANN)).toEqual(FREE)
      expect(await world.eventsOf(mail.customerId, 'Email Bounced')).toEqual([])
    }

    it.each<[sentence: string, provider: Provider, make: (about: About) => Call]>([
      ['without a signature: ses', 'ses', (one) => snsCall(sesBounce(one), one.now, { Signature: 'AAAA' })],
      [
        'with a signature of something else: ses',
        'ses',
        (one) => {
          const { body } = snsCall('{}', one.now)
          return { body: JSON.stringify({ ...JSON.parse(body), Message: sesBounce(one) }) }
        },
      ],
      [
        'with a certificate from elsewhere: ses',
        'ses',
        (one) =>
          snsCall(sesBounce(one), one.now, {
            SigningCertURL: 'https://evil.example/SimpleNotificationService-0123456789abcdef.pem',
          }),
      ],
      [
        'with a certificate that an address chooses: ses',
        'ses',
        (one) => snsCall(sesBounce(one), one.now, { SigningCertURL: `${CERTIFICATE_URL}?Action=Publish` }),
      ],
      [
        'from another topic: ses',
        'ses',
        (one) => snsCall(sesBounce(one), one.now, { TopicArn: 'arn:aws:sns:eu-west-1:999999999999:theirs' }),
      ],
      [
        'as a recording: ses',
        'ses',
        (one) => snsCall(sesBounce(one), one.now, { Timestamp: new Date(one.now - 25 * HOUR).toISOString() }),
      ],
      ['without a password: postmark', 'postmark', (one) => postmarkCall(one)],
      [
        'with a wrong password: postmark',
        'postmark',
        (one) => ({ ...postmarkCall(one), headers: { authorization: 'Basic Y2ljbG86d3Jvbmc=' } }),
      ],
      ['with another key: mailgun', 'mailgun', (one) => mailgunCall(one, {}, { key: 'another-key' })],
      ['without a signature: mailgun', 'mailgun', (one) => mailgunCall(one, {}, { signature: '' })],
      ['as a recording: mailgun', 'mailgun', (one) => mailgunCall(one, {}, { at: one.now - 25 * HOUR })],
      ['from the future: mailgun', 'mailgun', (one) => mailgunCall(one, {}, { at: one.now + HOUR })],
      [
        'without a signature: sendgrid',
        'sendgrid',
        (one) => ({ body: JSON.stringify([sendGridEvent(one)]), headers: {} }),
      ],
      [
        'with one letter changed: sendgrid',
        'sendgrid',
        (one) => {
          const signed = sendGrid(one)
          return { ...signed, body: signed.body.replace('"bounce"', '"Bounce"') }
        },
      ],
      [
        'as a recording: sendgrid',
        'sendgrid',
        (one) => sendGridCall([sendGridEvent(one)], one.now - 25 * HOUR),
      ],
    ])('%s', async (_sentence, provider, make) => {
      const hook = await hookOf(provider)
      await expectNothing(await call(hook, make(about)))
      expect(fetched.every((url) => new URL(url).hostname.endsWith('.amazonaws.com'))).toBe(true)
    })

    it.each<[provider: Provider, make: (about: About) => Call]>([
      ['ses', (one) => ses(sesBounce(one), one)],
      ['postmark', (one) => postmark(one)],
      ['mailgun', (one) => mailgunCall(one)],
      ['sendgrid', (one) => sendGrid(one)],
    ])('a second time: %s', async (provider, make) => {
      const hook = await hookOf(provider)
      const recorded = make(about)
      expect((await call(hook, recorded)).status).toBe(200)
      await world.post('/api/suppressions/remove', { address: ANN, because: 'a test of replays' })
      expect((await call(hook, recorded)).status).toBe(401)
      expect(await world.standing(ANN)).toEqual(FREE)
      // A new call that tells the same is no replay, and no news.
      expect(await (await call(hook, make(about))).json()).toEqual({ duplicate: 1 })
      expect(await world.standing(ANN)).toEqual(FREE)
    })

    it('at an address that is not ours, of another provider, or renewed since', async () => {
      const hook = await hookOf('mailgun')
      const changed = hook.replace(/.(?=.{4}$)/, (letter) => (letter === 'A' ? 'B' : 'A'))
      for (const path of [
        changed,
        hook.replace('/mailgun/', '/postmark/'),
        '/feedback/mailgun/v1.x',
        '/feedback/x/y',
      ])
        await expectNothing(await call(path, mailgunCall(about)))
      await world.post('/api/feedback/hooks/renew', {})
      await expectNothing(await call(hook, mailgunCall(about)))
      expect((await call(await hookOf('mailgun'), mailgunCall(about))).status).toBe(200)
    })

    it('of an address alone where its topic is not known', async () => {
      const hook = await hookOf('ses', null)
      const unknown = { ...about, bounceAddress: 'news@shop.example', messageId: 'x@amazonses.com' }
      expect((await call(hook, ses(sesBounce(unknown), about))).status).toBe(200)
      expect(await world.standing(ANN)).toEqual(FREE)
      expect(await world.reports()).toHaveLength(1)
      expect((await call(await hookOf('ses'), ses(sesBounce(unknown), about))).status).toBe(200)
      expect(await world.standing(ANN)).toEqual(BOUNCED)
    })

    it('of an address alone where what is said is not signed: mailgun', async () => {
      const unknown = { ...about, messageId: 'x@mailgun.example' }
      const answer = await call(await hookOf('mailgun'), mailgunCall(unknown))
      expect(await answer.json()).toEqual({ unread: 1 })
      expect(await world.standing(ANN)).toEqual(FREE)
    })

    it('of several addresses of which one has complained', async () => {
      const unknown = { ...about, bounceAddress: 'news@shop.example', messageId: 'x@amazonses.com' }
      const complaint = (...others: string[]) => {
        const message = JSON.parse(sesComplaint(unknown)) as { complaint: Record<string, unknown> }
        message.complaint['complainedRecipients'] = [ANN, ...others].map((emailAddress) => ({ emailAddress }))
        return ses(JSON.stringify(message), about)
      }
      expect(await (await call(await hookOf('ses'), complaint('bob@example.com'))).json()).toEqual({
        unread: 2,
      })
      expect(await world.standing(ANN)).toEqual(FREE)
      expect(await (await call(await hookOf('ses'), complaint())).json()).toEqual({ taken: 1 })
      expect(await world.standing(ANN)).toEqual(COMPLAINED)
    })

    it('whose time and token are cut in another place: mailgun', async () => {
      const hook = await hookOf('mailgun')
      const recorded = mailgunCall(about, { event: 'delivered' }, { token: 'e0123456789abcdef' })
      expect((await call(hook, recorded)).status).toBe(200)
      const { signature } = JSON.parse(recorded.body) as { signature: Record<string, string> }
      const { timestamp = '', token = '' } = signature
      const signed = mailgunCall(about)
      const forged = { ...(JSON.parse(signed.body) as object), signature }
      for (const [time, rest] of [
        [timestamp, token],
        [`${timestamp}e0`, token.slice(2)],
        [timestamp.slice(0, -1), `${timestamp.slice(-1)}${token}`],
      ]) {
        const body = JSON.stringify({ ...forged, signature: { ...signature, timestamp: time, token: rest } })
        expect((await call(hook, { body })).ok).toBe(false)
      }
      expect(await world.standing(ANN)).toEqual(FREE)
    })

    it('twice at once: mailgun', async () => {
      const hook = await hookOf('mailgun')
      const harmless = mailgunCall(about, { event: 'delivered' })
      const { signature } = JSON.parse(harmless.body) as { signature: unknown }
      const other = { ...(JSON.parse(mailgunCall(about).body) as object), signature }
      const answers = await Promise.all([call(hook, harmless), call(hook, { body: JSON.stringify(other) })])
      expect(answers.map(({ status }) => status)).toEqual([200, 401])
      expect(await world.standing(ANN)).toEqual(FREE)
    })

    it('of the mail of another workspace', async () => {
      await world.store.write(async (tx) => {
        const { workspaces } = tx.tables
        const [row] = await tx.select().from(workspaces)
        if (row) await tx.insert(workspaces).values({ ...row, id: 'another' })
      })
      const addresses = createHookAddresses(createSeal(SECRET))
      const hookFor = (w: string) =>
        `/feedback/postmark/${addresses.tokenOf({ w, p: 'postmark', k: KEYS.postmark, v: 1 })}`
      expect(await (await call(hookFor('another'), postmark(about))).json()).toEqual({ unread: 1 })
      expect(await world.standing(ANN)).toEqual(FREE)
      await expectNothing(await call(hookFor('none'), postmark(about)))
    })

    it('with a certificate that is none, and asks for it again the next time', async () => {
      const hook = await hookOf('ses')
      certificate = 'not a certificate'
      await expectNothing(await call(hook, ses(sesBounce(about), about)))
      certificate = SNS_CERTIFICATE
      expect((await call(hook, ses(sesBounce(about), about))).status).toBe(200)
      expect((await call(hook, ses(sesBounce(about), about))).status).toBe(200)
      expect(fetched).toEqual([CERTIFICATE_URL, CERTIFICATE_URL])
    })
  })

  it('that replaces the Message-ID is told which mail it is: Postmark', () => {
    const headers = { 'X-PM-Message-Stream': 'broadcast' }
    expect(providerHeaders(headers, 'id')).toEqual({ ...headers, 'X-PM-Metadata-ciclo': 'id' })
    expect(providerHeaders({ 'X-Mailgun-Track': 'no' }, 'id')).toEqual({ 'X-Mailgun-Track': 'no' })
  })

  it('has its subscription confirmed at Amazon, and nowhere else', async () => {
    const hook = await hookOf('ses')
    const confirmation = (SubscribeURL: string) =>
      snsCall('You have chosen to subscribe', world.clock.now(), {
        Type: 'SubscriptionConfirmation',
        Token: '2336412f37',
        SubscribeURL,
      })
    const url = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37'
    expect((await call(hook, confirmation('https://169.254.169.254/latest'))).status).toBe(401)
    expect((await call(hook, confirmation(url))).status).toBe(200)
    expect(fetched).toEqual([CERTIFICATE_URL, url])
  })

  it.each([
    'http://sns.eu-west-1.amazonaws.com/x.pem',
    'https://sns.eu-west-1.amazonaws.com.evil.example/x.pem',
    'https://s3.amazonaws.com/x.pem',
    'https://sns.eu-west-1.amazonaws.com:8443/x.pem',
    'https://sns.eu-west-1.amazonaws.com@evil.example/x.pem',
    'https://evil.example/sns.eu-west-1.amazonaws.com/x.pem',
    'https://sns.a.b.amazonaws.com/x.pem',
    'https://sns.s3-eu-west-1.amazonaws.com/x.pem',
    'https://sns.s3.amazonaws.com/x.pem',
    'file:///etc/passwd',
    '',
  ])('is never asked at %s', (url) => {
    expect(amazonUrl(url)).toBeUndefined()
  })

  it.each(['us-east-1', 'ap-southeast-4', 'us-gov-west-1', 'cn-north-1'])('is asked in %s', (region) => {
    expect(amazonUrl(`https://sns.${region}.amazonaws.com/x.pem`)?.hostname).toContain(region)
  })

  it.each<[provider: Provider, key: string | null, message: RegExp]>([
    ['mailgun', null, /webhook signing key/],
    ['sendgrid', null, /verification key/],
    ['ses', 'not an arn', /ARN/],
  ])('gets no address without what checks its calls: %s', async (provider, key, message) => {
    const answer = await world.post('/api/feedback/hooks', { provider, key })
    expect(answer).toMatchObject({ status: 400, detail: expect.stringMatching(message) as string })
  })

  it('that sends what is not JSON is told so', async () => {
    const hook = await hookOf('postmark', null)
    expect((await call(hook, { body: '{' })).status).toBe(400)
    expect((await call(hook, { body: '[]' })).status).toBe(400)
  })
})
