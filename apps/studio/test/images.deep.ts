import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startSmtpCatcher, type SmtpCatcher } from '../../server/test/support/startSmtpCatcher.ts'
import { excessWidth, seriousProblems, settled } from './support/lookAt.ts'
import { openFilledStudio, type FilledStudio } from './support/openFilledStudio.ts'

type Json = Record<string, unknown>

/** Machines that test are slow. */
const eventually = (check: () => Promise<void> | void) => vi.waitFor(check, 20_000)
const PICTURE = { width: 640, height: 320 }

let smtp: SmtpCatcher
let studio: FilledStudio
beforeAll(async () => {
  smtp = await startSmtpCatcher()
  studio = await openFilledStudio({ customers: 20, environment: { SMTP_URL: smtp.url } })
})
afterAll(async () => {
  await studio.stop()
  await smtp.stop()
})

const ask = async (method: string, path: string, body?: unknown): Promise<Json> => {
  const response = await fetch(`${studio.server.url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${studio.server.secretKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (await response.json()) as Json
}
const images = async () =>
  (
    (await ask('GET', '/images')) as {
      images: { name: string; alt: string; width: number; height: number }[]
    }
  ).images
const MJML = `<mjml>
<mj-body>
<mj-section><mj-column>
<mj-text>Hello</mj-text>
<mj-text><a href="{{ urls.unsubscribe }}">{{ 'leave' | t }}</a></mj-text>
</mj-column></mj-section>
</mj-body>
</mjml>`
const put = async (name: string, mjml = MJML) =>
  expect(
    await ask('PUT', `/templates/${name}/draft`, {
      mjml,
      strings: { en: { subject: 'News', preheader: 'Have a look', leave: 'Unsubscribe' } },
    }),
  ).toMatchObject({ name })
const sourceOf = async (name: string) => {
  const { source } = (await ask('GET', `/templates/${name}`)) as { source: { mjml: string } }
  return source.mjml
}

async function openLibrary(name: string) {
  await put(name)
  const page = await studio.open(`/templates/${name}?view=code`)
  await settled(page)
  await page.getByRole('textbox', { name: 'MJML of the template' }).click()
  await page.keyboard.press('Control+Home')
  for (let line = 0; line < 3; line += 1) await page.keyboard.press('ArrowDown')
  await page.getByRole('button', { name: 'Insert an image' }).click()
  const dialog = page.getByRole('dialog', { name: 'Images' })
  await dialog.getByRole('textbox', { name: 'Find an image' }).waitFor()
  return { page, dialog }
}

/** A picture as a browser draws it, as a file that is in nobody's folder. */
const drawn = (page: Page, type = 'image/png', colour = 'teal') =>
  page.evaluateHandle<DataTransfer>(`(async () => {
    const canvas = Object.assign(document.createElement('canvas'), ${JSON.stringify(PICTURE)})
    const pen = canvas.getContext('2d')
    pen.fillStyle = ${JSON.stringify(colour)}
    pen.fillRect(0, 0, 600, 300)
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
    const held = new DataTransfer()
    held.items.add(new File([blob], ${JSON.stringify(`${colour}.png`)}, { type: ${JSON.stringify(type)} }))
    return held
  })()`)

describe('The library of images', () => {
  it('takes what is dropped and what is pasted, by whatever name; a wrong type is refused in plain words', async () => {
    const { page, dialog } = await openLibrary('dropped')
    const place = dialog.locator('[data-over]')
    await place.dispatchEvent('dragover', { dataTransfer: await drawn(page, 'image/png', 'tomato') })
    await dialog.locator('[data-over="true"]').waitFor()
    await place.dispatchEvent('drop', { dataTransfer: await drawn(page, 'image/png', 'tomato') })
    await dialog.getByRole('form', { name: 'tomato' }).waitFor()
    const held = await drawn(page, 'image/png', 'olive')
    await place.evaluate(
      (element, clipboardData) =>
        element.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
        ),
      held,
    )
    await dialog.getByRole('form', { name: 'olive' }).waitFor()
    await place.dispatchEvent('drop', { dataTransfer: await drawn(page, 'application/pdf', 'navy') })
    await dialog.getByRole('alert').getByText('This is no picture that e-mails can show').waitFor()
    expect((await images()).map(({ name }) => name)).toEqual(['olive', 'tomato'])
    // What calls itself a picture and is none, the server refuses.
    await dialog.locator('input[type="file"]').setInputFiles({
      name: 'Report.png',
      mimeType: 'image/png',
      buffer: Buffer.from('%PDF-1.7 of somebody'),
    })
    await dialog.getByRole('alert').filter({ hasText: 'Report.png' }).waitFor()
    expect(await images()).toHaveLength(2)
    expect(await seriousProblems(page)).toEqual([])
    await page.close()
  })

  it('takes files of the chooser, makes a smaller one, describes and renames it, and puts it into the mail', async () => {
    const { page, dialog } = await openLibrary('chosen')
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      dialog.getByRole('button', { name: 'Upload' }).click(),
    ])
    const bytes = await page.evaluate<string>(`(() => {
      const canvas = Object.assign(document.createElement('canvas'), ${JSON.stringify(PICTURE)})
      canvas.getContext('2d').fillRect(0, 0, 600, 300)
      return canvas.toDataURL('image/png').split(',')[1]
    })()`)
    await chooser.setFiles({
      name: 'Harvest.png',
      mimeType: 'image/png',
      buffer: Buffer.from(bytes, 'base64'),
    })
    const form = dialog.getByRole('form')
    await dialog.getByRole('form', { name: 'Harvest' }).waitFor()
    await form.getByText(/640 × 320 pixels/).waitFor()
    await form.getByLabel('Width').fill('320')
    await form.getByRole('button', { name: 'Make a smaller one' }).click()
    await form.getByText(/320 × 160 pixels/).waitFor()
    expect((await images()).map(({ width }) => width).slice(0, 2)).toEqual([320, 640])
    const use = form.getByRole('button', { name: 'Use this image' })
    expect(await use.isDisabled()).toBe(true)
    await form.getByLabel('Name', { exact: true }).fill('Small harvest')
    await form.getByLabel('Description').fill('Cherries of the harvest')
    await use.click()
    await dialog.waitFor({ state: 'detached' })
    await eventually(async () =>
      expect(await sourceOf('chosen')).toMatch(/<mj-image src="http[^"]+" alt="Cherries of the harvest"/),
    )
    expect((await images())[0]).toMatchObject({ name: 'Small harvest', alt: 'Cherries of the harvest' })
    await page.close()
  })

  it('says where an image is shown before it is deleted, and leaves it there unless somebody insists', async () => {
    const { page, dialog } = await openLibrary('other')
    await dialog.getByRole('button', { name: 'Small harvest' }).click()
    const remove = dialog.getByRole('form').getByRole('button', { name: 'Delete' })
    await remove.click()
    const asked = page.getByRole('dialog', { name: 'This image is in use' })
    await asked.getByRole('link', { name: 'chosen' }).waitFor()
    expect(await asked.getByText('force').count()).toBe(0)
    await settled(page)
    expect(await seriousProblems(page)).toEqual([])
    await asked.getByRole('button', { name: 'Cancel' }).click()
    await asked.waitFor({ state: 'detached' })
    expect((await images()).map(({ name }) => name)).toContain('Small harvest')
    await remove.click()
    await asked.getByRole('button', { name: 'Delete it all the same' }).click()
    await eventually(async () =>
      expect((await images()).map(({ name }) => name)).not.toContain('Small harvest'),
    )
    // One that nothing shows goes at once.
    await dialog.getByRole('button', { name: 'olive' }).click()
    await dialog.getByRole('form', { name: 'olive' }).getByRole('button', { name: 'Delete' }).click()
    await eventually(async () => expect((await images()).map(({ name }) => name)).not.toContain('olive'))
    await page.close()
  })
})

describe('A template', () => {
  it('is sent as a test, and who sends it is told what the mail server says', async () => {
    await put('tested')
    const page = await studio.open('/templates/tested?view=strings')
    await settled(page)
    await page.getByRole('textbox', { name: 'subject, English' }).fill('News of today')
    const send = async (to: string) => {
      await page.getByRole('button', { name: 'Send a test' }).click()
      const dialog = page.getByRole('dialog', { name: 'Send a test' })
      await dialog.getByLabel('To').fill(to)
      await dialog.getByRole('button', { name: 'Send' }).click()
    }
    await send('me@example.com')
    await page.getByText('Sent to me@example.com').waitFor()
    // What is sent is what is seen, also before it is saved.
    const { email } = await smtp.waitForMail('me@example.com')
    expect(email.subject).toBe('[Test] News of today')
    smtp.answer('nobody@example.com', [{ at: 'RCPT TO', reply: '550 5.1.1 No such user here' }])
    await send('nobody@example.com')
    await page.getByText(/The mail server did not take it: .*No such user here/).waitFor()
    await page.close()
  })

  it('loses its draft when somebody says so, and makes mails as Ciclo ships it again', async () => {
    const shipped = await sourceOf('welcome')
    const write = async (note: string) => {
      const { name: _, ...source } = (await ask('GET', '/templates/welcome'))['source'] as Json
      const mjml = `<!-- ${note} -->\n${shipped}`
      expect(await ask('PUT', '/templates/welcome/draft', { ...source, mjml })).toMatchObject({
        name: 'welcome',
      })
    }
    await write('mine')
    expect(await ask('POST', '/templates/welcome/publish')).toMatchObject({ version: 1 })
    await write('later')
    const page = await studio.open('/templates/welcome?view=versions')
    await settled(page)
    const confirm = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).click()
      await page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
    }
    await confirm('Delete the draft')
    await page.getByText('The draft is deleted').waitFor()
    expect(await sourceOf('welcome')).toContain('<!-- mine -->')
    await page.getByRole('tab', { name: 'Code' }).click()
    const code = page.getByRole('textbox', { name: 'MJML of the template' })
    await code.getByText('<!-- mine -->').waitFor()
    await page.getByRole('tab', { name: 'Versions' }).click()
    await confirm('Use the one from Ciclo again')
    await page.getByText('E-mails are made of the template from Ciclo').waitFor()
    await eventually(async () => expect(await sourceOf('welcome')).toBe(shipped))
    await page.getByRole('tab', { name: 'Code' }).click()
    await eventually(async () => expect(await code.getByText('<!-- mine -->').count()).toBe(0))
    await page.close()
  })
})

it('A report fits a phone: no figure has to be scrolled to', async () => {
  const { api } = studio.server
  await api.send(
    Array.from({ length: 3 }, (_, place) => ({
      type: 'track',
      userId: `customer-${place + 1}`,
      event: 'Order Completed',
      messageId: `report-${place}`,
      timestamp: new Date(api.now()).toISOString(),
      properties: { order_id: `report-${place}`, total: 20, currency: 'EUR' },
    })),
  )
  await api.passTime(3_600_000)
  const page = await studio.open('/journeys/order-confirmation?panel=report', { width: 390 })
  const table = page.getByRole('table').filter({ hasText: 'Unsubscribed' })
  await table.waitFor()
  await settled(page)
  expect(await table.getByRole('row').nth(1).getByRole('cell').count()).toBe(6)
  expect(await table.evaluate((element) => element.getBoundingClientRect().right <= innerWidth)).toBe(true)
  expect(
    await page
      .locator('[role="tabpanel"] *')
      .evaluateAll(
        (all) =>
          all.filter(
            (one) =>
              one.scrollWidth > one.clientWidth + 1 &&
              getComputedStyle(one).overflowX !== 'visible' &&
              one.clientWidth > 1,
          ).length,
      ),
  ).toBe(0)
  expect(await excessWidth(page)).toBeLessThanOrEqual(0)
  expect(await seriousProblems(page)).toEqual([])
  // The tab that is open is in sight.
  const tab = await page.getByRole('tab', { name: 'Report' }).boundingBox()
  expect((tab?.x ?? 0) + (tab?.width ?? 1_000)).toBeLessThanOrEqual(390)
  await page.close()
})
