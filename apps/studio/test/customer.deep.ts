import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { settled } from './support/lookAt.ts'
import { openStudio, type OpenedStudio, type PageLook } from './support/openStudio.ts'

const DAY = 86_400_000

let studio: OpenedStudio
beforeAll(async () => {
  studio = await openStudio()
})
afterAll(() => studio.stop())

let people = 0
/** A new customer with an address, and what else the shop tells of them. */
async function newCustomer(
  ...told: ((userId: string, email: string) => Record<string, unknown>)[]
): Promise<{ id: string; userId: string; email: string; path: string }> {
  people += 1
  const userId = `person-${people}`
  const email = `${userId}@example.com`
  const { api } = studio.server
  await api.send([
    { type: 'identify', userId, traits: { email, firstName: 'Zoe', lastName: `Number ${people}` } },
    ...told.map((one) => ({ type: 'track', userId, ...one(userId, email) })),
  ])
  const { id } = await api.customerWith({ userId })
  return { id, userId, email, path: `/customers/${id}` }
}

const subscribed = (_userId: string, email: string) => ({ event: 'Subscribed', properties: { email } })

async function open(path: string, look?: PageLook): Promise<Page> {
  const page = await studio.open(path, look)
  onTestFinished(() => page.close())
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
  return page
}

const suppress = async (address: string, reason: string) => {
  const { url, secretKey } = studio.server
  const response = await fetch(`${url}/api/suppressions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secretKey}` },
    body: JSON.stringify({ address, reason, because: 'a test' }),
  })
  expect(response.status).toBe(200)
}

describe('The timeline', () => {
  it('shows what happens as it happens, without a reload, and says it aloud', async () => {
    const { userId, path } = await newCustomer(subscribed)
    const page = await open(path)
    await page.locator('[data-live="live"]').waitFor()
    await studio.server.api.send([
      { type: 'track', event: 'Tasting Booked', userId, properties: { table: '<b>seven</b>' } },
    ])
    const entry = page.locator('li[data-fresh]', { hasText: 'Tasting Booked' })
    await entry.waitFor()
    expect(await entry.innerText()).toContain('New')
    await page.getByText('Something new has happened.').waitFor({ state: 'attached' })
    await entry.getByRole('button').click()
    await entry.getByText('<b>seven</b>').waitFor()
    expect(await page.locator('li[data-kind="event"]', { hasText: 'Tasting Booked' }).count()).toBe(1)
  })

  it('is asked every few seconds where the stream is broken', async () => {
    const { userId, path } = await newCustomer()
    const page = await open('/account')
    await page.route('**/live?*', (route) => route.abort())
    await page.goto(`${studio.server.url}${path}`)
    await page.locator('[data-live="polling"]').waitFor()
    await studio.server.api.send([{ type: 'track', event: 'Tasting Booked', userId }])
    const entry = page.locator('li[data-fresh]', { hasText: 'Tasting Booked' })
    await entry.waitFor()
    expect(await entry.count()).toBe(1)
  })

  it('shows one kind alone, and older pages without a gap', async () => {
    const { userId, id, path } = await newCustomer()
    const now = studio.server.api.now()
    await studio.server.api.send(
      Array.from({ length: 70 }, (_one, place) => ({
        type: 'track',
        event: `Step ${place}`,
        userId,
        timestamp: new Date(now - 2 * DAY + place * 1_000).toISOString(),
      })),
    )
    const page = await open(path)
    await page.getByText('Events', { exact: true }).click()
    await page.locator('li[data-kind]').first().waitFor()
    const more = page.getByRole('button', { name: 'Show more' })
    while (await more.isVisible()) {
      const shown = await page.locator('li[data-kind="event"]').count()
      await more.click()
      await page.locator('li[data-kind="event"]').nth(shown).waitFor()
    }
    const events = await studio.server.api.events(id)
    expect(await page.locator('li[data-kind="event"]').count()).toBe(events.length)
    expect(await page.locator('li[data-kind="transition"]').count()).toBe(0)
  })
})

describe('Why no mail goes', () => {
  type Arranged = Awaited<ReturnType<typeof newCustomer>>
  it.each<[reason: string, words: string, arrange: () => Promise<Arranged>]>([
    ['no-permission', 'No permission for marketing', () => newCustomer()],
    [
      'unsubscribed',
      'They have unsubscribed',
      () => newCustomer(subscribed, (_userId, email) => ({ event: 'Unsubscribed', properties: { email } })),
    ],
    [
      'open-case',
      'A return or complaint is open',
      () =>
        newCustomer(subscribed, () => ({
          event: 'Return Requested',
          properties: { order_id: 'o1', return_id: 'r1' },
        })),
    ],
    [
      'suppressed',
      'The address is suppressed',
      async () => {
        const customer = await newCustomer(subscribed)
        await suppress(customer.email, 'bounce')
        return customer
      },
    ],
    ['no-journey', 'Nothing is planned', () => newCustomer()],
  ])('%s is said, and what helps', async (reason, words, arrange) => {
    const { path } = await arrange()
    const page = await open(path)
    const marketing = page.locator('[data-purpose="marketing"]')
    const blocker = marketing.locator(`[data-blocker="${reason}"]`)
    await blocker.waitFor()
    expect(await blocker.innerText()).toContain(words)
  })

  it('quiet hours and the cap are said with their end', async () => {
    const { path } = await newCustomer(subscribed)
    const hour = new Date(studio.server.api.now()).getUTCHours()
    const clock = (hours: number) => `${String((hours + 24) % 24).padStart(2, '0')}:00`
    await studio.server.api.set({ quietHours: { from: clock(hour - 1), to: clock(hour + 2) } })
    onTestFinished(() => studio.server.api.set({ quietHours: null }))
    const page = await open(path)
    const blocker = page.locator('[data-purpose="marketing"] [data-blocker="quiet-hours"]')
    expect(await blocker.innerText()).toMatch(/until .*:00/)
    expect(await page.locator('[data-purpose="transactional"] [data-blocker="quiet-hours"]').count()).toBe(0)
  })
})

describe('What can be done', () => {
  it('a person is erased once their address was typed, and nothing is left of their page', async () => {
    const { email, id, path } = await newCustomer(subscribed)
    const page = await open(path)
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name: 'Erase this person' }).click()
    const erase = page.getByRole('button', { name: 'Erase for good' })
    await page.getByText(/rows will be removed/).waitFor()
    expect(await erase.isDisabled()).toBe(true)
    const field = page.getByLabel(`Type ${email} to confirm`)
    await field.fill('somebody else')
    expect(await erase.isDisabled()).toBe(true)
    await field.fill(email)
    await erase.click()
    await page.getByText('The person was erased').waitFor()
    expect(new URL(page.url()).pathname).toBe('/customers')
    const again = await open(`/customers/${id}`)
    await again.getByRole('heading', { name: 'Customer not found' }).waitFor()
  })

  it('an address is suppressed and taken off again', async () => {
    const { email, path } = await newCustomer(subscribed)
    const page = await open(path)
    const act = async () => {
      await page.getByRole('button', { name: 'Actions' }).click()
      await page.getByRole('menuitem', { name: 'Suppress the address' }).click()
    }
    await act()
    await page.getByLabel('The address does not work').check()
    await page.getByLabel('Why', { exact: false }).last().fill('asked on the phone')
    await page.getByRole('button', { name: 'Suppress', exact: true }).click()
    await page.locator('[data-purpose="transactional"] [data-blocker="suppressed"]').waitFor()
    await act()
    await page.getByRole('heading', { name: 'Lift the suppression' }).waitFor()
    await page.getByLabel('Why', { exact: false }).last().fill('it works again')
    await page.getByRole('button', { name: 'Lift', exact: true }).click()
    await page.getByText(`${email} is no longer suppressed`).waitFor()
    await page
      .locator('[data-purpose="transactional"] [data-blocker="suppressed"]')
      .waitFor({ state: 'detached' })
    expect(await page.getByText('Would be sent now').count()).toBe(2)
  })

  it('a test mail goes to who asks for it, and none of it to the customer', async () => {
    const { path, id } = await newCustomer(subscribed)
    const page = await open(path)
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name: 'Send me a test mail' }).click()
    await page.getByRole('combobox', { name: 'Template' }).click()
    await page.getByRole('option', { name: 'welcome', exact: true }).click()
    await page.getByRole('button', { name: 'Send test' }).click()
    await page.getByText('The test is on its way to demo@ciclo.localhost').waitFor()
    expect(await studio.server.api.messages(id)).not.toContainEqual(
      expect.objectContaining({ to: 'demo@ciclo.localhost' }),
    )
  })

  it('a customer is added to a journey, and a run of theirs is ended', async () => {
    const { path } = await newCustomer(subscribed)
    const page = await open(`${path}?tab=journeys`)
    await page.getByRole('button', { name: 'Add to VIP', exact: true }).click()
    await page.getByText('Added to VIP').waitFor()
    const end = page.getByRole('button', { name: 'End run of Welcome series' })
    await end.waitFor()
    await end.click()
    await page.getByRole('dialog').getByRole('button', { name: 'End run' }).click()
    await end.waitFor({ state: 'detached' })
    expect(await page.getByText('which was ended by hand').count()).toBe(1)
  })

  it('all data is downloaded as JSON', async () => {
    const { id, path } = await newCustomer(subscribed)
    const page = await open(`${path}?tab=data`)
    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download all data' }).click()
    const file = await readFile(await (await downloading).path(), 'utf8')
    expect(JSON.parse(file)).toMatchObject({ complete: true, customers: [{ profile: { id } }] })
  })
})

describe('Who it is', () => {
  it('whoever was merged into another leads to them', async () => {
    const { userId, id } = await newCustomer()
    const { api } = studio.server
    await api.send([{ type: 'page', anonymousId: 'a-browser', name: 'Home' }])
    const browser = (await api.customers()).find(
      ({ email, userId: known }) => email === null && known === null,
    )
    const page = await open(`/customers/${browser?.id}`)
    await page.getByRole('heading', { level: 1, name: 'Anonymous visitor' }).waitFor()
    // While the page is open.
    await api.send([{ type: 'identify', userId, anonymousId: 'a-browser' }])
    await page.waitForURL(new RegExp(`/customers/${id}`))
    await page.getByText('Two customers became one').waitFor()
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('Zoe')
  })

  it('nobody is found under an id that nobody has, and the way back is shown', async () => {
    const page = await open('/customers/nobody')
    await page.getByRole('heading', { level: 1, name: 'Customer not found' }).waitFor()
    await page.getByRole('link', { name: 'Go to all customers' }).click()
    await page.getByRole('heading', { name: 'Customer not found' }).waitFor({ state: 'detached' })
    expect(new URL(page.url()).pathname).toBe('/customers')
  })
})

it('With the keyboard alone one walks through the lifecycle, the parts of the page and the timeline', async () => {
  const { path } = await newCustomer(subscribed, () => ({
    event: 'Order Completed',
    properties: { order_id: `key-${people}`, total: 20, currency: 'EUR' },
  }))
  const page = await open(path)
  await page.getByRole('tab', { name: 'Timeline' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.locator('svg[role="group"]').first().waitFor()
  await page.keyboard.press('Tab')
  const focusedLabel = () => page.evaluate<string>('document.activeElement?.getAttribute("aria-label") ?? ""')
  // Into the panel, then onto the current state of the first region.
  for (let times = 0; times < 4 && !(await focusedLabel()).includes('now.'); times += 1)
    await page.keyboard.press('Tab')
  expect(await focusedLabel()).toMatch(/^New, now\. New since/)
  const labels = new Set<string>()
  for (let times = 0; times < 21; times += 1) {
    await page.keyboard.press('ArrowRight')
    labels.add(await focusedLabel())
  }
  expect([...labels].some((label) => label.startsWith('From Prospect to New, once.'))).toBe(true)
  expect([...labels].some((label) => label.startsWith('From At risk to Lapsed: not taken.'))).toBe(true)
  expect(labels.size).toBe(21)
  await page.keyboard.press('Tab')
  expect(await focusedLabel()).toMatch(/^Standard, now\./)

  await page.getByRole('tab', { name: 'Lifecycle' }).focus()
  await page.keyboard.press('ArrowLeft')
  const entry = page.locator('li[data-kind="event"]', { hasText: 'Order Completed' }).getByRole('button')
  await entry.focus()
  await page.keyboard.press('Enter')
  expect(await entry.getAttribute('aria-expanded')).toBe('true')
  await page.getByText('order_id').waitFor()
})

it('A narrow window shows the lifecycle as lists', async () => {
  const { path } = await newCustomer(subscribed)
  const page = await open(`${path}?tab=lifecycle`, { width: 390 })
  await settled(page)
  expect(await page.locator('svg[role="group"]').first().isVisible()).toBe(false)
  await page.getByText('How it came to this').first().waitFor()
})
