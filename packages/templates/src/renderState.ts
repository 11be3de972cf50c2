import type { Context, Template } from 'liquidjs'

/** What the tag `trackedLink` needs of the render it runs in. */
export interface RenderState {
  links: readonly Template[][]
  link: (url: string) => string
  /** Told of links that lead nowhere: their index, and what they rendered to. */
  onDeadLink?: ((index: number, url: string) => void) | undefined
}

// LiquidJS keeps registers apart from the variables, so a template can neither read nor replace this.
const REGISTER = 'renderState'

export function setRenderState(context: Context, state: RenderState): void {
  context.setRegister(REGISTER, state)
}

export function getRenderState(context: Context): RenderState {
  return context.getRegister<RenderState>(REGISTER)
}
