/** A tracker must never break the shop: whatever goes wrong inside becomes a warning in the console. */
export const warn = (message: string, cause?: unknown): void =>
  globalThis.console.warn(`ciclo: ${message}`, cause ?? '')

/** The same function, except that it never throws. */
export const guard =
  <Values extends unknown[], Result>(work: (...values: Values) => Result) =>
  (...values: Values): Result | undefined => {
    try {
      return work(...values)
    } catch (cause) {
      warn('a call failed', cause)
      return undefined
    }
  }

type HeardEvents = WindowEventMap &
  DocumentEventMap & { currententrychange: Event; prerenderingchange: Event }

/** Listens before everybody else on the page, and never throws. */
export const listen = <Type extends keyof HeardEvents>(
  target: EventTarget,
  type: Type,
  work: (event: HeardEvents[Type]) => unknown,
): void => target.addEventListener(type, guard(work) as (event: Event) => void, true)
