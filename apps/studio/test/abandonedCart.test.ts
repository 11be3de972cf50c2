import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { runCliIn } from '../../server/test/cli.support.ts'
import { createTestFolder } from '../../server/test/support/createTestFolder.ts'
import { startTestServer, type TestServer } from '../../server/test/support/startTestServer.ts'
import { beginJourney, drawCartJourney } from './support/buildCartJourney.ts'
import { leaveCart } from './support/leaveCart.ts'
import { seriousProblems, settled } from './support/lookAt.ts'
import { openShopStudio, type ShopStudio } from './support/openShopStudio.ts'
import { publishTemplate, writeCartMail } from './support/writeCartMail.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const LEO = 'leo@example.com'

const ENGLISH = {
  subject: 'You left something in your cart',
  preheader: 'It is still there for you.',
  heading: 'Still thinking about it?',
  text: 'Your coffee waits in the cart, roasted this week.',
  button: 'Back to the cart',
}
const SPANISH = {
  subject: 'Te has dejado algo en la cesta',
  preheader: 'Sigue ahí para ti.',
  heading: '¿Aún lo estás pensando?',
  text: 'Tu café te espera en la cesta, tostado esta semana.',
  button: 'Volver a la cesta',
}

let studio: ShopStudio
let other: TestServer
beforeAll(async () => {
  studio = await openShopStudio({ locales: ['en', 'es'], customers: 120 })
  other = await startTestServer()
})
afterAll(async () => {
  await studio.stop()
  await other.stop()
})

const panelOf = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const openPanel = async (page: Page, name: string) => {
  await page.getByRole('tab', { name, exact: true }).click()
  return panelOf(page, name)
}
const expectUsable = async (page: Page) => {
  await settled(page)
  expect(await seriousProblems(page)).toEqual([])
}

interface JourneyAnswer {
  versions: { version: number; status: string; hash: string }[]
}
const journeyOn = async (server: TestServer): Promise<JourneyAnswer> => {
  const response = await fetch(`${server.url}/api/journeys/cart-left-behind`, {
    headers: { authorization: `Bearer ${server.secretKey}` },
  })
  return (await response.json()) as JourneyAnswer
}

/** A command about a server, in a folder as somebody's git would hold. */
const cliOn = async (server: TestServer, folder: string, ...argv: string[]) => {
  const environment = {
    PORT: new URL(server.url).port,
    DATABASE_URL: `file:${join(server.folder, 'ciclo.db')}`,
    CICLO_SECRET_KEY: server.secretKey,
  }
  const { code, said, warned } = await runCliIn(folder, argv, environment, () => studio.server.api.now())
  expect([code, warned]).toEqual([0, []])
  return said
}

it(
  'The journey of an abandoned cart is drawn from nothing, with its mail in two languages, tried, back-tested and published; a visitor gets the mail, and its file makes the same version',
  { timeout: 240_000 },
  async () => {
    const page = await studio.open('/journeys')
    await beginJourney(page, 'Cart left behind')
    await drawCartJourney(page)
    await expectUsable(page)

    await page.getByRole('button', { name: /^mail Send/ }).click()
    await page.getByRole('button', { name: 'New template' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
    await page.waitForURL('**/templates/cart-left-behind')
    await writeCartMail(page, { english: ENGLISH, spanish: SPANISH })
    await expectUsable(page)
    await publishTemplate(page)
    await page.getByRole('link', { name: 'Journey “Cart left behind”' }).click()
    await page.getByRole('button', { name: 'mail Send “cart-left-behind” (marketing)' }).waitFor()

    // One of each language lives through it, by a clock that is moved by hand.
    const trial = await openPanel(page, 'Try it')
    for (const [language, name, heading] of [
      ['English', 'Ann', ENGLISH.heading],
      ['Español', 'Lucía', SPANISH.heading],
    ] as const) {
      await trial.getByRole('textbox', { name: 'First name' }).fill(name)
      await trial.getByRole('combobox', { name: 'Language' }).selectOption(language)
      await trial.getByRole('button', { name: 'Begin' }).click()
      await trial.getByRole('button', { name: 'Do something' }).click()
      await page.getByRole('menuitem', { name: 'What starts it: Product Added' }).click()
      await trial.getByText(/At the step “wait”: waits for “Order Completed”/).waitFor()
      await page
        .getByText(/here since/)
        .first()
        .waitFor()
      await trial.getByRole('button', { name: '+1 hour' }).click()
      await trial.getByRole('button', { name: /^Next: / }).click()
      await trial.getByText('E-mail “cart-left-behind”: is sent.').waitFor()
      await trial.getByRole('button', { name: 'Look at the mail cart-left-behind' }).click()
      await page.getByRole('dialog').locator('iframe').contentFrame().getByText(heading).waitFor()
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
      await trial.getByRole('button', { name: 'Start over' }).click()
    }

    const past = await openPanel(page, 'Back-test')
    await past.getByRole('button', { name: 'Run it' }).click()
    await past.getByText('Who would get what').waitFor({ timeout: 60_000 })
    const [, came, sent] =
      /(\d+) of \d+ customers would have come in, and (\d+) mails? would/.exec(await past.innerText()) ?? []
    expect(Number(came)).toBeGreaterThan(10)
    expect(Number(sent)).toBeGreaterThan(0)
    // It says that a journey which comes with the demo writes to the same people: that is archived therefore.
    await past.getByRole('link', { name: 'Cart abandonment', exact: true }).click()
    await page.getByRole('button', { name: 'What to do with Cart abandonment' }).click()
    await page.getByRole('menuitem', { name: 'Archive' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Archive', exact: true }).click()
    await page.getByText('Archived', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Journeys', exact: true }).click()
    await page.getByRole('link', { name: 'Cart left behind', exact: true }).click()

    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('It is published for the first time').waitFor()
    expect(await dialog.getByText(/to look at|in the way/).count()).toBe(0)
    await expectUsable(page)
    await dialog.getByRole('button', { name: 'Publish now' }).click()
    await dialog.getByText('Version 1 is live.').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()

    const { api } = studio.server
    const complaints = await leaveCart(studio, { email: LEO, locale: 'es-ES', product: 'sidama' })
    const reminders = () =>
      studio.smtp
        .mailsTo(LEO)
        .filter(({ email }) => email.headers.some(({ value }) => value.startsWith('cart-')))
    await api.passTime(4 * HOUR - MINUTE)
    expect(reminders()).toEqual([])
    await api.passTime(2 * MINUTE)
    await vi.waitFor(() => expect(reminders()).toHaveLength(1), 15_000)
    const [{ email: mail }] = reminders() as [ReturnType<typeof reminders>[number]]
    expect(mail.subject).toBe(SPANISH.subject)
    for (const words of [SPANISH.heading, SPANISH.text, SPANISH.button, 'Sidama'])
      expect(mail.text).toContain(words)
    await api.passTime(3 * DAY)
    expect(reminders()).toHaveLength(1)
    expect(complaints).toEqual([])

    const folder = createTestFolder()
    await cliOn(studio.server, folder.path, 'journey', 'pull')
    await cliOn(studio.server, folder.path, 'templates', 'pull', 'cart-left-behind')
    await cliOn(other, folder.path, 'templates', 'push', 'cart-left-behind', '--publish', '--yes')
    const file = join('journeys', 'cart-left-behind.yaml')
    await cliOn(other, folder.path, 'journey', 'push', file, '--publish', '--yes')
    folder.remove()
    const [drawn, pushed] = [await journeyOn(studio.server), await journeyOn(other)]
    expect(drawn.versions).toMatchObject([{ version: 1, status: 'live' }])
    expect(pushed.versions).toMatchObject([{ version: 1, status: 'live', hash: drawn.versions[0]?.hash }])
    expect(studio.problems()).toEqual([])
  },
)
