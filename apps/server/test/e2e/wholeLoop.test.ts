import { buildDemoStore } from '@ciclo/demo-store/build'
import { buildTracker } from '@ciclo/tracker-sdk/build'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ensureStudio } from '../../../studio/test/support/ensureStudio.ts'
import { createMailboxReader } from '../support/createMailboxReader.ts'
import { openBrowser, openVisitor, type Visitor } from '../support/openVisitor.ts'
import { headerOf, linkIn } from '../support/readMail.ts'
import { startSmtpCatcher, type CaughtMail, type SmtpCatcher } from '../support/startSmtpCatcher.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const ANA = 'ana@example.com'
const LEO = 'leo@example.com'

let browser: Browser
beforeAll(async () => {
  await Promise.all([buildTracker(), buildDemoStore(), ensureStudio()])
  browser = await openBrowser()
})
afterAll(() => browser.close())

const eventually = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 15_000, interval: 50 })

const signUp = async (page: Page, email: string) => {
  await page.getByTestId('newsletter-email').fill(email)
  await page.getByTestId('newsletter-consent').check()
  await page.getByTestId('newsletter-submit').click()
  await page.getByText('check your inbox').waitFor()
}

/** Shows the mail's HTML as a mail reader would, and answers the addresses of its links and images. */
const showMail = async (page: Page, { email }: CaughtMail) => {
  await page.setContent(email.html ?? '')
  return {
    links: await page.evaluate<string[]>('Array.from(document.links, (link) => link.href)'),
    images: await page.evaluate<string[]>('Array.from(document.images, (image) => image.src)'),
  }
}

const expectStrictPolicies = ({ policies }: Visitor) => {
  for (const [path, policy] of policies) {
    expect(policy, `the policy of ${path}`).toContain("script-src 'self'")
    expect(policy, `the policy of ${path}`).not.toContain('unsafe-')
  }
}

describe('A visitor of the demo shop becomes a customer and leaves', () => {
  let smtp: SmtpCatcher
  let server: TestServer
  let visitor: Visitor
  let shop: Page
  let customerId: string
  let welcome: CaughtMail

  const lifecycle = async () => (await server.api.customerWith({ email: ANA })).lifecycle
  const eventsNamed = async (name: string) =>
    (await server.api.events(customerId)).filter((event) => event.name === name)
  /** The address bar says by which mail the visitor came, and keeps no token. */
  const isShop = ({ pathname, searchParams }: URL) =>
    pathname === '/demo' && [...searchParams.keys()].every((name) => name.startsWith('utm_'))
  const transitionsOf = async (region: string) =>
    (await server.api.transitions(customerId)).filter((transition) => transition.region === region)

  beforeAll(async () => {
    smtp = await startSmtpCatcher()
    server = await startTestServer({ demo: true, environment: { SMTP_URL: smtp.url } })
    await server.api.set({ openTracking: 'full' })
    visitor = await openVisitor(browser)
  })
  afterAll(async () => {
    await visitor.context.close()
    await server.stop()
    await smtp.stop()
  })

  it('a sign-up makes a browser that only claims its address, and is pending', async () => {
    shop = await visitor.open(`${server.url}/demo`)
    await shop.getByTestId('product-card').filter({ hasText: 'Sidama' }).click()
    await shop.getByTestId('add-to-cart').waitFor()
    await signUp(shop, ANA)
    const customer = await eventually(async () => {
      const found = await server.api.customerWith({ email: ANA })
      expect(found.lifecycle.permission).toBe('pending')
      return found
    })
    customerId = customer.id
    expect(customer).toMatchObject({
      email: null,
      claims: { email: ANA },
      lifecycle: { stage: 'visitor', permission: 'pending' },
    })
  })

  it('one mail asks to confirm, and fetching its link confirms nothing', async () => {
    const mail = await smtp.waitForMail(ANA)
    expect(mail.email.subject).toBe('Please confirm your subscription to Cafetal')
    expect(mail.envelope.to).toEqual([ANA])
    const link = linkIn(mail, '/confirm/')
    const headers = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) scanner' }
    expect((await fetch(link, { headers })).status).toBe(200)
    expect((await fetch(link, { method: 'HEAD', headers })).status).toBe(200)
    const page = await visitor.open(link)
    await page.getByRole('button').waitFor()
    expect(await lifecycle()).toMatchObject({ stage: 'visitor', permission: 'pending' })
    expect(smtp.mails).toHaveLength(1)

    await page.getByRole('button', { name: 'Yes, subscribe me' }).click()
    await page.getByRole('heading', { name: 'Thank you, you are in' }).waitFor()
    await page.close()
    expect(await server.api.customers()).toMatchObject([
      { id: customerId, email: ANA, claims: {}, lifecycle: { stage: 'prospect', permission: 'subscribed' } },
    ])
    expect(await transitionsOf('permission')).toMatchObject([
      {
        from: 'pending',
        to: 'subscribed',
        reason: { cause: { kind: 'event', name: 'Subscription Confirmed' } },
      },
      { from: 'none', to: 'pending', reason: { cause: { kind: 'event', name: 'Subscribed' } } },
    ])
  })

  it('the welcome mail has all that a marketing mail needs', async () => {
    welcome = await smtp.waitForMail(ANA, 1)
    const { email } = welcome
    expect(email.subject).toBe('Welcome to Cafetal')
    expect(email.text).toContain('Calle del Grano 12')
    expect(email.html).toMatch(/^<!doctype html>/i)
    expect(email.html).toContain('Calle del Grano 12')
    expect(headerOf(welcome, 'content-type')).toMatch(/^multipart\/alternative;/)
    // The web address stands first, alone or before a mailto.
    expect(headerOf(welcome, 'list-unsubscribe')).toMatch(new RegExp(`^<${server.url}/u/[\\w-]+\\.[\\w-]+>`))
    expect(headerOf(welcome, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    expect(headerOf(welcome, 'list-id')).toMatch(/^<[\w.-]+\.ciclo\.localhost>$/)
    expect(headerOf(welcome, 'feedback-id')).toMatch(/^welcome:marketing:[^:]+:ciclo$/)
    expect(headerOf(welcome, 'message-id')).toMatch(/^<[0-9a-f]{40}@ciclo\.localhost>$/)
    expect(linkIn(welcome, '/u/')).toBe(headerOf(welcome, 'list-unsubscribe')?.slice(1, -1))

    const [confirmation] = smtp.mails
    expect(headerOf(confirmation!, 'list-unsubscribe')).toBeUndefined()
    expect(headerOf(confirmation!, 'feedback-id')).toMatch(/^opt-in-confirmation:transactional:/)
    expect(headerOf(confirmation!, 'message-id')).not.toBe(headerOf(welcome, 'message-id'))
    expect(confirmation!.email.html).not.toContain(`${server.url}/o/`)
  })

  it('reading it and following its link into the shop are told apart from a machine that fetches both', async () => {
    // Nobody reads within a second or two: that is a scanner.
    await server.api.passTime(10_000)
    const reader = await visitor.context.newPage()
    const loaded = reader.waitForResponse((response) => response.url().startsWith(`${server.url}/o/`))
    const { links, images } = await showMail(reader, welcome)
    const pixel = await loaded
    const widthOfPixel = `document.querySelector('img[src="${pixel.url()}"]').naturalWidth`
    expect(await reader.evaluate<number>(widthOfPixel)).toBe(1)
    expect(pixel.headers()).toMatchObject({ 'content-type': 'image/gif', 'cache-control': 'no-store' })
    expect(images.filter((source) => source.startsWith(`${server.url}/o/`))).toHaveLength(1)
    const tracked = linkIn(welcome, '/c/')
    expect(links).toContain(tracked)
    expect(links.filter((link) => !/\/[cupv]\/[\w-]+\.[\w-]+$/.test(link))).toEqual([])

    const machine = await fetch(tracked, {
      method: 'HEAD',
      redirect: 'manual',
      headers: { 'user-agent': '' },
    })
    expect(machine.status).toBe(302)
    const tab = visitor.context.waitForEvent('page')
    await reader.getByRole('link', { name: 'Have a look around' }).click()
    const landed = await tab
    await landed.waitForURL(isShop)
    await landed.close()
    await reader.close()
    expect((await eventsNamed('Email Opened')).map(({ properties }) => properties['class'])).toEqual([
      'human',
    ])
    expect((await eventsNamed('Email Link Clicked')).map(({ properties }) => properties)).toMatchObject([
      { class: 'human', template: 'welcome', url: `${server.url}/demo` },
      { class: 'machine', template: 'welcome' },
    ])
  })

  it('a click on another device makes that browser the customer’s too, and the address bar keeps no trace', async () => {
    const phone = await openVisitor(browser)
    try {
      const page = await phone.open(linkIn(welcome, '/c/'))
      await page.waitForURL(isShop)
      const [cookie] = (await phone.context.cookies()).filter(({ name }) => name === 'ciclo_id')
      await eventually(async () => {
        const { identities, merges } = await server.api.customer(customerId)
        expect(identities).toContainEqual({ kind: 'anonymousId', value: cookie?.value })
        // Nobody had seen that browser before, so that there was nobody to merge.
        expect(merges.map(({ reason }) => reason)).toEqual([])
      })
      expect(JSON.stringify(await server.api.events(customerId))).not.toContain('ciclo_visit')
    } finally {
      await phone.context.close()
    }
  })

  it('the first order makes a new customer with its revenue in cents; it is confirmed at once, and thanked for a day later', async () => {
    await shop.getByTestId('quantity').selectOption('2')
    await shop.getByTestId('add-to-cart').click()
    await shop.getByTestId('cart-link').click()
    await shop.getByTestId('checkout-link').click()
    await shop.getByTestId('checkout-name').fill('Ana Ruiz')
    await shop.getByTestId('place-order').click()
    await shop.getByTestId('order-total').filter({ hasText: '€34.90' }).waitFor()
    await eventually(async () =>
      expect(await server.api.customers()).toMatchObject([
        { id: customerId, lifecycle: { stage: 'new' }, orders: { count: 1, revenue: { EUR: 3490 } } },
      ]),
    )
    const order = await smtp.waitForMail(ANA, 2)
    const shown = (await shop.getByTestId('order-id').textContent()) ?? ''
    expect(shown).toMatch(/^CAF-[0-9A-F]{8}$/)
    expect(headerOf(order, 'feedback-id')).toMatch(/^order-confirmation:transactional:/)
    expect(order.email.subject).toBe(`We have received your order ${shown}`)
    // What the shop's own server has told of it.
    for (const words of ['Hi Ana,', 'Sidama', '2 × €15.00', '€34.90'])
      expect(order.email.text).toContain(words)
    await server.api.passTime(DAY)
    const thanks = await smtp.waitForMail(ANA, 3)
    expect(headerOf(thanks, 'feedback-id')).toMatch(/^thank-you:marketing:/)
    expect(thanks.email.text).toContain('Ana')
    const [toNew] = await transitionsOf('stage')
    expect(toNew).toMatchObject({
      from: 'prospect',
      to: 'new',
      reason: { cause: { kind: 'event', name: 'Order Completed' }, numbers: { orders: 1 } },
    })
    const deadline = Date.parse(toNew!.reason.next?.dueAt ?? '') - Date.parse(toNew!.at)
    expect(deadline).toBe(90 * DAY)
  })

  it('one POST without cookies unsubscribes; opening the link before did not', async () => {
    const link = headerOf(welcome, 'list-unsubscribe')!.slice(1, -1)
    const page = await visitor.open(link)
    await page.getByRole('button', { name: 'Unsubscribe' }).waitFor()
    await page.close()
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(200)
    expect((await lifecycle()).permission).toBe('subscribed')

    const answer = await fetch(link, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('location')).toBeNull()
    expect((await lifecycle()).permission).toBe('unsubscribed')
    expect(await eventsNamed('Unsubscribed')).toMatchObject([
      { source: 'own', properties: { template: 'welcome' } },
    ])
  })

  it('time alone makes the customer at risk and lapsed, and no further mail goes out', async () => {
    await server.api.passTime(100 * DAY)
    expect((await lifecycle()).stage).toBe('atRisk')
    await server.api.passTime(100 * DAY)
    expect((await lifecycle()).stage).toBe('lapsed')
    expect((await transitionsOf('stage')).slice(0, 2)).toMatchObject([
      { from: 'atRisk', to: 'lapsed', reason: { cause: { kind: 'timer' }, next: {} } },
      { from: 'new', to: 'atRisk', reason: { cause: { kind: 'timer' }, next: {} } },
    ])
    expect(smtp.mails).toHaveLength(4)
    // None is even asked for: the journeys on their way ended with the permission, and no other began.
    expect(await server.api.messages(customerId)).toMatchObject([
      { template: 'thank-you', state: 'sent', to: ANA },
      { template: 'order-confirmation', state: 'sent', to: ANA },
      { template: 'welcome', state: 'sent', to: ANA },
      { template: 'opt-in-confirmation', state: 'sent', to: ANA },
    ])
  })

  it('it was one customer all along, and no page had an error or a loose policy', async () => {
    expect((await server.api.customers()).map(({ id }) => id)).toEqual([customerId])
    expect(visitor.problems).toEqual([])
    expectStrictPolicies(visitor)
    expect([...visitor.policies.keys()].map((path) => path.replace(/\/[\w-]+\.[\w-]+$/, '/...'))).toEqual(
      expect.arrayContaining([
        '/demo',
        '/demo/products/sidama',
        '/demo/cart',
        '/demo/checkout',
        '/confirm/...',
        '/u/...',
      ]),
    )
  })
})

describe('The demo without an SMTP server', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ demo: true })
  })
  afterAll(() => server.stop())

  it('leads from the sign-up through the mailbox to the confirmation', async () => {
    const visitor = await openVisitor(browser)
    const studio = await visitor.open(`${server.url}/`)
    const shop = visitor.context.waitForEvent('page')
    await studio.getByRole('link', { name: 'demo shop' }).first().click()
    const page = await shop
    await signUp(page, ANA)
    await eventually(async () => {
      const { id } = await server.api.customerWith({ email: ANA })
      expect(await server.api.messages(id)).toMatchObject([
        { template: 'opt-in-confirmation', state: 'sent' },
      ])
    })
    await page.getByTestId('newsletter-done').getByRole('link').click()
    await page.getByRole('link', { name: 'Please confirm your subscription' }).click()
    const tab = visitor.context.waitForEvent('page')
    await page.frameLocator('iframe').getByRole('link', { name: 'Confirm my subscription' }).click()
    const confirmation = await tab
    await confirmation.getByRole('button', { name: 'Yes, subscribe me' }).click()
    await confirmation.getByRole('heading', { name: 'Thank you, you are in' }).waitFor()
    expect(await server.api.customers()).toMatchObject([
      { email: ANA, lifecycle: { permission: 'subscribed' } },
    ])
    expect(visitor.problems).toEqual([])
    await visitor.context.close()
  })

  it('a cart that is left is reminded of after 4 hours, with what is in it and a way back', async () => {
    const visitor = await openVisitor(browser)
    const shop = await visitor.open(`${server.url}/demo`)
    await signUp(shop, LEO)
    const mailbox = createMailboxReader(server.url)
    const mailsTo = async (address: string) =>
      (await mailbox.all()).filter(({ email: { to } }) => to?.[0]?.address === address)
    const confirmation = await eventually(async () => {
      const [mail] = await mailsTo(LEO)
      expect(mail?.template).toBe('opt-in-confirmation')
      return mail!
    })
    const link = (await mailbox.linksOf(confirmation)).find((one) => one.includes('/confirm/'))
    const confirm = await visitor.open(link!)
    await confirm.getByRole('button', { name: 'Yes, subscribe me' }).click()
    await confirm.getByRole('heading', { name: 'Thank you, you are in' }).waitFor()

    await shop.goto(`${server.url}/demo/products/sidama`)
    await shop.getByTestId('quantity').selectOption('2')
    await shop.getByTestId('add-to-cart').click()
    await shop.getByTestId('cart-link').click()
    await shop.getByTestId('cart-line').waitFor()
    const { id } = await server.api.customerWith({ email: LEO })
    await eventually(async () =>
      expect((await server.api.customer(id)).carts).toMatchObject([{ lines: [{ productId: 'sidama' }] }]),
    )
    await Promise.all(visitor.context.pages().map((page) => page.close()))
    await server.api.passTime(4 * HOUR - MINUTE)
    expect((await mailsTo(LEO)).map(({ template }) => template)).not.toContain('cart-reminder')
    await server.api.passTime(2 * MINUTE)

    const reader = await visitor.open(`${server.url}/mailbox`)
    await reader.getByRole('link', { name: 'There is something in your cart' }).click()
    const mail = reader.frameLocator('iframe')
    await mail.getByText('2 × €15.00').waitFor()
    await mail.getByRole('link', { name: 'Sidama' }).click()
    await reader.waitForURL(({ pathname }) => pathname === '/demo/products/sidama')
    expect(await reader.getByTestId('cart-link').textContent()).toContain('2')
    expect(visitor.problems).toEqual([])
    await visitor.context.close()
  })
})
