import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { buildTracker } from '../../build.ts'
import { createFakeIngest } from './createFakeIngest.ts'
import type { FakeIngest } from './createFakeIngest.ts'
import { createFakeShop } from './createFakeShop.ts'
import type { Listening } from './listen.ts'
import { openBrowser } from './openBrowser.ts'

export interface Stage {
  browser: Browser
  /** A fresh visitor for each test. */
  context: BrowserContext
  ingest: FakeIngest
  shop: Listening
  /** Opens a page of the shop, in a tab of its own. */
  visit(path: string): Promise<Page>
  /** Uncaught errors and policy violations of all pages: none may ever occur. */
  errors: string[]
}

/** One browser for a test file; a fresh visitor, shop and ingest for each test. */
export const testWithBrowser = (pages: Record<string, string>, policies?: Record<string, string>): Stage => {
  const stage = {} as Stage
  // Longer than `waitFor` polls, which then says what it missed.
  vi.setConfig({ testTimeout: 30_000 })

  beforeAll(async () => {
    await buildTracker()
    stage.browser = await openBrowser()
  }, 60_000)
  afterAll(() => stage.browser.close())

  beforeEach(async () => {
    stage.ingest = await createFakeIngest()
    stage.shop = await createFakeShop(stage.ingest.origin, pages, policies)
    stage.context = await stage.browser.newContext({ locale: 'en-US' })
    stage.errors = []
    stage.context.on('weberror', (error) => stage.errors.push(error.error().message))
    stage.context.on('console', (message) => {
      if (/Content Security Policy|Trusted ?Type/i.test(message.text())) stage.errors.push(message.text())
    })
    stage.visit = async (path) => {
      const page = await stage.context.newPage()
      await page.goto(stage.shop.origin + path)
      return page
    }
  })
  afterEach(async () => {
    await stage.context.close()
    await Promise.all([stage.shop.close(), stage.ingest.close()])
    expect(stage.errors).toEqual([])
  })

  return stage
}
