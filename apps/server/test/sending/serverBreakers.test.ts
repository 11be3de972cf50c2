import { expect, it } from 'vitest'
import { createServerBreakers } from '../../src/sending/serverBreakers.ts'

const SERVER = 'smtp://user:CANARY@mail.example:587'
const REFUSED = { code: 'ECONNECTION', message: 'connect ECONNREFUSED' }
const BUSY = { responseCode: 421, response: '421 4.3.2 Too busy', command: 'CONN' }
const WRONG_PASSWORD = { code: 'EAUTH', responseCode: 535, response: '535 5.7.8 No', command: 'AUTH PLAIN' }
const GREYLISTED = { responseCode: 450, response: '450 4.2.0 Greylisted', command: 'RCPT TO' }
const NO_SUCH_USER = { responseCode: 550, response: '550 5.1.1 No such user', command: 'RCPT TO' }

function setUp({ random = () => 1 }: { random?: () => number } = {}) {
  const clock = { now: 0 }
  const told: string[] = []
  const breakers = createServerBreakers({
    now: () => clock.now,
    random,
    onAway: (host, reason) => told.push(`away ${host} ${reason}`),
    onBack: (host) => told.push(`back ${host}`),
  })
  const fail = (count: number, error: unknown = REFUSED) => {
    for (let turn = 0; turn < count; turn += 1) breakers.attempted(SERVER, error)
  }
  return { breakers, clock, told, fail }
}

it.each([
  ['a connection that is refused', REFUSED, 5],
  ['a server that is too busy', BUSY, 5],
  ['a wrong password, which is no matter of the mail', WRONG_PASSWORD, 5],
  ['a storm of mails that are put off', GREYLISTED, 20],
])('%s leaves the server alone after so many', (_what, error, needed) => {
  const { breakers, fail } = setUp()
  fail(needed - 1, error)
  expect(breakers.admit(SERVER)).toBeNull()
  fail(1, error)
  expect(breakers.admit(SERVER)).toBe(1_000)
  expect(breakers.away()).toBe(1)
})

it.each([
  ['takes one', undefined],
  ['refuses one for its recipient', NO_SUCH_USER],
])('a server that %s in between is there', (_what, answer) => {
  const { breakers, fail } = setUp()
  fail(4)
  fail(19, GREYLISTED)
  breakers.attempted(SERVER, answer)
  fail(4)
  fail(19, GREYLISTED)
  expect(breakers.admit(SERVER)).toBeNull()
})

it('one address that is put off for days, when nothing else is sent, leaves the server there', () => {
  const { breakers, clock, fail } = setUp()
  for (let attempt = 0; attempt < 72; attempt += 1) {
    fail(1, GREYLISTED)
    expect(breakers.admit(SERVER)).toBeNull()
    clock.now += 3_600_000
  }
})

it('a pause doubles up to 50 seconds, and ends with one mail at a time', () => {
  const { breakers, clock, told, fail } = setUp()
  fail(5)
  const pauses: number[] = []
  for (let turn = 0; turn < 9; turn += 1) {
    const until = breakers.admit(SERVER) ?? 0
    pauses.push(until - clock.now)
    clock.now = until
    expect(breakers.closedUntil(SERVER)).toBeNull()
    // The first who asks tries, all others wait for what comes of it.
    expect(breakers.admit(SERVER)).toBeNull()
    expect(breakers.admit(SERVER)).toBe(clock.now + 30_000)
    fail(1)
  }
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 50, 50, 50].map((seconds) => seconds * 1_000))
  clock.now += 60_000
  expect(breakers.admit(SERVER)).toBeNull()
  breakers.attempted(SERVER)
  expect([breakers.admit(SERVER), breakers.admit(SERVER), breakers.away()]).toEqual([null, null, 0])
  expect(told).toEqual(['away mail.example:587 connect ECONNREFUSED', 'back mail.example:587'])
})

it('what was under way when the pause began does not lengthen it', () => {
  const { breakers, fail } = setUp()
  fail(15)
  expect(breakers.closedUntil(SERVER)).toBe(1_000)
})

it('a try that nobody reports on is over after half a minute', () => {
  const { breakers, clock, fail } = setUp()
  fail(5)
  clock.now = 1_000
  breakers.admit(SERVER)
  clock.now = 31_000
  expect(breakers.admit(SERVER)).toBeNull()
})

it('pauses are spread, and one server is not another', () => {
  const { breakers, fail } = setUp({ random: () => 0 })
  fail(5)
  expect(breakers.closedUntil(SERVER)).toBe(500)
  expect(breakers.closedUntil('smtp://other.example')).toBeNull()
})

it('a server that nobody has asked for long is not told of any more', () => {
  const { breakers, clock, fail } = setUp()
  fail(5)
  clock.now = 9 * 60_000
  expect(breakers.away()).toBe(1)
  clock.now = 11 * 60_000
  expect(breakers.away()).toBe(0)
})
