import type { Capture } from '../capture.ts'
import { guard, listen } from '../guard.ts'
import { rememberPreviousPage } from '../readContext.ts'

/**
 * One page view for each page that is shown: on load, on a return from the back-forward cache, and in a single-page
 * application whenever the path changes; with `hashRouting` also when a fragment that begins with `#/` or `#!` does. A
 * change of the query alone is not a new page. A page that is rendered in advance may never be seen: it counts when it
 * is shown.
 */
export const capturePages: Capture = ({ ciclo, options: { pages, hashRouting } }) => {
  if (pages === false) return
  const placeOf = ({ pathname, hash }: Location) =>
    pathname + (hashRouting && /^#[/!]/.test(hash) ? hash.split('?')[0] : '')
  let place: string
  let url: string
  const look = () => {
    const now = placeOf(location)
    const isNew = now !== place
    if (isNew && place) rememberPreviousPage(url)
    place = now
    url = location.href
    if (isNew) ciclo.page()
  }
  // After the current task: an application that redirects at once, or sets its title after the address, counts once.
  const check = () => setTimeout(guard(look))

  const start = () => {
    look()
    listen(window, 'pageshow', ({ persisted }) => persisted && ciclo.page())
    const { navigation } = window as { navigation?: EventTarget }
    if (navigation) return listen(navigation, 'currententrychange', check)
    listen(window, 'popstate', check)
    for (const method of ['pushState', 'replaceState'] as const) {
      const original = history[method]
      history[method] = (...values) => {
        original.apply(history, values)
        check()
      }
    }
  }
  if ((document as { prerendering?: boolean }).prerendering) listen(document, 'prerenderingchange', start)
  else start()
}
