import type { Browser } from 'playwright-core'
import type { ComparedTracker } from './comparedTrackers.ts'
import { takeTurns, type Report } from './inTurns.ts'
import { pageOf, PLAIN_PAGE } from './serveTrackerShop.ts'
import { median } from './statistics.ts'

const ROUNDS = 30
/** Of one load, in milliseconds. */
const TIME_LIMIT = 10_000

/** What the main thread of a page has done, in milliseconds of its own CPU time. */
interface Work {
  /** Everything: scripts, parsing, layout, painting, answers, collecting garbage. */
  all: number
  scripts: number
}

/**
 * Twice, because the first may come in the middle of what an answer has begun. The limit is for the one page in some
 * hundreds that Chromium never calls idle, although it does nothing.
 */
const IDLE = `new Promise((resolve) => {
  const whenIdle = (next) => requestIdleCallback(next, { timeout: 500 })
  whenIdle(() => whenIdle(() => resolve()))
})`

/**
 * A new visitor's first page, in a process of its own: no cache, no compiled code, nothing stored. It ends when the first
 * page view is answered and the page has nothing to do.
 *
 * Chromium counts the time itself (`Performance.getMetrics`), as CPU time of the main thread: on a machine that is not at
 * rest, the quartiles of 30 loads lie within 1 ms of their median, and those of the time by the clock 10 ms off. What it leaves
 * out is waiting for other processes, such as the one that keeps localStorage.
 */
async function load(browser: Browser, url: string, sends: readonly string[]): Promise<Work> {
  const context = await browser.newContext({ locale: 'en-US' })
  try {
    context.setDefaultTimeout(TIME_LIMIT)
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const answered = sends.map((path) =>
      page.waitForEvent(
        'requestfinished',
        (request) => request.method() === 'POST' && new URL(request.url()).pathname.startsWith(path),
      ),
    )
    await Promise.all([page.goto(url), ...answered])
    await page.evaluate(IDLE)
    const { metrics } = await session.send('Performance.getMetrics')
    const read = (wanted: string) => {
      const metric = metrics.find(({ name }) => name === wanted)
      if (!metric) throw new Error(`Chromium says no ${wanted} of ${url}, expected seconds`)
      return metric.value * 1_000
    }
    return { all: read('TaskDuration'), scripts: read('ScriptDuration') }
  } finally {
    await context.close()
  }
}

/** What each tracker adds to the page without one. The ratio is that of the whole pages. */
export async function measureTrackerLoads(
  report: Report,
  browser: Browser,
  origin: string,
  trackers: readonly ComparedTracker[],
): Promise<void> {
  const [plain = [], ...loads] = await takeTurns(
    [
      () => load(browser, origin + PLAIN_PAGE, []),
      ...trackers.map((tracker) => () => load(browser, origin + pageOf(tracker), tracker.sends)),
    ],
    ROUNDS,
  )
  const overPlain = (works: readonly Work[], compare: (work: Work, bare: Work) => number) =>
    median(works.flatMap((work, round) => (plain[round] ? [compare(work, plain[round])] : [])))
  report({ name: 'tracker.load.baseline', value: median(plain.map(({ all }) => all)), unit: 'ms' })
  for (const [place, { name }] of trackers.entries()) {
    const works = loads[place] ?? []
    report({
      name: `tracker.load.${name}`,
      value: overPlain(works, (work, bare) => work.all - bare.all),
      unit: 'ms',
      ratio: overPlain(works, (work, bare) => work.all / bare.all),
    })
    report({
      name: `tracker.load.${name}.scripts`,
      value: overPlain(works, (work, bare) => work.scripts - bare.scripts),
      unit: 'ms',
    })
  }
}
