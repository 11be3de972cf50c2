import type { Properties } from '../../trackerEvent.ts'
import type { Capture } from '../capture.ts'
import { listen } from '../guard.ts'
import { isPassiveTrackingRefused } from '../isPassiveTrackingRefused.ts'

const PREFIX = 'data-ciclo-'

/** `data-ciclo-product-id="7"` is the property `product_id`, as the e-commerce events spell their names. */
const readProperties = (element: Element): Properties =>
  Object.fromEntries(
    Array.from(element.attributes)
      .filter(({ name }) => name.startsWith(PREFIX) && name !== `${PREFIX}event`)
      .map(({ name, value }) => [name.slice(PREFIX.length).replace(/-/g, '_'), value]),
  )

/** Records clicks on `[data-ciclo-event]`, and on links to other hosts (without their query, which may be personal). */
export const captureClicks: Capture = ({ ciclo, options }) => {
  if (options.clicks === false) return
  const onClick = ({ button, target }: MouseEvent) => {
    // The right button opens a menu; the middle one opens the link in a new tab.
    if (isPassiveTrackingRefused() || button > 1 || !(target instanceof Element)) return
    const marked = target.closest(`[${PREFIX}event]`)
    const name = marked?.getAttribute(`${PREFIX}event`)
    if (marked && name) ciclo.track(name, readProperties(marked))

    const link = target.closest<HTMLAnchorElement>('a[href^=http]')
    if (!link || link.host === location.host) return
    ciclo.track('Link Clicked', {
      url: link.origin + link.pathname,
      text: link.textContent.replace(/\s+/g, ' ').trim().slice(0, 100),
    })
  }
  listen(document, 'click', onClick)
  listen(document, 'auxclick', onClick)
}
