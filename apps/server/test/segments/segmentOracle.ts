import type { Customer, EventInput, SegmentLeaf, SegmentRule, ValueCondition } from '@ciclo/engine'

/** Somebody as the oracle looks at them: the state, and every event of all members. */
export interface Known {
  state: Pick<
    Customer,
    'traits' | 'lifecycle' | 'consent' | 'email' | 'locale' | 'country' | 'figures' | 'rfm' | 'prediction'
  >
  events: readonly EventInput[]
}

function valuesAt(value: unknown, [name, ...rest]: readonly string[]): unknown[] {
  if (name === undefined) return [value]
  if (name === '*') return Array.isArray(value) ? value.flatMap((one) => valuesAt(one, rest)) : []
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
    return []
  return valuesAt((value as Record<string, unknown>)[name], rest)
}

/** How a number may stand to the one in the condition. */
const ORDERS = { above: [1], atLeast: [0, 1], below: [-1], atMost: [-1, 0] }
const compare = (one: number, other: number) => Number(one > other) - Number(one < other)

function matches(value: unknown, condition: ValueCondition): boolean {
  const { operator } = condition
  if (operator === 'exists') return (value ?? null) !== null
  if (operator === 'is' || operator === 'isOneOf') {
    const wanted: readonly unknown[] = operator === 'is' ? [condition.value] : condition.values
    return wanted.indexOf(value) !== -1
  }
  if (operator === 'contains' || operator === 'startsWith') {
    if (typeof value !== 'string') return false
    const place = value.indexOf(condition.value)
    return operator === 'contains' ? place >= 0 : place === 0
  }
  return typeof value === 'number' && ORDERS[operator].includes(compare(value, condition.value))
}

const anyMatches = (value: unknown, path: readonly string[], condition: ValueCondition) =>
  valuesAt(value, path).some((one) => matches(one, condition))

/** What Ciclo tells of where a customer is. */
const DERIVED = ['Segment Entered', 'Segment Left', 'RFM Group Changed']

function leafHolds(leaf: SegmentLeaf, { state, events }: Known, at: number): boolean {
  switch (leaf.kind) {
    case 'trait':
      return anyMatches(state.traits, leaf.path, leaf.condition)
    case 'lifecycle':
      return leaf.states.includes(state.lifecycle.value[leaf.region])
    case 'consent':
      return leaf.statuses.includes(state.consent[leaf.purpose]?.status ?? 'none')
    case 'reachable':
      return state.email !== null
    case 'language':
      return state.locale !== null && leaf.languages.includes(state.locale.value)
    case 'country':
      return leaf.countries.includes(state.country?.code ?? '')
    case 'orders': {
      const { count, revenue } = state.figures
      const total = revenue[leaf.currency ?? ''] ?? 0
      const figures = { count, revenue: total, average: count === 0 ? 0 : total / count }
      return matches(figures[leaf.figure], leaf.condition)
    }
    case 'ago': {
      const times = {
        firstOrder: state.figures.firstAt,
        lastOrder: state.figures.lastAt,
        engagement: state.lifecycle.context.engagedAt,
      }
      const time = times[leaf.of]
      return time !== null && at - time >= leaf.atLeast
    }
    case 'rfm':
      return state.rfm !== null && leaf.groups.includes(state.rfm.group)
    case 'prediction': {
      if (state.prediction === null) return false
      const { alive, orders, spend, lifetimeValue } = state.prediction
      const figures = { alive, orders: orders.expected, spend: spend?.expected, lifetimeValue }
      return matches(figures[leaf.figure], leaf.condition)
    }
    case 'event':
      break
  }
  const counted = events.filter(({ event, source, at: when }) => {
    const bag = event.type === 'identify' || event.type === 'group' ? event.traits : event.properties
    return (
      event.type === leaf.type &&
      (leaf.name === undefined || event.name === leaf.name) &&
      event.bot !== true &&
      !(source === 'own' && DERIVED.includes(event.name ?? '')) &&
      when <= at &&
      (leaf.within === null || when > at - leaf.within) &&
      leaf.where.every(({ path, condition }) => anyMatches(bag, path, condition))
    )
  })
  return counted.length >= leaf.atLeast
}

/** A rule read as plainly as it can be, from the whole history: what the engine and the databases are held against. */
export function holds(rule: SegmentRule, known: Known, at: number): boolean {
  if ('rule' in rule) return !holds(rule.rule, known, at)
  if (!('rules' in rule)) return leafHolds(rule, known, at)
  const parts = rule.rules.map((part) => holds(part, known, at))
  return rule.kind === 'and' ? parts.every(Boolean) : parts.some(Boolean)
}
