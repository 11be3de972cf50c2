import { LOCALES } from '@ciclo/templates'
import { expect, it } from 'vitest'
import { useSqlite } from '../support/useSqlite.ts'
import { useBrowser } from './pages.browser.ts'
import { lookAtPages } from './pages.look.ts'
import { useLinks } from './useLinks.ts'

const links = useLinks(useSqlite())
const browser = useBrowser(() => links.world.test)

it('the pages that mails lead to are fit to be read in every language, address, size and scheme', async () => {
  const looks = (['informal', 'formal'] as const).flatMap((formality) => [
    { width: 390, scheme: 'light' as const, locales: LOCALES, formality },
    { width: 1_280, scheme: 'dark' as const, locales: LOCALES, formality },
  ])
  expect(await lookAtPages(links, browser, looks)).toEqual([])
}, 300_000)
