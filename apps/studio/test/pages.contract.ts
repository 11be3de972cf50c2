import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { excessWidth, lookAs, seriousProblems } from './support/lookAt.ts'
import { openEmptyStudio } from './support/openEmptyStudio.ts'
import { openFilledStudio, type FilledStudio } from './support/openFilledStudio.ts'
import type { OpenedStudio } from './support/openStudio.ts'
import { EMPTY_PAGES, PAGES } from './support/pages.ts'

export type Look = readonly [width: number, scheme: 'light' | 'dark']

/** One tab for all looks of a page: it is the same page, and need not be loaded anew. */
async function expectUsable(studio: OpenedStudio, path: string, looks: readonly Look[]): Promise<void> {
  const page = await studio.open(path)
  for (const [width, scheme] of looks) {
    await lookAs(page, { width, scheme })
    expect(await seriousProblems(page), `${width} pixels wide, ${scheme}`).toEqual([])
    expect(await excessWidth(page), `${width} pixels wide`).toBeLessThanOrEqual(0)
  }
  expect(await page.locator('h1:visible').count()).toBe(1)
  expect(await page.title()).toMatch(/^.+ · Ciclo$/)
  expect(studio.problems()).toEqual([])
  await page.close()
}

export interface PagesOptions {
  /** The names of those that are opened: all of them, if left out. */
  pages?: readonly string[]
  looks: readonly Look[]
}

/** Pages of the studio, in each of these looks. */
export function pagesContract({ pages, looks }: PagesOptions): void {
  const isMeant = ({ name }: { name: string }) => pages === undefined || pages.includes(name)

  describe('Everybody can use, wide and narrow, light and dark,', () => {
    let studio: FilledStudio
    beforeAll(async () => {
      studio = await openFilledStudio()
    })
    afterAll(() => studio.stop())

    it.each(PAGES.filter(isMeant))('the page $name', async ({ path }) => {
      await expectUsable(studio, path(studio), looks)
    })
  })

  describe('Everybody can use, where nothing has happened yet,', () => {
    let studio: OpenedStudio
    beforeAll(async () => {
      studio = await openEmptyStudio()
    })
    afterAll(() => studio.stop())

    it.each(EMPTY_PAGES.filter(isMeant))('the page $name', async ({ path }) => {
      await expectUsable(studio, path, looks)
    })
  })
}
