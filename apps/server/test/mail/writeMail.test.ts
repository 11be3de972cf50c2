import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { quotedPrintable } from '../../src/mail/quotedPrintable.ts'
import { writeMail, type MailContent } from '../../src/mail/writeMail.ts'
import { createTransports, type Transports } from '../../src/sending/transports.ts'

const MAIL_ID = '0123456789abcdef0123456789abcdef01234567'
const content = (more: Partial<MailContent> = {}): MailContent => ({
  mailId: MAIL_ID,
  from: { name: 'Luna', address: 'hello@shop.example' },
  to: 'ana@customer.example',
  replyTo: 'desk@shop.example',
  date: new Date(Date.UTC(2026, 0, 2, 3, 4, 5)),
  subject: 'Hello',
  text: 'Hello.\n',
  html: '<p>Hello.</p>\n',
  headers: {},
  ...more,
})

describe('quoted-printable', () => {
  const decode = (bytes: Uint8Array) => {
    const text = Buffer.from(bytes).toString('latin1').replaceAll('=\r\n', '')
    const decoded = text.replace(/=([0-9A-F]{2})/g, (_all, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    return Buffer.from(decoded, 'latin1').toString('utf8')
  }
  const lines = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1').split('\r\n')

  it('gives back what was written, in lines that every server takes', () => {
    const piece = fc.constantFrom(
      'a',
      'F',
      'From ',
      '.',
      '..\n',
      ' ',
      '\t',
      '\n',
      '\r\n',
      '\r',
      '=',
      '==',
      'ą',
      '😀',
      '\u0000',
      'x'.repeat(74),
      'x'.repeat(75),
      'x'.repeat(76),
      'ż'.repeat(30),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('')
        const encoded = quotedPrintable(text)
        const expected = text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n')
        expect(decode(encoded)).toBe(
          expected === '' || expected.endsWith('\n') ? expected : `${expected}\r\n`,
        )
        for (const line of lines(encoded)) {
          expect(line.length).toBeLessThanOrEqual(76)
          expect(line).toMatch(/^(?![.F])[\t\x20-\x7e]*$/)
          expect(line).not.toMatch(/[ \t]$/)
        }
      }),
      { numRuns: 400 },
    )
  })
})

describe('A mail as it arrives', () => {
  let server: SMTPServer
  let transports: Transports
  let sender: { smtpUrl: string; dkim: null }
  let arrived: { raw: string; from: string; to: string[] }[]

  beforeAll(async () => {
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      onData: (stream, { envelope: { mailFrom, rcptTo } }, done) => {
        void buffer(stream).then((raw) => {
          const from = mailFrom === false ? '' : mailFrom.address
          arrived.push({ raw: raw.toString('latin1'), from, to: rcptTo.map(({ address }) => address) })
          done()
        })
      },
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const { port } = server.server.address() as { port: number }
    sender = { smtpUrl: `smtp://127.0.0.1:${port}`, dkim: null }
    transports = createTransports()
  })
  beforeEach(() => {
    arrived = []
  })
  afterAll(async () => {
    transports.close()
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
    })
  })

  const deliver = async (mail: MailContent, envelope = { from: mail.from.address, to: mail.to }) => {
    await transports.deliver(sender, await transports.sign(sender, { content: mail, envelope }))
    const [first] = arrived
    if (!first) throw new Error('Nothing has arrived')
    return first
  }
  const names = (raw: string) =>
    raw
      .slice(0, raw.indexOf('\r\n\r\n'))
      .split(/\r\n(?![ \t])/)
      .map((line) => line.slice(0, line.indexOf(':')))

  it('says what it was given, in both of its parts', async () => {
    const text = 'Zażółć\n.dot\nFrom here on = there\n'
    const html = `<p lang="pl">Zażółć &amp; ${'long '.repeat(300)}</p>\n.\n..\n`
    const mail = content({
      subject: 'Zażółć gęślą jaźń '.repeat(8).trim(),
      text,
      html,
      from: { name: 'Łuna "S" & Co', address: 'hello@shop.example' },
    })
    const { raw } = await deliver(mail)
    const parsed = await PostalMime.parse(raw)
    expect(parsed).toMatchObject({
      from: mail.from,
      to: [{ address: mail.to, name: '' }],
      subject: mail.subject,
      messageId: `<${MAIL_ID}@shop.example>`,
    })
    expect(parsed.replyTo).toEqual([{ address: 'desk@shop.example', name: '' }])
    expect(parsed.text?.replaceAll('\r\n', '\n')).toBe(text)
    expect(parsed.html?.replaceAll('\r\n', '\n')).toBe(html)
    expect(new Date(parsed.date ?? '').getTime()).toBe(mail.date.getTime())
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(200)
  })

  const injections: [field: string, more: Partial<MailContent>][] = [
    '\r\nBcc: evil@evil.example',
    '\nBcc: evil@evil.example',
    '\r\n\r\nA body',
    '\r\n.\r\nMAIL FROM:<evil@evil.example>',
    '\u2028Bcc: evil@evil.example',
    '\u0000\u0085Bcc: x',
  ].flatMap(
    (bad) =>
      [
        ['subject', { subject: `Hello${bad}` }],
        ['name of the sender', { from: { name: `Luna${bad}`, address: 'hello@shop.example' } }],
        ['further header', { headers: { 'Feedback-ID': `a:b${bad}` } }],
        ['unsubscribe link', { headers: { 'List-Unsubscribe': `<https://x.example/u/1${bad}>` } }],
      ] as [string, Partial<MailContent>][],
  )
  it.each(injections)(
    'has no header, recipient or body more for a line break in its %s: %j',
    async (_field, more) => {
      const { raw, from, to } = await deliver(content(more))
      const plain = await deliverNames(content(clean(more)))
      expect(names(raw)).toEqual(plain)
      expect(arrived).toHaveLength(2)
      expect({ from, to }).toEqual({ from: 'hello@shop.example', to: ['ana@customer.example'] })
      const parsed = await PostalMime.parse(raw)
      expect(parsed.bcc).toBeUndefined()
      expect(parsed.text).toBe('Hello.\n')
    },
  )
  const clean = (more: Partial<MailContent>) =>
    JSON.parse(JSON.stringify(more), (_key, value: unknown) =>
      typeof value === 'string' ? value.replace(/(Hello|Luna|a:b|u\/1)[^>]*/, '$1') : value,
    ) as Partial<MailContent>
  const deliverNames = async (mail: MailContent) => {
    await deliver(mail)
    return names(arrived.at(-1)?.raw ?? '')
  }

  it('has dots at the beginning of lines that are still there', async () => {
    const { raw } = await deliver(content({ text: '.\n..\n.hidden\n' }))
    expect((await PostalMime.parse(raw)).text?.replaceAll('\r\n', '\n')).toBe('.\n..\n.hidden\n')
  })

  const addresses = [
    'a@b.example,c@d.example',
    'a@b.example c@d.example',
    'a@b.example;c@d.example',
    'group: a@b.example, c@d.example;',
    '"a@evil.example,"@b.example',
    'Ann <a@b.example>',
    '<a@b.example>',
    'a@b.example\r\nRCPT TO:<c@d.example>',
    'a@b.example\nc@d.example',
    'a@b.example>\r\nDATA',
    'a@b@c.example',
    'a@[127.0.0.1]',
    'a(comment)@b.example',
    'a@b.example SIZE=1',
    'a\u0000@b.example',
    'local',
    '',
  ]
  it.each(addresses)('never leaves for what is not one address: %j', async (address) => {
    const refused = { message: expect.stringContaining('expected one address') as string }
    await expect(deliver(content({ to: address }))).rejects.toMatchObject(refused)
    await expect(deliver(content(), { from: 'hello@shop.example', to: address })).rejects.toMatchObject(
      refused,
    )
    await expect(deliver(content(), { from: address, to: 'ana@customer.example' })).rejects.toMatchObject(
      refused,
    )
    await expect(deliver(content({ replyTo: address }))).rejects.toMatchObject(refused)
    await expect(deliver(content({ from: { name: '', address } }))).rejects.toMatchObject(refused)
    expect(arrived).toEqual([])
  })

  it('refuses a header whose name is none', () => {
    for (const name of ['X-A\r\nBcc', 'X A', 'X:A', '', 'Subject', 'bcc', 'Content-Type'])
      expect(() => writeMail(content({ headers: { [name]: 'x' } }))).toThrow(/header/)
  })
})
