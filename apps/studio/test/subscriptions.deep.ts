import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startReceiver, type Receiver } from '../../server/test/webhooks/startReceiver.ts'
import { excessWidth, lookAs, seriousProblems, settled } from './support/lookAt.ts'
import { openFilledStudio, type FilledStudio } from './support/openFilledStudio.ts'

let studio: FilledStudio
let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
  studio = await openFilledStudio({ environment: { CICLO_WEBHOOK_HOSTS: '127.0.0.1' } })
})
afterAll(async () => {
  await studio.stop()
  await receiver.close()
})

const LOOKS = process.env['CICLO_STUDIO_LOOKS']

const order = async (id: string) =>
  await fetch(`${studio.server.url}/v1/track`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${studio.server.secretKey}:`)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      userId: 'webhook-reader',
      event: 'Order Completed',
      properties: { order_id: id, total: 20, currency: 'EUR' },
    }),
  })

describe('A subscription', () => {
  it('is made, tried out, told of an order, told again, and switched off where its server is gone', async () => {
    const page = await studio.open('/settings/webhooks')
    await page.getByText('Nobody is told of events').waitFor()
    await page.getByRole('link', { name: 'Subscribe', exact: true }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Warehouse')
    await page.getByRole('textbox', { name: 'Address' }).fill(`${receiver.url}/hook`)
    await page.getByRole('combobox', { name: 'Events' }).fill('Order Completed')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await settled(page)
    expect(await seriousProblems(page)).toEqual([])
    if (LOOKS) await page.screenshot({ path: `${LOOKS}/subscription-new.png`, fullPage: true })
    await page.getByRole('button', { name: 'Subscribe' }).click()
    await page.getByRole('heading', { name: 'Warehouse' }).waitFor()
    await page.getByRole('button', { name: 'Try it out' }).click()
    await page.getByText('It was taken').waitFor()

    await order('w1')
    await expect.poll(() => receiver.received.length, { timeout: 15_000 }).toBe(2)
    await expect
      .poll(
        async () => {
          await page.reload()
          await page.getByRole('heading', { name: 'What was told' }).waitFor()
          await settled(page)
          return await page.locator('li').getByText('Delivered', { exact: true }).count()
        },
        { timeout: 15_000 },
      )
      .toBe(1)
    await page.getByRole('button', { name: /^What it says: Order Completed/ }).click()
    await page.getByText('"order_id": "w1"').waitFor()
    await page.getByRole('button', { name: /^Send again: Order Completed/ }).click()
    await expect.poll(() => receiver.received.length, { timeout: 15_000 }).toBe(3)
    await settled(page)
    expect(await seriousProblems(page)).toEqual([])
    if (LOOKS) await page.screenshot({ path: `${LOOKS}/subscription.png`, fullPage: true })
    await lookAs(page, { width: 390, scheme: 'dark' })
    expect(await excessWidth(page)).toBeLessThanOrEqual(0)
    if (LOOKS) await page.screenshot({ path: `${LOOKS}/subscription-small.png`, fullPage: true })
    await lookAs(page, { width: 1440, scheme: 'light' })

    receiver.answer = (_request, response) => void response.writeHead(410).end('gone')
    await order('w2')
    await expect.poll(() => receiver.received.length, { timeout: 15_000 }).toBe(4)
    await expect
      .poll(
        async () => {
          await page.reload()
          await page.getByRole('heading', { name: 'Warehouse' }).waitFor()
          await settled(page)
          return await page.getByText('Nothing is told here any more').count()
        },
        { timeout: 15_000 },
      )
      .toBe(1)
    await page.getByText('answered 410: gone').waitFor()
    if (LOOKS) await page.screenshot({ path: `${LOOKS}/subscription-off.png`, fullPage: true })
    await page.getByRole('link', { name: 'All subscriptions' }).click()
    await page.getByRole('link', { name: /Warehouse/ }).waitFor()
    await settled(page)
    if (LOOKS) await page.screenshot({ path: `${LOOKS}/subscriptions.png`, fullPage: true })
    await page.getByRole('link', { name: /Warehouse/ }).click()
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('Nobody is told of events').waitFor()
    await page.close()
  })

  it('keeps the address of a chat tool to itself, and a condition that was written', async () => {
    receiver.answer = (_request, response) => void response.writeHead(200).end('ok')
    const page = await studio.open('/settings/webhooks#+')
    await page.getByRole('textbox', { name: 'Name' }).fill('Unhappy')
    await page.getByRole('combobox', { name: 'Who is told' }).selectOption('slack')
    await page.getByRole('textbox', { name: 'Address' }).fill(`${receiver.url}/services/hidden-part`)
    await page.getByRole('checkbox', { name: /Only if a property/ }).check()
    await page.getByRole('textbox', { name: 'Value' }).fill('5')
    await settled(page)
    if (LOOKS) await page.screenshot({ path: `${LOOKS}/subscription-chat.png`, fullPage: true })
    await page.getByRole('button', { name: 'Subscribe' }).click()
    await page.getByRole('heading', { name: 'Unhappy' }).waitFor()
    await page.getByRole('button', { name: 'Try it out' }).click()
    await page.getByText('It was taken').waitFor()
    expect(receiver.received.at(-1)?.path).toBe('/services/hidden-part')
    await page.reload()
    await page.getByRole('textbox', { name: 'Value' }).waitFor()
    expect(await page.getByRole('textbox', { name: 'Value' }).inputValue()).toBe('5')
    expect(await page.content()).not.toContain('hidden-part')
    // What is left empty stays.
    await page.getByRole('textbox', { name: 'Name' }).fill('Very unhappy')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Very unhappy' }).waitFor()
    await page.getByRole('button', { name: 'Try it out' }).click()
    await page.getByText('It was taken').waitFor()
    await page.close()
  })
})

describe('Everything', () => {
  it('can be had as files from the page of data', async () => {
    const page = await studio.open('/settings/data')
    const link = page.getByRole('link', { name: 'Orders as CSV' })
    await link.waitFor()
    const [file] = await Promise.all([page.waitForEvent('download'), link.click()])
    expect(file.suggestedFilename()).toBe('orders.csv')
    await settled(page)
    expect(await seriousProblems(page)).toEqual([])
    if (LOOKS) await page.screenshot({ path: `${LOOKS}/export.png`, fullPage: true })
    await page.close()
  })
})
