import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { createInstance } from 'i18next'
import { describe, expect, it } from 'vitest'
import { SegmentRuleSchema, type SegmentRule } from '@ciclo/engine'
import { arbitraryRule } from '../../../packages/engine/test/support/arbitraryRules.ts'
import { knownArbitrary, NOW, ruleArbitrary } from '../../server/test/segments/segmentArbitraries.ts'
import { holds } from '../../server/test/segments/segmentOracle.ts'
import { addPart, copyNode, moveNode, removeNode, wrapNode } from '../src/pages/segments/rule/changeTree.ts'
import { CONDITION_STARTS, startOf } from '../src/pages/segments/rule/conditionStarts.ts'
import { contradictionsIn } from '../src/pages/segments/rule/contradictions.ts'
import { describeRule } from '../src/pages/segments/rule/describeRule.ts'
import type { RuleWords } from '../src/pages/segments/rule/describeLeaf.ts'
import { durationText, joinDuration, splitDuration } from '../src/pages/segments/rule/durations.ts'
import { EXAMPLES } from '../src/pages/segments/rule/examples.ts'
import { pathText, readPath } from '../src/pages/segments/rule/pathText.ts'
import { startHistory, stepHistory } from '../src/drafts/editHistory.ts'
import { conditionsIn, nodeOf, ruleOf, type RuleNode } from '../src/pages/segments/rule/ruleTree.ts'
import { segmentIdOf } from '../src/pages/segments/rule/segmentIdOf.ts'
import type english from '../src/words/en/segments.json'
import { STUDIO_LOCALES, type StudioLocale } from '../src/words/studioLocale.ts'

const SEED = Number(process.env['SEED'] ?? 20_261_122)
const seeded = { seed: SEED, numRuns: 300 }
const rules = fc.oneof(ruleArbitrary, arbitraryRule)

const keysIn = (node: RuleNode): string[] =>
  node.type === 'group' ? [node.key, ...node.parts.flatMap(keysIn)] : [node.key]
const leavesOf = (node: RuleNode) =>
  conditionsIn(node)
    .map((condition) => JSON.stringify(condition.node.leaf))
    .toSorted((one, other) => (one < other ? -1 : 1))

const read = (locale: StudioLocale, namespace: string) =>
  JSON.parse(
    readFileSync(new URL(`../src/words/${locale}/${namespace}.json`, import.meta.url), 'utf8'),
  ) as typeof english

async function wordsIn(locale: StudioLocale): Promise<RuleWords> {
  const i18n = createInstance()
  await i18n.init({
    lng: locale,
    resources: { [locale]: { segments: read(locale, 'segments'), states: read(locale, 'states') } },
    defaultNS: 'segments',
    interpolation: { escapeValue: false },
  })
  return {
    t: i18n.getFixedT(locale, ['segments', 'states']),
    number: String,
    percent: (share) => `${share * 100} %`,
    money: (minorUnits, currency = 'EUR') => `${minorUnits / 100} ${currency}`,
    duration: (milliseconds) => durationText(milliseconds, locale),
    either: (texts) => new Intl.ListFormat(locale, { type: 'disjunction' }).format(texts),
    language: (code) => code,
    country: (code) => code,
  }
}

describe('A rule in the builder', () => {
  it(`comes out as it went in, whatever it is (seed ${SEED})`, () => {
    fc.assert(
      fc.property(rules, (rule) => {
        const kept = JSON.stringify(rule)
        expect(JSON.stringify(ruleOf(nodeOf(rule)))).toBe(kept)
      }),
      seeded,
    )
    fc.assert(
      fc.property(fc.jsonValue(), (anything) => {
        expect(ruleOf(nodeOf(anything))).toEqual(anything)
      }),
      seeded,
    )
  })

  it.each<[kind: string, rule: unknown]>([
    ['a kind of another version', { kind: 'weather', sky: 'blue' }],
    ['a field of another version', { kind: 'reachable', by: 'post' }],
    [
      'values of several types',
      { kind: 'trait', path: ['a'], condition: { operator: 'isOneOf', values: ['5', 5] } },
    ],
    [
      'a comparison that no number has',
      { kind: 'orders', figure: 'count', condition: { operator: 'exists' } },
    ],
    ['a state that is named twice', { kind: 'lifecycle', region: 'stage', states: ['new', 'new'] }],
    ['a group with more to it', { kind: 'and', rules: [{ kind: 'reachable' }], weight: 2 }],
  ])('is shown as code, and kept, where it has %s', (_, rule) => {
    const node = nodeOf({ kind: 'and', rules: [{ kind: 'not', rule }, { kind: 'reachable' }] })
    expect(node).toMatchObject({ parts: [{ type: 'foreign', nots: 1 }, { type: 'condition' }] })
    expect(ruleOf(node)).toEqual({ kind: 'and', rules: [{ kind: 'not', rule }, { kind: 'reachable' }] })
  })

  it(`loses no condition however it is moved about, and takes all of it back (seed ${SEED})`, () => {
    const move = fc.record({
      action: fc.constantFrom('up', 'down', 'wrap', 'copy', 'remove', 'add'),
      at: fc.nat(50),
    })
    fc.assert(
      fc.property(rules, fc.array(move, { maxLength: 12 }), (rule, moves) => {
        let history = startHistory(nodeOf(rule))
        const all = [history.value]
        for (const { action, at } of moves) {
          const { value: root } = history
          const keys = keysIn(root)
          const key = keys[at % keys.length] ?? ''
          const before = leavesOf(root)
          const changed = {
            up: () => moveNode(root, key, -1),
            down: () => moveNode(root, key, 1),
            wrap: () => wrapNode(root, key),
            copy: () => copyNode(root, key).root,
            remove: () => removeNode(root, key),
            add: () => addPart(root, key, nodeOf({ kind: 'reachable' })),
          }[action]()
          if (action === 'up' || action === 'down' || action === 'wrap')
            expect(leavesOf(changed)).toEqual(before)
          if (action === 'copy') expect(leavesOf(changed).length).toBeGreaterThan(before.length - 1)
          expect(new Set(keysIn(changed)).size).toBe(keysIn(changed).length)
          history = stepHistory(history, { type: 'edit', value: changed })
          if (changed !== root) all.push(changed)
        }
        for (const tree of all.toReversed().slice(1)) {
          history = stepHistory(history, { type: 'undo' })
          expect(history.value).toBe(tree)
        }
        for (const tree of all.slice(1)) {
          history = stepHistory(history, { type: 'redo' })
          expect(history.value).toBe(tree)
        }
      }),
      seeded,
    )
  })

  it('takes what was typed into one field back at once', () => {
    const typed = ['a', 'ab', 'abc'].map((value) =>
      nodeOf({ kind: 'trait', path: ['x'], condition: { operator: 'is', value } }),
    )
    const start = nodeOf({ kind: 'reachable' })
    const history = typed.reduce(
      (before, root) => stepHistory(before, { type: 'edit', value: root, field: 'value' }),
      startHistory(start),
    )
    expect(stepHistory(history, { type: 'undo' }).value).toBe(start)
  })

  it('moves a condition past others, into a group that stands there, and out of it again', () => {
    const lettered = (...letters: unknown[]) => ({ kind: 'and', rules: letters })
    const [a, b, c] = ['a', 'b', 'c'].map((name) => ({
      kind: 'trait',
      path: [name],
      condition: { operator: 'exists' },
    }))
    const root = nodeOf(lettered(a, lettered(b, c)))
    const key = root.type === 'group' ? (root.parts[0]?.key ?? '') : ''
    const steps = [
      lettered(lettered(a, b, c)),
      lettered(lettered(b, a, c)),
      lettered(lettered(b, c, a)),
      lettered(lettered(b, c), a),
    ]
    let tree = root
    for (const step of steps) {
      tree = moveNode(tree, key, 1)
      expect(ruleOf(tree)).toEqual(step)
    }
    expect(moveNode(tree, key, 1)).toBe(tree)
    for (const step of [...steps.toReversed().slice(1), ruleOf(root)]) {
      tree = moveNode(tree, key, -1)
      expect(ruleOf(tree)).toEqual(step)
    }
  })

  it.each([
    ...Object.values(EXAMPLES),
    ...Object.values<Record<string, unknown>>(CONDITION_STARTS).flatMap((starts) => Object.values(starts)),
  ])(
    'can begin with %j, which the builder shows and the schema reads once it is complete',
    (start: unknown) => {
      expect(nodeOf(start).type).not.toBe('foreign')
      const complete: unknown = JSON.parse(
        JSON.stringify(start, (name, value: unknown) => {
          if (value === null && name === 'value') return 1
          if (Array.isArray(value) && value.length === 0 && name !== 'where')
            return { states: ['new'], languages: ['pl'], countries: ['PL'], path: ['a'] }[name]
          return name === 'name' && value === '' ? 'Anything' : value
        }),
      )
      const isMoney = /"figure":"(revenue|average)"/.test(JSON.stringify(complete))
      const rule = isMoney ? { ...(complete as object), currency: 'EUR' } : complete
      expect(SegmentRuleSchema.safeParse(rule).success).toBe(true)
    },
  )

  it('begins with money in the currency of the shop', () => {
    expect(startOf('revenue', 'PLN')).toMatchObject({ currency: 'PLN' })
    expect(startOf('count', 'PLN')).not.toHaveProperty('currency')
  })
})

describe('What contradicts itself', () => {
  const stage = (...states: string[]) => ({ kind: 'lifecycle', region: 'stage', states })
  const orders = (operator: string, value: number) => ({
    kind: 'orders',
    figure: 'count',
    condition: { operator, value },
  })
  const trait = (path: string[], operator: string, value: unknown) => ({
    kind: 'trait',
    path,
    condition: { operator, value },
  })
  const happened = (atLeast: number, within: number | null) => ({
    kind: 'event',
    type: 'track',
    name: 'Viewed',
    atLeast,
    within,
    where: [],
  })
  const not = (rule: unknown) => ({ kind: 'not', rule })
  const and = (...parts: unknown[]) => ({ kind: 'and', rules: parts })
  const or = (...parts: unknown[]) => ({ kind: 'or', rules: parts })

  it.each<[rule: unknown, pairs: [string, string][]]>([
    [and(stage('new'), stage('lost', 'lapsed')), [['rules.0', 'rules.1']]],
    [and(stage('new', 'lost'), stage('lost', 'lapsed')), []],
    [or(stage('new'), stage('lost')), []],
    [not(or(not(stage('new')), not(stage('lost')))), [['rule.rules.0.rule', 'rule.rules.1.rule']]],
    [and(orders('atLeast', 3), orders('below', 3)), [['rules.0', 'rules.1']]],
    [and(orders('atLeast', 3), orders('atMost', 3)), []],
    [and(orders('is', 1), orders('above', 1)), [['rules.0', 'rules.1']]],
    [and(trait(['plan'], 'is', 'pro'), trait(['plan'], 'is', 'free')), [['rules.0', 'rules.1']]],
    [and(trait(['tags', '*'], 'is', 'a'), trait(['tags', '*'], 'is', 'b')), []],
    [and(happened(3, 10), not(happened(2, 20))), [['rules.0', 'rules.1.rule']]],
    [and(happened(2, 20), not(happened(3, 10))), []],
    [
      and({ kind: 'reachable' }, stage('new'), or(not({ kind: 'reachable' }), stage('active'))),
      [
        ['rules.0', 'rules.2.rules.0.rule'],
        ['rules.1', 'rules.2.rules.1'],
      ],
    ],
    [or(and(stage('new'), stage('lost')), stage('active')), [['rules.0.rules.0', 'rules.0.rules.1']]],
  ])('of %j is told', (rule, pairs) => {
    expect(contradictionsIn(nodeOf(rule)).map(({ one, other }) => [one, other])).toEqual(pairs)
  })

  it(`is true of nobody (seed ${SEED})`, () => {
    const leaf = fc.oneof(
      fc.subarray(['new', 'active', 'lost'], { minLength: 1 }).map((states) => stage(...states)),
      fc
        .tuple(fc.constantFrom('is', 'above', 'atLeast', 'below', 'atMost'), fc.constantFrom(0, 1, 3))
        .map(([operator, value]) => orders(operator, value)),
      fc
        .tuple(
          fc.constantFrom<string[][]>(['a'], ['a', '*']),
          fc.constantFrom('is', 'above', 'below'),
          fc.constantFrom(0, 1, 5),
        )
        .map(([path, operator, value]) => trait(path, operator, value)),
      fc
        .tuple(fc.constantFrom(1, 2, 3), fc.constantFrom(null, 86_400_000, 604_800_000))
        .map(([atLeast, within]) => happened(atLeast, within)),
      fc.constant({ kind: 'reachable' }),
    )
    const claim = fc.tuple(leaf, fc.boolean()).map(([one, isTurned]): unknown => (isTurned ? not(one) : one))
    let told = 0
    fc.assert(
      fc.property(
        claim,
        claim,
        fc.array(knownArbitrary, { minLength: 5, maxLength: 5 }),
        (one, other, people) => {
          const rule = and(one, other) as SegmentRule
          if (contradictionsIn(nodeOf(rule)).length === 0) return
          told += 1
          for (const known of people) expect(holds(rule, known, NOW)).toBe(false)
        },
      ),
      { seed: SEED, numRuns: 1_500 },
    )
    expect(told).toBeGreaterThan(20)
  })
})

describe.each(Object.keys(STUDIO_LOCALES) as StudioLocale[])('In %s', (locale) => {
  it(`every rule can be said in words (seed ${SEED})`, async () => {
    const words = await wordsIn(locale)
    fc.assert(
      fc.property(rules, (rule) => {
        const sentence = describeRule(rule, words)
        expect(sentence).not.toBe('')
        // Neither the name of a word that is missing nor a place that nothing was put into.
        expect(sentence).not.toMatch(/sentences\.|operators\.|joins\.|\{\w+\}/)
      }),
      seeded,
    )
  })

  it('the sentences have the same places as in English', () => {
    const placesIn = (language: StudioLocale) => {
      const segments = read(language, 'segments')
      const patterns = { ...segments.sentences, ...segments.operators }
      return Object.entries(patterns).map(([name, text]) => [
        name,
        (text.match(/\{\w+\}/g) ?? []).toSorted((one, other) => (one < other ? -1 : 1)),
      ])
    }
    expect(placesIn(locale)).toEqual(placesIn('en'))
  })
})

describe('What is typed', () => {
  it(`as a path is read as it was shown (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { maxLength: 4 }), (path) => {
        expect(readPath(pathText(path))).toEqual(path)
      }),
      seeded,
    )
  })

  it(`as a duration is kept to the millisecond (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 36_525 * 86_400_000 }), (duration) => {
        expect(joinDuration(splitDuration(duration))).toBe(duration)
      }),
      seeded,
    )
    expect(durationText(30 * 86_400_000, 'en')).toBe('30 days')
    expect(durationText(14 * 86_400_000, 'pl')).toBe('14 dni')
    expect(durationText(36 * 3_600_000, 'es')).toBe('36 horas')
  })

  it.each([
    ['VIPs at risk', [], 'vips-at-risk'],
    ['Zażółć gęślą jaźń', [], 'zazolc-gesla-jazn'],
    ['Łódź!', ['lodz'], 'lodz-2'],
    ['new', [], 'new-2'],
    ['日本', [], 'segment'],
    [' ', ['segment', 'segment-2'], 'segment-3'],
    ['x'.repeat(200), [], 'x'.repeat(56)],
  ])('as the name %s makes an id that the API takes and nobody has', (name, taken, id) => {
    expect(segmentIdOf(name, new Set(taken))).toBe(id)
  })
})
