import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** More than any page here has to be walked through. */
const MOST = 150

const hasFocus = (locator: Locator) => locator.evaluate((element) => element === document.activeElement)

/** Walks with the Tab key until something has the focus. */
export async function tabTo(page: Page, locator: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await locator.waitFor({ state: 'attached' })
  for (let presses = 0; presses < MOST; presses += 1) {
    if (await hasFocus(locator)) return
    await page.keyboard.press(key)
  }
  expect.fail(`${locator.toString()} is not reached by ${MOST} times ${key}`)
}

/** Presses the arrow key until what is offered is at this one, and takes it. */
export async function takeOffered(page: Page, role: 'option' | 'menuitem', name: string): Promise<void> {
  const wanted = page.getByRole(role, { name })
  await wanted.first().waitFor()
  const isThere = () =>
    wanted
      .first()
      .evaluate(
        (element) => element === document.activeElement || element.hasAttribute('data-combobox-selected'),
      )
  for (let presses = 0; presses < MOST; presses += 1) {
    if (await isThere()) return await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
  }
  expect.fail(`${name} is not reached by ${MOST} times the arrow key`)
}
