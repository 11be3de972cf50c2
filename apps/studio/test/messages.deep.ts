import type { FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient } from '../../server/test/support/createApiClient.ts'
import { excessWidth, seriousProblems } from './support/lookAt.ts'
import { openStudio, type OpenedStudio } from './support/openStudio.ts'

const ATTACK = '<script>document.title = "told"</script><a href="javascript:alert(1)">Ann</a>'

const rows = (page: Page) => page.getByRole('table', { name: 'The outbox' }).locator('tbody tr')

/** Somebody who is welcomed: at once, or, where it is night, later. */
const subscribe = async (api: ApiClient, name: string, traits: Record<string, unknown> = {}) => {
  const email = `${name}@example.com`
  await api.send([
    { type: 'identify', messageId: `i-${name}`, userId: name, traits: { email, ...traits } },
    { type: 'track', messageId: `s-${name}`, userId: name, event: 'Subscribed', properties: { email } },
  ])
}

const NIGHT = { quietHours: { from: '00:00', to: '23:59' } }

describe('The outbox of a shop', () => {
  let studio: OpenedStudio
  beforeAll(async () => {
    studio = await openStudio()
    const { api } = studio.server
    await api.set({ shop: { name: 'Luna', url: `${studio.server.url}/demo`, timeZone: 'UTC' } })
    await subscribe(api, 'ann', { firstName: 'Ann', lastName: 'Gray' })
    await subscribe(api, 'eve', { firstName: ATTACK })
    await api.passTime(60_000)
    await api.set(NIGHT)
    for (const name of ['ben', 'cleo', 'dan']) await subscribe(api, name, { firstName: name })
    // The server looks at them, and puts them off.
    await api.passTime(60_000)
  })
  afterAll(() => studio.stop())

  const stateOf = async (name: string) => {
    const { api } = studio.server
    const [message] = await api.messages((await api.customerWith({ userId: name })).id)
    return [message?.state, message?.reason]
  }
  const openMail = async (name: string) => {
    const page = await studio.open(`/messages?to=${name}`)
    await rows(page).first().getByRole('link').first().click()
    await page.getByRole('heading', { name: 'What happened' }).waitFor()
    return page
  }
  const frameOf = (page: Page): FrameLocator => page.frameLocator('iframe')

  it('shows every mail with its state, and why; by its states and filters, which stand in the address', async () => {
    const page = await studio.open('/messages')
    await rows(page).first().waitFor()
    expect(await rows(page).count()).toBe(5)
    await rows(page).getByText('It is night for the customer: it waits for the morning.').first().waitFor()
    const states = page.getByRole('navigation', { name: 'State' })
    await states.getByRole('link', { name: 'Queued 3' }).click()
    await page.waitForURL('**/messages?state=queued')
    await rows(page).nth(3).waitFor({ state: 'detached' })
    expect(await states.locator('[aria-current="page"]').allTextContents()).toEqual(['Queued3'])
    await page.getByRole('textbox', { name: 'To: Address or customer id' }).fill('ben@example.com')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/messages?**to=ben%40example.com**')
    await rows(page).nth(1).waitFor({ state: 'detached' })
    await page.reload()
    await rows(page).getByText('ben@example.com').waitFor()
    await page.getByRole('button', { name: 'Filters (1 set)' }).click()
    await page.getByRole('textbox', { name: 'Requested until' }).fill('2020-01-01')
    await page.getByText('No mail is like this').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).first().click()
    await rows(page).nth(2).waitFor()
    expect(new URL(page.url()).search).toBe('?state=queued')
    await page.close()
  })

  it('is a list where there is no room for a table', async () => {
    const page = await studio.open('/messages', { width: 390 })
    await page.getByRole('list', { name: 'The outbox' }).getByRole('listitem').nth(4).waitFor()
    expect(await excessWidth(page)).toBeLessThanOrEqual(0)
    await page.close()
  })

  it('shows a mail as its reader sees it, for a phone, in the dark, and as text', async () => {
    const page = await openMail('ann')
    await page.getByRole('heading', { level: 1, name: 'Welcome to Luna' }).waitFor()
    await frameOf(page).getByText('Welcome, Ann').first().waitFor()
    await page.getByText('Taken by the mail server').waitFor()
    await page.getByRole('link', { name: 'Ann Gray' }).waitFor()
    for (const look of ['Phone', 'Dark']) await page.getByRole('radio', { name: look }).press('Space')
    await page.locator('iframe[data-width="phone"][data-scheme="dark"]').waitFor()
    await frameOf(page).getByText('Welcome, Ann').first().waitFor()
    await page.getByRole('radio', { name: 'Text' }).press('Space')
    await page.getByRole('region', { name: 'Text' }).getByText('Welcome, Ann').waitFor()
    expect(await seriousProblems(page)).toEqual([])
    expect(studio.problems()).toEqual([])
    await page.close()
  })

  it('shows what somebody has called themselves as text', async () => {
    const page = await openMail('eve')
    await frameOf(page).getByText('<script>').first().waitFor()
    expect(await page.title()).toContain('Welcome to Luna')
    await page.close()
  })

  it('counts no click on a link of a mail that is shown, and takes nobody off a list', async () => {
    const { api } = studio.server
    const page = await openMail('ann')
    const links = frameOf(page).locator('a[href]')
    await links.first().waitFor()
    const address = page.url()
    for (let place = (await links.count()) - 1; place >= 0; place -= 1) await links.nth(place).click()
    await frameOf(page).getByText('Welcome, Ann').first().waitFor()
    expect(page.url()).toBe(address)
    expect(page.context().pages()).toHaveLength(1)
    // What a click has asked for would have come before this.
    await page.evaluate("fetch('/healthz').then((answer) => answer.text())")
    const ann = await api.customerWith({ userId: 'ann' })
    const events = await api.events(ann.id)
    expect(events.map(({ name }) => name).filter((name) => name?.startsWith('Email'))).toEqual(['Email Sent'])
    expect(ann.lifecycle.permission).toBe('subscribed')
    await page.close()
  })

  it('cancels a mail that waits, with the keyboard alone, after having asked once more', async () => {
    const page = await studio.open('/messages?to=ben')
    const link = rows(page).first().getByRole('link').first()
    await link.waitFor()
    await link.press('Enter')
    const button = page.getByRole('button', { name: 'Cancel this mail' })
    await button.press('Enter')
    const question = page.getByRole('dialog', { name: 'Cancel this mail?' })
    await question.getByText('ben@example.com').waitFor()
    await page.keyboard.press('Escape')
    await question.waitFor({ state: 'detached' })
    await page.locator('button:focus', { hasText: 'Cancel this mail' }).waitFor()
    expect(await stateOf('ben')).toEqual(['queued', 'quiet-hours'])
    await page.keyboard.press('Enter')
    await question.getByRole('button', { name: 'Cancel the mail' }).press('Enter')
    await page.getByText('Somebody cancelled it here.').waitFor()
    await button.waitFor({ state: 'detached' })
    expect(await stateOf('ben')).toEqual(['refused', 'cancelled'])
    expect(await seriousProblems(page)).toEqual([])
    await page.close()
  })

  it('says that it was too late, where the mail is gone meanwhile', async () => {
    const { url, secretKey } = studio.server
    const page = await openMail('cleo')
    const id = decodeURIComponent(new URL(page.url()).pathname.replace('/messages/', ''))
    await page.getByRole('button', { name: 'Cancel this mail' }).click()
    // Somebody else is quicker.
    const other = await fetch(`${url}/api/messages/${encodeURIComponent(id)}/cancel`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secretKey}` },
    })
    expect(other.status).toBe(200)
    await page.getByRole('button', { name: 'Cancel the mail' }).click()
    await page.getByRole('alert').getByText('expected one that is queued').waitFor()
    await page.getByRole('button', { name: 'Keep it' }).click()
    await page.getByText('Somebody cancelled it here.').waitFor()
    await page.close()
  })

  it('says what is missing where there is no such mail', async () => {
    const page = await studio.open('/messages/none%2Fat%2Fall')
    await page.getByText('There is no message none/at/all').waitFor()
    expect(await page.title()).toContain('Messages')
    await page.close()
  })
})

describe('The outbox of a new shop', () => {
  let studio: OpenedStudio
  beforeAll(async () => {
    studio = await openStudio()
  })
  afterAll(() => studio.stop())

  it('says why there is no mail yet, and leads to the guide', async () => {
    const page = await studio.open('/messages')
    await page.getByText('No mail yet').waitFor()
    await page.getByRole('link', { name: 'Open the guide' }).click()
    await page.waitForURL('**/guide')
    expect(studio.problems()).toEqual([])
    await page.close()
  })
})
