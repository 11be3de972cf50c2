import { createCustomer, type Customer } from '../customer.ts'
import type { Event } from '../event.ts'
import { compileRule, windowEnd, type SegmentTest } from './compileRule.ts'
import { placeOf, type CounterPlace, type EventLeaf } from './eventCounter.ts'
import { facetOf, type Facet } from './facetOf.ts'
import { leavesOf } from './ruleLeaves.ts'
import type { SegmentRule } from './segmentRule.ts'

export interface SegmentDefinition {
  id: string
  rule: SegmentRule
  /** False until every customer has been looked at once: who is in it is not known before. */
  isLive: boolean
}

/** When time alone changes a leaf, or has changed it; null where it never does. */
export type Due = (customer: Customer) => number | null

export interface CompiledSegment {
  id: string
  rule: SegmentRule
  /** Among the definitions. */
  position: number
  isIn: SegmentTest
  /** When time alone changes a leaf of it, or has. */
  dues: readonly Due[]
}

/** One leaf, however many rules have it: how many of a counter's events it needs, and how new. */
export interface CountedLeaf {
  leaf: EventLeaf
  segments: readonly CompiledSegment[]
}

/** What is counted for several leaves. */
interface Counter extends CounterPlace, Pick<EventLeaf, 'type' | 'where'> {
  /** The most that one of its leaves needs. */
  kept: number
  /** Whether some leaf wants to know when: else nothing changes once there are enough. */
  hasWindow: boolean
  leaves: readonly CountedLeaf[]
}

interface EventCounters {
  /** Those that ask for no name. */
  any: readonly Counter[]
  /** Of each name that is asked for: its own, and those that ask for none. */
  named: ReadonlyMap<string, readonly Counter[]>
}

export interface WatchedFacet extends Pick<Facet, 'read'> {
  segments: readonly CompiledSegment[]
}

/** A time-dependent leaf. */
interface TimedLeaf {
  dueAt: Due
  segments: readonly CompiledSegment[]
}

/** Segments, and which of them each thing that may happen can change. */
export interface CompiledSegments {
  isEmpty: boolean
  all: readonly CompiledSegment[]
  ids: ReadonlySet<string>
  /** The ids of those whose changes count. */
  live: ReadonlySet<string>
  /** Those in which somebody is of whom nothing is known. */
  initial: readonly CompiledSegment[]
  counters: ReadonlyMap<Event['type'], EventCounters>
  /** The keys of all counters: what is kept under others belongs to no segment any more. */
  keys: ReadonlySet<string>
  traits: readonly WatchedFacet[]
  facets: readonly WatchedFacet[]
  timed: readonly TimedLeaf[]
}

interface Use<Leaf> {
  leaf: Leaf
  /** Null where a rule of a journey asks: it is no segment, and only counts. */
  segment: CompiledSegment | null
}

/** The segments of uses, each once. */
const segmentsOf = (uses: readonly Use<unknown>[]) => [
  ...new Set(uses.flatMap(({ segment }) => segment ?? [])),
]

/** JSON with signs that no name has between the parts. */
const joined = (...parts: unknown[]) => JSON.stringify(parts)

function makeCounter(uses: readonly Use<EventLeaf>[]): Counter[] {
  const [first] = uses
  if (!first) return []
  const { type, where } = first.leaf
  const byNeed = Map.groupBy(uses, ({ leaf: { atLeast, within } }) => joined(atLeast, within))
  const leaves = [...byNeed.values()].flatMap((same) =>
    same.slice(0, 1).map(({ leaf }) => ({ leaf, segments: segmentsOf(same) })),
  )
  return [
    {
      ...placeOf(first.leaf),
      type,
      where,
      kept: Math.max(...leaves.map(({ leaf }) => leaf.atLeast)),
      hasWindow: leaves.some(({ leaf }) => leaf.within !== null),
      leaves,
    },
  ]
}

const nameOf = ({ leaves }: Counter) => leaves[0]?.leaf.name

function indexCounters(counters: readonly Counter[]): EventCounters {
  const byName = Map.groupBy(counters, nameOf)
  const any = byName.get(undefined) ?? []
  const named = new Map<string, readonly Counter[]>()
  for (const [name, own] of byName) if (name !== undefined) named.set(name, [...own, ...any])
  return { any, named }
}

function watch(uses: readonly { facet: Facet; segment: CompiledSegment }[]): WatchedFacet[] {
  const byName = Map.groupBy(uses, ({ facet }) => facet.name)
  return [...byName.values()].flatMap((same) =>
    same.slice(0, 1).map(({ facet: { read } }) => ({
      read,
      segments: [...new Set(same.map(({ segment }) => segment))],
    })),
  )
}

/**
 * Compiles segments and the index by which an event touches only those that it can change.
 *
 * @param counting rules of others, for which events are counted as well
 */
export function compileSegments(
  definitions: readonly SegmentDefinition[],
  counting: readonly SegmentRule[] = [],
): CompiledSegments {
  const events: Use<EventLeaf>[] = counting
    .flatMap(leavesOf)
    .flatMap((leaf) => (leaf.kind === 'event' ? [{ leaf, segment: null }] : []))
  const facets: { facet: Facet; segment: CompiledSegment }[] = []
  const timed = new Map<string, { dueAt: Due; segments: Set<CompiledSegment> }>()
  const all = definitions.map(({ id, rule }, position): CompiledSegment => {
    const dues = new Map<string, Due>()
    const segment: CompiledSegment = { id, rule, position, isIn: compileRule(rule), dues: [] }
    for (const leaf of leavesOf(rule)) {
      if (leaf.kind === 'event') {
        events.push({ leaf, segment })
        const { key } = placeOf(leaf)
        if (leaf.within !== null) dues.set(joined(key, leaf.atLeast, leaf.within), windowEnd(leaf))
      } else {
        const facet = facetOf(leaf)
        facets.push({ facet, segment })
        if (leaf.kind === 'ago' && facet.dueAt) dues.set(joined(leaf.of, leaf.atLeast), facet.dueAt)
      }
    }
    for (const [name, dueAt] of dues) {
      const known = timed.get(name)
      if (known) known.segments.add(segment)
      else timed.set(name, { dueAt, segments: new Set([segment]) })
    }
    return Object.assign(segment, { dues: [...dues.values()] })
  })
  const places = Map.groupBy(events, ({ leaf }) => placeOf(leaf).key)
  const counters = [...places.values()].flatMap(makeCounter)
  const byType = Map.groupBy(counters, ({ type }) => type)
  const nobody = createCustomer('')
  return {
    isEmpty: all.length === 0 && events.length === 0,
    all,
    ids: new Set(all.map(({ id }) => id)),
    live: new Set(definitions.filter(({ isLive }) => isLive).map(({ id }) => id)),
    initial: all.filter(({ isIn }) => isIn(nobody, 0)),
    counters: new Map([...byType].map(([type, own]) => [type, indexCounters(own)])),
    keys: new Set(places.keys()),
    traits: watch(facets.filter(({ facet }) => facet.isTrait)),
    facets: watch(facets.filter(({ facet }) => !facet.isTrait)),
    timed: [...timed.values()].map(({ dueAt, segments }) => ({ dueAt, segments: [...segments] })),
  }
}
