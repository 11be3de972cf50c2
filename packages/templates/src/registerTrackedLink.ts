import type { Liquid } from 'liquidjs'
import { getRenderState } from './renderState.ts'

const WEB_PAGE = /^https?:\/\//i
const HARMLESS = /^(?:mailto:|tel:|#)/i

/**
 * The filter behind the hrefs that `markLinks` marked: `{{ 0 | trackedLink }}` renders link 0 and rewrites it.
 * It renders in the calling context, so that loop variables are visible and the limits of the mail are shared.
 */
export function registerTrackedLink(engine: Liquid): void {
  engine.registerFilter('trackedLink', function* (index: number) {
    const { links, link, onDeadLink } = getRenderState(this.context)
    const rendered: unknown = yield engine.renderer.renderTemplates(links[index] ?? [], this.context)
    const url = String(rendered).trim()
    if (WEB_PAGE.test(url)) return link(url)
    if (HARMLESS.test(url)) return url
    // A link that turns out empty, relative or `javascript:` leads nowhere instead.
    onDeadLink?.(index, url)
    return '#'
  })
}
