import type { Context } from 'liquidjs'

/** Without what LiquidJS itself answers, and without words that are no names. */
const PATH =
  /^(?!(?:forloop|true|false|nil|null|empty|blank)\b)[A-Za-z]\w*(?:\.(?!(?:size|first|last)\b)[A-Za-z]\w*)*$/

export type Primitive = string | number | boolean | null | undefined

/** Whether it names a datum and nothing else: `order.id`, and neither `order.id | upcase` nor `products.size`. */
export const isPlainPath = (text: string): boolean => PATH.test(text)

function scopeOf(context: Context, name: string): unknown {
  // LiquidJS keeps them to itself in its types only.
  const { scopes } = context as unknown as { scopes: readonly object[] }
  for (let place = scopes.length - 1; place >= 0; place -= 1) {
    const scope = scopes[place]
    if (scope && name in scope) return scope
  }
  return context.environments
}

export interface PlainValue {
  value: Primitive
  /** Part of the data that the mail was given, and not what the template has set itself. */
  isGiven: boolean
}

/** What a plain path leads to, by own properties only; undefined where it is no text or number: LiquidJS's matter. */
export function readPlain(context: Context, path: readonly string[]): PlainValue | undefined {
  let value = scopeOf(context, path[0] ?? '')
  const isGiven = value === context.environments
  for (const name of path) {
    if (value === undefined || value === null) return { value: undefined, isGiven }
    if (typeof value !== 'object') return undefined
    value = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
  }
  if (typeof value === 'function' || (typeof value === 'object' && value !== null)) return undefined
  return { value: value as Primitive, isGiven }
}
