import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { EVENT_NAMES, LIQUID_FILTERS, LIQUID_NAMES, LIQUID_TAGS, PRODUCT_NAMES } from './liquidNames.ts'

/** Far more than anybody writes within one pair of braces. */
const LOOK_BACK = 400
const OPEN = /\{(\{|%)-?((?:(?!\}\}|%\}|\{\{|\{%)[\s\S])*)$/

const named = (type: string, labels: readonly string[]): Completion[] =>
  labels.map((label) => ({ label, type }))
const NAMES = [
  ...named('variable', LIQUID_NAMES),
  ...named(
    'property',
    EVENT_NAMES.map((name) => `event.${name}`),
  ),
  ...named(
    'property',
    PRODUCT_NAMES.map((name) => `product.${name}`),
  ),
]
const FILTERS = named('function', LIQUID_FILTERS)
const TAGS = named('keyword', LIQUID_TAGS)

/**
 * What may stand next within braces: the keys of strings after a quote, filters after a bar, else names; tags where a
 * `{%` begins. Null outside of braces.
 */
export function liquidCompletion(
  { state, pos, explicit }: Pick<CompletionContext, 'state' | 'pos' | 'explicit'>,
  keys: readonly string[],
): CompletionResult | null {
  const before = OPEN.exec(state.sliceDoc(Math.max(0, pos - LOOK_BACK), pos))
  if (!before) return null
  const [, kind = '', inside = ''] = before
  const quoted = /^\s*(['"])([^'"]*)$/.exec(inside)
  if (kind === '{' && quoted) {
    const [, quote = "'", typed = ''] = quoted
    const rest = state.sliceDoc(pos, pos + LOOK_BACK)
    const isClosed = /^[\w-]*['"]/.test(rest)
    return {
      from: pos - typed.length,
      options: keys.map((label) => ({
        label,
        type: 'text',
        ...(isClosed ? {} : { apply: `${label}${quote} | t }}` }),
      })),
      validFor: /^[\w-]*$/,
    }
  }
  const word = /[\w.-]*$/.exec(inside)?.[0] ?? ''
  const start = inside.slice(0, inside.length - word.length)
  if (word === '' && !explicit && !/[\s|{%]$|^$/.test(start)) return null
  const isFilter = /\|\s*$/.test(start)
  const isTag = kind === '%' && start.trim() === ''
  return {
    from: pos - word.length,
    options: isFilter ? FILTERS : isTag ? TAGS : NAMES,
    validFor: /^[\w.-]*$/,
  }
}
