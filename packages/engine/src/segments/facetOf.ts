import type { Customer } from '../customer.ts'
import type { Prediction } from '../prediction/prediction.ts'
import { matchPath, matchValue } from './matchValue.ts'
import type { SegmentLeaf } from './segmentRule.ts'

/** What a customer is or has, as conditions look at it. While it is the same value, none of them can change. */
export interface Facet {
  /** Facets of one name are the same. */
  name: string
  /** Whether it is one trait: while the traits are the same object, so is each of them. */
  isTrait: boolean
  read: (customer: Customer) => unknown
  /** Whether the leaf is true where this is the facet's value. */
  holds: (value: unknown, at: number) => boolean
  /** When time alone makes the leaf true, or has made it so. */
  dueAt?: (customer: Customer) => number | null
}

type FacetLeaf = Exclude<SegmentLeaf, { kind: 'event' }>
type LeafOf<Kind extends FacetLeaf['kind']> = Extract<FacetLeaf, { kind: Kind }>

const isOneOf = (names: readonly string[]) => (value: unknown) =>
  (names as readonly unknown[]).includes(value)

function numberOf({ figure, currency }: LeafOf<'orders'>, { count, revenue }: Customer['figures']): number {
  if (figure === 'count') return count
  const amount = currency !== undefined && Object.hasOwn(revenue, currency) ? (revenue[currency] ?? 0) : 0
  if (figure === 'revenue') return amount
  return count === 0 ? 0 : amount / count
}

const PREDICTED = {
  alive: ({ alive }) => alive,
  orders: ({ orders }) => orders.expected,
  spend: ({ spend }) => spend && spend.expected,
  lifetimeValue: ({ lifetimeValue }) => lifetimeValue,
} satisfies Record<LeafOf<'prediction'>['figure'], (prediction: Prediction) => number | null>

const TIMES = {
  firstOrder: ({ figures }) => figures.firstAt,
  lastOrder: ({ figures }) => figures.lastAt,
  engagement: ({ lifecycle }) => lifecycle.context.engagedAt,
} satisfies Record<LeafOf<'ago'>['of'], (customer: Customer) => number | null>

function agoFacet({ of, atLeast }: LeafOf<'ago'>): Omit<Facet, 'isTrait'> {
  const read = TIMES[of]
  return {
    name: of,
    read,
    holds: (value, at) => value !== null && (value as number) + atLeast <= at,
    dueAt: (customer) => {
      const time = read(customer)
      return time === null ? null : time + atLeast
    },
  }
}

function plainFacet(leaf: Exclude<FacetLeaf, { kind: 'trait' }>): Omit<Facet, 'isTrait'> {
  switch (leaf.kind) {
    case 'lifecycle': {
      const { region, states } = leaf
      return {
        name: `lifecycle ${region}`,
        read: ({ lifecycle }) => lifecycle.value[region],
        holds: isOneOf(states),
      }
    }
    case 'consent': {
      const { purpose, statuses } = leaf
      return {
        name: `consent ${purpose}`,
        read: ({ consent }) => consent[purpose]?.status ?? 'none',
        holds: isOneOf(statuses),
      }
    }
    case 'reachable':
      return { name: 'reachable', read: ({ email }) => email !== null, holds: (value) => value === true }
    case 'language':
      return { name: 'language', read: ({ locale }) => locale?.value, holds: isOneOf(leaf.languages) }
    case 'country':
      return { name: 'country', read: ({ country }) => country?.code, holds: isOneOf(leaf.countries) }
    case 'orders': {
      const { condition } = leaf
      const name = leaf.currency === undefined ? leaf.figure : `${leaf.figure} ${leaf.currency}`
      return {
        name,
        read: ({ figures }) => numberOf(leaf, figures),
        holds: (value) => matchValue(value, condition),
      }
    }
    case 'ago':
      return agoFacet(leaf)
    case 'rfm':
      return { name: 'rfm', read: ({ rfm }) => rfm?.group, holds: isOneOf(leaf.groups) }
    case 'prediction':
      break
  }
  const { figure, condition } = leaf
  return {
    name: `prediction ${figure}`,
    read: ({ prediction }) => prediction && PREDICTED[figure](prediction),
    holds: (value) => matchValue(value, condition),
  }
}

/** What a leaf looks at, unless it counts events. */
export function facetOf(leaf: FacetLeaf): Facet {
  if (leaf.kind !== 'trait') return { ...plainFacet(leaf), isTrait: false }
  const { path, condition } = leaf
  const [name = ''] = path
  return {
    name: `trait ${name}`,
    isTrait: true,
    read: ({ traits }) => (Object.hasOwn(traits, name) ? traits[name] : undefined),
    holds: (value) => matchPath(value, path, condition, 1),
  }
}
