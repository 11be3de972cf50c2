import {
  Tag,
  toValueSync,
  Value,
  type Context,
  type Emitter,
  type Liquid,
  type TagToken,
  type TopLevelToken,
} from 'liquidjs'
import { isPlainPath, readPlain } from './readPlain.ts'
import { textOf } from './renderSynchronously.ts'

const OUTPUT = /\{\{\s*([\w.]+)\s*\}\}/g

/**
 * Rewrites plain outputs, such as `{{ product.name }}`, to a tag that reads them directly. LiquidJS evaluates an output
 * in seven nested generators, and most outputs of a mail are of this kind.
 */
export function useDataTag(document: string): string {
  return document.replace(OUTPUT, (whole, path: string) => (isPlainPath(path) ? `{% data ${path} %}` : whole))
}

/** The tag that `useDataTag` writes. Says what an output says: what is no text or number is left to LiquidJS. */
export function registerDataTag(engine: Liquid, escape: (text: string) => string): void {
  // A class, because LiquidJS renders a tag given as an object in two more generators.
  class DataTag extends Tag {
    readonly #path: readonly string[]
    readonly #value: Value

    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
      super(token, remaining, liquid)
      this.#path = token.args.trim().split('.')
      this.#value = new Value(token.args.trim(), liquid)
    }

    render(context: Context, emitter: Emitter): void {
      const found = readPlain(context, this.#path)
      const isKnown = found !== undefined && !(found.value === undefined && context.strictVariables)
      const value: unknown = isKnown ? found.value : toValueSync(this.#value.value(context, false))
      const text = textOf(value)
      // As LiquidJS's filters do: a text that is captured, shown twice, and captured again has no end else.
      if (!found?.isGiven) context.memoryLimit.use(text.length)
      emitter.write(escape(text))
    }
  }
  engine.registerTag('data', DataTag)
}
