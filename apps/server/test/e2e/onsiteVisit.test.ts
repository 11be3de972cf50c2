import { buildDemoStore } from '@ciclo/demo-store/build'
import { buildTracker } from '@ciclo/tracker-sdk/build'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { SIGN_UP } from '../onsite/onsiteWorld.ts'
import { openBrowser, openVisitor, type Visitor } from '../support/openVisitor.ts'
import { linkIn } from '../support/readMail.ts'
import { startSmtpCatcher, type SmtpCatcher } from '../support/startSmtpCatcher.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'

let smtp: SmtpCatcher
let server: TestServer
let visitor: Visitor
beforeAll(async () => {
  await Promise.all([buildTracker(), buildDemoStore()])
  smtp = await startSmtpCatcher()
  server = await startTestServer({ demo: true, environment: { SMTP_URL: smtp.url } })
  visitor = await openVisitor(await openBrowser())
})
afterAll(async () => {
  await visitor.context.browser()?.close()
  await server.stop()
  await smtp.stop()
})

it('a visitor of the shop is shown a sign-up form, answers it, and gets one mail that asks', async () => {
  const saved = await fetch(`${server.url}/api/onsite/welcome`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${server.secretKey}` },
    body: JSON.stringify(SIGN_UP),
  })
  expect(saved.status).toBe(200)
  const shop = await visitor.open(`${server.url}/demo`)
  const dialog = shop.getByRole('dialog', { name: 'Stay in touch' })
  await dialog.getByLabel('E-mail').fill('nora@example.com')
  await dialog.getByLabel('Write to me').check()
  await dialog.getByRole('button', { name: 'Sign up' }).click()
  const mail = await smtp.waitForMail('nora@example.com')
  const states = async () => (await server.api.customers()).map(({ lifecycle }) => lifecycle.permission)
  expect(await states()).toEqual(['pending'])
  // As from the form of a page: the mail asks, and holds no word of the visitor's.
  const page = await visitor.open(linkIn(mail, '/confirm/'))
  await page.getByRole('button').click()
  await vi.waitFor(async () => expect(await states()).toEqual(['subscribed']), {
    timeout: 15_000,
    interval: 50,
  })
  // Who has answered is not asked again.
  await shop.goto(`${server.url}/demo`)
  await vi.waitFor(async () => {
    const asked = await shop.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
    expect(asked.some((name) => name.endsWith('/v1/onsite'))).toBe(true)
  })
  expect(await dialog.count()).toBe(0)
  expect(visitor.problems).toEqual([])
})
