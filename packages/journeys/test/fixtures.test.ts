import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { runFixtures } from '../src/runFixtures.ts'
import { readFixtureTime, writeFixtureTime } from '../src/fixtureTime.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url))
const files = readdirSync(FIXTURES).filter((file) => file.endsWith('.yaml'))

const folder = mkdtempSync(join(tmpdir(), 'ciclo-fixtures-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the text of a fixture as a file of its own. */
function run(text: string, name = 'given.yaml') {
  writeFileSync(join(folder, name), text)
  return runFixtures([name], folder)
}

const cartWith = (expectation: string) => `
journey: cart-abandonment
start: 2026-03-02T09:00:00Z
cases:
  - name: a cart
    customer: { email: ann@example.com, permission: subscribed, timeZone: Europe/Madrid }
    events:
      - { at: +0, name: Product Added, properties: { cart_id: c1, product_id: p1 } }
      - { at: +2d, name: Order Completed, properties: { order_id: o1, cart_id: c1, total: 10 } }
    until: +10d
    expect: ${expectation}
`

const FIRST = '{ at: +4h, template: cart-reminder }'
const SECOND = '{ at: +1d, template: cart-reminder }'

describe('the shipped fixtures', () => {
  it.each(files)('%s passes', (file) => {
    const { failed, passed, lines } = runFixtures([file], FIXTURES)
    expect(lines.slice(1)).toEqual([])
    expect(failed).toBe(0)
    expect(passed).toBeGreaterThan(0)
  })

  it('are what runs where no file is named', () => {
    const { passed, failed, lines } = runFixtures([])
    expect(lines).toHaveLength(files.length)
    expect(failed).toBe(0)
    expect(passed).toBeGreaterThan(150)
  })

  it('each fail once a mail goes out at another time', () => {
    for (const file of files) {
      const text = readFileSync(join(FIXTURES, file), 'utf8').replaceAll(
        './journeys/',
        `${FIXTURES}journeys/`,
      )
      const later = text.replaceAll(/at: (?:'[^']*'|[^,\n]*)(, template: )/g, 'at: +1ms$1')
      expect(later, file).not.toBe(text)
      const { lines, failed } = run(later, file)
      expect(
        lines.some((line) => /^ {4}\+ /.test(line)),
        file,
      ).toBe(true)
      expect(failed, file).toBeGreaterThan(0)
    }
  })
})

describe('a case that does not come out as expected', () => {
  it.each<[what: string, expectation: string, lines: string[]]>([
    [
      'a mail at another time',
      `{ sends: [{ at: +5h, template: cart-reminder }, ${SECOND}] }`,
      [
        'sends: - expected, + got',
        '  - +5h        Mon 2026-03-02 15:00  cart-reminder',
        '  + +4h        Mon 2026-03-02 14:00  cart-reminder',
        '    +1d        Tue 2026-03-03 10:00  cart-reminder',
      ],
    ],
    [
      'a mail too few',
      `{ sends: [${FIRST}] }`,
      [
        'sends: - expected, + got',
        '    +4h        Mon 2026-03-02 14:00  cart-reminder',
        '  + +1d        Tue 2026-03-03 10:00  cart-reminder',
      ],
    ],
    [
      'a mail too many',
      `{ sends: [${FIRST}, ${SECOND}, { at: +3d, template: cart-offer }] }`,
      [
        'sends: - expected, + got',
        '    +4h        Mon 2026-03-02 14:00  cart-reminder',
        '    +1d        Tue 2026-03-03 10:00  cart-reminder',
        '  - +3d        Thu 2026-03-05 10:00  cart-offer',
      ],
    ],
    [
      'another product in it',
      `{ sends: [{ at: +4h, template: cart-reminder, products: [p2] }, ${SECOND}] }`,
      [
        'sends: - expected, + got',
        '  - +4h        Mon 2026-03-02 14:00  cart-reminder  products ["p2"]',
        '  + +4h        Mon 2026-03-02 14:00  cart-reminder  products ["p1"]',
        '    +1d        Tue 2026-03-03 10:00  cart-reminder  products ["p1"]',
      ],
    ],
    [
      'a refusal that does not come, where nothing was said to be sent',
      '{ refused: [{ at: +4h, template: cart-reminder, reason: no-permission }] }',
      [
        'sends: - expected, + got',
        '  + +4h        Mon 2026-03-02 14:00  cart-reminder',
        '  + +1d        Tue 2026-03-03 10:00  cart-reminder',
        'refused: - expected, + got',
        '  - +4h        Mon 2026-03-02 14:00  cart-reminder  no-permission',
      ],
    ],
    [
      'a run that ends otherwise',
      '{ runs: [{ at: +0, ended: +3d, reason: completed }] }',
      [
        'runs: - expected, + got',
        '  - +0s        Mon 2026-03-02 10:00  ended +3d        Thu 2026-03-05 10:00  completed',
        '  + +0s        Mon 2026-03-02 10:00  ended +2d        Wed 2026-03-04 10:00  goal',
      ],
    ],
    [
      'a run that is not under way any more',
      '{ runs: [{ ended: null, key: c1 }] }',
      [
        'runs: - expected, + got',
        '  - still under way  key c1',
        '  + +0s        Mon 2026-03-02 10:00  ended +2d        Wed 2026-03-04 10:00  goal  key c1',
      ],
    ],
    [
      'another state',
      '{ states: { stage: active, value: standard } }',
      ['state stage: expected active, got new'],
    ],
    ['another trait', '{ traits: { colour: red } }', ['trait colour: expected red, got nothing']],
  ])('is told line by line: %s', (_what, expectation, lines) => {
    expect(run(cartWith(expectation))).toEqual({
      passed: 0,
      failed: 1,
      lines: ['FAIL given.yaml: 0 of 1', 'given.yaml:5: a cart', ...lines.map((line) => `  ${line}`)],
    })
  })

  it('is not one where mails are written in another order', () => {
    expect(run(cartWith(`{ sends: [${SECOND}, ${FIRST}] }`)).failed).toBe(0)
  })

  it('does not hide what another one of the file comes to', () => {
    const one = cartWith(`{ sends: [${FIRST}, ${SECOND}] }`)
    const [, other] = one.split('cases:\n')
    const { passed, failed, lines } = run(`${one}${other?.replace('+4h', '+3h')}`)
    expect({ passed, failed, first: lines[0] }).toEqual({
      passed: 1,
      failed: 1,
      first: 'FAIL given.yaml: 1 of 2',
    })
  })
})

describe('a fixture that cannot be run', () => {
  const good = cartWith('{ sends: [] }')
  it.each<[what: string, text: string, problem: RegExp]>([
    ['is no YAML', 'journey: [', /^given\.yaml:1:\d+: /],
    [
      'has no case',
      'journey: vip\nstart: 2026-03-02T09:00:00Z\ncases: []',
      /:3:1 cases: .*at least one case/,
    ],
    [
      'expects nothing',
      cartWith('{}'),
      /:11:5 cases\.0\.expect: .*a case that expects nothing tests nothing/,
    ],
    ['has a mistyped name', good.replace('until:', 'untill:'), /:10:5 cases\.0\.untill: .*not known here/],
    ['has no such time', good.replace('+2d,', 'tomorrow,'), /:9:11 cases\.0\.events\.1\.at: .*such as \+4h/],
    [
      'has an unknown zone',
      good.replace('Europe/Madrid', 'Europe/Paradise'),
      /timeZone: .*such as Europe\/Madrid/,
    ],
    [
      'has an unknown state',
      cartWith('{ states: { stage: happy } }'),
      /states\.stage: .*one of visitor, prospect/,
    ],
    ['names no event', good.replace('name: Product Added,', ''), /events\.0\.name: .*the event's name/],
    [
      'knows no such journey',
      good.replace('cart-abandonment', 'carts'),
      /'carts', expected the id of a shipped/,
    ],
    ['has no such file', good.replace('cart-abandonment', './carts.yaml'), /\.\/carts\.yaml: cannot be read/],
    ['has a wrong setting', `settings: { vipLine: none }\n${good}`, /:1:13 settings\.vipLine: /],
    [
      'has no such setting',
      `settings: { vip: 1 }\n${good}`,
      /settings\.vip: given a setting that is not known/,
    ],
    [
      'has a wrong setting in a case',
      good.replace('    until:', '    settings: { quietHours: late }\n    until:'),
      /:10:17 cases\.0\.settings\.quietHours: /,
    ],
  ])('says where and why: %s', (_what, text, problem) => {
    const { passed, failed, lines } = run(text)
    expect({ passed, failed }).toEqual({ passed: 0, failed: 1 })
    expect(lines.join('\n')).toMatch(problem)
  })

  it('is one that is not there', () => {
    const { failed, lines } = runFixtures(['nowhere.yaml'], folder)
    expect(failed).toBe(1)
    expect(lines.join()).toMatch(/^nowhere\.yaml: cannot be read: ENOENT/)
  })

  it('is none in a folder without any', () => {
    mkdirSync(join(folder, 'empty'))
    expect(runFixtures(['empty'], folder)).toMatchObject({
      passed: 0,
      failed: 1,
      lines: ['empty: no fixture found, expected files that end with .yaml'],
    })
  })
})

it('the example of the page about shipped journeys passes', () => {
  const page = readFileSync(new URL('../../../docs/journeys-shipped.md', import.meta.url), 'utf8')
  const [, example = ''] = /```yaml\n(journey: [^`]*)```/.exec(page) ?? []
  expect(run(example).lines).toEqual(['ok   given.yaml: 1 of 1'])
})

describe('a journey of one’s own', () => {
  const journey = (steps: string) => `
id: own
name: Own
trigger: { kind: event, name: Something }
reentry: { kind: always }
steps: ${steps}
`
  const fixture = (expectation: string) => `
journey: ./own.journey.yml
start: 2026-03-02T09:00:00Z
cases:
  - name: something
    customer: { email: ann@example.com }
    events: [{ at: +0, name: Something }]
    until: +10d
    expect: ${expectation}
`
  it('is found beside its fixture, and tested for what it does besides mails', () => {
    const steps =
      '[{ kind: update, id: u, traits: { colour: red } }, { kind: delay, id: d, duration: 1h }, { kind: webhook, id: w, url: "https://example.com/" }, { kind: coupon, id: c, from: { code: TEN } }, { kind: send, id: s, template: vip, purpose: transactional }]'
    writeFileSync(join(folder, 'own.journey.yml'), journey(steps))
    const expectation =
      '{ sends: [{ at: +1h, template: vip, coupon: TEN }], traits: { colour: red }, webhooks: [{ at: +1h, step: w }] }'
    expect(run(fixture(expectation)).lines).toEqual(['ok   given.yaml: 1 of 1'])
    expect(run(fixture(expectation.replace('step: w', 'step: x'))).failed).toBe(1)
  })

  it('that starts by a segment is tested with the fixture’s own', () => {
    const steps = '[{ kind: send, id: s, template: vip, purpose: transactional }]'
    const trigger = 'trigger: { kind: segment, segment: keen, to: in }'
    writeFileSync(join(folder, 'own.journey.yml'), journey(steps).replace(/trigger: .*/, trigger))
    const keen = 'segments: [{ id: keen, rule: { kind: event, name: Something, atLeast: 2 } }]\ncases:'
    const twice = '[{ at: +0, name: Something }, { at: +1h, name: Something }]'
    const text = fixture('{ sends: [{ at: +1h, template: vip }] }')
      .replace('cases:', keen)
      .replace('[{ at: +0, name: Something }]', twice)
    expect(run(text).lines).toEqual(['ok   given.yaml: 1 of 1'])
  })

  it('that goes in a circle is told so', () => {
    writeFileSync(
      join(folder, 'own.journey.yml'),
      journey(
        '[{ kind: update, id: u, traits: { a: 1 }, next: u2 }, { kind: update, id: u2, traits: { a: 2 }, next: u }]',
      ),
    )
    expect(run(fixture('{ sends: [] }')).lines[2]).toMatch(/cannot be run: .*circle/)
  })

  it('that is wrong is told with its place', () => {
    writeFileSync(join(folder, 'own.journey.yml'), journey('[{ kind: delay, id: d, duration: 2 days }]'))
    expect(run(fixture('{ sends: [] }')).lines[0]).toMatch(
      /^\.\/own\.journey\.yml:6:\d+ steps\.0\.duration: given "2 days"/,
    )
  })
})

describe('times of a fixture', () => {
  const clock = { start: Date.parse('2026-03-02T09:00:00Z'), zone: 'Europe/Madrid' }

  it.each([
    ['+0s', '2026-03-02T09:00:00.000Z'],
    ['+4h', '2026-03-02T13:00:00.000Z'],
    ['+1d 4h30m', '2026-03-03T13:30:00.000Z'],
    ['-2w', '2026-02-16T09:00:00.000Z'],
    ['+5ms', '2026-03-02T09:00:00.005Z'],
    ['2026-03-29T07:00:00Z', '2026-03-29T07:00:00.000Z'],
    ['2026-03-29T09:00+03:00', '2026-03-29T06:00:00.000Z'],
    ['2026-03-29T09:00-0430', '2026-03-29T13:30:00.000Z'],
    // By the customer's clock, before and after it is put forward.
    ['2026-03-28 09:00', '2026-03-28T08:00:00.000Z'],
    ['2026-03-29 09:00', '2026-03-29T07:00:00.000Z'],
    ['2026-03-29', '2026-03-28T23:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(new Date(readFixtureTime(text, clock) ?? 0).toISOString()).toBe(instant)
  })

  it.each([
    '',
    '4h',
    '+4',
    '+4x',
    'tomorrow',
    '2026-13-01',
    '2026-03-02T25:00',
    '+',
    '2026-03-02T09:00 Europe/Madrid',
  ])('%s is none', (text) => {
    expect(readFixtureTime(text, clock)).toBeUndefined()
  })

  it.each([
    ['2026-03-02T09:00:00Z', '+0s        Mon 2026-03-02 10:00'],
    ['2026-03-03T13:30:00Z', '+1d 4h 30m Tue 2026-03-03 14:30'],
    ['2026-03-29T07:00:00Z', '+26d 22h   Sun 2026-03-29 09:00'],
    ['2026-03-02T08:59:59Z', '-1s        Mon 2026-03-02 09:59:59'],
  ])('%s is shown as %s', (instant, text) => {
    expect(writeFixtureTime(Date.parse(instant), clock)).toBe(text)
  })
})
