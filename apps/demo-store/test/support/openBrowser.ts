import chromium from '@sparticuz/chromium'
import { chromium as driver } from 'playwright-core'
import type { Browser } from 'playwright-core'

/** A real Chromium: the one that `CHROMIUM_PATH` names, else the one of `@sparticuz/chromium`. */
export const openBrowser = async (): Promise<Browser> =>
  driver.launch({
    executablePath: process.env.CHROMIUM_PATH ?? (await chromium.executablePath()),
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
