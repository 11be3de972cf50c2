import type { Customer, EventInput, SegmentLeaf, SegmentRule, ValueCondition } from '../../src/index.ts'

const isBag = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function valuesAt(value: unknown, [name, ...rest]: readonly string[]): unknown[] {
  if (name === undefined) return [value]
  if (name === '*') return Array.isArray(value) ? value.flatMap((element) => valuesAt(element, rest)) : []
  return isBag(value) && Object.hasOwn(value, name) ? valuesAt(value[name], rest) : []
}

function isMet(value: unknown, condition: ValueCondition): boolean {
  const { operator } = condition
  if (operator === 'exists') return value !== null
  if (operator === 'is') return typeof value === typeof condition.value && value === condition.value
  if (operator === 'isOneOf')
    return condition.values.some((one) => isMet(value, { operator: 'is', value: one }))
  if (operator === 'contains') return typeof value === 'string' && value.split(condition.value).length > 1
  if (operator === 'startsWith')
    return typeof value === 'string' && value.slice(0, condition.value.length) === condition.value
  if (typeof value !== 'number') return false
  const difference = value - condition.value
  if (operator === 'above') return difference > 0
  if (operator === 'atLeast') return difference >= 0
  return operator === 'below' ? difference < 0 : difference <= 0
}

function leafHolds(
  leaf: SegmentLeaf,
  customer: Customer,
  events: readonly EventInput[],
  at: number,
): boolean {
  const { figures, lifecycle, consent, prediction } = customer
  switch (leaf.kind) {
    case 'trait':
      return valuesAt(customer.traits, leaf.path).some((value) => isMet(value, leaf.condition))
    case 'lifecycle':
      return leaf.states.some((state) => state === lifecycle.value[leaf.region])
    case 'consent': {
      const answer = consent[leaf.purpose]
      return leaf.statuses.some((status) => status === (answer === null ? 'none' : answer.status))
    }
    case 'reachable':
      return typeof customer.email === 'string'
    case 'language':
      return customer.locale !== null && leaf.languages.includes(customer.locale.value)
    case 'country':
      return leaf.countries.some((code) => code === customer.country?.code)
    case 'orders': {
      const revenue = figures.revenue[leaf.currency ?? ''] ?? 0
      const average = figures.count > 0 ? revenue / figures.count : 0
      return isMet({ count: figures.count, revenue, average }[leaf.figure], leaf.condition)
    }
    case 'ago': {
      const { firstAt, lastAt } = figures
      const times = { firstOrder: firstAt, lastOrder: lastAt, engagement: lifecycle.context.engagedAt }
      const time = times[leaf.of]
      return time !== null && at - time >= leaf.atLeast
    }
    case 'rfm':
      return leaf.groups.some((group) => group === customer.rfm?.group)
    case 'prediction': {
      if (prediction === null) return false
      const { alive, orders, spend, lifetimeValue } = prediction
      const expected = { alive, orders: orders.expected, spend: spend && spend.expected, lifetimeValue }
      const figure = expected[leaf.figure]
      return figure !== null && isMet(figure, leaf.condition)
    }
    case 'event':
      break
  }
  const counted = events.filter(
    ({ event, at: time }) =>
      event.type === leaf.type &&
      (leaf.name === undefined || leaf.name === event.name) &&
      event.bot !== true &&
      (leaf.within === null || at - time < leaf.within) &&
      leaf.where.every(({ path, condition }) =>
        valuesAt(['identify', 'group'].includes(event.type) ? event.traits : event.properties, path).some(
          (value) => isMet(value, condition),
        ),
      ),
  )
  return counted.length >= leaf.atLeast
}

/** Whether a rule is true of a customer to whom all these events have happened: without counters, index or timers. */
export function naiveSegment(
  rule: SegmentRule,
  customer: Customer,
  events: readonly EventInput[],
  at: number,
): boolean {
  const isTrue = (part: SegmentRule) => naiveSegment(part, customer, events, at)
  if (rule.kind === 'and') return !rule.rules.some((part) => !isTrue(part))
  if (rule.kind === 'or') return rule.rules.filter(isTrue).length > 0
  return rule.kind === 'not' ? !isTrue(rule.rule) : leafHolds(rule, customer, events, at)
}
