import type { SegmentLeaf, SegmentRule } from '@ciclo/engine'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/store/openStore.ts'
import { insertRows } from '../../src/store/insertRows.ts'
import { countSegment, pageOfSegment } from '../../src/store/queries/segmentQuery.ts'
import { weighSegment } from '../../src/store/queries/weighSegment.ts'
import type { Store } from '../../src/store/store.ts'
import { knownArbitrary, NOW, ruleArbitrary } from './segmentArbitraries.ts'
import { holds, type Known } from './segmentOracle.ts'

const DAY = 86_400_000
/** Printed with a failure, and given again by SEED. */
const SEED = process.env['SEED'] === undefined ? Date.now() % 2 ** 31 : Number(process.env['SEED'])

const STATE: Known['state'] = {
  traits: {},
  lifecycle: {
    value: {
      stage: 'visitor',
      value: 'standard',
      engagement: 'unknown',
      permission: 'none',
      advocacy: 'none',
    },
    context: { lastOrderAt: null, engagedAt: null, received: 0 },
  },
  consent: { 'marketing-email': null, tracking: null },
  email: null,
  locale: null,
  country: null,
  figures: { count: 0, orderDays: 0, positive: 0, revenue: {}, firstAt: null, lastAt: null },
  rfm: null,
  prediction: null,
}

const WITHOUT_MONEY: Known['state']['prediction'] = {
  at: NOW,
  alive: 0.5,
  orders: { low: 0, expected: 1, high: 2 },
  spend: null,
  currency: 'EUR',
  lifetimeValue: null,
  nextOrderAt: null,
  basis: { orders: 1, ageDays: 1, fittedOn: 100, fittedAt: NOW },
}

/** Writes customers as ingest does, every second event under somebody who was merged into the customer. */
async function write(store: Store, workspaceId: string, everybody: ReadonlyMap<string, Known>) {
  const rows = [...everybody].flatMap(([id, { state }]) =>
    [id, `${id}/member`].map((row) => ({
      workspaceId,
      id: row,
      mergedInto: row === id ? null : id,
      email: state.email,
      ...state.lifecycle.value,
      orderCount: state.figures.count,
      firstOrderAt: state.figures.firstAt,
      lastOrderAt: state.figures.lastAt,
      state,
      createdAt: NOW,
      updatedAt: NOW,
    })),
  )
  const events = [...everybody].flatMap(([id, known]) =>
    known.events.map((input, index) => ({
      workspaceId,
      messageId: `${id}/${input.id}`,
      customerId: index % 2 === 0 ? id : `${id}/member`,
      type: input.event.type,
      name: input.event.name ?? null,
      at: input.at,
      receivedAt: input.receivedAt,
      source: input.source,
      body: input.event,
    })),
  )
  await store.write(async (tx) => {
    await insertRows(tx, tx.tables.customers, rows)
    await insertRows(tx, tx.tables.events, events)
  })
}

/** A rule over all customers, as a query. `runs` is how many worlds of customers are generated. */
export function segmentQueryContract(
  database: string,
  createDatabase: () => Promise<string>,
  { runs }: { runs: number },
): void {
  describe(`a segment's rule as a query on ${database}`, () => {
    let store: Store
    let workspaces = 0
    beforeAll(async () => {
      store = await openStore(await createDatabase())
    })
    afterAll(() => store.close())

    const newWorkspace = async (everybody: ReadonlyMap<string, Known>) => {
      workspaces += 1
      const workspaceId = `w${workspaces}`
      await write(store, workspaceId, everybody)
      return workspaceId
    }

    /** Whom a rule is true of, each way of asking. */
    const ask = (workspaceId: string, rule: SegmentRule, at = NOW) =>
      store.read(async (tx) => {
        const moment = { workspaceId, at }
        const page = { after: undefined, limit: 1_000 }
        return {
          all: await pageOfSegment(tx, rule, { ...moment, customers: 'all' }, page),
          some: await pageOfSegment(tx, rule, { ...moment, customers: 'some' }, page),
          count: await countSegment(tx, rule, moment),
          weighed: await weighSegment(tx, rule, moment),
        }
      })

    it(`finds whom the rule is true of (seed ${SEED})`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(knownArbitrary, { minLength: 8, maxLength: 12 }),
          fc.array(ruleArbitrary, { minLength: 10, maxLength: 15 }),
          fc.constantFrom(NOW, NOW - 1, NOW - 8 * DAY),
          async (people, rules, at) => {
            const everybody = new Map(people.map((known, index) => [`c${index + 10}`, known]))
            const workspaceId = await newWorkspace(everybody)
            for (const rule of rules) {
              const expected = [...everybody].filter(([, known]) => holds(rule, known, at)).map(([id]) => id)
              const { all, some, count, weighed } = await ask(workspaceId, rule, at)
              expect({ rule, all, some, count, weighed: weighed.customers }).toEqual({
                rule,
                all: expected,
                some: expected,
                count: expected.length,
                weighed: expected.length,
              })
            }
          },
        ),
        { seed: SEED, numRuns: runs },
      )
    })

    describe('of each kind', () => {
      const known = (state: Partial<Known['state']>): Known => ({ state: { ...STATE, ...state }, events: [] })
      const withTraits = (traits: Record<string, unknown>) => known({ traits })
      const trait = (
        path: string[],
        condition: (SegmentLeaf & { kind: 'trait' })['condition'],
      ): SegmentRule => ({
        kind: 'trait',
        path,
        condition,
      })
      const is = (value: string | number | boolean) => ({ operator: 'is' as const, value })
      const exists = { operator: 'exists' as const }

      it.each<[what: string, rule: SegmentRule, yes: Known[], no: Known[]]>([
        [
          'a number is no text',
          trait(['a'], is(5)),
          [withTraits({ a: 5 })],
          [withTraits({ a: '5' }), withTraits({ a: true }), withTraits({ a: [5] }), withTraits({})],
        ],
        ['a text is no number', trait(['a'], is('5')), [withTraits({ a: '5' })], [withTraits({ a: 5 })]],
        [
          'true is no 1',
          trait(['a'], is(true)),
          [withTraits({ a: true })],
          [withTraits({ a: 1 }), withTraits({ a: 'true' })],
        ],
        [
          'what is null is not there',
          trait(['a'], exists),
          [withTraits({ a: 0 }), withTraits({ a: '' }), withTraits({ a: [] }), withTraits({ a: false })],
          [withTraits({ a: null }), withTraits({ b: 1 })],
        ],
        [
          'not is whoever is left, also where nothing is known',
          { kind: 'not', rule: trait(['a'], is(5)) },
          [withTraits({}), withTraits({ a: null }), withTraits({ a: '5' })],
          [withTraits({ a: 5 })],
        ],
        [
          'a name may have any letters',
          trait([`a.b"'\\[0]$`], is(1)),
          [withTraits({ [`a.b"'\\[0]$`]: 1 })],
          [withTraits({ a: { b: 1 } })],
        ],
        [
          '__proto__ is a name',
          trait(['__proto__', 'x'], exists),
          [withTraits(JSON.parse('{"__proto__":{"x":1}}') as Record<string, unknown>)],
          [withTraits({})],
        ],
        ...[
          '\n',
          '\t"',
          '\\',
          '\\\\"',
          '/',
          '\u001f',
          '\u007f',
          '\u2028',
          '$',
          '$.a',
          '#',
          "' or 1=1",
          '😀',
          ' a ',
        ].map((name): [string, SegmentRule, Known[], Known[]] => [
          `${JSON.stringify(name)} is a name`,
          trait([name, 'x', name, 'y'], is(1)),
          [withTraits({ [name]: { x: { [name]: { y: 1 } } } })],
          [
            withTraits({ [name]: { x: { y: 1 } } }),
            withTraits({ [`${name} `]: { x: { [name]: { y: 1 } } } }),
          ],
        ]),
        ...[5e-324, 1.7976931348623157e308, 2 ** 53 + 2, -(2 ** 63), 1e21, 0.1 + 0.2, 123_456_789.12].map(
          (number): [string, SegmentRule, Known[], Known[]] => [
            `${number} is that number`,
            {
              kind: 'and',
              rules: [
                trait(['a', '*', 'b'], is(number)),
                trait(['a', '*', 'b'], { operator: 'atLeast', value: number }),
                trait(['a', '*', 'b'], { operator: 'atMost', value: number }),
                { kind: 'not', rule: trait(['a', '*', 'b'], { operator: 'above', value: number }) },
              ],
            },
            [withTraits({ a: [{ b: number }] })],
            [withTraits({ a: [{ b: number / 2 }] }), withTraits({ a: [{ b: String(number) }] })],
          ],
        ),
        ['constructor is in nobody', trait(['constructor'], exists), [], [withTraits({})]],
        [
          'a digit is no place in a list',
          trait(['a', '0'], exists),
          [withTraits({ a: { 0: 1 } })],
          [withTraits({ a: [1] })],
        ],
        [
          'a star is any element of a list',
          trait(['a', '*', 'b'], is(2)),
          [withTraits({ a: [{ b: 1 }, { b: 2 }] }), withTraits({ a: ['x', null, { b: 2 }] })],
          [
            withTraits({ a: { x: { b: 2 } } }),
            withTraits({ a: [[{ b: 2 }]] }),
            withTraits({ a: ['{"b":2}'] }),
            withTraits({ a: { '*': { b: 2 } } }),
          ],
        ],
        [
          'stars in stars',
          trait(['a', '*', '*'], is('x')),
          [withTraits({ a: [['y'], ['y', 'x']] })],
          [withTraits({ a: ['x'] })],
        ],
        [
          'contains knows no wildcards and no case',
          trait(['a'], { operator: 'contains', value: 'a%_b' }),
          [withTraits({ a: 'xa%_bx' })],
          [withTraits({ a: 'axxb' }), withTraits({ a: 'A%_B' })],
        ],
        [
          'starts with, in letters beyond the first plane',
          trait(['a'], { operator: 'startsWith', value: '😀é' }),
          [withTraits({ a: '😀é!' })],
          [withTraits({ a: '😀' }), withTraits({ a: '😀e\u0301' }), withTraits({ a: 'x😀é' })],
        ],
        [
          'isOneOf takes each type by itself',
          trait(['a'], { operator: 'isOneOf', values: ['1', 2, false] }),
          [withTraits({ a: '1' }), withTraits({ a: 2 }), withTraits({ a: false })],
          [withTraits({ a: 1 }), withTraits({ a: '2' }), withTraits({ a: 'false' }), withTraits({ a: 0 })],
        ],
        [
          'numbers are doubles',
          trait(['a'], { operator: 'above', value: 0.30000000000000004 }),
          [withTraits({ a: 0.3000000000000001 }), withTraits({ a: 1e21 })],
          [withTraits({ a: 0.30000000000000004 }), withTraits({ a: 0.3 }), withTraits({ a: '1' })],
        ],
        [
          'lifecycle',
          { kind: 'lifecycle', region: 'stage', states: ['new', 'lost'] },
          [known({ lifecycle: { ...STATE.lifecycle, value: { ...STATE.lifecycle.value, stage: 'lost' } } })],
          [known({})],
        ],
        [
          'consent that nobody has given',
          { kind: 'consent', purpose: 'tracking', statuses: ['none'] },
          [known({})],
          [
            known({
              consent: {
                ...STATE.consent,
                tracking: { status: 'asked', basis: null, at: 1, refusedAt: null, isFinal: false },
              },
            }),
          ],
        ],
        ['reachable', { kind: 'reachable' }, [known({ email: 'a@b.example' })], [known({})]],
        [
          'language',
          { kind: 'language', languages: ['es'] },
          [known({ locale: { value: 'es', from: 'page' } })],
          [known({})],
        ],
        [
          'country',
          { kind: 'country', countries: ['ES'] },
          [known({ country: { code: 'ES', from: 'shop' } })],
          [known({ country: { code: null, from: 'shop' } })],
        ],
        [
          'revenue in one currency, 0 without any',
          { kind: 'orders', figure: 'revenue', currency: 'EUR', condition: { operator: 'below', value: 1 } },
          [known({}), known({ figures: { ...STATE.figures, count: 1, revenue: { USD: 500 } } })],
          [known({ figures: { ...STATE.figures, count: 1, revenue: { EUR: 1 } } })],
        ],
        [
          'an average is not rounded',
          {
            kind: 'orders',
            figure: 'average',
            currency: 'USD',
            condition: { operator: 'is', value: 100 / 3 },
          },
          [known({ figures: { ...STATE.figures, count: 3, revenue: { USD: 100 } } })],
          [known({ figures: { ...STATE.figures, count: 0, revenue: { USD: 100 } } }), known({})],
        ],
        [
          'ago, to the millisecond; nobody without a time',
          { kind: 'ago', of: 'lastOrder', atLeast: DAY },
          [known({ figures: { ...STATE.figures, lastAt: NOW - DAY } })],
          [known({ figures: { ...STATE.figures, lastAt: NOW - DAY + 1 } }), known({})],
        ],
        [
          'a prediction without what money it brings has none, and none that exists',
          {
            kind: 'or',
            rules: (['spend', 'lifetimeValue'] as const).flatMap((figure) => [
              { kind: 'prediction', figure, condition: exists },
              { kind: 'prediction', figure, condition: { operator: 'atMost', value: 0 } },
            ]),
          },
          [],
          [known({ prediction: WITHOUT_MONEY })],
        ],
        [
          'a prediction that nobody could make is below nothing',
          { kind: 'prediction', figure: 'spend', condition: { operator: 'below', value: 100 } },
          [],
          [known({})],
        ],
      ])('%s', async (_what, rule, yes, no) => {
        const everybody = new Map([
          ...yes.map((one, index): [string, Known] => [`in${index}`, one]),
          ...no.map((one, index): [string, Known] => [`out${index}`, one]),
        ])
        const workspaceId = await newWorkspace(everybody)
        const expected = yes.map((_, index) => `in${index}`)
        const { all, some } = await ask(workspaceId, rule)
        expect({ all, some }).toEqual({ all: expected, some: expected })
        expect(expected).toEqual([...everybody].filter(([, one]) => holds(rule, one, NOW)).map(([id]) => id))
      })
    })

    describe('over events', () => {
      const DAYS_AGO = [0, 1, 7, 30]
      const viewed = (
        at: number,
        more: object = {},
        type: 'track' | 'identify' = 'track',
      ): Known['events'][number] => ({
        kind: 'event',
        id: `e${at}${JSON.stringify(more).length}`,
        at,
        receivedAt: at,
        source: 'public',
        event: { type, name: 'Viewed', properties: {}, traits: {}, context: {}, ...more },
      })
      const event = (more: Partial<SegmentLeaf & { kind: 'event' }>): SegmentRule => ({
        kind: 'event',
        type: 'track',
        name: 'Viewed',
        atLeast: 1,
        within: null,
        where: [],
        ...more,
      })

      it.each<[what: string, rule: SegmentRule, events: Known['events'], at: number, isIn: boolean]>([
        [
          'counts up to now',
          event({ atLeast: 4 }),
          DAYS_AGO.map((days) => viewed(NOW - days * DAY)),
          NOW,
          true,
        ],
        [
          'does not count what comes later',
          event({ atLeast: 4 }),
          DAYS_AGO.map((days) => viewed(NOW - days * DAY)),
          NOW - 1,
          false,
        ],
        [
          'counts what has just come into the window',
          event({ within: DAY }),
          [viewed(NOW - DAY + 1)],
          NOW,
          true,
        ],
        ['leaves out what has just left the window', event({ within: DAY }), [viewed(NOW - DAY)], NOW, false],
        ['leaves out what a crawler has sent', event({}), [viewed(NOW, { bot: true })], NOW, false],
        ['takes names as they are', event({ name: 'viewed' }), [viewed(NOW)], NOW, false],
        [
          'takes any name where none is asked for',
          { kind: 'event', type: 'track', atLeast: 1, within: null, where: [] },
          [viewed(NOW)],
          NOW,
          true,
        ],
        ['takes types as they are', event({ type: 'page' }), [viewed(NOW)], NOW, false],
        [
          'asks one event for all of it',
          event({
            where: [
              { path: ['products', '*', 'price'], condition: { operator: 'above', value: 10 } },
              { path: ['coupon'], condition: { operator: 'exists' } },
            ],
          }),
          [
            viewed(NOW, { properties: { products: [{ price: 20 }] } }),
            viewed(NOW - 1, { properties: { coupon: 'X', products: [{ price: '20' }] } }),
          ],
          NOW,
          false,
        ],
        [
          'asks an identify for its traits',
          event({
            type: 'identify',
            where: [{ path: ['plan'], condition: { operator: 'is', value: 'pro' } }],
          }),
          [viewed(NOW, { traits: { plan: 'pro' } }, 'identify')],
          NOW,
          true,
        ],
      ])('%s', async (_what, rule, events, at, isTrue) => {
        const workspaceId = await newWorkspace(new Map([['c', { state: STATE, events }]]))
        const { all, some } = await ask(workspaceId, rule, at)
        expect({ all, some }).toEqual({ all: isTrue ? ['c'] : [], some: isTrue ? ['c'] : [] })
        expect(holds(rule, { state: STATE, events }, at)).toBe(isTrue)
      })
    })

    it('binds as many values as the largest rule has', async () => {
      const values = Array.from({ length: 100 }, (_, place) => `${place}`.padEnd(400, 'x'))
      const condition = { operator: 'isOneOf' as const, values }
      const where = Array.from({ length: 5 }, () => ({ path: ['a', '*', 'b', 'c'], condition }))
      const leaf: SegmentLeaf = { kind: 'event', type: 'track', atLeast: 2, within: DAY, where }
      const count: SegmentLeaf = {
        kind: 'orders',
        figure: 'average',
        condition: { operator: 'isOneOf', values: values.map((_, place) => place) },
      }
      const part = (one: SegmentLeaf): SegmentRule => ({
        kind: 'or',
        rules: Array.from({ length: 48 }, () => one),
      })
      const workspaceId = await newWorkspace(new Map([['c', { state: STATE, events: [] }]]))
      const { all, some, weighed } = await ask(workspaceId, { kind: 'and', rules: [part(leaf), part(count)] })
      expect({ all, some, parts: weighed.parts.length }).toEqual({ all: [], some: [], parts: 96 })
    })

    it('says what each part does', async () => {
      const people: [string, Partial<Known['state']>][] = [
        ['1', { email: 'a@b.example', traits: { a: 1 } }],
        ['2', { email: 'a@b.example' }],
        ['3', { traits: { a: 1 } }],
        ['4', {}],
        ['5', { email: 'a@b.example', traits: { a: 1, b: 1 } }],
      ]
      const workspaceId = await newWorkspace(
        new Map(people.map(([id, state]) => [id, { state: { ...STATE, ...state }, events: [] }])),
      )
      const has = (name: string): SegmentLeaf => ({
        kind: 'trait',
        path: [name],
        condition: { operator: 'exists' },
      })
      const rule: SegmentRule = {
        kind: 'and',
        rules: [{ kind: 'reachable' }, has('a'), { kind: 'not', rule: has('b') }],
      }
      const { weighed } = await ask(workspaceId, rule)
      expect(weighed).toMatchObject({
        customers: 1,
        parts: [
          { path: 'rules.0', leaf: { kind: 'reachable' }, customers: 3, without: 2 },
          { path: 'rules.1', leaf: has('a'), customers: 3, without: 2 },
          { path: 'rules.2.rule', leaf: has('b'), customers: 1, without: 2 },
        ],
      })
    })

    it('pages by the id', async () => {
      const people = new Map(
        ['c', 'a', 'b', 'd'].map((id): [string, Known] => [id, { state: STATE, events: [] }]),
      )
      const workspaceId = await newWorkspace(people)
      const rule: SegmentRule = { kind: 'not', rule: { kind: 'reachable' } }
      const frame = { workspaceId, at: NOW, customers: 'some' as const }
      const page = (after: string | undefined) =>
        store.read((tx) => pageOfSegment(tx, rule, frame, { after, limit: 2 }))
      expect([await page(undefined), await page('b'), await page('d')]).toEqual([['a', 'b'], ['c', 'd'], []])
    })
  })
}
