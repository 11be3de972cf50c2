import { Tag, type Context, type Emitter, type Liquid, type TagToken, type TopLevelToken } from 'liquidjs'
import { getRenderState } from './renderState.ts'

const WEB_PAGE = /^https?:\/\//i
const HARMLESS = /^(?:mailto:|tel:|#)/i

/**
 * The tag in the hrefs that `markLinks` marked: `{% trackedLink 0 %}` renders link 0 and rewrites it. It renders in the
 * calling context, so that loop variables are visible and the limits of the mail are shared.
 */
export function registerTrackedLink(engine: Liquid, escape: (text: string) => string): void {
  // A class, because LiquidJS renders a tag given as an object in two more generators.
  class TrackedLinkTag extends Tag {
    readonly #index: number

    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
      super(token, remaining, liquid)
      this.#index = Number(token.args)
    }

    render(context: Context, emitter: Emitter): void {
      const { links, link, onDeadLink } = getRenderState(context)
      const rendered: unknown = engine.renderer.renderTemplates(links[this.#index] ?? [], context)
      const url = String(rendered).trim()
      if (WEB_PAGE.test(url)) emitter.write(escape(link(url)))
      else if (HARMLESS.test(url)) emitter.write(escape(url))
      else {
        // A link that turns out empty, relative or `javascript:` leads nowhere instead.
        onDeadLink?.(this.#index, url)
        emitter.write('#')
      }
    }
  }
  engine.registerTag('trackedLink', TrackedLinkTag)
}
