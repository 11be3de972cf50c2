import { z } from 'zod'
import { CONSENT_PURPOSES, CONSENT_STATUSES } from '../consent.ts'
import { EVENT_TYPES } from '../event.ts'
import { REGIONS, STATES } from '../lifecycle.ts'
import { RFM_GROUPS } from '../rfm.ts'

const scalar = z.union([z.string().max(500), z.number(), z.boolean()])
const duration = z.number().int().positive()

/** What a trait or a property has to be. Text is compared letter by letter, numbers only with numbers. */
export const ValueConditionSchema = z.discriminatedUnion('operator', [
  z.object({ operator: z.literal('is'), value: scalar }),
  z.object({ operator: z.literal('isOneOf'), values: z.array(scalar).min(1).max(100) }),
  z.object({ operator: z.literal('contains'), value: z.string().min(1).max(500) }),
  z.object({ operator: z.literal('startsWith'), value: z.string().min(1).max(500) }),
  z.object({ operator: z.literal('above'), value: z.number() }),
  z.object({ operator: z.literal('atLeast'), value: z.number() }),
  z.object({ operator: z.literal('below'), value: z.number() }),
  z.object({ operator: z.literal('atMost'), value: z.number() }),
  /** There is one, and it is not null. */
  z.object({ operator: z.literal('exists') }),
])

export type ValueCondition = z.infer<typeof ValueConditionSchema>

/** A name, or names from the outermost to the innermost; `*` stands for any element of a list. */
const path = z.array(z.string().min(1).max(200)).min(1).max(4)

const leaf = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('trait'), path, condition: ValueConditionSchema }),
  z
    .object({ kind: z.literal('lifecycle'), region: z.enum(REGIONS), states: z.array(z.string()).min(1) })
    .refine(
      ({ region, states }) => states.every((one) => (STATES[region] as readonly string[]).includes(one)),
      {
        message: 'expected states of that region',
        path: ['states'],
      },
    ),
  z.object({
    kind: z.literal('consent'),
    purpose: z.enum(CONSENT_PURPOSES),
    statuses: z.array(z.enum([...CONSENT_STATUSES, 'none'])).min(1),
  }),
  /** `reachable`: has a proven address. */
  z.object({ kind: z.literal('reachable') }),
  z.object({ kind: z.literal('language'), languages: z.array(z.string().regex(/^[a-z]{2}$/)).min(1) }),
  z.object({ kind: z.literal('country'), countries: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1) }),
  /** Revenue and average are in minor units of the currency, net of refunds; without orders both are 0. */
  z.object({
    kind: z.literal('orders'),
    figure: z.enum(['count', 'revenue', 'average']),
    currency: z.string().length(3).optional(),
    condition: ValueConditionSchema,
  }),
  /** At least that long ago. Who has none is not in it. */
  z.object({
    kind: z.literal('ago'),
    of: z.enum(['firstOrder', 'lastOrder', 'engagement']),
    atLeast: duration,
  }),
  z.object({ kind: z.literal('rfm'), groups: z.array(z.enum(RFM_GROUPS)).min(1) }),
  /** Of the last refresh; who has no prediction is in none. Spend is in minor units of the workspace's currency. */
  z.object({
    kind: z.literal('prediction'),
    figure: z.enum(['alive', 'orders', 'spend', 'lifetimeValue']),
    condition: ValueConditionSchema,
  }),
  /** Happened at least so often, within the last `within` milliseconds, or ever. What crawlers send does not count. */
  z.object({
    kind: z.literal('event'),
    type: z.enum(EVENT_TYPES).default('track'),
    /** The exact name of a `track` event, or of a `page` or `screen`; left out: any. */
    name: z.string().max(200).optional(),
    atLeast: z.number().int().min(1).max(100).default(1),
    within: duration.nullable().default(null),
    /** All of them hold, for each event by itself. */
    where: z
      .array(z.object({ path, condition: ValueConditionSchema }))
      .max(5)
      .default([]),
  }),
])

export type SegmentLeaf = z.infer<typeof leaf>

export type SegmentRule =
  | SegmentLeaf
  | { kind: 'and' | 'or'; rules: SegmentRule[] }
  | { kind: 'not'; rule: SegmentRule }

const tree: z.ZodType<SegmentRule> = z.lazy(() =>
  z.union([
    leaf,
    z.object({ kind: z.enum(['and', 'or']), rules: z.array(tree).min(1).max(50) }),
    z.object({ kind: z.literal('not'), rule: tree }),
  ]),
)

/** How many parts a rule has, and how deep it is. */
function sizeOf(rule: SegmentRule): { parts: number; depth: number } {
  if (rule.kind !== 'and' && rule.kind !== 'or' && rule.kind !== 'not') return { parts: 1, depth: 1 }
  const inner = (rule.kind === 'not' ? [rule.rule] : rule.rules).map(sizeOf)
  return {
    parts: inner.reduce((sum, { parts }) => sum + parts, 1),
    depth: Math.max(...inner.map(({ depth }) => depth)) + 1,
  }
}

/** A segment's rule: a tree of conditions joined by and, or and not. Durations are milliseconds. */
export const SegmentRuleSchema = tree.refine(
  (rule) => {
    const { parts, depth } = sizeOf(rule)
    return parts <= 100 && depth <= 10
  },
  { message: 'expected at most 100 parts, and 10 of them inside each other' },
)
