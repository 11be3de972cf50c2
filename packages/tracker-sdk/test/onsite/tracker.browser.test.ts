import { expect, test } from 'vitest'
import { testWithBrowser } from '../support/testWithBrowser.ts'
import { waitFor } from '../support/waitFor.ts'
import { bundleOnsite } from './support/bundleOnsite.ts'
import { shownMessage } from './support/shownMessage.ts'

const policy =
  "default-src 'none'; script-src 'self' {{ingest}}; connect-src {{ingest}}; " +
  "require-trusted-types-for 'script'; trusted-types 'none'"

const stage = testWithBrowser({ '/': '{{tracker}}<h1>A shop</h1>' }, { '/': policy })

const openWith = async (message: object) => {
  stage.ingest.said.onsite = true
  stage.ingest.files['/ciclo.onsite.mjs'] = await bundleOnsite()
  stage.ingest.files['/v1/onsite'] = JSON.stringify({ messages: [message] })
  const page = await stage.visit('/')
  await page.locator('ciclo-onsite .c').waitFor()
  return page
}

const tracked = () =>
  stage.ingest
    .stored()
    .filter(({ type }) => type !== 'page')
    .map(({ type, event, properties, traits }) => [event ?? type, properties ?? traits])

const shown = (kind: string) => ['On-site Message Shown', { message: kind, kind }]

test('the tracker takes the form of a message for no form of the shop', async () => {
  const message = shownMessage('signUp', { fields: [shownMessage('signUp').fields[0]!] })
  const page = await openWith(message)
  await page.getByLabel('Your e-mail').fill('ana@example.com')
  await page.getByRole('checkbox').check()
  await page.keyboard.press('Enter')
  const { clause, consent } = message.texts
  await waitFor(() => expect(tracked()).toHaveLength(3))
  expect(tracked()).toEqual([
    shown('signUp'),
    ['identify', { email: 'ana@example.com' }],
    [
      'Subscribed',
      { email: 'ana@example.com', topic: 'news', method: 'onsite', text: consent, clause, form: 'signUp' },
    ],
  ])
})

test('a form without a box subscribes nobody, whatever else the tracker records', async () => {
  const page = await openWith(
    shownMessage('contest', { fields: [shownMessage('contest').fields[0]!], texts: { consent: '' } }),
  )
  await page.getByLabel('Your e-mail').fill('ana@example.com')
  await page.keyboard.press('Enter')
  await waitFor(() => expect(tracked()).toHaveLength(3))
  expect(tracked()).toEqual([
    shown('contest'),
    ['identify', { email: 'ana@example.com' }],
    ['Contest Entered', { contest: 'contest', email: 'ana@example.com' }],
  ])
})

test('consent that is withdrawn takes the message off the page, and leaves nothing stored', async () => {
  const page = await openWith(shownMessage('popUp'))
  await page.evaluate(() => window.ciclo.consent(false))
  await page.locator('ciclo-onsite').waitFor({ state: 'detached' })
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
})
