import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findAddresses } from '../../src/webhooks/findAddresses.ts'
import { isPublicAddress } from '../../src/webhooks/isPublicAddress.ts'
import { createPostWebhook } from '../../src/webhooks/postWebhook.ts'
import { startReceiver, type Receiver } from './startReceiver.ts'

describe('an address', () => {
  it.each([
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.0.1',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4003:80e::200e',
    '::ffff:1.1.1.1',
  ])('%s is on the internet', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each([
    ['this host', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['private', '10.0.0.1'],
    ['private', '10.255.255.255'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['carrier-grade NAT', '100.127.255.255'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['the metadata of a cloud', '169.254.169.254'],
    ['the tasks of a cloud', '169.254.170.2'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['IETF protocols', '192.0.0.1'],
    ['documentation', '192.0.2.1'],
    ['6to4 relays', '192.88.99.1'],
    ['private', '192.168.0.1'],
    ['benchmarks', '198.18.0.1'],
    ['benchmarks', '198.19.255.255'],
    ['documentation', '198.51.100.1'],
    ['documentation', '203.0.113.1'],
    ['multicast', '224.0.0.1'],
    ['multicast', '239.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['IPv4-compatible', '::1.1.1.1'],
    ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
    ['IPv4-mapped, in hexadecimal', '::ffff:7f00:1'],
    ['IPv4-mapped private', '::ffff:10.0.0.1'],
    ['IPv4-mapped metadata', '::ffff:169.254.169.254'],
    ['IPv4-translated', '::ffff:0:127.0.0.1'],
    ['NAT64 to loopback', '64:ff9b::127.0.0.1'],
    ['NAT64 to the internet', '64:ff9b::1.1.1.1'],
    ['local NAT64', '64:ff9b:1::1'],
    ['discard', '100::1'],
    ['Teredo', '2001::1'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['6to4 of loopback', '2002:7f00:1::1'],
    ['segment routing', '5f00::1'],
    ['unique local', 'fc00::1'],
    ['unique local', 'fd12:3456::1'],
    ['metadata in IPv6', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['unassigned', '4000::1'],
    ['no address', 'localhost'],
    ['nothing', ''],
  ])('of %s is not: %s', (_kind, address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

describe('a host', () => {
  const allowedHosts = new Set(['shop.internal', '[::1]'])
  const names: Record<string, string[]> = {
    'public.example': ['1.1.1.1', '2606:4700:4700::1111'],
    'inside.example': ['10.1.2.3'],
    'both.example': ['1.1.1.1', '127.0.0.1'],
    'mapped.example': ['::ffff:127.0.0.1'],
    'shop.internal': ['10.0.0.7'],
  }
  const resolve = async (name: string) =>
    (names[name] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  const find = (url: string) => findAddresses(new URL(url), { allowedHosts, resolve })

  it.each([
    ['http://public.example/x', names['public.example']],
    ['https://1.1.1.1/x', ['1.1.1.1']],
    ['https://[2606:4700:4700::1111]/x', ['2606:4700:4700::1111']],
    ['http://shop.internal/x', ['10.0.0.7']],
    ['http://SHOP.internal/x', ['10.0.0.7']],
    ['http://[::1]/x', ['::1']],
    ['http://nobody.example/x', []],
  ])('of %s is at %j', async (url, addresses) => {
    const found = await find(url)
    expect('addresses' in found && found.addresses.map(({ address }) => address)).toEqual(addresses)
  })

  it.each([
    ['http://inside.example/', 'inside.example is at 10.1.2.3'],
    ['http://both.example/', 'both.example is at 127.0.0.1'],
    ['http://mapped.example/', 'mapped.example is at ::ffff:127.0.0.1'],
    ['http://127.0.0.1/', '127.0.0.1: expected an address on the internet'],
    ['http://2130706433/', '127.0.0.1: expected'],
    ['http://0x7f.1/', '127.0.0.1: expected'],
    ['http://017700000001/', '127.0.0.1: expected'],
    ['http://0/', '0.0.0.0: expected'],
    ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1: expected'],
    ['http://[::]/', '::: expected'],
    ['http://１２７.0.0.1/', '127.0.0.1: expected'],
  ])('of %s is refused', async (url, reason) => {
    expect(await find(url)).toEqual({ forbidden: expect.stringContaining(reason) as string })
  })
})

describe('a request', () => {
  let receiver: Receiver
  beforeAll(async () => {
    receiver = await startReceiver()
  })
  afterAll(() => receiver.close())
  const portOf = () => new URL(receiver.url).port
  const postTo = (url: string, options: Partial<Parameters<typeof createPostWebhook>[0]> = {}) =>
    createPostWebhook({ allowedHosts: new Set(), patience: 5_000, ...options })({
      url,
      headers: {},
      body: '{}',
    })

  it.each([
    (port: string) => `http://127.0.0.1:${port}/`,
    (port: string) => `http://localhost:${port}/`,
    (port: string) => `http://localhost.:${port}/`,
    (port: string) => `http://2130706433:${port}/`,
    (port: string) => `http://[::ffff:127.0.0.1]:${port}/`,
    (port: string) => `http://0:${port}/`,
    (port: string) => `http://inside.example:${port}/`,
    (port: string) => `ftp://127.0.0.1:${port}/`,
    (port: string) => `file:///etc/hostname?${port}`,
    (port: string) => `not a url ${port}`,
  ])('to this machine is not made: %s', async (urlOf) => {
    const resolve = async (name: string) => {
      if (!name.startsWith('localhost') && name !== 'inside.example') throw new Error(`asked for ${name}`)
      return [{ address: '127.0.0.1', family: 4 }]
    }
    expect(await postTo(urlOf(portOf()), { resolve })).toMatchObject({ kind: 'forbidden' })
    expect(receiver.received).toEqual([])
  })

  it('goes to the very addresses that were looked at, and the name is not looked up again', async () => {
    const answers = [['127.0.0.1'], ['127.0.0.2']]
    const asked: string[] = []
    const resolve = async (name: string) => {
      asked.push(name)
      return (answers.shift() ?? []).map((address) => ({ address, family: 4 }))
    }
    const url = `http://rebound.example:${portOf()}/hook?x=1`
    const allowedHosts = new Set(['rebound.example'])
    expect(await postTo(url, { resolve, allowedHosts })).toMatchObject({ kind: 'answered', status: 204 })
    expect(asked).toEqual(['rebound.example'])
    const [one] = receiver.received.splice(0)
    expect(one).toMatchObject({ method: 'POST', path: '/hook?x=1', body: '{}' })
    expect(one?.headers.host).toBe(`rebound.example:${portOf()}`)
  })

  it.each([
    [
      'a name that does not exist',
      'http://nobody.example/',
      async () => await Promise.reject(new Error('ENOTFOUND')),
    ],
    ['a name without addresses', 'http://nobody.example/', async () => []],
    ['a name server that is silent', 'http://nobody.example/', () => new Promise<never>(() => {})],
  ])('to %s is worth another try', async (_what, url, resolve) => {
    expect(await postTo(url, { resolve, patience: 100 })).toMatchObject({ kind: 'unanswered' })
  })

  it('to a server that does not answer in time is worth another try', async () => {
    const allowedHosts = new Set(['127.0.0.1'])
    receiver.answer = () => {}
    expect(await postTo(receiver.url, { allowedHosts, patience: 100 })).toEqual({
      kind: 'unanswered',
      reason: 'no answer within 0.1 s',
    })
    // The status is the answer, however slowly the rest comes.
    receiver.answer = (_request, response) => void response.writeHead(200).write('half')
    expect(await postTo(receiver.url, { allowedHosts, patience: 300 })).toMatchObject({
      status: 200,
      text: 'half',
    })
  })

  it('reads no more than 16 KB of an answer', async () => {
    const allowedHosts = new Set(['127.0.0.1'])
    let poured = 0
    receiver.answer = (_request, response) => {
      response.writeHead(500)
      const pour = () => {
        do poured += 65_536
        while (!response.destroyed && response.write('x'.repeat(65_536)))
        if (!response.destroyed) response.once('drain', pour)
      }
      pour()
    }
    const answer = await postTo(receiver.url, { allowedHosts })
    expect(answer).toMatchObject({ kind: 'answered', status: 500 })
    expect('text' in answer && answer.text.length).toBe(16 * 1024)
    // What the sockets between them hold comes on top.
    expect(poured).toBeLessThan(16 * 1024 ** 2)
  })
})
