import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { quiet } from './traffic.ts'

const require = createRequire(import.meta.url)

interface AxeResult {
  violations: { id: string; impact: string | null; nodes: { html: string; failureSummary?: string }[] }[]
}

/** Waits until a page has its heading. A locator would look twice in a second; this looks before each frame. */
export async function headed(page: Page): Promise<void> {
  await page.evaluate(`new Promise((resolve, reject) => {
    const until = performance.now() + 15_000
    const look = (now) => {
      if (document.querySelector('h1')?.checkVisibility()) resolve()
      else if (now > until) reject(new Error('No heading came at ' + location.href))
      else requestAnimationFrame(look)
    }
    look(0)
  })`)
}

/** Waits until nothing loads any more and nothing is shown as loading. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  await quiet(page)
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
  // A colour on its way to another is neither, nor one that is about to go.
  await page.evaluate(
    `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))).then(() =>
      Promise.all(
        document
          .getAnimations()
          .filter(({ effect }) => effect.getTiming().iterations !== Infinity)
          .map(({ finished }) => finished.catch(() => undefined)),
      ),
    )`,
  )
}

/** Has a page looked at by somebody whose browser is this wide and this light, without loading it anew. */
export async function lookAs(
  page: Page,
  { width, scheme }: { width: number; scheme: 'light' | 'dark' },
): Promise<void> {
  await page.setViewportSize({ width, height: 900 })
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
  await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor()
  await settled(page)
}

/** What axe finds wrong on a page that somebody could not use: each with the element. */
export async function seriousProblems(page: Page): Promise<string[]> {
  // Through the debugger, which the page's policy does not bind.
  const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8')
  await page.evaluate(axe)
  const { violations } = await page.evaluate<AxeResult>('axe.run(document)')
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
}

/** By how many pixels a page is wider than the window. */
export const excessWidth = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
