import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { authenticate } from 'mailauth'
import { beforeAll, describe, expect, it } from 'vitest'
import { createTransports } from '../../src/sending/transports.ts'

/** What receivers find where the public key of our selector is published. */
const recordOf = (type: 'rsa' | 'ed25519', key: KeyObject) => {
  const der = key.export({ type: 'spki', format: 'der' })
  // RFC 8463, section 4: the bare 32 bytes.
  const bytes = type === 'rsa' ? der : der.subarray(-32)
  return `v=DKIM1; k=${type}; p=${bytes.toString('base64')}`
}

const KEYS = {
  rsa: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ed25519: () => generateKeyPairSync('ed25519'),
}

/** What a mail must say under its signature, by RFC 8058, by bulk senders' rules, or lest it be sent again changed. */
const COVERED = [
  'from',
  'to',
  'reply-to',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-type',
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'feedback-id',
]

describe.each(['rsa', 'ed25519'] as const)('A mail signed with %s', (type) => {
  let record: string
  let raw: string

  beforeAll(async () => {
    const { publicKey, privateKey } = KEYS[type]()
    record = recordOf(type, publicKey)
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const transports = createTransports()
    const signed = await transports.sign(
      { dkim: { domain: 'shop.example', selector: 'luna', privateKey: pem } },
      {
        content: {
          mailId: 'ab'.repeat(20),
          from: { name: 'Łuna', address: 'hello@shop.example' },
          to: 'ana@customer.example',
          replyTo: 'desk@shop.example',
          date: new Date(),
          subject: `Zażółć  gęślą ${'long '.repeat(40)}`,
          text: 'Hello   there \n\n.\n',
          html: `<p>${'Zażółć &amp; a  b\t c '.repeat(2_000)}</p>\n\n\n`,
          headers: {
            'List-ID': '<w1.shop.example>',
            'Feedback-ID': 'welcome:marketing:w1:ciclo',
            'List-Unsubscribe': `<https://ciclo.example/u/${'x'.repeat(180)}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          },
        },
        envelope: { from: 'b+x@bounce.shop.example', to: 'ana@customer.example' },
      },
    )
    transports.close()
    raw = signed.raw.toString('latin1')
  })

  /** As a receiver looks at it. */
  const verdictOf = async (mail: string) => {
    const { dkim } = await authenticate(Buffer.from(mail, 'latin1'), {
      ip: '192.0.2.1',
      helo: 'mx.shop.example',
      sender: 'b+x@bounce.shop.example',
      disableArc: true,
      disableDmarc: true,
      disableBimi: true,
      resolver: (name: string) =>
        name === 'luna._domainkey.shop.example'
          ? Promise.resolve([[record]])
          : Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' })),
    })
    const [result, ...others] = (dkim as { results: Verdict[] }).results
    expect(others).toEqual([])
    return result
  }
  interface Verdict {
    signingDomain: string
    status: { result: string; comment?: string; aligned?: string | false }
    signingHeaders?: { keys: string }
    canonBodyLengthLimited?: boolean
  }

  it('is taken for ours, and all that matters is covered', async () => {
    const result = await verdictOf(raw)
    expect(result).toMatchObject({
      signingDomain: 'shop.example',
      status: { result: 'pass', aligned: 'shop.example' },
    })
    const covered = (result?.signingHeaders?.keys ?? '').toLowerCase().split(/\s*:\s*/)
    expect(covered.toSorted()).toEqual(COVERED.toSorted())
    const named =
      /h=([\s\S]*?);/
        .exec(raw)?.[1]
        ?.toLowerCase()
        .split(/\s*:\s*/) ?? []
    expect(named.toSorted()).toEqual([...COVERED, 'from'].toSorted())
    for (const line of raw.slice(0, raw.indexOf('\r\n\r\n')).split('\r\n').slice(0, 20))
      expect(line.length).toBeLessThanOrEqual(78)
  })

  it('passes where a server on the way has folded and spaced it anew', async () => {
    const refolded = raw
      .replace('List-Unsubscribe-Post: ', 'LIST-Unsubscribe-POST:   ')
      .replace('Feedback-ID: welcome', 'feedback-id:\r\n\twelcome')
      .replace(/\r\n$/, '\r\n\r\n\r\n')
    expect(await verdictOf(refolded)).toMatchObject({ status: { result: 'pass' } })
  })

  const changes: [what: string, from: string | RegExp, to: string][] = [
    ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click', 'List-Unsubscribe=Two-Click'],
    ['List-Unsubscribe', 'https://ciclo.example/u/', 'https://evil.example/u/'],
    ['Subject', '\r\nSubject: ', '\r\nSubject: Re: '],
    ['the recipient', 'To: ana@', 'To: eve@'],
    ['the address for replies', 'desk@shop', 'eve@shop'],
    ['Feedback-ID', 'welcome:marketing', 'welcome:transactional'],
    ['Message-ID', 'abababab', 'cdababab'],
    ['a second From', '\r\nTo: ', '\r\nFrom: eve@evil.example\r\nTo: '],
    ['a second From before ours', '\r\nFrom: ', '\r\nFrom: eve@evil.example\r\nFrom: '],
    ['the text', 'Hello', 'Jello'],
  ]
  it.each(changes)('does not where somebody has changed %s', async (_what, from, to) => {
    const changed = raw.replace(from, to)
    expect(changed).not.toBe(raw)
    expect((await verdictOf(changed))?.status.result).not.toBe('pass')
  })
})

it('A key that is none is refused with words that say whose it is', async () => {
  const transports = createTransports()
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const mail = {
    content: {
      mailId: 'ab'.repeat(20),
      from: { name: '', address: 'a@shop.example' },
      to: 'b@customer.example',
      replyTo: null,
      date: new Date(),
      subject: '',
      text: '',
      html: '',
      headers: {},
    },
    envelope: { from: 'a@shop.example', to: 'b@customer.example' },
  }
  const dkim = { domain: 'shop.example', selector: 'luna', privateKey: pem }
  await expect(transports.sign({ dkim }, mail)).rejects.toThrow(
    'The DKIM key of shop.example: given ec, expected rsa or ed25519',
  )
  transports.close()
})
