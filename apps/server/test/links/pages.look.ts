import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { useBrowser } from './pages.browser.ts'
import type { useLinks } from './useLinks.ts'

export interface Look {
  width: number
  scheme: 'light' | 'dark'
  locales: readonly string[]
  formality: 'informal' | 'formal'
}

/**
 * Goes through the pages as readers do, and says what is wrong with them. `PAGES_TO` names a folder that they are
 * photographed into.
 */
export async function lookAtPages(
  { world, mail, set }: ReturnType<typeof useLinks>,
  { world: browser, open, audit, overflow }: ReturnType<typeof useBrowser>,
  looks: readonly Look[],
): Promise<string[]> {
  const folder = process.env['PAGES_TO']
  if (folder !== undefined) await mkdir(folder, { recursive: true })
  const found: string[] = []
  let mails = 0
  for (const { width, scheme, locales, formality } of looks) {
    await set({ formality })
    const { page, problems, close } = await open(width, scheme)
    for (const locale of locales) {
      // A mail is an hour old: it has to be younger than the unsubscribe of the look before.
      world.test.clock.set(world.test.clock.now() + 2 * 3_600_000)
      const x = world.test.clock.now() + 60_000
      const link = await mail(`look-${(mails += 1)}`, { locale, topic: 'news', template: 'why-you-left' })
      const look = async (name: string) => {
        const where = `${name}-${locale}-${formality}-${width}-${scheme}`
        found.push(...(await audit(page)).map((finding) => `${where}: ${finding}`))
        const over = await overflow(page)
        if (over > 0) found.push(`${where}: ${over} pixels too wide`)
        if (folder !== undefined)
          await page.screenshot({ path: join(folder, `${where}.png`), fullPage: true })
      }
      const visit = async (path: string, name: string) => {
        await page.goto(browser.url + path)
        await look(name)
      }
      const press = async (name: string) => {
        await page.locator('button').first().click()
        await look(name)
      }
      await visit(link('preferences'), 'preferences')
      await page.getByRole('checkbox').first().click()
      await press('preferences-saved')
      await visit(`${link('survey')}?answer=price`, 'survey')
      await visit(`${link('survey')}?answer=9`, 'survey-score')
      await visit(link('confirm', { x }), 'confirm')
      await visit(link('unsubscribe'), 'unsubscribe')
      await press('unsubscribed')
      world.test.clock.set(world.test.clock.now() + 1_000)
      await press('undone')
    }
    found.push(...problems)
    await close()
  }
  return found
}
