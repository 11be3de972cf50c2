import type { Browser } from 'playwright-core'
import { inTurns, perSecond, reportPair, type Report } from './inTurns.ts'
import { median } from './statistics.ts'

const ROUNDS = 11
const CALLS = 1_000
const QUEUED = 'ciclo.q.'
const BARE = 'bare'
/** Of each step of a round, in milliseconds. */
const TIME_LIMIT = 15_000

const event = {
  product_id: 'coffee-042',
  sku: 'COF-042-250',
  name: 'Finca La Aurora, whole beans, 250 g',
  category: 'Coffee/Filter',
  price: 14.9,
  currency: 'EUR',
}

/** Runs `call` for each `place` in one task, then counts what localStorage keeps under the prefix. */
const burst = (call: string, prefix: string) => `(() => {
  const startedAt = performance.now()
  for (let place = 0; place < ${CALLS}; place += 1) ${call}
  const taken = performance.now() - startedAt
  return { taken, kept: Object.keys(localStorage).filter((key) => key.startsWith('${prefix}')).length }
})()`

const queued = `Object.entries(localStorage).filter(([key]) => key.startsWith('${QUEUED}'))`

/**
 * Calls of `track` in one burst, until they are in localStorage; between two bursts everything is sent. Against writing
 * texts as long as those that the tracker keeps there, under keys as long as its own.
 */
export async function measureTrackerCalls(report: Report, browser: Browser, url: string): Promise<void> {
  const context = await browser.newContext({ locale: 'en-US' })
  try {
    context.setDefaultTimeout(TIME_LIMIT)
    const page = await context.newPage()
    await page.goto(url)
    const allSent = () => page.waitForFunction(`!${queued}.length`, undefined, { polling: 50 })
    const track = `ciclo.track('Product Viewed', ${JSON.stringify(event)})`
    const [key, value] = await page.evaluate<[string, string]>(`(${track}, ${queued}.pop())`)
    const run = async (work: string) => {
      const { taken, kept } = await page.evaluate<{ taken: number; kept: number }>(work)
      if (kept < CALLS) throw new Error(`localStorage keeps ${kept} of ${CALLS} texts, expected all of them`)
      return taken
    }
    const write = async () => {
      await allSent()
      const prefix = BARE.padEnd(key.length - String(CALLS).length, '.')
      const written = await run(
        `((text) => ${burst(`localStorage.setItem('${prefix}' + (${CALLS} + place), text)`, BARE)})(${JSON.stringify(value)})`,
      )
      await page.evaluate(
        `Object.keys(localStorage).forEach((key) => key.startsWith('${BARE}') && localStorage.removeItem(key))`,
      )
      return written
    }
    const call = async () => {
      await allSent()
      return run(burst(track, QUEUED))
    }
    const { subjects, baselines } = await inTurns(call, write, ROUNDS)
    const microseconds = (taken: number) => (taken * 1_000) / CALLS
    reportPair(report, 'tracker.track.call', 'us', subjects.map(microseconds), baselines.map(microseconds))
    report({ name: 'tracker.track.events', value: perSecond(CALLS, median(subjects)), unit: 'events/s' })
  } finally {
    await context.close()
  }
}
