import type { IncomingMessage } from 'node:http'
import type { EventInput } from '@ciclo/engine'
import fc from 'fast-check'
import type { Context } from 'hono'
import { describe, expect, it } from 'vitest'
import { CicloError } from '../src/errors.ts'
import { createClientAddress, networkOf, type TrustProxy } from '../src/limits/clientAddress.ts'
import { createIsBot } from '../src/limits/createIsBot.ts'
import { createLimiter } from '../src/limits/limiter.ts'
import { createLimits } from '../src/limits/limits.ts'
import { DEFAULT_LIMITS, type LimitSettings } from '../src/limits/limitSettings.ts'
import type { RefusalReason } from '../src/limits/refusal.ts'

const NOON = Date.UTC(2026, 0, 15, 12)
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)

describe('a token bucket', () => {
  const rate = { perSecond: 10, burst: 50 }

  it('gives its burst at once, then as much as flows in, and says how long to wait', () => {
    const limiter = createLimiter(rate, 10)
    expect(limiter.wait('a', 50, NOON)).toBeLessThanOrEqual(0)
    limiter.take('a', 50, NOON)
    expect(limiter.wait('a', 1, NOON)).toBe(100)
    expect(limiter.wait('a', 20, NOON + 500)).toBe(1_500)
    expect(limiter.wait('a', 20, NOON + 2_000)).toBeLessThanOrEqual(0)
    expect(limiter.wait('b', 50, NOON)).toBeLessThanOrEqual(0)
  })

  it('passes what is larger than the bucket when it is full', () => {
    const limiter = createLimiter(rate, 10)
    expect(limiter.wait('a', 2_500, NOON)).toBeLessThanOrEqual(0)
    limiter.take('a', 2_500, NOON)
    expect(limiter.wait('a', 2_500, NOON)).toBe(5_000)
  })

  it('locks nobody out when the clock is set back', () => {
    const limiter = createLimiter(rate, 10)
    limiter.take('a', 50, NOON)
    expect(limiter.wait('a', 1, NOON - 3_600_000)).toBe(100)
  })

  it('never gives more than the burst and what has flowed in', () => {
    const takes = fc.array(fc.tuple(fc.nat(3_000), fc.integer({ min: 1, max: 30 })), { maxLength: 100 })
    fc.assert(
      fc.property(takes, (steps) => {
        const limiter = createLimiter(rate, 10)
        let at = NOON
        let given = 0
        for (const [pause, cost] of steps) {
          at += pause
          if (limiter.wait('a', cost, at) > 0) continue
          limiter.take('a', cost, at)
          given += cost
        }
        expect(given).toBeLessThanOrEqual(50 + ((at - NOON) * 10) / 1_000 + 1e-6)
      }),
      { seed },
    )
  })

  it('is forgotten when too many others were used since', () => {
    const limiter = createLimiter(rate, 1_000)
    limiter.take('first', 50, NOON)
    limiter.take('second', 50, NOON)
    for (let index = 0; index < 999; index += 1) {
      limiter.take(`other-${index}`, 1, NOON)
      limiter.take('first', 0, NOON)
    }
    expect(limiter.size()).toBeLessThanOrEqual(1_000)
    expect(limiter.wait('first', 1, NOON)).toBe(100)
    expect(limiter.wait('second', 1, NOON)).toBeLessThanOrEqual(0)
  })
})

describe('the address of a client', () => {
  const clientOf = (trust: TrustProxy, peer: string | undefined, headers: Record<string, string> = {}) => {
    const incoming = { headers, socket: { remoteAddress: peer } } as unknown as IncomingMessage
    return createClientAddress(trust)({ env: { incoming } } as unknown as Context)
  }
  const via = (...addresses: string[]) => ({ 'x-forwarded-for': addresses.join(', ') })

  it.each<[sentence: string, TrustProxy, peer: string, headers: Record<string, string>, address: string]>([
    ['the peer, without a proxy', 'auto', '203.0.113.7', {}, '203.0.113.7'],
    ['the peer, whatever it claims from the internet', 'auto', '203.0.113.7', via('8.8.8.8'), '203.0.113.7'],
    ['whom a proxy on this machine saw', 'auto', '127.0.0.1', via('203.0.113.7'), '203.0.113.7'],
    ['whom a proxy in a private network saw', 'auto', '10.1.2.3', via('203.0.113.7'), '203.0.113.7'],
    ['whom a proxy in Docker saw', 'auto', '::ffff:172.17.0.1', via('203.0.113.7'), '203.0.113.7'],
    ['whom a proxy in a private IPv6 network saw', 'auto', 'fd00::1', via('2001:db8::7'), '2001:db8::7'],
    ['not what the client itself wrote', 'auto', '127.0.0.1', via('8.8.8.8', '203.0.113.7'), '203.0.113.7'],
    ['the peer, where the proxy wrote no address', 'auto', '10.1.2.3', via('8.8.8.8', 'unknown'), '10.1.2.3'],
    ['with a port', 'auto', '127.0.0.1', via('203.0.113.7:4711'), '203.0.113.7:4711'],
    ['the peer, where no proxy is trusted', 'none', '127.0.0.1', via('203.0.113.7'), '127.0.0.1'],
    ['one proxy on the internet', 1, '198.51.100.1', via('8.8.8.8', '203.0.113.7'), '203.0.113.7'],
    ['two proxies', 2, '10.0.0.1', via('8.8.8.8', '203.0.113.7', '10.0.0.2'), '203.0.113.7'],
    ['fewer proxies than there should be', 3, '10.0.0.1', via('203.0.113.7'), '203.0.113.7'],
    ['a proxy that forwards nothing', 2, '10.0.0.1', {}, '10.0.0.1'],
  ])('is %s', (_sentence, trust, peer, headers, address) => {
    expect(clientOf(trust, peer, headers)).toMatchObject({ address, isLocal: false })
  })

  it('is this machine only where no proxy has spoken', () => {
    for (const peer of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1']) {
      expect(clientOf('auto', peer).isLocal).toBe(true)
      expect(clientOf('none', peer).isLocal).toBe(true)
      expect(clientOf('none', peer, via('203.0.113.7')).isLocal).toBe(false)
      expect(clientOf('auto', peer, via('127.0.0.1')).isLocal).toBe(false)
      expect(clientOf('auto', peer, { 'x-real-ip': '203.0.113.7' }).isLocal).toBe(false)
      expect(clientOf('auto', peer, { forwarded: 'for=203.0.113.7' }).isLocal).toBe(false)
    }
    expect(clientOf('auto', undefined)).toEqual({ address: '', limitedAs: 'unknown', isLocal: false })
    expect(clientOf('auto', '10.0.0.1').isLocal).toBe(false)
    expect(createClientAddress('auto')({} as Context).isLocal).toBe(true)
  })

  it.each([
    ['203.0.113.77', '203.0.113.0/24', '203.0.113.77/32'],
    ['203.0.113.77:4711', '203.0.113.0/24', '203.0.113.77/32'],
    ['::ffff:203.0.113.77', '203.0.113.0/24', '203.0.113.77/32'],
    ['::ffff:cb00:714d', '203.0.113.0/24', '203.0.113.77/32'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48', '2001:db8:1:2::/64'],
    ['[2001:DB8:1:2::1]:443', '2001:db8:1::/48', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8::/48', '2001:db8::/64'],
    ['fe80::1%eth0', 'fe80::/48', 'fe80::/64'],
    ['64:ff9b::203.0.113.7', '64:ff9b::/48', '64:ff9b::/64'],
    ['unknown', undefined, 'unknown'],
    ['', undefined, 'unknown'],
    ['1.2.3', undefined, 'unknown'],
    ['1.2.3.4.5', undefined, 'unknown'],
    ["1.2.3.4'; drop table", undefined, 'unknown'],
  ])('%s is kept as %s, and limited as %s', (address, network, limited) => {
    expect(networkOf(address)).toBe(network)
    expect(clientOf('none', address).limitedAs).toBe(limited)
  })
})

describe('the limits', () => {
  const stranger = { address: '203.0.113.7', limitedAs: '203.0.113.7/32', isLocal: false }
  const other = { address: '203.0.113.8', limitedAs: '203.0.113.8/32', isLocal: false }
  const local = { address: '127.0.0.1', limitedAs: '127.0.0.1/32', isLocal: true }
  const key = { id: 'k1', workspaceId: 'w1', kind: 'write' as const }
  const secret = { id: 'k2', workspaceId: 'w1', kind: 'secret' as const }

  const open = (settings: Partial<LimitSettings> = {}) => {
    let at = NOON
    const refused: [RefusalReason, number][] = []
    const limits = createLimits({
      settings: { ...DEFAULT_LIMITS, ...settings },
      now: () => at,
      onRefused: (reason, count) => refused.push([reason, count]),
    })
    return { limits, refused, pass: (milliseconds: number) => (at += milliseconds) }
  }
  const event = (more: Partial<EventInput['event']> = {}): EventInput => ({
    kind: 'event',
    id: 'e1',
    at: NOON,
    receivedAt: NOON,
    source: 'public',
    event: {
      type: 'track',
      name: 'Looked',
      anonymousId: 'a1',
      properties: {},
      traits: {},
      context: {},
      ...more,
    },
  })
  const signUp = (anonymousId: string) => event({ name: 'Subscribed', anonymousId })
  const thrown = (act: () => void) => {
    try {
      act()
    } catch (error) {
      if (error instanceof CicloError) return { code: error.code, retryAfter: error.retryAfter }
      throw error
    }
    return undefined
  }

  it('of a key: 100,000 events at once and 20,000 a second, from wherever they come', () => {
    const { limits, refused, pass } = open()
    const charge = (client = stranger) => thrown(() => limits.charge({ client, key: secret }, 2_500))
    for (let batch = 0; batch < 40; batch += 1) expect(charge()).toBeUndefined()
    expect(charge()).toEqual({ code: 'too-many-requests', retryAfter: 1 })
    expect(refused).toEqual([['events-per-key', 2_500]])
    pass(125)
    expect(charge()).toBeUndefined()
    expect(charge(other)).toEqual({ code: 'too-many-requests', retryAfter: 1 })
    expect(charge(local)).toBeUndefined()
    expect(thrown(() => limits.charge({ client: other, key }, 2_500))).toBeUndefined()
  })

  it('of an address: 20,000 events at once and 200 a second, with the write key', () => {
    const { limits, refused, pass } = open()
    const charge = (client = stranger, used: typeof key | typeof secret = key) =>
      thrown(() => limits.charge({ client, key: used }, 2_000))
    for (let batch = 0; batch < 10; batch += 1) expect(charge()).toBeUndefined()
    expect(charge()).toEqual({ code: 'too-many-requests', retryAfter: 10 })
    expect(charge(other)).toBeUndefined()
    expect(charge(local)).toBeUndefined()
    expect(charge(stranger, secret)).toBeUndefined()
    pass(10_000)
    expect(charge()).toBeUndefined()
    expect(refused).toEqual([['events-per-address', 2_000]])
  })

  it('of an address do not use up those of the key for everybody else', () => {
    const { limits } = open()
    for (let batch = 0; batch < 1_000; batch += 1)
      thrown(() => limits.charge({ client: stranger, key }, 2_500))
    expect(thrown(() => limits.charge({ client: other, key }, 2_500))).toBeUndefined()
  })

  it('of a customer: 5,000 events at once and 20 a second; the others of the batch pass', () => {
    const { limits, refused, pass } = open()
    const flood = () =>
      limits.refusalsOf(
        { client: stranger, key },
        Array.from({ length: 2_500 }, () => event()),
      )
    expect([flood().size, flood().size, flood().size]).toEqual([0, 0, 2_500])
    expect(refused).toEqual([['events-per-customer', 2_500]])
    const mixed = [event(), event({ anonymousId: 'a2' }), event()]
    const refusals = limits.refusalsOf({ client: stranger, key }, mixed)
    expect([...refusals.keys()]).toEqual([0, 2])
    expect(refusals.get(0)).toMatchObject({ code: 'too-many-requests', wait: 100 })
    const claimed = { anonymousId: undefined, userId: 'a1' } as unknown as Partial<EventInput['event']>
    expect(limits.refusalsOf({ client: stranger, key }, [event(claimed)]).size).toBe(1)
    expect(limits.refusalsOf({ client: local, key }, [event()]).size).toBe(0)
    expect(limits.refusalsOf({ client: stranger, key: secret }, [event()]).size).toBe(0)
    expect(limits.refusalsOf({ client: stranger, key: { ...key, workspaceId: 'w2' } }, [event()]).size).toBe(
      0,
    )
    pass(100)
    expect(limits.refusalsOf({ client: stranger, key }, [event(), event(), event()]).size).toBe(3)
    expect(limits.refusalsOf({ client: stranger, key }, [event(), event()]).size).toBe(0)
  })

  it('of sign-ups: 20 an hour from an address, 10,000 an hour for the workspace', () => {
    const { limits, refused, pass } = open({ signUps: 100 })
    const signUps = (client: typeof stranger, count: number) =>
      limits.refusalsOf(
        { client, key },
        Array.from({ length: count }, (_, index) => signUp(`s${index}`)),
      )
    expect([...signUps(stranger, 21).keys()]).toEqual([20])
    expect(signUps(stranger, 1).get(0)).toMatchObject({ code: 'too-many-sign-ups', wait: 180_000 })
    expect(limits.refusalsOf({ client: stranger, key }, [event()]).size).toBe(0)
    expect(signUps(other, 20).size).toBe(0)
    expect(signUps(local, 60).size).toBe(0)
    expect(signUps(local, 1).get(0)).toMatchObject({ code: 'too-many-sign-ups', wait: 36_000 })
    expect(limits.refusalsOf({ client: stranger, key: secret }, [signUp('shop')]).size).toBe(0)
    expect(new Set(refused.map(([reason]) => reason))).toEqual(new Set(['sign-ups-per-address', 'sign-ups']))
    pass(180_000)
    expect(signUps(stranger, 1).size).toBe(0)
  })

  it('of wrong keys: 100 a minute from an address', () => {
    const { limits, refused, pass } = open()
    const attempt = (client: typeof stranger) =>
      thrown(() => limits.expectFewWrongKeys(client)) ?? limits.countWrongKey(client)
    for (let count = 0; count < 100; count += 1) expect(attempt(stranger)).toBeUndefined()
    expect(attempt(stranger)).toEqual({ code: 'too-many-requests', retryAfter: 1 })
    expect(attempt(other)).toBeUndefined()
    for (let count = 0; count < 200; count += 1) expect(attempt(local)).toBeUndefined()
    expect(refused).toEqual([['wrong-keys', 1]])
    pass(600)
    expect(attempt(stranger)).toBeUndefined()
  })

  it('are none where they are switched off', () => {
    const off = Object.fromEntries(Object.keys(DEFAULT_LIMITS).map((name) => [name, Infinity]))
    const { limits, refused } = open(off)
    for (let batch = 0; batch < 100; batch += 1) {
      limits.charge({ client: stranger, key }, 2_500)
      limits.expectFewWrongKeys(stranger)
      limits.countWrongKey(stranger)
    }
    const many = Array.from({ length: 20_000 }, () => signUp('a1'))
    expect(limits.refusalsOf({ client: stranger, key }, many).size).toBe(0)
    expect(refused).toEqual([])
  })
})

describe('a user agent', () => {
  const isBot = createIsBot()
  const chrome =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0 Safari/537.36'

  it.each<[userAgent: unknown, bot: boolean]>([
    [chrome, false],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1',
      false,
    ],
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', true],
    [chrome.replace('Chrome/', 'HeadlessChrome/'), true],
    ['python-requests/2.32', true],
    ['', false],
    [undefined, false],
    [{ toString: 'no text' }, false],
  ])('%s: %s', (userAgent, bot) => {
    expect([isBot(userAgent), isBot(userAgent)]).toEqual([bot, bot])
  })

  it('is looked at no further than real ones are long', () => {
    expect(isBot(`${chrome} ${'a'.repeat(100)} bot`)).toBe(true)
    expect(isBot(`${chrome} ${'a'.repeat(30_000)} bot`)).toBe(false)
  })
})
