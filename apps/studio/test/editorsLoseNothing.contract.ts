import { buildTracker } from '../../../packages/tracker-sdk/build.ts'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { EDITOR_ROWS, type AskApi } from './support/editorRows.ts'
import { headed, settled } from './support/lookAt.ts'
import { openStudio, type OpenedStudio } from './support/openStudio.ts'

/** Machines that test are slow. */
const eventually = (check: () => Promise<void> | void) => vi.waitFor(check, 20_000)
/** What the browser itself says of answers that are meant, and of a connection that is cut. */
const MEANT = /Failed to load resource|net::ERR_/

const tests = {
  /** The tab goes away before anything was saved. */
  'is there again after the tab was closed at once': 'closed',
  'is there again after the tab was loaded anew at once': 'reloaded',
  'is seen in another tab, and what both write is never overwritten in silence': 'tabs',
  'of somebody else meanwhile is shown as a conflict, and mine can be kept': 'mine',
  'of somebody else meanwhile is shown as a conflict, and theirs can be taken': 'theirs',
  'is kept without a connection, said to be, and saved when there is one again': 'offline',
  'is there again after a reload without a connection': 'reloadedOffline',
  'is there again after a reload while the server takes nothing': 'reloadedRefused',
  'goes on its way while another page of the studio is shown, and can be gone on with': 'left',
  'goes on its way behind the door when the session has ended': 'signedOut',
} as const

/** What is looked at. */
export type LossTest = (typeof tests)[keyof typeof tests]

/** What somebody edits must reach the server, whatever happens to their tab, their connection and their colleagues. */
export function editorsLoseNothingContract({
  rows = EDITOR_ROWS.map(({ name }) => name),
  only = Object.values(tests),
}: {
  /** The names of the editors: all of them, if left out. */
  rows?: readonly string[]
  only?: readonly LossTest[]
} = {}): void {
  let studio: OpenedStudio
  beforeAll(async () => {
    await buildTracker()
    studio = await openStudio()
  })
  afterAll(() => studio.stop())

  const ask: AskApi = async (method, path, body) => {
    const response = await fetch(`${studio.server.url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${studio.server.secretKey}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer = (await response.json()) as Record<string, unknown>
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${JSON.stringify(answer)}`)
    return answer
  }
  const status = (page: Page, is: string) => page.locator(`[data-draft="${is}"]`).waitFor()
  let made = 0

  const chosen = EDITOR_ROWS.filter(({ name }) => rows.includes(name))
  describe.each(chosen)('What is written of $name', (row) => {
    /** Somebody at a browser of their own, at the editor of something new. */
    async function begin() {
      made += 1
      const id = `kept-${made}`
      await row.make(ask, id)
      const open = async (page: Page) => {
        await page.goto(`${studio.server.url}${row.path(id)}`)
        await headed(page)
        await settled(page)
        return page
      }
      const page = await studio.open(row.path(id), { isNew: true })
      await settled(page)
      return {
        page,
        another: async () => await open(await page.context().newPage()),
        open,
        isShown: (where: Page, text: string) =>
          eventually(async () => expect(await row.shown(where)).toBe(text)),
        isStored: (text: string) => eventually(async () => expect(await row.stored(ask, id)).toBe(text)),
        stored: () => row.stored(ask, id),
        change: (text: string) => row.change(ask, id, text),
        end: () => page.context().close(),
      }
    }

    const bodies: Readonly<Record<LossTest, () => Promise<void>>> = {
      async closed() {
        const { page, another, isShown, isStored, end } = await begin()
        await another()
        await row.write(page, 'Written in haste')
        await page.close()
        const next = await another()
        await isShown(next, 'Written in haste')
        await isStored('Written in haste')
        await next.context().close()
        await end()
      },

      async reloaded() {
        const { page, isShown, isStored, end } = await begin()
        await row.write(page, 'Written in haste')
        await page.reload()
        await isShown(page, 'Written in haste')
        await isStored('Written in haste')
        await status(page, 'saved')
        await end()
      },

      async tabs() {
        const { page, another, isShown, isStored, stored, end } = await begin()
        const other = await another()
        await row.write(page, 'From the first tab')
        await isStored('From the first tab')
        await isShown(other, 'From the first tab')
        await other.getByText('you see what they have saved').waitFor()
        // Both write before either is saved: whoever comes second is asked.
        await page
          .context()
          .route('**/api/**', (route) =>
            route.request().method() === 'PUT' ? route.abort() : route.fallback(),
          )
        await row.write(page, 'One thing')
        await row.write(other, 'Another thing')
        await status(page, 'waiting')
        await status(other, 'waiting')
        await page.context().unroute('**/api/**')
        const asks = (one: Page) => one.getByText('Somebody else has changed this').first()
        await Promise.any([asks(page).waitFor(), asks(other).waitFor()])
        const isFirst = (await stored()) === 'One thing'
        const [saved, asked] = isFirst ? [page, other] : [other, page]
        await isShown(saved, isFirst ? 'One thing' : 'Another thing')
        await isShown(asked, isFirst ? 'Another thing' : 'One thing')
        await asked.getByRole('button', { name: 'Keep mine' }).click()
        await isStored(isFirst ? 'Another thing' : 'One thing')
        await isShown(saved, isFirst ? 'Another thing' : 'One thing')
        await end()
      },

      async mine() {
        const { page, isShown, isStored, stored, change, end } = await begin()
        await change('Theirs')
        await row.write(page, 'Mine')
        await page.getByRole('alert').getByText('Somebody else has changed this').waitFor()
        expect(await stored()).toBe('Theirs')
        await isShown(page, 'Mine')
        // Nothing is decided by going on.
        await row.write(page, 'Mine, and more')
        await page.reload()
        await page.getByRole('alert').getByText('Somebody else has changed this').waitFor()
        await isShown(page, 'Mine, and more')
        expect(await stored()).toBe('Theirs')
        await page.getByRole('button', { name: 'Keep mine' }).click()
        await isStored('Mine, and more')
        await status(page, 'saved')
        await end()
      },

      async theirs() {
        const { page, isShown, isStored, stored, change, end } = await begin()
        await change('Theirs')
        await row.write(page, 'Mine')
        await page.getByRole('button', { name: 'Take theirs' }).click()
        await isShown(page, 'Theirs')
        await status(page, 'saved')
        expect(await stored()).toBe('Theirs')
        await page.reload()
        await isShown(page, 'Theirs')
        await row.write(page, 'Mine after theirs')
        await isStored('Mine after theirs')
        await end()
      },

      async offline() {
        const { page, isShown, isStored, stored, end } = await begin()
        const before = await stored()
        await page.context().setOffline(true)
        await row.write(page, 'Written on a train')
        await status(page, 'waiting')
        await page.getByText('The server cannot be reached').first().waitFor()
        await row.write(page, 'Written on a long train')
        expect(await stored()).toBe(before)
        await page.context().setOffline(false)
        await isStored('Written on a long train')
        await isShown(page, 'Written on a long train')
        await status(page, 'saved')
        await end()
      },

      async reloadedOffline() {
        const { page, open, isShown, isStored, end } = await begin()
        await page.context().setOffline(true)
        await row.write(page, 'Written on a train')
        await expect(page.reload()).rejects.toThrow(/ERR_INTERNET_DISCONNECTED/)
        await page.context().setOffline(false)
        await open(page)
        await isShown(page, 'Written on a train')
        await isStored('Written on a train')
        await end()
      },

      async reloadedRefused() {
        const { page, isShown, isStored, stored, end } = await begin()
        const before = await stored()
        await page.route('**/api/**', (route) =>
          route.request().method() === 'PUT' ? route.abort() : route.fallback(),
        )
        await row.write(page, 'Written in vain')
        await status(page, 'waiting')
        await page.reload()
        await isShown(page, 'Written in vain')
        await status(page, 'waiting')
        expect(await stored()).toBe(before)
        await page.unroute('**/api/**')
        await isStored('Written in vain')
        await end()
      },

      async left() {
        const { page, isShown, isStored, end } = await begin()
        let isCut = true
        await page.route('**/api/**', (route) =>
          isCut && route.request().method() === 'PUT' ? route.abort() : route.fallback(),
        )
        await row.write(page, 'Written before')
        await status(page, 'waiting')
        await page.getByRole('link', { name: 'Home' }).first().click()
        await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor()
        await page.goBack()
        await isShown(page, 'Written before')
        await row.write(page, 'Written before and after')
        isCut = false
        await isStored('Written before and after')
        await status(page, 'saved')
        // It was one person all the time.
        expect(await page.getByText('Somebody else has changed this').count()).toBe(0)
        await end()
      },

      async signedOut() {
        const { page, open, isShown, isStored, end } = await begin()
        const body = JSON.stringify({ code: 'unknown-key', message: 'Nobody is signed in' })
        let isSignedOut = true
        await page.route('**/api/**', (route) => {
          if (!isSignedOut || route.request().method() !== 'PUT') return route.fallback()
          isSignedOut = false
          return route.fulfill({ status: 401, contentType: 'application/problem+json', body })
        })
        const left = page.waitForRequest((request) => request.url().includes('/sign-in?to='))
        await row.write(page, 'Written too late')
        await left
        await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
        await open(page)
        await isStored('Written too late')
        await isShown(page, 'Written too late')
        await end()
      },
    }

    const wanted = Object.entries(tests).filter(([, test]) => only.includes(test))
    it.each(wanted)('%s', async (_name, test) => {
      const before = studio.problems().length
      await bodies[test]()
      expect(
        studio
          .problems()
          .slice(before)
          .filter((problem) => !MEANT.test(problem)),
      ).toEqual([])
    })
  })
}
