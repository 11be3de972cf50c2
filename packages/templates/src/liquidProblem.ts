/**
 * What a LiquidJS error says, without the place that it appends to its message: that is a place in the compiled
 * document, not in what the author wrote. LiquidJS has no class or code of its own for limits, only messages.
 */
export function liquidProblem(error: unknown): { message: string; isLimit: boolean } {
  const whole = error instanceof Error ? error.message : String(error)
  const firstLine = whole.split('\n', 1)[0] ?? ''
  const message = firstLine.replace(/(?:, file:[^,]*)?(?:, line:\d+)?(?:, col:\d+)?$/, '')
  return { message, isLimit: /^(?:parse length|template render|memory alloc) limit exceeded$/.test(message) }
}
