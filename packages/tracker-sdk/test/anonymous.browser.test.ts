import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { testWithBrowser } from './support/testWithBrowser.ts'
import { waitFor } from './support/waitFor.ts'

const counting = (consent: string) => `{{tracker data-key="shop-write-key" data-anonymous="true" ${consent}}}`
const stage = testWithBrowser({
  '/pending': counting(''),
  '/denied': counting('data-consent="denied"'),
  '/granted': counting('data-consent="granted"'),
  '/off': '{{tracker data-key="shop-write-key"}}',
})

const posts = () => stage.ingest.others.filter(({ method }) => method === 'POST')
const counts = () => posts().map(({ path, body }) => [path, JSON.parse(body) as object])
const counted = (path: string, more: object = {}) => [
  '/v1/count',
  { writeKey: 'shop-write-key', path, referrer: '', ...more },
]

/** Notes everything that the page writes and deletes, from its first script on. */
const watchWrites = () =>
  stage.context.addInitScript(() => {
    const writes: string[] = []
    Object.assign(window, { writes })
    const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')
    Object.defineProperty(document, 'cookie', {
      get: () => (cookie?.get?.call(document) as string | undefined) ?? '',
      set: (value: string) => {
        writes.push(`cookie ${value}`)
        cookie?.set?.call(document, value)
      },
    })
    for (const method of ['setItem', 'removeItem']) {
      const original = Reflect.get(Storage.prototype, method) as (...values: string[]) => void
      Reflect.set(Storage.prototype, method, function (this: Storage, ...values: string[]) {
        writes.push(`${method} ${values[0]}`)
        original.apply(this, values)
      })
    }
  })
const writesOf = (tab: Page) => tab.evaluate(() => (window as unknown as { writes: string[] }).writes)

test.each(['/pending', '/denied'])(
  'a view of %s is counted once, by page alone, and nothing is written',
  async (path) => {
    await watchWrites()
    const tab = await stage.visit(`${path}?utm_source=mail`)
    await waitFor(() => expect(counts()).toEqual([counted(path, { campaign: { source: 'mail' } })]))
    // Of the denial, the tracker clears what may lie there.
    expect((await writesOf(tab)).filter((write) => !write.startsWith('removeItem'))).toEqual([])
    expect(await stage.context.cookies()).toEqual([])
    expect(stage.ingest.requests).toEqual([])
  },
)

test('a visitor who agrees within two seconds is no anonymous one', async () => {
  const tab = await stage.visit('/pending')
  await tab.evaluate(() => window.ciclo.consent(true))
  await waitFor(() => expect(stage.ingest.stored()).toHaveLength(1))
  await tab.goto(`${stage.shop.origin}/granted`)
  await waitFor(() => expect(stage.ingest.stored()).toHaveLength(2))
  expect(counts()).toEqual([])
})

test('who leaves before two seconds are over is counted, and each view of a single-page application is', async () => {
  const tab = await stage.visit('/pending')
  await tab.evaluate(() => history.pushState(null, '', '/a'))
  await waitFor(() => expect(counts()).toEqual([counted('/pending')]))
  await tab.goto(`${stage.ingest.origin}/elsewhere`)
  await waitFor(() =>
    expect(counts().slice(1)).toContainEqual(counted('/a', { referrer: `${stage.shop.origin}/pending` })),
  )
})

test('where it is not asked for, and under Global Privacy Control, nobody is counted', async () => {
  await watchWrites()
  const tab = await stage.visit('/off')
  await stage.context.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true }),
  )
  await tab.goto(`${stage.shop.origin}/pending`)
  await tab.goto(`${stage.shop.origin}/granted`)
  expect(await writesOf(tab)).toEqual([])
  await tab.goto(`${stage.ingest.origin}/elsewhere`)
  await waitFor(() => expect(stage.ingest.others.map(({ path }) => path)).toContain('/elsewhere'))
  expect(posts()).toEqual([])
  expect(stage.ingest.requests).toEqual([])
})
