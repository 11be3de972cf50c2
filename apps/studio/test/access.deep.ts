import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { safePath } from '../src/session/safePath.ts'
import { excessWidth, seriousProblems, settled } from './support/lookAt.ts'
import { makeOwner, OWNER, setUpLinkOf } from './support/makeOwner.ts'
import { openStudio, type OpenedStudio } from './support/openStudio.ts'

const OTHER = 'quite another passphrase'

describe('An open redirect: what is asked for by ?to', () => {
  const BASE = 'https://studio.example'
  it.each([
    ['/customers?stage=new#top', '/customers?stage=new#top'],
    ['/settings/team', '/settings/team'],
    [undefined, '/'],
    ['', '/'],
    ['customers', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['/\n\\evil.example', '/'],
    ['\t//evil.example', '/'],
    ['/.//evil.example', '/'],
    ['/%2e%2e//evil.example', '/'],
    ['https://evil.example', '/'],
    ['https:evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/@evil.example', '/@evil.example'],
  ])('%j leads to %s', (given, expected) => {
    const path = safePath(given, BASE)
    expect(path).toBe(expected)
    expect(new URL(path, BASE).origin).toBe(BASE)
  })
})

/** What a browser itself writes on its console about an answer, which a page can do nothing about. */
const isOfBrowser = (problem: string) =>
  /^Failed to load resource: .* 40[0134]|^Failed to load resource: .* 429/.test(problem)

describe('In a new shop', () => {
  let studio: OpenedStudio
  beforeAll(async () => {
    studio = await openStudio({ demo: false })
  })
  afterAll(() => studio.stop())

  const expectUsable = async (page: Page) => {
    await settled(page)
    expect(await seriousProblems(page)).toEqual([])
    expect(await excessWidth(page)).toBeLessThanOrEqual(0)
  }
  const enter = async (page: Page, password: string) => {
    await page.getByLabel('E-mail address').fill(OWNER.email)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.keyboard.press('Enter')
  }
  const signIn = async (page: Page) => {
    await enter(page, OWNER.password)
    await page.waitForURL(({ pathname }) => pathname !== '/sign-in')
  }

  it('the first owner is made by the link on the console, with the keyboard alone, and is signed in', async () => {
    const link = new URL(await setUpLinkOf(studio.server)).pathname
    const page = await studio.open(link, { signedOut: true })
    await page.getByLabel('Your name').waitFor()
    await expectUsable(page)
    // The first field has the focus already.
    await page.keyboard.press('Enter')
    await page.getByText('Enter your name.').waitFor()
    await page.getByText('Use at least 12 characters.').waitFor()
    await expectUsable(page)
    expect(await page.getByLabel('Your name').evaluate((field) => field === document.activeElement)).toBe(
      true,
    )
    await page.keyboard.type(OWNER.name)
    await page.keyboard.press('Tab')
    await page.keyboard.type(OWNER.email)
    await page.keyboard.press('Tab')
    await page.keyboard.type(OWNER.password)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    const password = page.getByLabel('Password', { exact: true })
    expect(await password.getAttribute('type')).toBe('text')
    await page.keyboard.press('Space')
    expect(await password.getAttribute('type')).toBe('password')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/guide')
    await page.getByText(OWNER.name).first().waitFor()

    const again = await studio.open(link, { signedOut: true })
    await again.getByRole('heading', { name: 'This link does not work any more' }).waitFor()
    await expectUsable(again)
    await expect(makeOwner(studio.server)).rejects.toThrow('The owner was not made')
  })

  it('password managers know the fields', async () => {
    const page = await studio.open('/sign-in', { signedOut: true })
    const email = page.getByLabel('E-mail address')
    const password = page.getByLabel('Password', { exact: true })
    expect(await email.getAttribute('autocomplete')).toBe('username')
    expect(await password.getAttribute('autocomplete')).toBe('current-password')
    expect(await password.getAttribute('maxlength')).toBe('128')
    await expectUsable(page)
  })

  it('whoever is not signed in is led to the door, and then to where they wanted to go', async () => {
    const page = await studio.open('/account?from=mail', { signedOut: true })
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(new URL(page.url()).searchParams.get('to')).toBe('/account?from=mail')
    await enter(page, 'not the password')
    await page.getByRole('alert').getByText('The e-mail address or the password is wrong.').waitFor()
    await expectUsable(page)
    await signIn(page)
    await page.getByRole('heading', { name: 'Your account' }).waitFor()
    expect(page.url()).toBe(`${studio.server.url}/account?from=mail`)
    await expectUsable(page)
  })

  it('a door whose ?to names another site leads to the first page', async () => {
    const page = await studio.open(`/sign-in?to=${encodeURIComponent('/\\evil.example')}`, {
      signedOut: true,
    })
    await signIn(page)
    await page.getByText(OWNER.name).first().waitFor()
    expect(page.url()).toBe(`${studio.server.url}/`)
  })

  it('a session that ends while a page is open leads to the door, and back', async () => {
    const page = await studio.open('/sign-in?to=%2Faccount', { signedOut: true })
    await signIn(page)
    const name = page.getByLabel('Your name')
    await name.waitFor()
    await page.context().clearCookies()
    await name.fill('Olga O.')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.getByText('Sign in to go on where you were.').waitFor()
    await signIn(page)
    await page.getByRole('heading', { name: 'Your account' }).waitFor()
    expect(page.url()).toBe(`${studio.server.url}/account`)
  })

  it('an owner invites somebody, who joins by the link and sees what the role may', async () => {
    const page = await studio.open('/sign-in?to=%2Fsettings%2Fteam', { signedOut: true })
    await signIn(page)
    await page.getByLabel('E-mail address').fill('mara@shop.example')
    await page.keyboard.press('Enter')
    await page.getByText('mara@shop.example is invited').waitFor()
    await page.getByText('No mail server is set up yet').waitFor()
    await expectUsable(page)
    const link = await page.getByRole('region', { name: 'Link' }).innerText()

    const mara = await studio.open(new URL(link).pathname, { signedOut: true, width: 390, scheme: 'dark' })
    await mara.getByText('Your role: Marketer').waitFor()
    await expectUsable(mara)
    await mara.getByLabel('Your name').fill('Mara')
    await mara.getByLabel('Password', { exact: true }).fill(OTHER)
    await mara.keyboard.press('Enter')
    await mara.waitForURL(`${studio.server.url}/`)
    await mara.goto(`${studio.server.url}/settings/team`)
    await mara.getByText('For owners only').waitFor()
    await mara.goto(`${studio.server.url}/settings/audit`)
    await mara.getByText('For owners only').waitFor()

    await page.reload()
    await page.getByLabel('Role of Mara').selectOption('analyst')
    await page.getByText('The role is changed').waitFor()
    await expectUsable(page)
  })

  it('an owner helps somebody to another password, and lets them go', async () => {
    const page = await studio.open('/sign-in?to=%2Fsettings%2Fteam', { signedOut: true })
    await signIn(page)
    await page.getByRole('button', { name: 'Actions for Mara' }).click()
    await page.getByRole('menuitem', { name: 'Password link' }).click()
    const link = await page.getByRole('dialog').getByRole('region', { name: 'Link' }).innerText()
    await expectUsable(page)
    await page.keyboard.press('Escape')
    const mara = await studio.open(new URL(link).pathname, { signedOut: true })
    await mara.getByLabel('New password').fill('a third passphrase of hers')
    await expectUsable(mara)
    await mara.keyboard.press('Enter')
    await mara.waitForURL(`${studio.server.url}/`)

    await page.getByRole('button', { name: 'Actions for Mara' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('Mara is removed').waitFor()
    await mara.goto(`${studio.server.url}/account`)
    await mara.getByRole('heading', { name: 'Sign in' }).waitFor()
  })

  it('the audit tells all of it, and nothing that would let anybody in', async () => {
    const page = await studio.open('/sign-in?to=%2Fsettings%2Faudit', { signedOut: true })
    await signIn(page)
    for (const what of ['Invited somebody', 'Sign-in failed', 'Removed somebody from the team'])
      await page.getByText(what).first().waitFor()
    await page.getByText('Changed somebody’s role').click()
    await page.getByText('"to": "analyst"').waitFor()
    await expectUsable(page)
    for (const secret of [OWNER.password, OTHER, 'mara@shop.example'])
      expect(await page.content()).not.toContain(secret)
    await page.setViewportSize({ width: 390, height: 800 })
    await expectUsable(page)
  })

  it('a new password is taken, and signs out every other browser', async () => {
    const elsewhere = await studio.open('/sign-in?to=%2Faccount', { signedOut: true })
    await signIn(elsewhere)
    const page = await studio.open('/sign-in?to=%2Faccount', { signedOut: true })
    await signIn(page)
    await page.getByLabel('Current password').fill('not the password')
    await page.getByLabel('New password').fill(OTHER)
    await page.keyboard.press('Enter')
    await page.getByText('This is not your current password.').waitFor()
    await expectUsable(page)
    await page.getByLabel('Current password').fill(OWNER.password)
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('Your password is changed').waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Your account' }).waitFor()
    await elsewhere.reload()
    await elsewhere.getByRole('heading', { name: 'Sign in' }).waitFor()

    await page.getByRole('button', { name: 'Olga' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  })

  it('after ten wrong passwords the door says when to come back, in the reader’s language', async () => {
    const page = await studio.open('/sign-in', { signedOut: true })
    await page.getByLabel('Language').selectOption('ro')
    await page.getByRole('heading', { name: 'Conectare' }).waitFor()
    await page.getByLabel('Adresă de e-mail').fill('nobody@shop.example')
    await page.getByLabel('Parolă', { exact: true }).fill('not the password')
    const alert = page.getByRole('alert')
    for (let count = 0; count < 10; count += 1) {
      const answered = page.waitForResponse('**/api/auth/sign-in/email')
      await page.keyboard.press('Enter')
      await answered
      await alert.getByText('greșită').waitFor()
    }
    await page.keyboard.press('Enter')
    await alert.getByText('Încearcă din nou peste 2 minute.').waitFor()
    await expectUsable(page)
  })

  it('no page of these has written an error of its own on the console', () => {
    expect(studio.problems().filter((problem) => !isOfBrowser(problem))).toEqual([])
  })
})

it('the demo says that it is one, and asks nobody to sign in', async () => {
  const studio = await openStudio()
  try {
    const team = await studio.open('/settings/team')
    await team.getByText('whoever opens it is its owner').waitFor()
    expect(studio.server.output()).toContain('This is a demo')
    expect(studio.server.output()).not.toContain('to make the first owner')
    const account = await studio.open('/account')
    await account.getByText('it opens without signing in').waitFor()
    expect(studio.problems()).toEqual([])
  } finally {
    await studio.stop()
  }
})
