import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { serve } from '@hono/node-server'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, afterEach } from 'vitest'
import { openBrowser } from '../support/openVisitor.ts'
import type { TestCiclo } from '../support/createTestCiclo.ts'

const axeScript = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** The pages of a Ciclo in a real Chromium. */
export function useBrowser(ciclo: () => TestCiclo) {
  const world = { url: '', browser: undefined as unknown as Browser }
  let close: () => void
  beforeAll(async () => {
    world.browser = await openBrowser()
  })
  afterAll(() => world.browser.close())
  beforeEach(
    () =>
      new Promise<void>((resolve) => {
        const server = serve(
          { fetch: ciclo().ciclo.app.fetch, hostname: '127.0.0.1', port: 0 },
          ({ port }) => {
            world.url = `http://127.0.0.1:${port}`
            resolve()
          },
        )
        close = () => server.close()
      }),
  )
  afterEach(() => close())

  /** A reader with a screen of that width; what the pages complain about is gathered. */
  const open = async (width: number, scheme: 'light' | 'dark') => {
    const context = await world.browser.newContext({
      viewport: { width, height: 860 },
      colorScheme: scheme,
      // Axe is put into pages whose policy lets no script in.
      bypassCSP: true,
    })
    const page = await context.newPage()
    const problems: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    return { page, problems, close: () => context.close() }
  }

  /** The serious and critical findings of axe, one a line. */
  const audit = async (page: Page): Promise<string[]> => {
    await page.evaluate(await readFile(axeScript, 'utf8'))
    const { violations } = await page.evaluate<AxeResults>(`axe.run({ resultTypes: ['violations'] })`)
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  }
  const overflow = async (page: Page) =>
    await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')

  return { world, open, audit, overflow }
}
