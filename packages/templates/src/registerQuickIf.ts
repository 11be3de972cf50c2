import {
  IfTag,
  type Context,
  type Emitter,
  type Liquid,
  type Parser,
  type TagToken,
  type Template,
  type TopLevelToken,
} from 'liquidjs'

/** Without what LiquidJS itself answers, and without words that are no names. */
const PATH =
  /^(?!(?:forloop|true|false|nil|null|empty|blank)\b)[A-Za-z]\w*(?:\.(?!(?:size|first|last)\b)[A-Za-z]\w*)*$/
const QUOTED = /^(?:'([^'\\]*)'|"([^"\\]*)")$/

type Primitive = string | number | boolean | null | undefined
/** True or false, or undefined where only LiquidJS knows. */
type Condition = (context: Context) => boolean | undefined

const isBlank = (value: Primitive) =>
  value === undefined ||
  value === null ||
  value === false ||
  (typeof value === 'string' && value.trim() === '')

function scopeOf(context: Context, name: string): unknown {
  const scopes: unknown = Reflect.get(context, 'scopes')
  if (Array.isArray(scopes))
    for (let place = scopes.length - 1; place >= 0; place -= 1) {
      const scope = scopes[place] as object
      if (name in scope) return scope
    }
  return context.environments
}

/** What a path leads to, by own properties only, where it is plain: an object with methods is LiquidJS's matter. */
function read(context: Context, path: readonly string[]): { value: unknown } | undefined {
  let value = scopeOf(context, path[0] ?? '')
  for (const name of path) {
    if (value === undefined || value === null) return { value: undefined }
    if (typeof value !== 'object') return undefined
    value = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
  }
  return { value }
}

function conditionOf(texts: readonly string[]): Condition | undefined {
  const [left = '', right = '', operator = ''] = texts
  if (!PATH.test(left)) return undefined
  const path = left.split('.')
  const plain = (context: Context): { value: Primitive } | undefined => {
    const found = read(context, path)
    if (found === undefined || typeof found.value === 'function') return undefined
    if (typeof found.value === 'object' && found.value !== null) return undefined
    return { value: found.value as Primitive }
  }
  const test =
    (holds: (value: Primitive) => boolean): Condition =>
    (context) => {
      const found = plain(context)
      return found && holds(found.value)
    }
  if (texts.length === 1) return test((value) => value !== undefined && value !== null && value !== false)
  if (texts.length !== 3 || (operator !== '==' && operator !== '!=')) return undefined
  const isWanted = operator === '=='
  if (right === 'blank') return test((value) => isBlank(value) === isWanted)
  const quoted = QUOTED.exec(right)
  if (!quoted) return undefined
  const text = quoted[1] ?? quoted[2] ?? ''
  return test((value) => (value === text) === isWanted)
}

/**
 * `if` for the conditions that mails have most: `{% if order.id != blank %}`, `{% if purpose == 'marketing' %}`. LiquidJS
 * takes a dozen generators for each of them; what is not of this kind is left to it.
 */
export function registerQuickIf(engine: Liquid): void {
  class QuickIfTag extends IfTag {
    readonly #conditions: readonly (Condition | undefined)[]

    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid, parser: Parser) {
      super(token, remaining, liquid, parser)
      this.#conditions = this.branches.map(({ value }) =>
        value.filters.length > 0 ? undefined : conditionOf(value.initial.postfix.map((one) => one.getText())),
      )
    }

    override render(context: Context, emitter: Emitter): Generator<unknown, void, string> {
      for (let place = 0; place < this.branches.length; place += 1) {
        const isTrue = this.#conditions[place]?.(context)
        if (isTrue === undefined) return super.render(context, emitter)
        if (isTrue) return this.#show(this.branches[place]?.templates ?? [], context, emitter)
      }
      return this.#show(this.elseTemplates ?? [], context, emitter)
    }

    *#show(templates: Template[], context: Context, emitter: Emitter): Generator<unknown, void, string> {
      if (templates.length > 0) yield this.liquid.renderer.renderTemplates(templates, context, emitter)
    }
  }
  engine.registerTag('if', QuickIfTag)
}
