import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import type { ShownMessage } from '@ciclo/engine'
import { openBrowser } from '../../support/openBrowser.ts'
import { createOnsiteShop } from './createOnsiteShop.ts'
import type { OnsiteShop, ShopWindow } from './createOnsiteShop.ts'

export interface OnsiteStage {
  browser: Browser
  context: BrowserContext
  shop: OnsiteShop
  /** Another visitor than the usual one, such as one with a small screen. */
  as(options: BrowserContextOptions): Promise<void>
  /** Opens a page of a shop that has these messages; answers once the chunk has decided for the first time. */
  open(
    messages: readonly ShownMessage[],
    path?: string,
    prepare?: (page: Page) => Promise<unknown>,
  ): Promise<Page>
  /** Uncaught errors and policy violations of all pages: none may ever occur. */
  errors: string[]
}

/** What the chunk told the tracker, in its order. */
export const callsOf = (page: Page): Promise<unknown[][]> =>
  page.evaluate(() => (globalThis as unknown as ShopWindow).shop.calls)

/** It listens to page views from the moment when it decides for the first time. */
export const decided = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => (globalThis as unknown as ShopWindow).shop.listeners.size > 0)

/** One browser for a test file; a fresh visitor and shop for each test. */
export const testWithOnsite = (): OnsiteStage => {
  const stage = {} as OnsiteStage

  beforeAll(async () => {
    stage.browser = await openBrowser()
  }, 60_000)
  afterAll(() => stage.browser.close())

  beforeEach(async () => {
    stage.shop = await createOnsiteShop()
    stage.errors = []
    stage.as = async (options) => {
      await stage.context?.close()
      stage.context = await stage.browser.newContext({ locale: 'en-US', reducedMotion: 'reduce', ...options })
      stage.context.on('weberror', (error) => stage.errors.push(error.error().message))
      stage.context.on('console', (message) => {
        if (/Content Security Policy|Trusted ?Type/i.test(message.text())) stage.errors.push(message.text())
      })
    }
    await stage.as({})
    stage.open = async (messages, path = '/', prepare) => {
      stage.shop.state.messages = messages
      const page = await stage.context.newPage()
      await prepare?.(page)
      await page.goto(stage.shop.origin + path)
      await decided(page)
      return page
    }
  })
  afterEach(async () => {
    await stage.context.close()
    await stage.shop.close()
    expect(stage.errors).toEqual([])
  })
  return stage
}
