import { LiquidError, type Liquid, type Template } from 'liquidjs'
import { liquidProblem } from './liquidProblem.ts'
import { TemplateError } from './templateError.ts'

interface LiquidPlace {
  template: string
  locale?: string
  key?: string
  /** False where the text was derived, so that its lines are not the author's. */
  hasLines: boolean
}

/** Parses once, with the author's line in the error. Throws `liquid-invalid` or `limit-exceeded`. */
export function parseLiquid(engine: Liquid, liquid: string, { hasLines, ...place }: LiquidPlace): Template[] {
  try {
    return engine.parse(liquid)
  } catch (error) {
    const { message, isLimit } = liquidProblem(error)
    const line = hasLines && LiquidError.is(error) ? error.token.getPosition()[0] : undefined
    const expected = isLimit
      ? `expected at most ${engine.options.parseLimit} characters`
      : 'expected Liquid with the tags and filters that templates may use'
    throw new TemplateError(
      isLimit ? 'limit-exceeded' : 'liquid-invalid',
      { ...place, line },
      `${message}; ${expected}`,
      error,
    )
  }
}
