import { Liquid } from 'liquidjs'
import { registerPlural } from './registerPlural.ts'
import { registerQuickIf } from './registerQuickIf.ts'
import { renderSynchronously } from './renderSynchronously.ts'

/**
 * Per parse: characters of one document. Per render: milliseconds and LiquidJS's count of allocated items.
 * A shipped e-mail parses about 40,000 characters and renders in well under a millisecond; the time limit
 * is far above that because a busy machine may pause in the middle of a render.
 */
const LIMITS = { parseLimit: 1_000_000, renderLimit: 500, memoryLimit: 1_000_000 } as const

/**
 * Tags that read files (`include`, `render`, `layout`, `block`), write to the data (`increment`,
 * `decrement`) or print around the escaping (`cycle`, `raw`) are not here: using one is a parse error.
 */
const ALLOWED_TAGS = new Set([
  'assign',
  'break',
  'capture',
  'case',
  'comment',
  'continue',
  'echo',
  'for',
  'if',
  'unless',
  '#',
])

/** A LiquidJS engine that only computes: no files, no prototypes, nothing unescaped, and never without limits. */
export function createEngine({ escape }: { escape: boolean }): Liquid {
  const engine = new Liquid({
    ...LIMITS,
    ...(escape ? { outputEscape: 'escape' as const } : {}),
    ownPropertyOnly: true,
    strictFilters: true,
    // Only matters for strict renders: `{% if customer.firstName %}` has to stay legal without a first name.
    lenientIf: true,
    templates: {},
  })
  for (const tag of Object.keys(engine.tags)) if (!ALLOWED_TAGS.has(tag)) delete engine.tags[tag]
  engine.unregisterFilter('raw')
  registerPlural(engine)
  registerQuickIf(engine)
  renderSynchronously(engine)
  return engine
}
