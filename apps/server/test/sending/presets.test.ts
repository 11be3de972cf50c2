import { describe, expect, it } from 'vitest'
import { presetOfHost, ServerSchema, setUpServer, shownServer } from '../../src/sending/presets.ts'
import { smtpOptionsOf } from '../../src/sending/smtpOptions.ts'

const setUp = (words: unknown, before: string | null = null) => setUpServer(ServerSchema.parse(words), before)
/** What of it a connection is made with. */
const connection = (url: string) => {
  const { host, port, secure, auth, requireTLS, ignoreTLS } = smtpOptionsOf(url)
  return { host, port, secure, user: auth?.user, password: auth?.pass, requireTLS, ignoreTLS }
}
const LOGIN = { user: 'u', password: 'p' }

describe('a server', () => {
  it.each<[object, object, Record<string, string>]>([
    [
      { preset: 'ses', region: 'eu-west-1', ...LOGIN },
      {
        host: 'email-smtp.eu-west-1.amazonaws.com',
        port: 587,
        secure: false,
        requireTLS: true,
        user: 'u',
        password: 'p',
      },
      {},
    ],
    [
      { preset: 'ses', region: 'us-gov-west-1', ...LOGIN, configurationSet: 'news' },
      { host: 'email-smtp.us-gov-west-1.amazonaws.com' },
      { 'X-SES-CONFIGURATION-SET': 'news' },
    ],
    [{ preset: 'brevo', ...LOGIN }, { host: 'smtp-relay.brevo.com', port: 587, requireTLS: true }, {}],
    [
      { preset: 'mailgun', region: 'us', ...LOGIN },
      { host: 'smtp.mailgun.org' },
      { 'X-Mailgun-Track': 'no' },
    ],
    [
      { preset: 'mailgun', region: 'eu', ...LOGIN },
      { host: 'smtp.eu.mailgun.org' },
      { 'X-Mailgun-Track': 'no' },
    ],
    [
      { preset: 'postmark', token: 'T', stream: 'broadcast' },
      { host: 'smtp-broadcasts.postmarkapp.com', user: 'T', password: 'T', requireTLS: true },
      { 'X-PM-Message-Stream': 'broadcast', 'X-PM-TrackOpens': 'false', 'X-PM-TrackLinks': 'None' },
    ],
    [
      { preset: 'postmark', token: 'T', stream: 'outbound' },
      { host: 'smtp.postmarkapp.com' },
      { 'X-PM-Message-Stream': 'outbound', 'X-PM-TrackOpens': 'false', 'X-PM-TrackLinks': 'None' },
    ],
    [
      { preset: 'smtp', host: 'Mail.Shop.Example' },
      { host: 'mail.shop.example', port: 587, secure: false, requireTLS: true, user: undefined },
      {},
    ],
    [
      { preset: 'smtp', host: 'm.example', port: 465, tls: 'implicit', ...LOGIN },
      { port: 465, secure: true },
      {},
    ],
    [
      { preset: 'smtp', host: '10.0.0.5', port: 25, tls: 'none' },
      { host: '10.0.0.5', port: 25, ignoreTLS: true },
      {},
    ],
    [
      { preset: 'smtp', host: '[::1]', port: 2525, tls: 'offered' },
      { host: '::1', port: 2525, requireTLS: undefined },
      {},
    ],
    [
      { preset: 'smtp', host: 'm.example', user: 'a@b:c/d?e#f', password: '%41 p:w@x/ż"?tls=none' },
      { host: 'm.example', user: 'a@b:c/d?e#f', password: '%41 p:w@x/ż"?tls=none', requireTLS: true },
      {},
    ],
  ])('%j is spoken to as %j', (words, expected, headers) => {
    const { url, headers: given } = setUp(words)
    expect(connection(url)).toMatchObject(expected)
    expect(given).toEqual(headers)
  })

  it.each([
    [{ preset: 'smtp', host: 'mail.example/?ignoreTLS=true' }, 'expected the name or address'],
    [{ preset: 'smtp', host: 'user@mail.example' }, 'expected the name or address'],
    [{ preset: 'smtp', host: 'mail.example', port: 0 }, ''],
    [{ preset: 'smtp', host: 'mail.example', user: 'a\r\nMAIL FROM' }, 'no control characters'],
    [{ preset: 'ses', region: 'eu-west-1.evil.example', user: 'u' }, 'expected a region of AWS'],
    [{ preset: 'ses', region: 'eu-west-1', user: 'u', configurationSet: 'a\r\nBcc: x' }, 'expected letters'],
    [{ preset: 'postmark', token: 't', stream: 'a\r\nBcc: x' }, 'expected the id of a stream'],
    [{ preset: 'sendmail' }, ''],
  ])('is not %j', (words, reason) => {
    expect(() => ServerSchema.parse(words)).toThrow(reason)
  })

  it('keeps the password for the same user of the same server, and for nobody else', () => {
    const before = setUp({ preset: 'smtp', host: 'm.example', user: 'u', password: 'CANARY' }).url
    const words = { preset: 'smtp', host: 'm.example', user: 'u' }
    expect(connection(setUp({ ...words, port: 2525 }, before).url)).toMatchObject({
      password: 'CANARY',
      port: 2525,
    })
    for (const other of [
      { ...words, host: 'evil.example' },
      { ...words, user: 'v' },
    ])
      expect(() => setUp(other, before)).toThrow(
        /^server\.password: given nothing, expected the one for \w+\.example$/,
      )
    expect(() => setUp({ preset: 'brevo', user: 'u' }, before)).toThrow(
      'expected the one for smtp-relay.brevo.com',
    )
    expect(() => setUp({ preset: 'postmark', stream: 'a' }, before)).toThrow('server.token: given nothing')
    const token = setUp({ preset: 'postmark', token: 'T', stream: 'broadcast' }).url
    for (const stream of ['news', 'outbound'])
      expect(connection(setUp({ preset: 'postmark', stream }, token).url)).toMatchObject({ password: 'T' })
    expect(() => setUp({ preset: 'brevo', user: 'T' }, token)).toThrow('server.password')
    expect(() => setUp({ preset: 'smtp', host: 'm.example', password: 'CANARY' })).toThrow('server.user')
  })

  it('is shown without its password', () => {
    const { url } = setUp({
      preset: 'smtp',
      host: 'm.example',
      port: 465,
      tls: 'implicit',
      user: 'a@b',
      password: 'CANARY',
    })
    expect(shownServer(url)).toEqual({ host: 'm.example', port: 465, tls: 'implicit', user: 'a@b' })
    const postmark = setUp({ preset: 'postmark', token: 'CANARY', stream: 'news' }).url
    expect(JSON.stringify(shownServer(postmark))).not.toContain('CANARY')
    expect(shownServer('smtp://m.example')).toEqual({
      host: 'm.example',
      port: 587,
      tls: 'offered',
      user: null,
    })
  })

  it.each([
    ['email-smtp.eu-west-1.amazonaws.com', 'ses'],
    ['smtp-relay.brevo.com', 'brevo'],
    ['smtp.eu.mailgun.org', 'mailgun'],
    ['smtp-broadcasts.postmarkapp.com', 'postmark'],
    ['mail.shop.example', 'smtp'],
  ])('%s is of %s', (host, preset) => {
    expect(presetOfHost(host)).toBe(preset)
  })
})
