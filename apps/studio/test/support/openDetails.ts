import type { Page } from 'playwright-core'
import { settled } from './lookAt.ts'

/** More than any page has of what can be unfolded: it would go on for ever where unfolding makes more of it. */
const MOST = 60

/** Unfolds whatever is folded in what is shown of a page. */
async function unfold(page: Page): Promise<void> {
  const folded = page.locator(
    'main :is(button[aria-expanded="false"]:not([aria-haspopup], [role="combobox"]), details:not([open]) > summary):visible',
  )
  for (let count = 0; count < MOST; count += 1) {
    if ((await folded.count()) === 0) break
    await folded.first().click()
  }
  await settled(page)
}

/** Opens every tab of a page, and whatever can be unfolded on it. */
export async function openDetails(page: Page, look: () => Promise<void>): Promise<void> {
  await unfold(page)
  await look()
  const tabs = page.locator('main [role="tab"]:visible')
  for (let place = 0; place < Math.min(await tabs.count(), MOST); place += 1) {
    await tabs.nth(place).click()
    await settled(page)
    await unfold(page)
    await look()
  }
}
