import type { Page } from 'playwright-core'
import { median, percentile } from './statistics.ts'

/** What a frame may take until it is seen as a jerk. */
const JERK = 50

/** The times between the frames that a page draws while something is done to it. */
export async function recordFrames(page: Page, work: () => Promise<void>): Promise<number[]> {
  await page.evaluate(`(() => {
    window.benchFrames = []
    let last
    const next = (now) => {
      if (last !== undefined) window.benchFrames.push(now - last)
      last = now
      window.benchFrame = requestAnimationFrame(next)
    }
    window.benchFrame = requestAnimationFrame(next)
  })()`)
  await work()
  return await page.evaluate<number[]>('(cancelAnimationFrame(window.benchFrame), window.benchFrames)')
}

export const describeFrames = (frames: readonly number[]) => ({
  median: median(frames),
  p95: percentile(frames, 95),
  /** How many of 1,000 jerk. */
  jerks: (frames.filter((frame) => frame > JERK).length * 1_000) / frames.length,
})
