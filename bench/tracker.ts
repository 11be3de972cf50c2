import { gzipSync } from 'node:zlib'
import { buildTracker } from '@ciclo/tracker-sdk/build'
import { openBrowser } from '../packages/tracker-sdk/test/support/openBrowser.ts'
import { comparedTrackers } from './support/comparedTrackers.ts'
import type { Report } from './support/inTurns.ts'
import { measureTrackerCalls } from './support/measureTrackerCalls.ts'
import { measureTrackerLoads } from './support/measureTrackerLoads.ts'
import { pageOf, serveTrackerShop } from './support/serveTrackerShop.ts'

/**
 * The tracker in a real Chromium, beside those of other people: what a shop's page pays for it on its main thread, what
 * is loaded, and how long a call of `track` takes.
 */
export default async function measureTracker(report: Report): Promise<void> {
  await buildTracker()
  const trackers = await comparedTrackers()
  const shop = await serveTrackerShop(trackers)
  const browser = await openBrowser()
  try {
    for (const { name, code } of trackers)
      report({ name: `tracker.size.${name}`, value: gzipSync(code, { level: 9 }).length, unit: 'B' })
    await measureTrackerLoads(report, browser, shop.origin, trackers)
    const [ours] = trackers
    if (ours) await measureTrackerCalls(report, browser, shop.origin + pageOf(ours))
  } finally {
    await browser.close()
    await shop.close()
  }
}
