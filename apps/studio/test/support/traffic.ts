import type { BrowserContext, Page, Request } from 'playwright-core'

/** How long nothing is asked for before a page is taken to have all that it wants. Playwright's own waits for 500 ms. */
const QUIET = 200
const LIMIT = 15_000

interface Traffic {
  open: Set<Request>
  lastAt: number
}

const traffic = new WeakMap<Page, Traffic>()

function watch(page: Page): void {
  const seen: Traffic = { open: new Set(), lastAt: performance.now() }
  traffic.set(page, seen)
  const settle = (request: Request) => {
    if (seen.open.delete(request)) seen.lastAt = performance.now()
  }
  page.on('request', (request) => {
    // A stream of events never ends.
    if (request.resourceType() === 'eventsource') return
    seen.open.add(request)
    seen.lastAt = performance.now()
  })
  page.on('requestfinished', settle)
  page.on('requestfailed', settle)
}

/** Takes down what the pages of a browser ask for from now on, so that it can be said when they have it all. */
export const watchTraffic = (context: BrowserContext): void => void context.on('page', watch)

/** Waits until a page has had what it asked for, and asks for nothing more. */
export async function quiet(page: Page): Promise<void> {
  const seen = traffic.get(page)
  if (!seen) throw new Error('The traffic of this page is not watched: call watchTraffic before it is opened')
  const until = performance.now() + LIMIT
  while (seen.open.size > 0 || performance.now() - seen.lastAt < QUIET) {
    if (performance.now() > until)
      throw new Error(`Still waiting for ${[...seen.open].map((request) => request.url()).join(', ')}`)
    await new Promise((resolve) => {
      setTimeout(resolve, QUIET / 4)
    })
  }
}
