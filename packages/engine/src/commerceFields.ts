import { z } from 'zod'

/** A longer one is nobody's number of an order, cart or product, and PostgreSQL cannot index one of some 3 KB. */
const ID_LENGTH = 255

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** An id that a shop states: text or a number; undefined where it is neither, or too long to be one. */
export function readId(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return isText(value) && value.length <= ID_LENGTH ? value : undefined
}

/** A decimal number, also as text with a dot: shops send both. '1.234,50' and '€5' are none. */
function readDecimal(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

const readText = (value: unknown) =>
  isText(value) ? value : typeof value === 'number' ? String(value) : undefined

/** What a field holds, or undefined where it holds something else: one wrong field never makes an event unreadable. */
export const field = <T>(read: (value: unknown) => T | undefined) => z.unknown().transform(read).optional()

export const id = field(readId)
export const decimal = field(readDecimal)
export const text = field(readText)
export const anything = z.unknown().optional()

type Bag = Record<string, unknown>

/**
 * The specification's names are in snake case; the first version's were in camel case, and many shops still write
 * `orderId`. Where both are there, the specification's counts. A product's `id` was its `product_id`.
 */
function withSpecifiedNames(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  let renamed: Bag | undefined
  for (const [name, content] of Object.entries(value)) {
    if (!/[a-z][A-Z]/.test(name)) continue
    const specified = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    if (Object.hasOwn(value, specified)) continue
    renamed ??= { ...value }
    renamed[specified] = content
  }
  return renamed ?? value
}

/** The properties of an event: the fields named, each as far as it can be read, and whatever else is there. */
export const properties = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess(withSpecifiedNames, z.looseObject(shape))
