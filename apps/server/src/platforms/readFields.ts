import { fromMinorUnits, toMinorUnits } from '@ciclo/engine'
import { z } from 'zod'
import { CicloError } from '../errors.ts'

/** An id as systems write it: a number or a text. */
export const idField = z.union([z.string().min(1).max(200), z.int().transform(String)])

/** Text; whatever else stands there is as if nothing did. */
export const textField = z
  .string()
  .transform((text) => text.trim() || undefined)
  .nullish()
  .catch(undefined)
  .transform((text) => text ?? undefined)

/** A decimal, as a number or a text with a dot; whatever else stands there is as if nothing did. */
export const amountField = z
  .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)])
  .nullish()
  .catch(undefined)
  .transform((amount) => amount ?? undefined)

/** A list; whatever else stands there is an empty one. */
export const listField = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .catch([])
    .transform((list) => list ?? [])

/** ISO 8601 as epoch milliseconds. Without a zone it is UTC, as WooCommerce writes what it calls `_gmt`. */
export const timeField = z.string().transform((text, context) => {
  const at = Date.parse(/T[\d:.]+$/.test(text) ? `${text}Z` : text)
  if (!Number.isNaN(at)) return at
  context.addIssue({ code: 'custom', message: `given ${JSON.stringify(text)}, expected an ISO 8601 time` })
  return z.NEVER
})

/** Such a time, or undefined where there is none. */
export const optionalTime = timeField
  .nullish()
  .catch(undefined)
  .transform((at) => at ?? undefined)

/** Payloads by their schema. Throws `bad-request` naming the topic and the first field that is wrong. */
export function readPayload<Value>(schema: z.ZodType<Value>, topic: string, payload: unknown): Value {
  const parsed = schema.safeParse(payload)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new CicloError(
    'bad-request',
    `${topic}: ${issue?.path.join('.') || 'payload'}: ${issue?.message ?? 'is not what it should be'}`,
  )
}

/** What amounts come to, exactly: they are added in minor units of the currency. */
export function sumAmounts(amounts: readonly (string | number | undefined)[], currency: string): number {
  return fromMinorUnits(
    amounts.reduce<number>((sum, amount) => sum + (toMinorUnits(amount, currency) ?? 0), 0),
    currency,
  )
}

/** An absolute web address, also one without its scheme; undefined where it is none. */
export function linkOf(text: string | undefined): string | undefined {
  const given = text?.startsWith('//') ? `https:${text}` : text
  return given !== undefined && given.length <= 2_000 && /^https?:\/\/[^\s"'<>]+$/i.test(given)
    ? given
    : undefined
}

/** Without what nobody has said. */
export const stated = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null))

/** No order is shown with more lines: an event has its limits. */
export const MOST_LINES = 500
