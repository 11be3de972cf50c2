import type { Properties } from '../../trackerEvent.ts'
import { guard } from '../guard.ts'
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
export const captureClicks = (track: (event: string, properties: Properties) => void): void => {
  const onClick = guard((event: MouseEvent) => {
    // The right button opens a menu; the middle one opens the link in a new tab.
    if (isPassiveTrackingRefused() || event.button > 1 || !(event.target instanceof Element)) return
    const marked = event.target.closest(`[${PREFIX}event]`)
    const name = marked?.getAttribute(`${PREFIX}event`)
    if (marked && name) track(name, readProperties(marked))

    const link = event.target.closest('a[href]')
    if (
      !(link instanceof HTMLAnchorElement) ||
      !/^https?:$/.test(link.protocol) ||
      link.host === location.host
    )
      return
    track('Link Clicked', {
      url: link.origin + link.pathname,
      text: link.textContent.replace(/\s+/g, ' ').trim().slice(0, 100),
    })
  })
  document.addEventListener('click', onClick, true)
  document.addEventListener('auxclick', onClick, true)
}
