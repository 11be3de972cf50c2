import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { openVisitor } from '../../server/test/support/openVisitor.ts'
import { settled } from './support/lookAt.ts'
import { openEmptyStudio } from './support/openEmptyStudio.ts'
import { openStudio, type OpenedStudio } from './support/openStudio.ts'

const step = (page: Page, title: string) => page.getByRole('button', { name: title })
const light = (page: Page) => page.getByTestId('tracker-light')

describe('The set-up guide of a demo', () => {
  let studio: OpenedStudio
  beforeAll(async () => {
    studio = await openStudio()
  })
  afterAll(() => studio.stop())

  it('shows what is done by itself, and opens the step that is to be done', async () => {
    const page = await studio.open('/guide')
    await page.getByText('2 of 5 done').waitFor()
    await step(page, 'Say who you are').getByText('Done').waitFor()
    const tracker = step(page, 'Put the tracker into your pages')
    expect(await tracker.getAttribute('aria-expanded')).toBe('true')
    await tracker.getByText('Now').waitFor()
    await page.close()
  })

  it('brings the snippet with the key and address of the shop, in three ways, and copies it', async () => {
    const page = await studio.open('/guide')
    await page
      .context()
      .grantPermissions(['clipboard-read', 'clipboard-write'], { origin: studio.server.url })
    const { url, writeKey } = studio.server
    const tag = `<script src="${url}/ciclo.js" data-key="${writeKey}" defer></script>`
    const code = page.getByRole('region', { name: 'Script tag' })
    expect(await code.textContent()).toBe(tag)
    await page.getByRole('button', { name: 'Copy' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(tag)
    await page.getByRole('tab', { name: 'Script tag' }).press('ArrowRight')
    expect(await page.getByRole('region', { name: 'Tag manager' }).textContent()).toContain(
      `'${url}/ciclo.js'`,
    )
    await page.getByRole('tab', { name: 'Tag manager' }).press('ArrowRight')
    expect(await page.getByRole('region', { name: 'ES module' }).textContent()).toContain(
      `writeKey: '${writeKey}'`,
    )
    await page.close()
  })

  it('puts a step off, goes on with the next, and takes it up again', async () => {
    const page = await studio.open('/guide')
    await page.getByRole('button', { name: 'Do this later' }).click()
    await step(page, 'Put the tracker into your pages').getByText('Put off').waitFor()
    const mail = step(page, 'Send yourself a test mail')
    await mail.getByText('Now').waitFor()
    expect(await mail.getAttribute('aria-expanded')).toBe('true')
    // For everybody, and after a reload.
    const other = await studio.open('/guide')
    await step(other, 'Put the tracker into your pages').getByText('Put off').click()
    await other.getByRole('button', { name: 'Do this now' }).click()
    await step(other, 'Put the tracker into your pages').getByText('Now').waitFor()
    await Promise.all([page.close(), other.close()])
  })

  it('sends a test mail, and says that it lies in the mailbox', async () => {
    const page = await studio.open('/guide')
    await step(page, 'Send yourself a test mail').click()
    await page.getByLabel('To').fill('me@example.com')
    await page.getByRole('button', { name: 'Send the test mail' }).click()
    const mailbox = page.getByRole('link', { name: 'mailbox of the demo' })
    await mailbox.waitFor()
    await step(page, 'Send yourself a test mail').getByText('Done').waitFor()
    await page.getByText('3 of 5 done').waitFor()
    const [tab] = await Promise.all([page.waitForEvent('popup'), mailbox.click()])
    await tab.getByText('[Test]').waitFor()
    expect(await tab.getByText('to me@example.com').count()).toBe(1)
    await Promise.all([tab.close(), page.close()])
  })

  it('leads to the import of orders', async () => {
    const page = await studio.open('/guide')
    await step(page, 'Bring in past orders').click()
    await page.getByText('npm run ciclo -- import orders orders.csv').waitFor()
    await page.getByRole('link', { name: 'Import a file' }).click()
    await page.waitForURL('**/settings/data')
    expect(await page.locator('h1').count()).toBe(1)
    await page.close()
  })

  it('turns its light green at the first event of a browser, while somebody looks', async () => {
    const page = await studio.open('/guide')
    await light(page).getByText('Waiting for the first event').waitFor()
    const shopper = await openVisitor(studio.browser)
    await shopper.open(`${studio.server.url}/demo`)
    await light(page).getByText('Events are coming in').waitFor()
    await light(page)
      .getByText(/^Last: .*\/demo/)
      .waitFor()
    expect(await step(page, 'Put the tracker into your pages').getAttribute('aria-expanded')).toBe('true')
    await shopper.context.close()
    await page.close()
  })

  it.each(['Script tag', 'Tag manager', 'ES module'])(
    'has a snippet that works in the pages of a shop: %s',
    async (name) => {
      const page = await studio.open('/guide')
      await step(page, 'Put the tracker into your pages').click()
      await page.getByRole('tab', { name }).click()
      const code = (await page.getByRole('region', { name }).textContent()) ?? ''
      const pasted =
        name === 'ES module' ? `<script type="module">${code}\nwindow.ciclo = ciclo</script>` : code
      const path = `/${name.replaceAll(' ', '-')}`
      const shopper = await openVisitor(studio.browser)
      const site = createServer((_request, response) => {
        response.setHeader('content-type', 'text/html').end(`<head><title>Shop</title>${pasted}</head>`)
      })
      await new Promise<void>((resolve) => {
        site.listen(0, '127.0.0.1', resolve)
      })
      const { port } = site.address() as AddressInfo
      const shop = await shopper.open(`http://127.0.0.1:${port}${path}`)
      await shop.waitForFunction('window.ciclo')
      await shop.evaluate('window.ciclo.consent(true)')
      await light(page).getByText(path).waitFor()
      expect(shopper.problems).toEqual([])
      await Promise.all([shopper.context.close(), page.close()])
      site.closeAllConnections()
      site.close()
    },
  )

  it('says when all is done, and leads home', async () => {
    await studio.server.api.send([
      {
        messageId: 'guide-order',
        type: 'track',
        event: 'Order Completed',
        userId: 'u1',
        properties: { order_id: 'o1', total: 10 },
      },
    ])
    const page = await studio.open('/guide')
    await page.getByText('5 of 5 done').waitFor()
    await page.getByRole('heading', { name: 'Everything is set up' }).waitFor()
    await settled(page)
    await page.getByRole('link', { name: 'Go to the first page' }).click()
    await page.waitForURL(`${studio.server.url}/`)
    expect(studio.problems()).toEqual([])
    await page.close()
  })
})

describe('The set-up guide of a new shop', () => {
  let studio: OpenedStudio
  beforeAll(async () => {
    studio = await openEmptyStudio()
  })
  afterAll(() => studio.stop())

  it('begins with who the shop is, and goes by what was saved', async () => {
    const page = await studio.open('/guide')
    await page.getByText('0 of 5 done').waitFor()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Enter the name of the shop.').waitFor()
    await page.getByLabel('Name of the shop').fill('Café Łódź')
    await page.getByLabel('Postal address').fill('Piotrkowska 1, Łódź')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('1 of 5 done').waitFor()
    await page.getByRole('navigation').getByText('Café Łódź').waitFor()
    expect(await step(page, 'Say who you are').getByText('Done').count()).toBe(1)
    await page.close()
  })

  it('says what a journey does, switches it on, and says what happens now', async () => {
    const page = await studio.open('/guide')
    await step(page, 'Switch on your first journey').click()
    await page.getByText('2 journeys are on.').waitFor()
    await page.getByRole('button', { name: /^Cart left behind/ }).click()
    const outline = page.getByRole('list', { name: 'What happens' })
    await outline.getByText('Wait 4 hours').waitFor()
    expect(await outline.getByText('Mail: cart-reminder').count()).toBe(2)
    await page.getByRole('button', { name: 'Switch it on' }).click()
    await page.getByText('It is on', { exact: true }).waitFor()
    await page.getByText('3 journeys are on.').waitFor()
    await step(page, 'Switch on your first journey').getByText('Done').waitFor()
    await page.getByRole('button', { name: /^Show \d+ more$/ }).click()
    expect(await page.getByRole('button', { name: /^Win back/ }).count()).toBe(1)
    expect(studio.problems()).toEqual([])
    await page.close()
  })
})

describe('The set-up guide where the write key is not known', () => {
  let studio: OpenedStudio
  beforeAll(async () => {
    studio = await openEmptyStudio()
  })
  afterAll(() => studio.stop())

  it('makes another one', async () => {
    const page = await studio.open('/settings/keys')
    const answer = await page.evaluate<{ keys: { id: string; kind: string }[] }>(
      "fetch('/api/keys').then((response) => response.json())",
    )
    const key = answer.keys.find(({ kind }) => kind === 'write')
    await page.evaluate(`fetch('/api/keys/${key?.id}', { method: 'DELETE' })`)
    await page.goto(`${studio.server.url}/guide`)
    await step(page, 'Put the tracker into your pages').click()
    const code = page.getByRole('region', { name: 'Script tag' })
    expect(await code.textContent()).toContain('data-key="WRITE_KEY"')
    await page.getByRole('button', { name: 'Make a write key' }).click()
    await expect.poll(() => code.textContent()).toMatch(/data-key="cw_[\w-]{32}"/)
    await page.close()
  })
})
