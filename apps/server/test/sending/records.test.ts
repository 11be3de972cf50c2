import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { dkimRecordOf, importDkimKey, makeDkimKey } from '../../src/sending/dkimKeys.ts'
import { PRESETS } from '../../src/sending/presets.ts'
import { checkRecords, type SeenSender } from '../../src/sending/records/checkRecords.ts'
import { createZone, type Zone } from '../support/createZone.ts'

const KEY = await makeDkimKey('rsa')
const PLACE = { domain: 'shop.example', selector: 's1' }
const RECORD = dkimRecordOf(PLACE, KEY)
const OTHER = dkimRecordOf(PLACE, await makeDkimKey('rsa')).value
const short = (bits: number) =>
  generateKeyPairSync('rsa', { modulusLength: bits })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()

const WELL: Zone = {
  'shop.example': { txt: ['v=spf1 ip4:93.184.216.1 -all'], mx: ['mx.shop.example'] },
  's1._domainkey.shop.example': { txt: [RECORD.value] },
  '_dmarc.shop.example': { txt: ['v=DMARC1; p=none'] },
  'mail.shop.example': { addresses: ['93.184.216.1'] },
  '93.184.216.1': { reverse: ['mail.shop.example'] },
}
const OWN: SeenSender = {
  from: 'shop.example',
  bounceDomain: null,
  host: 'mail.shop.example',
  user: null,
  preset: PRESETS.smtp,
  dkim: PLACE,
  dkimRecord: RECORD,
}
const DKIM = 's1._domainkey.shop.example'
const BREVO: SeenSender = {
  ...OWN,
  preset: PRESETS.brevo,
  host: 'smtp-relay.brevo.com',
  dkim: null,
  dkimRecord: null,
}

describe('of a sender', () => {
  it('everything is well where everything is published', async () => {
    const findings = await checkRecords(createZone(WELL), OWN)
    expect(findings.map(({ check, status, blocks }) => [check, status, blocks])).toEqual(
      ['spf', 'dkim', 'dmarc', 'mx', 'ptr'].map((check) => [check, 'ok', false]),
    )
    expect(findings.map(({ lookedUp }) => lookedUp)).toEqual([
      ['TXT shop.example'],
      ['TXT s1._domainkey.shop.example'],
      ['TXT _dmarc.shop.example'],
      ['MX shop.example'],
      ['PTR 93.184.216.1'],
    ])
  })

  it.each<[string, Partial<SeenSender>, Zone, string, string]>([
    ['spf is missing', {}, { 'shop.example': { mx: ['mx'] } }, 'spf', 'fail! has none'],
    [
      'spf names other servers',
      {},
      { 'shop.example': { txt: ['v=spf1 mx -all'] } },
      'spf',
      'warn does not name',
    ],
    [
      'spf lets everybody in',
      {},
      { 'shop.example': { txt: ['v=spf1 +all'] } },
      'spf',
      'warn lets everybody send',
    ],
    ['spf is broken', {}, { 'shop.example': { txt: ['v=spf1 foo -all'] } }, 'spf', 'fail! no term of SPF'],
    ['spf cannot be looked up', {}, { 'shop.example': 'away' }, 'spf', 'warn! could not look up'],
    ['a server inside is not compared', { host: '10.0.0.5' }, {}, 'spf', 'ok can be read'],
    [
      'spf is that of the envelope',
      { bounceDomain: 'bounces.shop.example' },
      {},
      'spf',
      'fail! bounces.shop.example has none',
    ],
    ['the key is missing', {}, { [DKIM]: {} }, 'dkim', 'fail! has none'],
    ['the key is another', {}, { [DKIM]: { txt: [OTHER] } }, 'dkim', 'fail! another key'],
    ['the key is there twice', {}, { [DKIM]: { txt: [OTHER, RECORD.value] } }, 'dkim', 'fail! has 2 keys'],
    ['the key was taken back', {}, { [DKIM]: { txt: ['v=DKIM1; p='] } }, 'dkim', 'fail! taken back'],
    ['the key is no key', {}, { [DKIM]: { txt: ['hello'] } }, 'dkim', 'fail! is no key'],
    [
      'the key is cut',
      { dkimRecord: null },
      { [DKIM]: { txt: ['v=DKIM1; p=MIIB'] } },
      'dkim',
      'fail! cannot be read',
    ],
    ['the key is a test', {}, { [DKIM]: { txt: [`${RECORD.value}; t=y`] } }, 'dkim', 'warn a test'],
    ['the key cannot be looked up', {}, { [DKIM]: 'away' }, 'dkim', 'warn! could not look up'],
    [
      'the key is short',
      { dkimRecord: null },
      { [DKIM]: { txt: [dkimRecordOf(PLACE, short(1_024)).value] } },
      'dkim',
      'warn 1024 bits',
    ],
    [
      'the key is far too short',
      { dkimRecord: null },
      { [DKIM]: { txt: [dkimRecordOf(PLACE, short(768)).value] } },
      'dkim',
      'fail! 768 bits',
    ],
    [
      'the key is wrapped as DNS does',
      {},
      { [DKIM]: { txt: [RECORD.value.replace(/.{90}/, '$& ')] } },
      'dkim',
      'ok',
    ],
    [
      'the key is of a stranger',
      { dkim: { domain: 'else.example', selector: 's1' }, dkimRecord: null },
      { 's1._domainkey.else.example': { txt: [OTHER] } },
      'dkim',
      'fail! signed for else.example',
    ],
    [
      'the key is of a domain below, and DMARC relaxed',
      { dkim: { domain: 'm.shop.example', selector: 's1' }, dkimRecord: null },
      { 's1._domainkey.m.shop.example': { txt: [OTHER] } },
      'dkim',
      'ok',
    ],
    [
      'the key is of a domain below, and DMARC strict',
      { dkim: { domain: 'm.shop.example', selector: 's1' }, dkimRecord: null },
      {
        's1._domainkey.m.shop.example': { txt: [OTHER] },
        '_dmarc.shop.example': { txt: ['v=DMARC1; p=none; adkim=s'] },
      },
      'dkim',
      'fail! signed for m.shop.example',
    ],
    ['nobody signs', { dkim: null, dkimRecord: null }, {}, 'dkim', 'fail! nobody is known to sign'],
    ['DMARC is missing', {}, { '_dmarc.shop.example': {} }, 'dmarc', 'fail! has none'],
    [
      'DMARC is there twice',
      {},
      { '_dmarc.shop.example': { txt: ['v=DMARC1; p=none', 'v=DMARC1'] } },
      'dmarc',
      'fail! are 2',
    ],
    [
      'DMARC has no policy',
      {},
      { '_dmarc.shop.example': { txt: ['v=DMARC1'] } },
      'dmarc',
      'fail! its policy',
    ],
    ['DMARC cannot be looked up', {}, { '_dmarc.shop.example': 'away' }, 'dmarc', 'warn! could not'],
    [
      'DMARC stands above',
      { from: 'news.shop.example' },
      { '_dmarc.shop.example': { txt: ['v=DMARC1; p=reject; sp=quarantine'] } },
      'dmarc',
      'ok p=quarantine, of shop.example',
    ],
    ['nobody can answer', {}, { 'shop.example': { txt: ['v=spf1 a'], mx: [''] } }, 'mx', 'warn has none'],
    [
      'what comes back is lost',
      { bounceDomain: 'bounces.shop.example' },
      {},
      'bounces',
      'fail! bounces.shop.example has none',
    ],
    [
      'what comes back arrives',
      { bounceDomain: 'bounces.shop.example' },
      { 'bounces.shop.example': { mx: ['in.shop.example'] } },
      'bounces',
      'ok in.shop.example',
    ],
    ['the address has no name', {}, { '93.184.216.1': {} }, 'ptr', 'warn has no name'],
    [
      'the address calls itself another',
      {},
      { '93.184.216.1': { reverse: ['x.example'] } },
      'ptr',
      'warn calls itself',
    ],
    ['of a provider no SPF is needed', BREVO, {}, 'spf', 'ok not needed: Brevo'],
    [
      'of a provider its usual selectors are tried',
      BREVO,
      { 'brevo1._domainkey.shop.example': { txt: [OTHER] } },
      'dkim',
      'ok',
    ],
    ['of a provider nobody has set up', BREVO, {}, 'dkim', 'fail! has none'],
    [
      'of another its selector is not known',
      { ...BREVO, preset: PRESETS.ses },
      {},
      'dkim',
      'warn nobody has named',
    ],
    [
      'Mailgun sends from the domain of its user, who needs it',
      { ...BREVO, preset: PRESETS.mailgun, user: 'postmaster@mg.shop.example' },
      { 'mg.shop.example': { txt: ['v=spf1 mx ~all'] } },
      'spf',
      'fail! does not include mailgun.org',
    ],
    [
      'Mailgun is included',
      { ...BREVO, preset: PRESETS.mailgun, user: 'postmaster@mg.shop.example' },
      {
        'mg.shop.example': { txt: ['v=spf1 include:mailgun.org ~all'] },
        'mailgun.org': { txt: ['v=spf1 ~all'] },
      },
      'spf',
      'ok includes mailgun.org',
    ],
  ])('where %s', async (_sentence, sender, zone, check, expected) => {
    const findings = await checkRecords(createZone({ ...WELL, ...zone }), { ...OWN, ...sender })
    const finding = findings.find((one) => one.check === check)
    const [, status, blocks, words = ''] = /^(\w+)(!?) ?(.*)$/.exec(expected) ?? []
    expect(finding).toMatchObject({ status, blocks: blocks === '!' })
    expect(finding?.found).toContain(words)
    // Whatever is not well comes with what to do.
    expect(finding?.advice === undefined).toBe(status === 'ok')
  })

  it('what to publish is said to the letter', async () => {
    const findings = await checkRecords(
      createZone({ 'mail.shop.example': { addresses: ['93.184.216.1', '2606:2800::1'] } }),
      OWN,
    )
    expect(findings.flatMap(({ set }) => set ?? [])).toEqual([
      { type: 'TXT', name: 'shop.example', value: 'v=spf1 ip4:93.184.216.1 ip6:2606:2800::1 ~all' },
      { type: 'TXT', ...RECORD },
      { type: 'TXT', name: '_dmarc.shop.example', value: 'v=DMARC1; p=none; rua=mailto:dmarc@shop.example' },
    ])
  })

  it('what is published already is kept in what is to be set', async () => {
    const zone = {
      ...WELL,
      'shop.example': { txt: ['v=spf1 include:a.example -all'] },
      'a.example': { txt: ['v=spf1 ?all'] },
    }
    const [spf] = await checkRecords(createZone(zone), OWN)
    expect(spf?.set?.value).toBe('v=spf1 include:a.example ip4:93.184.216.1 ~all')
  })
})

describe('a key for DKIM', () => {
  it.each(['rsa', 'ed25519'] as const)('of %s is made, and can be imported', async (kind) => {
    const key = await makeDkimKey(kind)
    expect(importDkimKey(key)).toBe(key)
    expect(dkimRecordOf(PLACE, key)).toMatchObject({
      name: 's1._domainkey.shop.example',
      value: expect.stringMatching(
        kind === 'rsa' ? /^v=DKIM1; k=rsa; p=MIIBIjAN/ : /^v=DKIM1; k=ed25519; p=.{43}=$/,
      ) as string,
    })
  })

  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  it.each<[string, string, string]>([
    ['no PEM', 'CANARY', 'given 6 characters'],
    [
      'a public one',
      generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      'expected a private key',
    ],
    [
      'of a curve that nobody knows',
      ec.export({ type: 'pkcs8', format: 'pem' }).toString(),
      'given ec of 0 bits',
    ],
    ['too short', short(512), 'given rsa of 512 bits'],
  ])('is refused where it is %s, and not repeated', (_what, pem, reason) => {
    expect(() => importDkimKey(pem)).toThrow(reason)
    try {
      importDkimKey(pem)
    } catch (error) {
      expect(String(error)).not.toContain(pem.split('\n')[1] ?? pem)
    }
  })
})
