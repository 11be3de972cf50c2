import chromium from '@sparticuz/chromium'
import { chromium as driver, type Browser } from 'playwright-core'

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
    ],
  })
}
