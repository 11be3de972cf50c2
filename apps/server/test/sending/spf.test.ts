import { describe, expect, it } from 'vitest'
import { readSpf } from '../../src/sending/records/readSpf.ts'
import { createZone, type Zone } from '../support/createZone.ts'

const chain = (length: number): Zone =>
  Object.fromEntries(
    Array.from({ length }, (_, place) => [
      place === 0 ? 'shop.example' : `n${place}.example`,
      {
        txt: [
          place === length - 1 ? 'v=spf1 ip4:93.184.216.1 -all' : `v=spf1 include:n${place + 1}.example -all`,
        ],
      },
    ]),
  )

describe('an SPF record', () => {
  const A = '93.184.216.1'
  it.each<[string, Zone, string | undefined, object]>([
    ['is none', {}, A, { result: 'none', record: undefined, lookups: 0 }],
    ['is none among others', { 'shop.example': { txt: ['v=spf10 all', 'google=1'] } }, A, { result: 'none' }],
    [
      'names an address',
      { 'shop.example': { txt: ['v=spf1 ip4:93.184.216.0/28 -all'] } },
      A,
      { result: 'pass' },
    ],
    [
      'names another',
      { 'shop.example': { txt: ['v=spf1 ip4:93.184.216.16/28 -all'] } },
      A,
      { result: 'fail' },
    ],
    ['softly', { 'shop.example': { txt: ['V=SPF1 ip4:93.184.216.16/28 ~ALL'] } }, A, { result: 'softfail' }],
    ['names nobody else', { 'shop.example': { txt: ['v=spf1 ip4:93.184.216.9'] } }, A, { result: 'neutral' }],
    [
      'names addresses of the sixth version',
      { 'shop.example': { txt: ['v=spf1 ip6:2606:2800::/32 -all'] } },
      '2606:2800:1::5',
      { result: 'pass' },
    ],
    [
      'does not mix the versions',
      { 'shop.example': { txt: ['v=spf1 ip6:::/0 -all'] } },
      A,
      { result: 'fail' },
    ],
    [
      'names itself, and its mail servers',
      {
        'shop.example': { txt: ['v=spf1 a mx -all'], mx: ['mx.shop.example'], addresses: ['93.184.216.7'] },
        'mx.shop.example': { addresses: [A] },
      },
      A,
      { result: 'pass', lookups: 2 },
    ],
    [
      'names the network around a host',
      {
        'shop.example': { txt: ['v=spf1 a:host.example/24 -all'] },
        'host.example': { addresses: ['93.184.216.99'] },
      },
      A,
      { result: 'pass' },
    ],
    [
      'includes another, whose `all` is not its own',
      {
        'shop.example': { txt: ['v=spf1 include:a.example ip4:93.184.216.1 -all'] },
        'a.example': { txt: ['v=spf1 -all'] },
      },
      A,
      { result: 'pass', includes: ['shop.example', 'a.example'] },
    ],
    [
      'redirects to another, whose `all` is its own',
      { 'shop.example': { txt: ['v=spf1 redirect=a.example'] }, 'a.example': { txt: ['v=spf1 -all'] } },
      A,
      { result: 'fail', lookups: 1 },
    ],
    ['takes ten look-ups', chain(11), A, { result: 'pass', lookups: 10 }],
    [
      'takes eleven',
      chain(12),
      A,
      { result: 'permerror', problem: expect.stringContaining('more than 10 look-ups') as string },
    ],
    [
      'goes in a circle',
      { 'shop.example': { txt: ['v=spf1 include:shop.example'] } },
      A,
      { result: 'permerror' },
    ],
    [
      'includes what is none',
      { 'shop.example': { txt: ['v=spf1 include:a.example -all'] } },
      A,
      {
        result: 'permerror',
        problem: expect.stringContaining('a.example, which has no SPF record') as string,
      },
    ],
    [
      'names three that do not exist',
      { 'shop.example': { txt: ['v=spf1 a:a.example a:b.example a:c.example -all'] } },
      A,
      { result: 'permerror', problem: expect.stringContaining('more than 2 names') as string },
    ],
    [
      'has a misspelt term',
      { 'shop.example': { txt: ['v=spf1 ipv4:93.184.216.1 -all'] } },
      A,
      { result: 'permerror' },
    ],
    [
      'has no address',
      { 'shop.example': { txt: ['v=spf1 ip4:93.184.216 -all'] } },
      A,
      { result: 'permerror' },
    ],
    [
      'is there twice',
      { 'shop.example': { txt: ['v=spf1 a', 'v=spf1 mx'] } },
      A,
      { result: 'permerror', problem: 'shop.example has 2 records: there must be one' },
    ],
    ['cannot be looked up', { 'shop.example': 'away' }, A, { result: 'temperror' }],
    [
      'has macros, which are counted',
      { 'shop.example': { txt: ['v=spf1 exists:%{i}.a.example include:%{d}.b.example -all'] } },
      A,
      { result: 'fail', lookups: 2 },
    ],
    [
      'is read to its end for no address in particular',
      {
        'shop.example': { txt: ['v=spf1 include:a.example include:b.example -all'] },
        'a.example': { txt: ['v=spf1 +all'] },
        'b.example': { txt: ['v=spf1 ip4:93.184.216.1'] },
      },
      undefined,
      { result: 'fail', includes: ['shop.example', 'a.example', 'b.example'] },
    ],
  ])('that %s', async (_sentence, zone, address, expected) => {
    expect(await readSpf(createZone(zone), 'shop.example', address)).toMatchObject(expected)
  })
})
