import { guard } from '../guard.ts'
import { rememberPreviousPage } from '../readContext.ts'

/** A page that is rendered in advance may never be seen: it counts when it is shown. */
const whenShown = (work: () => void) => {
  if ((document as Document & { prerendering?: boolean }).prerendering) {
    document.addEventListener('prerenderingchange', work, { once: true })
  } else work()
}

/**
 * One page view for each page that is shown: on load, on a return from the back-forward cache, and in a single-page
 * application whenever the path changes. A change of the query or the fragment alone is not a new page.
 */
export const capturePages = (page: () => void): void => {
  let path = location.pathname
  let url = location.href

  // After the current task: an application that redirects at once, or sets its title after the address, counts once.
  const check = () =>
    setTimeout(
      guard(() => {
        const changed = location.pathname !== path
        if (changed) rememberPreviousPage(url)
        path = location.pathname
        url = location.href
        if (changed) page()
      }),
    )

  whenShown(
    guard(() => {
      page()
      addEventListener('pageshow', (event) => event.persisted && page())
      if ('navigation' in window) {
        navigation.addEventListener('currententrychange', check)
        return
      }
      addEventListener('popstate', check)
      for (const method of ['pushState', 'replaceState'] as const) {
        const original = history[method]
        history[method] = (...values) => {
          original.apply(history, values)
          check()
        }
      }
    }),
  )
}
