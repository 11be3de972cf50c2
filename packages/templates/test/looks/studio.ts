import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import type { AxeResults } from 'axe-core'
import type { Browser, Page, Route } from 'playwright-core'

/** Pixels: a narrow phone, and the width at which a mail on a desk is as wide as it gets. */
export const WIDTHS = [360, 640] as const
export const SCHEMES = ['light', 'dark'] as const
export type Scheme = (typeof SCHEMES)[number]

const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A picture of a product: a colour of its own for each address, so that two can be told apart. */
function pictureOf(url: string): string {
  const hue = Buffer.from(url).reduce((sum, byte) => (sum * 31 + byte) % 360, 7)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="450" viewBox="0 0 600 450">
    <rect width="600" height="450" fill="hsl(${hue} 30% 82%)"/>
    <circle cx="300" cy="250" r="120" fill="hsl(${hue} 34% 62%)"/><circle cx="340" cy="210" r="70" fill="hsl(${hue} 40% 74%)"/>
  </svg>`
}

async function answer(route: Route): Promise<void> {
  const url = route.request().url()
  if (!url.includes('/i/')) return await route.abort()
  await route.fulfill({ contentType: 'image/svg+xml', body: pictureOf(url) })
}

export interface Studio {
  /** Opens a mail as a client shows it. */
  show(html: string, options: { width: number; scheme: Scheme; images?: boolean }): Promise<void>
  /** By how many pixels the mail is wider than the screen. */
  overflow(): Promise<number>
  /** The serious and critical findings of axe-core, one line each. */
  audit(): Promise<string[]>
  photograph(path: string): Promise<void>
  close(): Promise<void>
}

export async function createStudio(browser: Browser): Promise<Studio> {
  const context = await browser.newContext({ deviceScaleFactor: 1 })
  const page: Page = await context.newPage()
  let images = true
  await page.route('**/*', (route) => (images ? answer(route) : route.abort()))
  const source = await axe
  return {
    show: async (html, { width, scheme, images: withImages = true }) => {
      images = withImages
      await page.emulateMedia({ colorScheme: scheme })
      await page.setViewportSize({ width, height: 800 })
      await page.setContent(html, { waitUntil: 'load' })
    },
    overflow: () => page.evaluate('document.documentElement.scrollWidth - window.innerWidth'),
    audit: async () => {
      if (!(await page.evaluate('"axe" in window'))) await page.evaluate(source)
      const { violations }: AxeResults = await page.evaluate(
        'axe.run(document, { resultTypes: ["violations"] })',
      )
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`))
    },
    photograph: async (path) => {
      await page.screenshot({ path, fullPage: true })
    },
    close: () => context.close(),
  }
}
