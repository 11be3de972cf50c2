import { describe, expect, it } from 'vitest'
import { readJourneyText } from '../src/index.ts'

const HEAD = `id: tested
name: Tested
trigger: { kind: transition, region: stage, to: lapsed }
reentry: { kind: never }
`
const MAIL = `steps:
  - { kind: send, id: mail, template: win-back, purpose: marketing }
`
const PAUSE = `  - kind: delay
    id: pause
    duration: 2d
`

const textsOf = (text: string): string[] => {
  const read = readJourneyText(text, 'tested.yaml')
  return 'problems' in read ? read.problems.map((problem) => problem.text) : []
}

describe('a journey in a file', () => {
  it('is read with its defaults, and with the places of its parts', () => {
    const read = readJourneyText(`# Who has been away\n${HEAD}${MAIL}${PAUSE}`)
    if ('problems' in read) throw new Error(read.problems[0]?.text)
    expect(read.journey).toEqual({
      id: 'tested',
      name: 'Tested',
      trigger: { kind: 'transition', region: 'stage', to: 'lapsed' },
      reentry: { kind: 'never', per: 'key' },
      repeat: 'ignore',
      holdOut: 0,
      exits: [],
      steps: [
        {
          kind: 'send',
          id: 'mail',
          template: 'win-back',
          purpose: 'marketing',
          to: 'customer',
          onCap: 'postpone',
        },
        { kind: 'delay', id: 'pause', duration: 172_800_000 },
      ],
    })
    expect(read.placeOf(['steps', 1, 'duration'])).toEqual({ line: 10, column: 5 })
    expect(read.placeOf(['steps', 0, 'template'])).toEqual({ line: 7, column: 29 })
    expect(read.placeOf(['steps', 1])).toEqual({ line: 8, column: 5 })
    expect(read.placeOf(['exits'])).toEqual({ line: 2, column: 1 })
  })

  it.each([undefined, 2, '\t'])('may be JSON, indented by %j', (indent) => {
    const read = readJourneyText(`${HEAD}${MAIL}${PAUSE}`)
    if ('problems' in read) throw new Error(read.problems[0]?.text)
    expect(readJourneyText(JSON.stringify(read.journey, null, indent))).toMatchObject({
      journey: read.journey,
    })
  })

  it('may say things once, and again by their name', () => {
    const read = readJourneyText(
      `${HEAD}${MAIL}exits:\n  - { on: &ordered { kind: event, name: Order Completed } }\ngoal: { on: *ordered, within: 5d }\n`,
    )
    if ('problems' in read) throw new Error(read.problems[0]?.text)
    expect(read.journey.goal?.on).toEqual(read.journey.exits[0]?.on)
    expect(read.placeOf(['goal', 'on', 'name'])).toEqual({ line: 8, column: 35 })
  })

  it.each<[what: string, text: string, said: string[]]>([
    [
      'a duration that is none',
      `${HEAD}${MAIL}${PAUSE.replace('2d', '2 days')}`,
      [
        'tested.yaml:9:5 steps.1.duration: given "2 days", expected a duration: milliseconds, or text such as 30m, 4h, 2d or 1w',
      ],
    ],
    [
      'a field that is mistyped',
      `${HEAD}${MAIL.replace('template', 'tempalte')}`,
      [
        'tested.yaml:6:5 steps.0.template: given nothing, expected a text',
        'tested.yaml:6:29 steps.0.tempalte: given a field that is not known here, expected template',
      ],
    ],
    [
      'a field that could be left out, mistyped',
      `${HEAD}hold_out: 0.1\n${MAIL}`,
      ['tested.yaml:5:1 hold_out: given a field that is not known here, expected holdOut'],
    ],
    [
      'a field of another kind of step',
      `${HEAD}${MAIL}${PAUSE}    timeout: 3d\n`,
      [
        'tested.yaml:10:5 steps.1.timeout: given a field that is not known here, expected one of kind, id, duration, next',
      ],
    ],
    [
      'a field deep in a condition',
      `${HEAD}entry: { kind: and, rules: [{ kind: lifecycle, region: stage, states: [new], state: new }] }\n${MAIL}`,
      ['tested.yaml:5:78 entry.rules.0.state: given a field that is not known here, expected states'],
    ],
    [
      'a kind that is none',
      `${HEAD}${MAIL.replace('send', 'sned')}`,
      [
        'tested.yaml:6:7 steps.0.kind: given "sned", expected send, or another of delay, until, untilDate, wait, branch, split, update, coupon, webhook, startJourney, endJourney, end',
      ],
    ],
    [
      'a choice that is none',
      `${HEAD}${MAIL.replace('marketing', 'spam')}`,
      ['tested.yaml:6:49 steps.0.purpose: given "spam", expected one of marketing, transactional'],
    ],
    [
      'a key that is none',
      `${HEAD}key: crat\n${MAIL}`,
      ['tested.yaml:5:1 key: given "crat", expected cart, or another of checkout, order, or a map of fields'],
    ],
    [
      'a code from two places',
      `${HEAD}${MAIL}  - { kind: coupon, id: code, from: { pool: a, code: B } }\n`,
      [
        'tested.yaml:7:31 steps.1.from: given {"pool":"a","code":"B"}, expected none of code, or none of pool',
      ],
    ],
    [
      'a target that is no step',
      `${HEAD}${MAIL}${PAUSE}    next: nowhere\n`,
      ["tested.yaml:10:5 steps.1.next: given 'nowhere', expected the id of a step, or end"],
    ],
    [
      'an id twice',
      `${HEAD}${MAIL}${MAIL.replace('steps:\n', '')}`,
      [
        'tested.yaml:5:1 steps: given [{"kind":"send","id":"mail","template":"win-back","purpose":"marketing"},{"kind"…, expected every step id once',
      ],
    ],
    [
      'too much of something',
      `${HEAD}holdOut: 0.9\n${MAIL}`,
      ['tested.yaml:5:1 holdOut: given 0.9, expected number to be <=0.5'],
    ],
    [
      'an address that is none',
      `${HEAD}${MAIL}  - { kind: webhook, id: call, url: shop.example }\n`,
      [
        'tested.yaml:7:32 steps.1.url: given "shop.example", expected an address that begins with http:// or https://',
      ],
    ],
    ['a list instead of a map', '- 1\n', ['tested.yaml:1:1: given [1], expected a map of fields']],
    ['nothing', '', ['tested.yaml:1:1: given null, expected a map of fields']],
    ['a name twice', `${HEAD}id: other\n${MAIL}`, ['tested.yaml:5:1: Map keys must be unique']],
    [
      'a name of the language’s own',
      `${HEAD}__proto__: { id: other }\n${MAIL}`,
      [
        'tested.yaml:5:1 __proto__: given a field that is not known here, expected one of id, name, description, trigger, entry, key, reentry, repeat, exclusion, holdOut, goal, exits, steps',
      ],
    ],
    [
      'two documents',
      `${HEAD}${MAIL}---\na: 1\n`,
      ['tested.yaml:7:1: Source contains multiple documents; please use YAML.parseAllDocuments()'],
    ],
    [
      'a tag',
      `${HEAD}${MAIL}description: !!binary aGVsbG8=\n`,
      ['tested.yaml:7:14: Unresolved tag: tag:yaml.org,2002:binary'],
    ],
    [
      'another YAML',
      `%YAML 1.1\n---\n${HEAD}${MAIL}`,
      ['tested.yaml:1:1: given YAML 1.1, expected YAML 1.2'],
    ],
    [
      'a map as a name',
      `${HEAD}? { a: 1 }\n: 2\n${MAIL}`,
      ['tested.yaml:5:3: given a field that is called by a list or a map, expected a name'],
    ],
    [
      'a part inside itself',
      `${HEAD}entry: &a { kind: not, rule: *a }\n${MAIL}`,
      ['tested.yaml:5:30: given *a inside itself, expected another part'],
    ],
    [
      'a part that is not there',
      `${HEAD}entry: *a\n${MAIL}`,
      ['tested.yaml:1:1: Unresolved alias (the anchor must be set before the alias): a'],
    ],
  ])('is refused for %s', (_what, text, said) => {
    expect(textsOf(text)).toEqual(said)
  })

  it('tells everything that is wrong at once, in the order of the text', () => {
    const read = readJourneyText(`name: 7\nidd: tested\n${MAIL.replace('marketing', 'x')}`)
    expect('problems' in read && read.problems.map(({ path, line }) => [line, path.join('.')])).toEqual([
      [1, 'id'],
      [1, 'name'],
      [1, 'trigger'],
      [1, 'reentry'],
      [2, 'idd'],
      [4, 'steps.0.purpose'],
    ])
  })

  it.each([
    ['many parts inside each other', '['.repeat(20_000), /too many parts inside each other/],
    ['many lists inside each other', `${'- '.repeat(20_000)}x`, /too many parts inside each other/],
    ['a very long text', ' '.repeat(300_000), /given 300000 characters, expected at most 262144/],
    [
      'names that multiply',
      Array.from({ length: 9 }, (_, index) =>
        index === 0
          ? 'a0: &a0 [x, x, x, x, x, x, x, x]'
          : `a${index}: &a${index} [${`*a${index - 1}, `.repeat(8)}]`,
      ).join('\n'),
      /Excessive alias count/,
    ],
  ])('is not read further than it is good for anything: %s', (_what, text, said) => {
    expect(textsOf(text).join()).toMatch(said)
    expect(textsOf(text)).toHaveLength(1)
  })
})
