import type { Customer } from '../customer.ts'
import { decisiveTime, placeOf, timesAt, type EventLeaf } from './eventCounter.ts'
import { facetOf } from './facetOf.ts'
import type { SegmentLeaf, SegmentRule } from './segmentRule.ts'

/** Whether a customer is in a segment at an instant. */
export type SegmentTest = (customer: Customer, at: number) => boolean

/** When the window of a leaf runs out, or has run out; null where it never does or too little has happened. */
export function windowEnd(leaf: EventLeaf): (customer: Customer) => number | null {
  const place = placeOf(leaf)
  const { within } = leaf
  return (customer) => {
    const time = within === null ? undefined : decisiveTime(timesAt(customer, place), leaf)
    return within === null || time === undefined ? null : time + within
  }
}

export function compileLeaf(leaf: SegmentLeaf): SegmentTest {
  if (leaf.kind === 'event') {
    const place = placeOf(leaf)
    const { within } = leaf
    return (customer, at) => {
      const time = decisiveTime(timesAt(customer, place), leaf)
      return time !== undefined && (within === null || at < time + within)
    }
  }
  const { read, holds } = facetOf(leaf)
  return (customer, at) => holds(read(customer), at)
}

export function compileRule(rule: SegmentRule): SegmentTest {
  if (rule.kind === 'not') {
    const inner = compileRule(rule.rule)
    return (customer, at) => !inner(customer, at)
  }
  if (rule.kind !== 'and' && rule.kind !== 'or') return compileLeaf(rule)
  const tests = rule.rules.map(compileRule)
  return rule.kind === 'and'
    ? (customer, at) => tests.every((test) => test(customer, at))
    : (customer, at) => tests.some((test) => test(customer, at))
}
