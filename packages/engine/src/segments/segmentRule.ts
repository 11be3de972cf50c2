import { z } from 'zod'
import { CONSENT_PURPOSES, CONSENT_STATUSES } from '../consent.ts'
import { DurationSchema } from '../duration.ts'
import { EVENT_TYPES } from '../event.ts'
import { REGIONS, STATES } from '../lifecycle.ts'
import { RFM_GROUPS } from '../rfm.ts'

/**
 * A segment's rule, and what it means. Two evaluations must agree on every customer: `evaluateSegment` in memory, and
 * the store's condition over all customers. Neither knows more than is written here.
 *
 * A rule is true or false, never unknown: a condition on something that is not there is false, and `not` of it true.
 */

/** What a database can keep and find again: halves of characters and NUL are in no stored text either. */
const isPlain = (value: string) => value.isWellFormed() && !value.includes('\u0000')
const text = (most: number) =>
  z.string().max(most).refine(isPlain, { message: 'expected whole characters, and none of them NUL' })

const scalar = z.union([text(500), z.number(), z.boolean()])
/**
 * What a value has to be. A value of another type never is what is asked for: the text `5` is no number, `true` is
 * neither 1 nor the text `true`, and null, a list or an object is none of all these.
 *
 * - `is`, `isOneOf`: the same type and the same value; text letter by letter, with its case, and not normalised.
 * - `contains`, `startsWith`: of text, letter by letter. No element of a list: that is what `*` in a path is for.
 * - `above`, `atLeast`, `below`, `atMost`: of numbers, which are IEEE 754 doubles. Text has no order here.
 * - `exists`: there is a value and it is not null; also an empty text, list or object.
 */
export const ValueConditionSchema = z.discriminatedUnion('operator', [
  z.object({ operator: z.literal('is'), value: scalar }),
  z.object({ operator: z.literal('isOneOf'), values: z.array(scalar).min(1).max(100) }),
  z.object({ operator: z.literal('contains'), value: text(500).min(1) }),
  z.object({ operator: z.literal('startsWith'), value: text(500).min(1) }),
  z.object({ operator: z.literal('above'), value: z.number() }),
  z.object({ operator: z.literal('atLeast'), value: z.number() }),
  z.object({ operator: z.literal('below'), value: z.number() }),
  z.object({ operator: z.literal('atMost'), value: z.number() }),
  z.object({ operator: z.literal('exists') }),
])

export type ValueCondition = z.infer<typeof ValueConditionSchema>

/**
 * Where a value is: names from the outermost to the innermost. A name leads to an object's own member, never into a
 * list; `*` leads to each element of a list, never into an object (so that a member called `*` cannot be named). A path
 * may lead to no value, one, or with `*` several: the condition holds if it does for any one of them.
 */
export const PathSchema = z.array(text(200).min(1)).min(1).max(4)

const leaves = [
  /** Of the customer's traits, without `email`, which is an identity. */
  z.object({ kind: z.literal('trait'), path: PathSchema, condition: ValueConditionSchema }),
  /** The region is in one of these states. */
  z
    .object({
      kind: z.literal('lifecycle'),
      region: z.enum(REGIONS),
      states: z.array(z.string()).min(1).max(20),
    })
    .refine(
      ({ region, states }) => states.every((one) => (STATES[region] as readonly string[]).includes(one)),
      { message: 'expected states of that region', path: ['states'] },
    ),
  /** How the customer stands to a purpose now; `none`: nothing was ever said. */
  z.object({
    kind: z.literal('consent'),
    purpose: z.enum(CONSENT_PURPOSES),
    statuses: z
      .array(z.enum([...CONSENT_STATUSES, 'none']))
      .min(1)
      .max(4),
  }),
  /** Has a proven address. */
  z.object({ kind: z.literal('reachable') }),
  /** Who has none that is known is in none. */
  z.object({
    kind: z.literal('language'),
    languages: z
      .array(z.string().regex(/^[a-z]{2}$/, { message: 'expected a language of ISO 639-1, such as pl' }))
      .min(1)
      .max(200),
  }),
  /** Who has none that is known is in none. */
  z.object({
    kind: z.literal('country'),
    countries: z
      .array(z.string().regex(/^[A-Z]{2}$/, { message: 'expected a country of ISO 3166-1, such as PL' }))
      .min(1)
      .max(300),
  }),
  /**
   * `count` of all orders; `revenue` in one currency, in its minor units, net of refunds, 0 where there is none;
   * `average`: that revenue through the count of all orders, a quotient of doubles that is not rounded, 0 without
   * orders. The condition is asked of the number, which is always there.
   */
  z
    .object({
      kind: z.literal('orders'),
      figure: z.enum(['count', 'revenue', 'average']),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, { message: 'expected a currency of ISO 4217, such as EUR' })
        .optional(),
      condition: ValueConditionSchema,
    })
    .refine(({ figure, currency }) => (figure === 'count') === (currency === undefined), {
      message: 'expected a currency with revenue and average, and none with count',
      path: ['currency'],
    }),
  /**
   * At least that long ago: from the very instant at which it is (time + atLeast <= now). Who has none is not in it.
   * Engagement is the last visit or human click, as the lifecycle keeps it: to the day while the customer is warm.
   */
  z.object({
    kind: z.literal('ago'),
    of: z.enum(['firstOrder', 'lastOrder', 'engagement']),
    atLeast: DurationSchema,
  }),
  /** Who has no group is in none. */
  z.object({ kind: z.literal('rfm'), groups: z.array(z.enum(RFM_GROUPS)).min(1).max(10) }),
  /**
   * Of the last refresh: `alive` from 0 to 1, what is to be expected of `orders` and `spend` in 365 days, and
   * `lifetimeValue`; money in minor units of the workspace's currency. Who has no prediction, or none of that figure, is
   * in none, whatever is asked.
   */
  z.object({
    kind: z.literal('prediction'),
    figure: z.enum(['alive', 'orders', 'spend', 'lifetimeValue']),
    condition: ValueConditionSchema,
  }),
  /**
   * Happened at least so often: ever, or in a window that ends now. An event counts while its time > now - within: it
   * stops counting at the very instant time + within. Its time is when it happened, not when it was told. No event is
   * later than the instant at which it is counted.
   *
   * Counted are all events of the customer and of those merged into it, whoever sent them, except what crawlers send
   * (`bot`) and the events that Ciclo itself derives: `Segment Entered`, `Segment Left` and `RFM Group Changed`.
   */
  z
    .object({
      kind: z.literal('event'),
      type: z.enum(EVENT_TYPES).default('track'),
      /** The name of a `track`, `page` or `screen`, letter by letter as it was sent. Left out: any or none. */
      name: text(512).min(1).optional(),
      atLeast: z.number().int().min(1).max(100).default(1),
      within: DurationSchema.nullable().default(null),
      /**
       * All of them hold, for each event by itself. Paths begin in the event's `properties`, for `identify` and `group`
       * in its `traits`.
       */
      where: z
        .array(z.object({ path: PathSchema, condition: ValueConditionSchema }))
        .max(5)
        .default([]),
    })
    .refine(
      ({ type, name }) => name === undefined || type === 'track' || type === 'page' || type === 'screen',
      {
        message: 'expected no name: only track, page and screen have one',
        path: ['name'],
      },
    ),
] as const

export type SegmentLeaf = z.infer<(typeof leaves)[number]>

export type SegmentRule =
  | SegmentLeaf
  | { kind: 'and'; rules: SegmentRule[] }
  | { kind: 'or'; rules: SegmentRule[] }
  | { kind: 'not'; rule: SegmentRule }

const tree: z.ZodType<SegmentRule> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    ...leaves,
    /** `and`: all of them are true. `or`: at least one is. */
    z.object({ kind: z.enum(['and', 'or']), rules: z.array(tree).min(1).max(50) }),
    z.object({ kind: z.literal('not'), rule: tree }),
  ]),
)

const PARTS = 100
const DEPTH = 10

function partsOf(rule: unknown): unknown[] {
  if (typeof rule !== 'object' || rule === null) return []
  // Both, although no rule has both: what is refused later must not be too deep to be looked at.
  const one = 'rule' in rule ? [rule.rule] : []
  return 'rules' in rule && Array.isArray(rule.rules) ? [...one, ...(rule.rules as unknown[])] : one
}

/** Looked at level by level, before anything that calls itself for what is inside. */
function isBounded(rule: unknown): boolean {
  let level = [rule]
  let parts = 0
  for (let depth = 1; level.length > 0; depth += 1) {
    parts += level.length
    if (depth > DEPTH || parts > PARTS) return false
    level = level.flatMap(partsOf)
  }
  return true
}

/** The times that a customer's state keeps for a rule: 14 KB at the most, also where every part counts another event. */
const TIMES = 1_000

function timesIn(rule: SegmentRule): number {
  if (rule.kind === 'event') return rule.atLeast
  if (rule.kind === 'not') return timesIn(rule.rule)
  if (rule.kind !== 'and' && rule.kind !== 'or') return 0
  return rule.rules.reduce((sum, one) => sum + timesIn(one), 0)
}

/** A segment's rule: a tree of conditions joined by `and`, `or` and `not`. Durations are milliseconds, or written as `7d`. */
export const SegmentRuleSchema = z.preprocess(
  (rule, context) => {
    if (isBounded(rule)) return rule
    const message = `expected at most ${PARTS} parts, and ${DEPTH} of them inside each other`
    context.issues.push({ code: 'custom', message, input: null })
    return z.NEVER
  },
  tree.refine((rule) => timesIn(rule) <= TIMES, {
    message: `expected the atLeast of all events to add up to at most ${TIMES}`,
  }),
)
