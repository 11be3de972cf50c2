import chromium from '@sparticuz/chromium'
import { chromium as driver, type Browser, type BrowserContext, type Page } from 'playwright-core'

/** A person at a browser: one context of a real Chromium, with its own cookies. */
export interface Visitor {
  context: BrowserContext
  /** Opens a page in a tab of its own. */
  open(url: string): Promise<Page>
  /** Errors on the console, uncaught ones and violations of a content security policy, of all tabs so far. */
  problems: string[]
  /** The policies of the documents that the visitor has opened, by path. */
  policies: Map<string, string>
}

/** A real Chromium: the one that `CHROMIUM_PATH` names, else the one of `@sparticuz/chromium`. */
export async function openBrowser(): Promise<Browser> {
  return await driver.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? (await chromium.executablePath()),
    args: [
      '--no-sandbox',
      '--headless',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** A new visitor, whose browser does not say that it is headless: links would take it for a machine. */
export async function openVisitor(browser: Browser, { locale = 'en-US' } = {}): Promise<Visitor> {
  const context = await browser.newContext({
    locale,
    userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${browser.version()} Safari/537.36`,
  })
  // Shorter than a test may take, so that it is said what was waited for.
  context.setDefaultTimeout(15_000)
  const problems: string[] = []
  const policies = new Map<string, string>()
  context.on('weberror', (error) => problems.push(error.error().message))
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  context.on('response', (response) => {
    if (response.request().resourceType() !== 'document' || response.status() >= 300) return
    policies.set(new URL(response.url()).pathname, response.headers()['content-security-policy'] ?? '')
  })
  return {
    context,
    problems,
    policies,
    open: async (url) => {
      const page = await context.newPage()
      await page.goto(url)
      return page
    },
  }
}
