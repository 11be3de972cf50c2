import chromium from '@sparticuz/chromium'
import { chromium as driver } from 'playwright-core'
import type { Browser } from 'playwright-core'

/**
 * A real Chromium: the one that `CHROMIUM_PATH` names, else the one of `@sparticuz/chromium`. Every host ends on this
 * machine, so that a shop may have several.
 */
export const openBrowser = async (): Promise<Browser> =>
  driver.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? (await chromium.executablePath()),
    args: [
      '--no-sandbox',
      '--headless',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * 127.0.0.1',
    ],
  })
