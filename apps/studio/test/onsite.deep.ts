import { buildDemoStore } from '../../demo-store/build.ts'
import { buildTracker } from '../../../packages/tracker-sdk/build.ts'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openVisitor } from '../../server/test/support/openVisitor.ts'
import { excessWidth, lookAs, seriousProblems, settled } from './support/lookAt.ts'
import { openStudio, type OpenedStudio } from './support/openStudio.ts'

type Json = Record<string, unknown>

let studio: OpenedStudio
beforeAll(async () => {
  await Promise.all([buildTracker(), buildDemoStore()])
  studio = await openStudio()
}, 180_000)
afterAll(() => studio.stop())

const ask = async (method: string, path: string, body?: unknown): Promise<Json> => {
  const response = await fetch(`${studio.server.url}/api/onsite${path}`, {
    method,
    headers: { authorization: `Bearer ${studio.server.secretKey}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (await response.json()) as Json
}
const stored = async (id: string) => (await ask('GET', `/${id}`))['message'] as Json

/** Machines that test are slow. */
const eventually = (check: () => Promise<void>) => vi.waitFor(check, 20_000)
const saved = (page: Page) => page.locator('[data-draft="saved"]').waitFor()
const live = (page: Page) => page.getByRole('switch', { name: 'Live', exact: true })
const shownIn = (page: Page) => page.frameLocator('iframe[title="How a visitor sees it"]')

async function begin(kind: string, name: string): Promise<Page> {
  const page = await studio.open('/onsite')
  await settled(page)
  await page.getByRole('button', { name: new RegExp(`^${kind}`) }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('button', { name: 'Create' }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
  return page
}

describe('On-site messages in the studio', () => {
  it('a marketer makes a sign-up form in two languages, looks at it, switches it on, and a visitor of the shop is shown it', async () => {
    const page = await begin('Sign-up form', 'Ten per cent')
    const preview = shownIn(page).getByRole('dialog')
    await preview.getByRole('heading', { name: 'Good news, now and then' }).waitFor()
    const title = page.getByRole('textbox', { name: 'Title', exact: true })
    await title.fill('')
    // What is shown beside it takes nothing of what is typed.
    await title.pressSequentially('Ten per cent for you', { delay: 40 })
    await preview.getByRole('heading', { name: 'Ten per cent for you' }).waitFor()
    expect(await title.inputValue()).toBe('Ten per cent for you')
    await page.getByRole('button', { name: 'Add a question' }).click()
    await page.getByRole('menuitem', { name: 'First name' }).click()
    await preview.getByLabel('First name').waitFor()
    await saved(page)

    await page.getByRole('combobox', { name: 'Add a language' }).selectOption('es')
    const [missing] = await page.getByText(/^\d+ things to do$/).all()
    expect(missing).toBeDefined()
    expect(await live(page).isDisabled()).toBe(true)
    const spanish: [name: string, text: string][] = [
      ['Title (Spanish)', 'Diez por ciento'],
      ['Beside the box to tick (Spanish)', 'Escribidme'],
      ['Button (Spanish)', 'Apúntame'],
      ['Small print: who keeps this, and why (Spanish)', 'Cafetal lo guarda'],
    ]
    for (const [name, text] of spanish) await page.getByRole('textbox', { name }).fill(text)
    const questions = page.getByRole('textbox', { name: 'Question (Spanish)' })
    expect(await questions.nth(1).inputValue()).toBe('')
    await questions.nth(0).fill('Correo')
    await questions.nth(1).fill('Nombre')
    await saved(page)
    await page.getByRole('combobox', { name: 'Language', exact: true }).selectOption('es')
    await preview.getByRole('heading', { name: 'Diez por ciento' }).waitFor()

    // What is seen is what a browser would be told, to the letter.
    const told = await ask('POST', '/preview', { message: await stored('ten-per-cent'), locale: 'es' })
    const { title: heading, ...others } = told['texts'] as Record<string, string>
    expect(heading).toBe('Diez por ciento')
    const seen = (await preview.innerText()).replaceAll(/\s+/g, ' ')
    for (const text of [heading, others['consent'], others['button'], others['clause']])
      expect(seen).toContain(text)

    await live(page).press('Space')
    await eventually(async () => expect(await stored('ten-per-cent')).toMatchObject({ live: true }))
    const visitor = await openVisitor(studio.browser)
    const shop = await visitor.open(`${studio.server.url}/demo`)
    const dialog = shop.getByRole('dialog', { name: 'Ten per cent for you' })
    await dialog.getByLabel('First name').fill('Nora')
    expect(visitor.problems).toEqual([])

    // Whoever reads it meanwhile does not see half a word of what is written now.
    await page.getByRole('textbox', { name: 'Title (English)' }).fill('Twenty per cent for you')
    await page.getByRole('button', { name: 'Publish changes' }).waitFor()
    expect(await stored('ten-per-cent')).toMatchObject({ texts: { en: { title: 'Ten per cent for you' } } })
    await page.reload()
    const again = page.getByRole('textbox', { name: 'Title (English)' })
    await eventually(async () => expect(await again.inputValue()).toBe('Twenty per cent for you'))
    await page.getByRole('button', { name: 'Publish changes' }).click()
    await eventually(async () =>
      expect(await stored('ten-per-cent')).toMatchObject({
        texts: { en: { title: 'Twenty per cent for you' } },
      }),
    )
    expect(studio.problems()).toEqual([])
  })

  it('takes back and does again what was changed, and says who else has changed it', async () => {
    const page = await begin('Bar', 'Delivery')
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Free delivery')
    await saved(page)
    await page.getByRole('button', { name: 'Undo' }).click()
    await eventually(async () =>
      expect(await stored('delivery')).toMatchObject({ texts: { en: { title: 'Free delivery this week' } } }),
    )
    await page.getByRole('button', { name: 'Redo' }).click()
    await eventually(async () =>
      expect(await stored('delivery')).toMatchObject({ texts: { en: { title: 'Free delivery' } } }),
    )
    await saved(page)
    await ask('PUT', '/delivery', { ...(await stored('delivery')), priority: 7 })
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Delivery is on us')
    await page.getByText('Different: Where and to whom').waitFor()
    expect(await stored('delivery')).toMatchObject({ priority: 7, texts: { en: { title: 'Free delivery' } } })
    await page.getByRole('button', { name: 'Keep mine' }).click()
    await eventually(async () =>
      expect(await stored('delivery')).toMatchObject({
        priority: 0,
        texts: { en: { title: 'Delivery is on us' } },
      }),
    )
    // The browser itself says that the first try was refused.
    expect(studio.problems().filter((problem) => !problem.includes('409'))).toEqual([])
  })

  it('keeps changes to what is live apart from what others publish meanwhile, and says so', async () => {
    const page = await begin('Bar', 'Sale')
    const title = page.getByRole('textbox', { name: 'Title', exact: true })
    await live(page).press('Space')
    await eventually(async () => expect(await stored('sale')).toMatchObject({ live: true }))
    await title.fill('Mine')
    await page.getByText('Visitors see the message as it was.').waitFor()
    const { texts } = (await stored('sale')) as { texts: { en: Json } }
    await ask('PUT', '/sale', {
      ...(await stored('sale')),
      texts: { en: { ...texts.en, title: 'Theirs' } },
      priority: 7,
    })
    // As whoever comes back to this tab.
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await page.getByText('Somebody else has published something different meanwhile.').waitFor()
    expect(await title.inputValue()).toBe('Mine')
    await page.getByRole('button', { name: 'Discard changes' }).click()
    expect(await title.inputValue()).toBe('Theirs')
    expect(await page.getByRole('button', { name: 'Publish changes' }).count()).toBe(0)
    expect(await stored('sale')).toMatchObject({ priority: 7, texts: { en: { title: 'Theirs' } } })
    await page.close()
  })

  it.each(['Contest', 'Pop-up', 'Survey'])(
    'shows every kind, and everybody can use its page: %s',
    async (kind) => {
      const page = await begin(kind, `My ${kind}`)
      await shownIn(page).locator('ciclo-onsite').getByRole('heading').waitFor()
      for (const [width, scheme] of [
        [1440, 'light'],
        [390, 'dark'],
      ] as const) {
        await lookAs(page, { width, scheme })
        expect(await seriousProblems(page), `${width} ${scheme}`).toEqual([])
        expect(await excessWidth(page)).toBeLessThanOrEqual(0)
      }
      await page.close()
    },
  )

  it('lists them all, switches them, copies and deletes them', async () => {
    const page = await studio.open('/onsite')
    await settled(page)
    await page.getByRole('switch', { name: '“My Pop-up” is live' }).press('Space')
    await eventually(async () => expect(await stored('my-pop-up')).toMatchObject({ live: true }))
    await page.getByRole('button', { name: 'What to do with My Pop-up' }).click()
    await page.getByRole('menuitem', { name: 'Duplicate' }).click()
    await page.getByRole('heading', { level: 1, name: 'My Pop-up (copy)' }).waitFor()
    expect(await stored('my-pop-up-copy')).toMatchObject({ live: false })
    await page.getByRole('button', { name: 'What to do with My Pop-up (copy)' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('heading', { level: 1, name: 'On-site messages' }).waitFor()
    await eventually(async () => expect(await ask('GET', '/my-pop-up-copy')).toMatchObject({ status: 404 }))
    for (const [width, scheme] of [
      [1440, 'dark'],
      [390, 'light'],
    ] as const) {
      await lookAs(page, { width, scheme })
      expect(await seriousProblems(page), `${width} ${scheme}`).toEqual([])
      expect(await excessWidth(page)).toBeLessThanOrEqual(0)
    }
  })
})
