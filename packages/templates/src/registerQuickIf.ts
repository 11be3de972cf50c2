import {
  IfTag,
  Tag,
  type Context,
  type Emitter,
  type Liquid,
  type Parser,
  type TagToken,
  type Template,
  type TopLevelToken,
} from 'liquidjs'
import { isPlainPath, readPlain, type Primitive } from './readPlain.ts'
import { writeTemplates } from './renderSynchronously.ts'

const QUOTED = /^(?:'([^'\\]*)'|"([^"\\]*)")$/

/** True or false, or undefined where only LiquidJS knows. */
type Condition = (context: Context) => boolean | undefined

const isBlank = (value: Primitive) =>
  value === undefined ||
  value === null ||
  value === false ||
  (typeof value === 'string' && value.trim() === '')

const isTrue = (value: Primitive) => value !== undefined && value !== null && value !== false

function tested(path: string, holds: (value: Primitive) => boolean): Condition | undefined {
  if (!isPlainPath(path)) return undefined
  const names = path.split('.')
  return (context) => {
    const found = readPlain(context, names)
    return found && holds(found.value)
  }
}

function compared(left: string, right: string, isWanted: boolean): Condition | undefined {
  if (right === 'blank') return tested(left, (value) => isBlank(value) === isWanted)
  const quoted = QUOTED.exec(right)
  if (!quoted) return undefined
  const text = quoted[1] ?? quoted[2] ?? ''
  return tested(left, (value) => (value === text) === isWanted)
}

function joined(left: Condition, right: Condition, isBoth: boolean): Condition {
  return (context) => {
    const [one, other] = [left(context), right(context)]
    if (one === undefined || other === undefined) return undefined
    return isBoth ? one && other : one || other
  }
}

/** @param texts an expression with each operator behind its two operands */
function conditionOf(texts: readonly string[]): Condition | undefined {
  const stack: (string | Condition)[] = []
  const take = (): Condition | undefined => {
    const top = stack.pop()
    return typeof top === 'string' ? tested(top, isTrue) : top
  }
  for (const text of texts) {
    let condition: Condition | undefined
    if (text === '==' || text === '!=') {
      const [right, left] = [stack.pop(), stack.pop()]
      if (typeof left === 'string' && typeof right === 'string')
        condition = compared(left, right, text === '==')
    } else if (text === 'and' || text === 'or') {
      const [right, left] = [take(), take()]
      if (left && right) condition = joined(left, right, text === 'and')
    } else {
      stack.push(text)
      continue
    }
    if (!condition) return undefined
    stack.push(condition)
  }
  return stack.length === 1 ? take() : undefined
}

/**
 * `if` for the conditions that mails have most: `{% if order.id != blank %}`, `{% if purpose == 'marketing' %}`. LiquidJS
 * takes a dozen generators for each of them; what is not of this kind is left to it.
 */
export function registerQuickIf(engine: Liquid): void {
  class QuickIfTag extends Tag {
    readonly #whole: IfTag
    readonly #conditions: readonly (Condition | undefined)[]

    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid, parser: Parser) {
      super(token, remaining, liquid)
      this.#whole = new IfTag(token, remaining, liquid, parser)
      this.#conditions = this.#whole.branches.map(({ value }) =>
        value.filters.length > 0 ? undefined : conditionOf(value.initial.postfix.map((one) => one.getText())),
      )
    }

    /** A generator only where LiquidJS has to be asked: `renderSynchronously` takes both. */
    render(context: Context, emitter: Emitter): Generator<unknown, void, string> | undefined {
      const { branches, elseTemplates } = this.#whole
      for (let place = 0; place < branches.length; place += 1) {
        const holds = this.#conditions[place]?.(context)
        if (holds === undefined) return this.#whole.render(context, emitter)
        if (holds) return this.#show(branches[place]?.templates, context, emitter)
      }
      return this.#show(elseTemplates, context, emitter)
    }

    /** For LiquidJS's list of the variables that a template asks for, as the next one. */
    children() {
      return this.#whole.children()
    }

    arguments() {
      return this.#whole.arguments()
    }

    #show(templates: Template[] | undefined, context: Context, emitter: Emitter): undefined {
      if (templates) writeTemplates(templates, context, emitter)
    }
  }
  engine.registerTag('if', QuickIfTag)
}
