import { DERIVED_EVENTS, type SegmentLeaf, type SegmentRule, type ValueCondition } from '@ciclo/engine'
import {
  aliasedTable,
  and,
  count,
  eq,
  exists,
  gt,
  gte,
  inArray,
  isNotNull,
  lte,
  not,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { JsonStep, JsonTest } from '../dialect.ts'
import type { ReadTx } from '../store.ts'

/** What a rule is read by. */
export interface SegmentFrame {
  workspaceId: string
  /** The windows of events end here, and durations are counted to here. */
  at: number
  /**
   * How the conditions on events look for them: `all` walks the events once for everybody, `some` looks up those of
   * each customer that the query comes to.
   */
  customers: 'all' | 'some'
}

const COMPARISONS = { above: '>', atLeast: '>=', below: '<', atMost: '<=' } as const

const isText = (value: unknown) => typeof value === 'string'
const isNumber = (value: unknown) => typeof value === 'number'
const isBoolean = (value: unknown) => typeof value === 'boolean'

function testOf(condition: ValueCondition): JsonTest {
  switch (condition.operator) {
    case 'is':
    case 'isOneOf': {
      const values = condition.operator === 'is' ? [condition.value] : condition.values
      return {
        kind: 'isOneOf',
        texts: values.filter(isText),
        numbers: values.filter(isNumber),
        booleans: values.filter(isBoolean),
      }
    }
    case 'contains':
    case 'startsWith':
      return { kind: condition.operator, text: condition.value }
    case 'exists':
      return { kind: 'exists' }
    case 'above':
    case 'atLeast':
    case 'below':
    case 'atMost':
      break
  }
  return { kind: COMPARISONS[condition.operator], number: condition.value }
}

const stepsOf = (path: readonly string[]): JsonStep[] =>
  path.map((name) => (name === '*' ? 'each' : { name }))

const asDouble = (value: unknown): SQL<number> => sql`cast(${value} as double precision)`

/** A number that is always there, against a condition. */
function numberMatches(number: SQL, condition: ValueCondition): SQL {
  const test = testOf(condition)
  switch (test.kind) {
    case 'isOneOf':
      return test.numbers.length === 0 ? sql`false` : inArray(number, test.numbers.map(asDouble))
    case 'exists':
      return sql`true`
    case 'contains':
    case 'startsWith':
      return sql`false`
    case '>':
    case '>=':
    case '<':
    case '<=':
      break
  }
  return sql`${number} ${sql.raw(test.kind)} ${asDouble(test.number)}`
}

type LeafOf<Kind extends SegmentLeaf['kind']> = Extract<SegmentLeaf, { kind: Kind }>

function ordersMatch(tx: ReadTx, leaf: LeafOf<'orders'>): SQL {
  const { customers } = tx.tables
  const orders = asDouble(customers.orderCount)
  if (leaf.figure === 'count' || leaf.currency === undefined) return numberMatches(orders, leaf.condition)
  const path = ['figures', 'revenue', leaf.currency]
  const revenue = sql`coalesce(${tx.dialect.jsonNumber(customers.state, path)}, ${asDouble(0)})`
  if (leaf.figure === 'revenue') return numberMatches(revenue, leaf.condition)
  const average = sql`(case when ${customers.orderCount} = 0 then ${asDouble(0)} else ${revenue} / ${orders} end)`
  return numberMatches(average, leaf.condition)
}

const PREDICTIONS = {
  alive: ['alive'],
  orders: ['orders', 'expected'],
  spend: ['spend', 'expected'],
  lifetimeValue: ['lifetimeValue'],
} as const

function agoMatches(
  { tables, dialect }: ReadTx,
  { of, atLeast }: LeafOf<'ago'>,
  { at }: SegmentFrame,
): SQL | undefined {
  const { customers } = tables
  const latest = at - atLeast
  if (of === 'firstOrder') return and(isNotNull(customers.firstOrderAt), lte(customers.firstOrderAt, latest))
  if (of === 'lastOrder') return and(isNotNull(customers.lastOrderAt), lte(customers.lastOrderAt, latest))
  return dialect.jsonMatches(customers.state, stepsOf(['lifecycle', 'context', 'engagedAt']), {
    kind: '<=',
    number: latest,
  })
}

/** Which events a leaf counts, of whichever customer. */
function eventsMatch({ tables, dialect }: ReadTx, leaf: LeafOf<'event'>, { workspaceId, at }: SegmentFrame) {
  const { events } = tables
  const isBot: JsonTest = { kind: 'isOneOf', texts: [], numbers: [], booleans: [true] }
  // Calls that have no properties say what they say in traits.
  const bag = leaf.type === 'identify' || leaf.type === 'group' ? 'traits' : 'properties'
  return and(
    eq(events.workspaceId, workspaceId),
    eq(events.type, leaf.type),
    leaf.name === undefined ? undefined : eq(events.name, leaf.name),
    lte(events.at, at),
    leaf.within === null ? undefined : gt(events.at, at - leaf.within),
    not(dialect.jsonMatches(events.body, [{ name: 'bot' }], isBot)),
    sql`(${events.source} = 'own' and ${inArray(events.name, DERIVED_EVENTS)}) is not true`,
    ...leaf.where.map(({ path, condition }) =>
      dialect.jsonMatches(events.body, [{ name: bag }, ...stepsOf(path)], testOf(condition)),
    ),
  )
}

/** Also the events of those who were merged into a customer count as its own. */
function happened(tx: ReadTx, leaf: LeafOf<'event'>, frame: SegmentFrame): SQL {
  const { customers, events } = tx.tables
  const members = aliasedTable(customers, 'members')
  const counted = eventsMatch(tx, leaf, frame)
  if (frame.customers === 'all') {
    const root = sql<string>`coalesce(${members.mergedInto}, ${members.id})`
    const roots = tx
      .select({ id: root })
      .from(events)
      .innerJoin(members, and(eq(members.workspaceId, frame.workspaceId), eq(members.id, events.customerId)))
      .where(counted)
      .groupBy(root)
      .having(gte(count(), leaf.atLeast))
    // So that PostgreSQL gathers them once: as a join, of whose size it knows nothing, it may gather them for everybody.
    return sql`(${inArray(customers.id, roots)}) is true`
  }
  // One for each index; a join would let the database begin with the events of everybody.
  const membersOf = tx
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.workspaceId, frame.workspaceId), eq(members.mergedInto, customers.id)))
  const groups = [eq(events.customerId, customers.id), inArray(events.customerId, membersOf)]
  if (leaf.atLeast === 1) {
    const one = sql`1`.as('one')
    const [own, ofMembers] = groups.map((group) =>
      exists(tx.select({ one }).from(events).where(and(counted, group))),
    )
    return sql`(${own} or ${ofMembers})`
  }
  const [own, ofMembers] = groups.map((group) =>
    tx.select({ events: count() }).from(events).where(and(counted, group)),
  )
  return sql`(${own}) + (${ofMembers}) >= ${leaf.atLeast}`
}

/** Whether one of the texts stands at a place in the state. */
function stateIs({ tables, dialect }: ReadTx, path: readonly string[], texts: readonly string[]): SQL {
  const test: JsonTest = { kind: 'isOneOf', texts, numbers: [], booleans: [] }
  return dialect.jsonMatches(tables.customers.state, stepsOf(path), test)
}

function consentMatches(tx: ReadTx, { purpose, statuses }: LeafOf<'consent'>): SQL | undefined {
  const path = ['consent', purpose, 'status']
  const named = stateIs(tx, path, statuses)
  if (!statuses.includes('none')) return named
  return or(named, not(tx.dialect.jsonMatches(tx.tables.customers.state, stepsOf(path), { kind: 'exists' })))
}

type Condition<Kind extends SegmentLeaf['kind']> = (
  tx: ReadTx,
  leaf: LeafOf<Kind>,
  frame: SegmentFrame,
) => SQL | undefined

/** What each kind of leaf asks of a row of `customers`: yes or no, never null, which `not` would not turn into yes. */
const CONDITIONS: { [Kind in SegmentLeaf['kind']]: Condition<Kind> } = {
  trait: ({ tables, dialect }, { path, condition }) =>
    dialect.jsonMatches(tables.customers.state, [{ name: 'traits' }, ...stepsOf(path)], testOf(condition)),
  lifecycle: ({ tables: { customers } }, { region, states }) => inArray(customers[region], states),
  consent: consentMatches,
  reachable: ({ tables: { customers } }) => isNotNull(customers.email),
  language: (tx, { languages }) => stateIs(tx, ['locale', 'value'], languages),
  country: (tx, { countries }) => stateIs(tx, ['country', 'code'], countries),
  orders: ordersMatch,
  ago: agoMatches,
  rfm: (tx, { groups }) => stateIs(tx, ['rfm', 'group'], groups),
  prediction: ({ tables, dialect }, { figure, condition }) =>
    dialect.jsonMatches(
      tables.customers.state,
      stepsOf(['prediction', ...PREDICTIONS[figure]]),
      testOf(condition),
    ),
  event: happened,
}

/**
 * A segment's rule as a condition on `customers`. Whatever the rule's author has written is bound, never part of the
 * statement. It agrees with the engine's `evaluateSegment` on every customer.
 */
export function segmentCondition(tx: ReadTx, rule: SegmentRule, frame: SegmentFrame): SQL {
  if ('rule' in rule) return not(sql`(${segmentCondition(tx, rule.rule, frame)})`)
  if ('rules' in rule) {
    const parts = rule.rules.map((part) => segmentCondition(tx, part, frame))
    return sql`(${sql.join(parts, rule.kind === 'and' ? sql` and ` : sql` or `)})`
  }
  const conditionOf = CONDITIONS[rule.kind] as Condition<SegmentLeaf['kind']>
  return sql`(${conditionOf(tx, rule, frame)})`
}
