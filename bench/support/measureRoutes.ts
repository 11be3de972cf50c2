import { settled } from '../../apps/studio/test/support/lookAt.ts'
import { openFilledStudio } from '../../apps/studio/test/support/openFilledStudio.ts'
import type { BenchLine } from '../../scripts/support/benchGroups.ts'
import { percentile } from './statistics.ts'

const ROUNDS = 12
const PAGES = ['Home', 'Customers', 'Segments', 'Messages', 'Set-up guide'] as const

/** From the click on a link of the menu to the frame in which the page stands there with its data. */
const goTo = (name: string) => `new Promise((resolve) => {
  const name = ${JSON.stringify(name)}
  const link = [...document.querySelectorAll('nav a')].find((one) => one.textContent.trim() === name)
  const startedAt = performance.now()
  const look = () => {
    const isThere = document.querySelector('main h1')?.textContent === name && document.querySelector('main h1').checkVisibility()
    if (isThere && !document.querySelector('main [aria-busy="true"]')) resolve(performance.now() - startedAt)
    else requestAnimationFrame(look)
  }
  link.click()
  requestAnimationFrame(look)
})`

/** How long it takes to go from page to page of the studio in a real Chromium, when each has been seen once. */
export async function measureRoutes(report: (line: BenchLine) => void): Promise<void> {
  const studio = await openFilledStudio()
  try {
    const page = await studio.open('/')
    for (const name of [...PAGES, 'Home']) {
      await page.evaluate(goTo(name))
      await settled(page)
    }
    const all: number[] = []
    for (let round = 0; round < ROUNDS; round += 1)
      for (const name of PAGES) all.push(await page.evaluate<number>(goTo(name)))
    report({ name: 'studio.route.median', value: percentile(all, 50), unit: 'ms' })
    report({ name: 'studio.route.p95', value: percentile(all, 95), unit: 'ms' })
  } finally {
    await studio.stop()
  }
}
