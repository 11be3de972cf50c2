import { evaluateSegment, type Event, type SegmentRule, type Source } from '@ciclo/engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSegmentBuildJob } from '../../src/segments/buildSegments.ts'
import { readHistory } from '../../src/store/queries/events.ts'
import { pageOfCustomers, readMembers } from '../../src/store/queries/customers.ts'
import { pageOfMembers } from '../../src/store/queries/segments.ts'
import { pageOfSegment } from '../../src/store/queries/segmentQuery.ts'
import { createTestCiclo, type TestCiclo } from '../support/createTestCiclo.ts'
import { ruleArbitrary } from './segmentArbitraries.ts'
import { holds } from './segmentOracle.ts'

const DAY = 86_400_000
const SEED = process.env['SEED'] === undefined ? Date.now() % 2 ** 31 : Number(process.env['SEED'])

type Told = Partial<Event> & { type: Event['type'] }
type Act =
  | { kind: 'event'; source: Source; daysAgo: number; event: Told }
  | { kind: 'segment'; id: string; rule: SegmentRule }
  | { kind: 'delete'; id: string }
  | { kind: 'pass'; days: number }

const properties = fc.dictionary(
  fc.constantFrom('a', 'a.b', "'", '0', 'é'),
  fc.oneof(
    fc.constantFrom<unknown>('a', 'ab', '5', 5, 1, true, null, 0.1),
    fc.array(fc.constantFrom<unknown>('a', 1, { a: 1 }, null), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', '0'), fc.constantFrom<unknown>('ab', 1, null), {
      noNullPrototype: true,
    }),
  ),
  { maxKeys: 3, noNullPrototype: true },
)

const who = fc.oneof(
  fc.constantFrom('1', '2', '3', '4').map((id) => ({ userId: `u${id}` })),
  fc.constantFrom('1', '2', '3').map((id) => ({ anonymousId: `b${id}` })),
  // Two who turn out to be one.
  fc
    .tuple(fc.constantFrom('1', '2', '3'), fc.constantFrom('1', '2', '3', '4'))
    .map(([browser, user]) => ({ anonymousId: `b${browser}`, userId: `u${user}` })),
)

const happening: fc.Arbitrary<Told> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom('track' as const, 'page' as const),
      name: fc.constantFrom('Viewed', 'viewed', "'"),
      properties,
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('identify' as const), traits: properties }) },
  fc
    .tuple(fc.constantFrom('1', '2', '3'), fc.constantFrom('EUR', 'USD'), fc.constantFrom(1, 100, 2.5))
    .map(([id, currency, total]): Told => ({
      type: 'track',
      name: 'Order Completed',
      properties: { order_id: `o${id}`, currency, total },
    })),
  fc.constantFrom('1', '2', '3').map((id): Told => ({
    type: 'track',
    name: 'Order Cancelled',
    properties: { order_id: `o${id}` },
  })),
  fc
    .constantFrom('Subscribed', 'Unsubscribed')
    .map((name): Told => ({ type: 'track', name, properties: {} })),
  fc.constantFrom('1', '2').map((id): Told => ({
    type: 'identify',
    traits: { email: `ann${id}@example.org`, country: 'ES', locale: 'es-ES' },
  })),
)

const told: fc.Arbitrary<Act> = fc
  .tuple(
    who,
    happening,
    fc.constantFrom('secret' as const, 'public' as const, 'import' as const),
    fc.constantFrom(0, 0, 0, 1, 7, 30, 40),
    fc.constantFrom(true, false, false),
  )
  .map(([name, event, source, daysAgo, bot]) => ({
    kind: 'event',
    source,
    daysAgo,
    event: { ...event, ...name, ...(bot && source === 'public' ? { bot } : {}) },
  }))

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 12, arbitrary: told },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('segment' as const),
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      rule: ruleArbitrary,
    }),
  },
  fc.record({ kind: fc.constant('delete' as const), id: fc.constantFrom('a', 'b') }),
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), days: fc.constantFrom(0.5, 1, 7, 30) }),
  },
)

/** Saved segments on a whole Ciclo: `runs` is how many stories are generated, each on a new database. */
export function segmentsContract(
  database: string,
  createDatabase: () => Promise<string>,
  { runs }: { runs: number },
): void {
  describe(`saved segments on ${database}`, () => {
    const start = async () =>
      await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })

    /** Lets time pass, and segments be built, as the loops of a server do. */
    const passTime = async (test: TestCiclo, days = 0) => {
      test.clock.set(test.clock.now() + days * DAY)
      await test.ciclo.settle()
      const { store, clock, ciclo, workspaceId } = test
      const job = createSegmentBuildJob({ store, ingest: ciclo.ingest, now: () => clock.now() })
      const { signal } = new AbortController()
      await job.run({
        workspaceId,
        dueAt: 0,
        progress: null,
        last: null,
        wakeAt: () => {},
        save: async () => {},
        signal,
      })
    }
    const put = async (test: TestCiclo, id: string, rule: unknown) =>
      await test.request(`/api/segments/${id}`, { method: 'PUT', body: JSON.stringify({ name: id, rule }) })

    /** Whom each segment has, by each who should know. */
    const compare = async (test: TestCiclo, rules: ReadonlyMap<string, SegmentRule>) => {
      const at = test.clock.now()
      const { workspaceId } = test
      return await test.store.read(async (tx) => {
        const records = await pageOfCustomers(tx, workspaceId, {
          after: undefined,
          parkedOnly: false,
          limit: 1_000,
        })
        const roots = records.map(({ customer }) => customer.id)
        const members = await readMembers(tx, workspaceId, roots)
        const history = await readHistory(tx, workspaceId, [...roots, ...members.keys()])
        const byRoot = Map.groupBy(history, ({ customerId }) => members.get(customerId) ?? customerId)
        const found = []
        for (const [id, rule] of rules) {
          const page = { after: undefined, limit: 1_000 }
          const idsOf = (isIn: (record: (typeof records)[number]) => boolean) =>
            records.filter(isIn).map(({ customer }) => customer.id)
          found.push({
            id,
            rule,
            plainly: idsOf(({ customer }) => {
              const events = (byRoot.get(customer.id) ?? []).map(({ input }) => input)
              return holds(rule, { state: customer, events }, at)
            }),
            byQuery: await pageOfSegment(tx, rule, { workspaceId, at, customers: 'all' }, page),
            byLookingUp: await pageOfSegment(tx, rule, { workspaceId, at, customers: 'some' }, page),
            byEngine: idsOf(({ customer }) => evaluateSegment(rule, customer, at)),
            inState: idsOf(({ customer }) => Object.hasOwn(customer.segments, id)),
            stored: (await pageOfMembers(tx, workspaceId, id, page)).map(({ customer }) => customer.id),
          })
        }
        return found
      })
    }

    const expectAlike = async (test: TestCiclo, rules: ReadonlyMap<string, SegmentRule>) => {
      for (const { id, rule, plainly, ...others } of await compare(test, rules)) {
        const same = Object.fromEntries(Object.keys(others).map((way) => [way, plainly]))
        expect({ id, rule, ...others }).toEqual({ id, rule, ...same })
      }
    }

    it(`hold whom their rules are true of (seed ${SEED})`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: 20, maxLength: 60 }), async (acts) => {
          const test = await start()
          const rules = new Map<string, SegmentRule>()
          try {
            for (const one of acts) {
              if (one.kind === 'event') {
                const at = test.clock.now() - one.daysAgo * DAY
                await test.ciclo.ingest.submit([test.item(one.source, one.event, { at })])
              } else if (one.kind === 'segment') {
                expect(await put(test, one.id, one.rule)).toMatchObject({
                  // Unless it is what it was.
                  status: expect.stringMatching(/^(building|live)$/) as string,
                })
                rules.set(one.id, one.rule)
              } else if (one.kind === 'delete') {
                await test.request(`/api/segments/${one.id}`, { method: 'DELETE' })
                rules.delete(one.id)
              } else {
                await passTime(test, one.days)
                await expectAlike(test, rules)
              }
            }
            await passTime(test)
            await expectAlike(test, rules)
          } finally {
            await test.stop()
          }
        }),
        { seed: SEED, numRuns: runs, endOnFailure: process.env['SHRINK'] === undefined },
      )
    })
  })
}
