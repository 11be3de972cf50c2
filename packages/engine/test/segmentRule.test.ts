import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { SegmentRuleSchema } from '../src/index.ts'
import { DAY } from './support/inputs.ts'

const reachable = { kind: 'reachable' }
const bought = { kind: 'event', name: 'Order Completed' }

const copies = (length: number) => Array.from({ length }, () => reachable)

const nested = (depth: number): unknown =>
  Array.from({ length: depth - 1 }).reduce((rule: unknown) => ({ kind: 'not', rule }), reachable)

describe('the schema of segment rules', () => {
  it('takes an event once, ever, where nothing else is said', () => {
    expect(SegmentRuleSchema.parse(bought)).toEqual({
      kind: 'event',
      type: 'track',
      name: 'Order Completed',
      atLeast: 1,
      within: null,
      where: [],
    })
  })

  it.each<[sentence: string, rule: unknown]>([
    ['a rule of one condition', reachable],
    [
      'rules in rules',
      { kind: 'and', rules: [reachable, { kind: 'not', rule: { kind: 'or', rules: [bought] } }] },
    ],
    ['ten of them inside each other', nested(10)],
    [
      'a hundred parts',
      {
        kind: 'and',
        rules: [...Array.from({ length: 2 }, () => ({ kind: 'or', rules: copies(48) })), reachable],
      },
    ],
    ['a page of any name', { kind: 'event', type: 'page' }],
    [
      'a figure with its currency',
      { kind: 'orders', figure: 'average', currency: 'PLN', condition: { operator: 'above', value: 1 } },
    ],
    ['a hundred years', { kind: 'ago', of: 'lastOrder', atLeast: 36_525 * DAY }],
    [
      'an empty text to compare with',
      { kind: 'trait', path: ['plan'], condition: { operator: 'is', value: '' } },
    ],
  ])('takes %s', (_, rule) => {
    expect(SegmentRuleSchema.safeParse(rule).error?.issues).toBeUndefined()
  })

  it.each<[sentence: string, rule: unknown, path: string, message: RegExp]>([
    ['nothing', undefined, '', /expected object/],
    [
      'an unknown kind',
      { kind: 'and', rules: [{ kind: 'mood' }] },
      'rules.0.kind',
      /Invalid (?:discriminator|input)/,
    ],
    ['no parts', { kind: 'or', rules: [] }, 'rules', /Too small/],
    ['eleven of them inside each other', nested(11), '', /at most 100 parts, and 10 of them/],
    ['ten thousand of them inside each other', nested(10_000), '', /at most 100 parts, and 10 of them/],
    [
      'ten thousand of them beside a part that has no place there',
      Array.from({ length: 10_000 }).reduce((rules) => ({ kind: 'and', rule: 1, rules: [rules] }), bought),
      '',
      /at most 100 parts, and 10 of them/,
    ],
    [
      '101 parts',
      {
        kind: 'and',
        rules: [
          { kind: 'or', rules: copies(50) },
          { kind: 'or', rules: copies(48) },
        ],
      },
      '',
      /at most 100 parts/,
    ],
    [
      'parts that count 1,100 times in all',
      {
        kind: 'or',
        rules: Array.from({ length: 11 }, (_, n) => ({ kind: 'event', name: `e${n}`, atLeast: 100 })),
      },
      '',
      /add up to at most 1000/,
    ],
    [
      'a state of another region',
      { kind: 'lifecycle', region: 'value', states: ['vip', 'warm'] },
      'states',
      /states of that region/,
    ],
    [
      'a stage that is none',
      { kind: 'not', rule: { kind: 'lifecycle', region: 'stage', states: ['gone'] } },
      'rule.states',
      /states of that region/,
    ],
    [
      'revenue in no currency',
      { kind: 'orders', figure: 'revenue', condition: { operator: 'exists' } },
      'currency',
      /a currency with revenue/,
    ],
    [
      'a count in a currency',
      { kind: 'orders', figure: 'count', currency: 'EUR', condition: { operator: 'exists' } },
      'currency',
      /none with count/,
    ],
    [
      'a currency that is none',
      { kind: 'orders', figure: 'revenue', currency: 'eur', condition: { operator: 'exists' } },
      'currency',
      /ISO 4217/,
    ],
    [
      'a name of a call without names',
      { kind: 'event', type: 'identify', name: 'x' },
      'name',
      /only track, page and screen/,
    ],
    ['no window at all', { ...bought, within: 0 }, 'within', /a duration/],
    ['a window of more than a hundred years', { ...bought, within: 36_526 * DAY }, 'within', /100 years/],
    [
      'a number that is text',
      { kind: 'trait', path: ['n'], condition: { operator: 'above', value: '5' } },
      'condition.value',
      /expected number/,
    ],
    [
      'an operator that is none',
      { kind: 'trait', path: ['n'], condition: { operator: 'like', value: '5' } },
      'condition.operator',
      /Invalid/,
    ],
    [
      'half a character',
      { kind: 'trait', path: ['n'], condition: { operator: 'contains', value: '\uD83D' } },
      'condition.value',
      /whole characters/,
    ],
    [
      'NUL in a name',
      { kind: 'trait', path: ['a\u0000'], condition: { operator: 'exists' } },
      'path.0',
      /whole characters/,
    ],
    ['an empty path', { kind: 'trait', path: [], condition: { operator: 'exists' } }, 'path', /Too small/],
    ['a country of three letters', { kind: 'country', countries: ['POL'] }, 'countries.0', /ISO 3166-1/],
    ['a language in capitals', { kind: 'language', languages: ['PL'] }, 'languages.0', /ISO 639-1/],
  ])('refuses %s, and says where', (_, rule, path, message) => {
    const [issue] = SegmentRuleSchema.safeParse(rule).error?.issues ?? []
    expect(issue?.path.join('.')).toBe(path)
    expect(issue?.message).toMatch(message)
  })

  it('is a JSON schema too, for the description of the API', () => {
    const schema = JSON.stringify(z.toJSONSchema(SegmentRuleSchema, { io: 'input' }))
    for (const kind of ['trait', 'ago', 'event', 'not']) expect(schema).toContain(`"const":"${kind}"`)
  })
})
