import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousProblems, settled } from './support/lookAt.ts'
import { openFilledStudio, type FilledStudio } from './support/openFilledStudio.ts'

let studio: FilledStudio
beforeAll(async () => {
  studio = await openFilledStudio()
})
afterAll(() => studio.stop())

const LOOKS = process.env['CICLO_STUDIO_LOOKS']

const ORDER = {
  id: 7_001,
  email: 'bob@shop.example',
  created_at: '2026-01-01T10:00:00Z',
  updated_at: '2026-01-01T10:00:00Z',
  currency: 'EUR',
  total_price: '10.00',
  financial_status: 'paid',
  line_items: [],
}

const post = async (url: string, topic: string, payload: unknown, secret: string) => {
  const body = JSON.stringify(payload)
  return await fetch(`${studio.server.url}${new URL(url).pathname}`, {
    method: 'POST',
    headers: {
      'x-shopify-topic': topic,
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
    },
    body,
  })
}

describe('A shop system', () => {
  it('is connected, told where to send, seen at work, switched off and removed', async () => {
    const page = await studio.open('/settings/connections')
    await page.getByText('No system is connected').waitFor()
    await page.getByRole('link', { name: 'Connect', exact: true }).click()
    await page.getByRole('radio', { name: 'Shopify' }).check()
    await page.getByRole('textbox', { name: 'Address of the shop' }).fill('example.myshopify.com/admin')
    await page.getByLabel('Key that signs webhooks').fill('shpss_of_the_shop')
    await settled(page)
    expect(await seriousProblems(page)).toEqual([])
    if (LOOKS) await page.screenshot({ path: `${LOOKS}/connection-new.png`, fullPage: true })
    await page.getByRole('button', { name: 'Connect' }).click()
    await page.getByRole('heading', { name: 'Shopify is connected' }).waitFor()
    const url = (await page.getByRole('region', { name: 'Address for webhooks' }).textContent()) ?? ''
    expect(url).toContain('/hooks/shops/')
    expect(await page.getByText('orders/create', { exact: true }).count()).toBe(1)
    await page.getByRole('link', { name: 'All connections' }).click()
    await page.getByText('Waiting', { exact: true }).waitFor()

    expect((await post(url, 'orders/create', ORDER, 'another secret')).status).toBe(401)
    expect((await post(url, 'orders/create', ORDER, 'shpss_of_the_shop')).status).toBe(200)
    expect((await post(url, 'orders/updated', { id: 7 }, 'shpss_of_the_shop')).status).toBe(200)
    expect((await post(url, 'themes/update', { id: 7 }, 'shpss_of_the_shop')).status).toBe(200)
    await page.reload()
    await page.getByRole('link', { name: 'Shopify' }).click()
    await page.getByText('orders/updated: created_at').waitFor()
    await page.getByText('nothing follows from themes/update').waitFor()
    await page.getByRole('combobox', { name: 'Which of them' }).selectOption('taken')
    await page.getByText('2 events').waitFor({ state: 'detached' })
    await page.getByText('1 event', { exact: true }).waitFor()
    await settled(page)
    expect(await seriousProblems(page)).toEqual([])
    if (LOOKS) await page.screenshot({ path: `${LOOKS}/connection.png`, fullPage: true })

    await page.getByRole('switch', { name: 'Take in what it sends' }).click({ force: true })
    await page.getByText('Off', { exact: true }).waitFor()
    expect((await post(url, 'orders/create', { ...ORDER, id: 7_002 }, 'shpss_of_the_shop')).status).toBe(403)

    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('No system is connected').waitFor()
    await page.close()
  })

  it('of its own make is given a secret that is shown once', async () => {
    const page = await studio.open('/settings/connections#+')
    await page.getByRole('radio', { name: 'A system of your own' }).check()
    await page.getByRole('button', { name: 'Connect' }).click()
    const secret = page.getByRole('region', { name: 'Secret' })
    expect(await secret.textContent()).toMatch(/^whsec_/)
    await page.reload()
    await page.getByRole('heading', { name: 'Connect a shop system' }).waitFor()
    expect(await secret.count()).toBe(0)
    await page.close()
  })
})
