import { expect, test } from 'vitest'
import { testWithBrowser } from './support/testWithBrowser.ts'
import { waitFor } from './support/waitFor.ts'

const tracker = 'data-key="shop-write-key" data-consent="granted"'
const stage = testWithBrowser({
  '/': `{{tracker ${tracker}}}`,
  '/old': `{{tracker ${tracker} data-hash-routing="true"}}`,
})

interface SpaCase {
  it: string
  start?: string
  /** What the application does, a step after the other. */
  steps: string[]
  /** The paths, and fragments where they count, of the views after the first. */
  views: string[]
}

const cases: SpaCase[] = [
  { it: 'pushState with another path', steps: ["history.pushState(null, '', '/a')"], views: ['/a'] },
  { it: 'pushState with the same path', steps: ["history.pushState(null, '', '/')"], views: [] },
  { it: 'pushState with another query', steps: ["history.pushState(null, '', '/?page=2')"], views: [] },
  { it: 'replaceState with another path', steps: ["history.replaceState(null, '', '/b')"], views: ['/b'] },
  {
    it: 'replaceState with another query',
    steps: ["history.replaceState(null, '', '/?sort=price')"],
    views: [],
  },
  {
    it: 'replaceState with path and query',
    steps: ["history.replaceState(null, '', '/c?sort=price')"],
    views: ['/c'],
  },
  {
    it: 'a redirect within the task',
    steps: ["history.pushState(null, '', '/d'); history.replaceState(null, '', '/e')"],
    views: ['/e'],
  },
  {
    it: 'there and back within the task',
    steps: ["history.pushState(null, '', '/d'); history.replaceState(null, '', '/')"],
    views: [],
  },
  { it: 'back', steps: ["history.pushState(null, '', '/a')", 'history.back()'], views: ['/a', '/'] },
  {
    it: 'back and forward',
    steps: ["history.pushState(null, '', '/a')", 'history.back()', 'history.forward()'],
    views: ['/a', '/', '/a'],
  },
  {
    it: 'back over a query',
    steps: ["history.pushState(null, '', '/?page=2')", 'history.back()'],
    views: [],
  },
  { it: 'a fragment of a page', steps: ["location.hash = 'reviews'"], views: [] },
  { it: 'hash routing where it is not asked for', steps: ["location.hash = '#/cart'"], views: [] },
  {
    it: 'hash routing',
    start: '/old',
    steps: ["location.hash = '#/cart'", "location.hash = '#!/checkout'"],
    views: ['/old#/cart', '/old#!/checkout'],
  },
  {
    it: 'hash routing with another query',
    start: '/old',
    steps: ["location.hash = '#/list?page=1'", "location.hash = '#/list?page=2'"],
    views: ['/old#/list'],
  },
  {
    it: 'a fragment of a page with hash routing',
    start: '/old',
    steps: ["location.hash = 'reviews'"],
    views: [],
  },
  {
    it: 'back in hash routing',
    start: '/old',
    steps: ["location.hash = '#/cart'", 'history.back()'],
    views: ['/old#/cart', '/old'],
  },
]

const variants = [
  { api: 'the Navigation API', hasNavigation: true },
  { api: 'the patched history', hasNavigation: false },
]

test.each(variants.flatMap((variant) => cases.map((one) => ({ ...variant, ...one }))))(
  'with $api, $it counts $views.length more views',
  async ({ hasNavigation, start = '/', steps, views }) => {
    if (!hasNavigation) await stage.context.addInitScript(() => Reflect.deleteProperty(window, 'navigation'))
    const tab = await stage.visit(start)
    // The address after each view, as the application has it then.
    await tab.evaluate(() => {
      const seen: string[] = []
      Object.assign(window, { seen })
      window.ciclo.on('page', () => seen.push(location.pathname + location.hash.split('?')[0]))
    })
    for (const step of steps) {
      // Until the browser has told of it, which it does in a task of its own, and the tracker has looked in the next.
      await tab.evaluate(
        `new Promise((done) => { ${step.includes('back()') || step.includes('forward()') ? "addEventListener('popstate', () => setTimeout(() => setTimeout(done)), { once: true });" : 'setTimeout(() => setTimeout(() => setTimeout(done)));'} ${step} })`,
      )
    }
    expect(await tab.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual(views)
    await waitFor(() => expect(stage.ingest.stored()).toHaveLength(views.length + 1))
  },
)

test('a page that comes back from the back-forward cache is seen again, and goes on recording', async () => {
  const tab = await stage.visit('/')
  await waitFor(() => expect(stage.ingest.stored()).toHaveLength(1))
  // A headless Chromium has no such cache: it is told what a browser with one tells its page.
  await tab.evaluate(() => {
    const persisted = { persisted: true }
    dispatchEvent(new PageTransitionEvent('pagehide', persisted))
    window.ciclo.track('Frozen')
    dispatchEvent(new PageTransitionEvent('pageshow', persisted))
    window.ciclo.track('Back')
  })
  await waitFor(() =>
    expect(stage.ingest.stored().map(({ event, properties }) => event ?? properties?.['path'])).toEqual([
      '/',
      'Frozen',
      '/',
      'Back',
    ]),
  )
})
