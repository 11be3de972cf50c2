import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { loaderSnippet, trackerCoreFile, trackerFile } from '../src/index.ts'
import { testWithBrowser } from './support/testWithBrowser.ts'
import { waitFor } from './support/waitFor.ts'

const granted = 'data-key="shop-write-key" data-consent="granted"'
const loader = loaderSnippet({ src: '{{ingest}}/ciclo.js', key: 'shop-write-key' })

const stage = testWithBrowser(
  {
    '/nonce': `<script nonce="n1" src="{{ingest}}/ciclo.js" data-engagement="false" ${granted}></script>`,
    '/loader': `<script nonce="n1">${loader};ciclo.consent(true);ciclo.track('Early', { place: 1 })</script>
      <script nonce="n1">${loader};ciclo.track('Twice')</script>`,
    '/twice': '{{tracker}}{{tracker}}',
    '/core': `<script src="{{ingest}}/ciclo.core.js" ${granted}></script><a href="https://elsewhere.test/">Away</a>`,
    '/off': `{{tracker ${granted} data-onsite="false"}}`,
  },
  {
    '/nonce':
      "default-src 'none'; script-src 'nonce-n1'; connect-src {{ingest}}; require-trusted-types-for 'script'; trusted-types 'none'",
    '/loader': "default-src 'none'; script-src 'nonce-n1' 'strict-dynamic'; connect-src {{ingest}}",
    '/core':
      "default-src 'none'; script-src {{ingest}}; connect-src {{ingest}}; require-trusted-types-for 'script'",
  },
)

const names = () => stage.ingest.stored().map(({ type, event }) => event ?? type)
const serve = async () => {
  stage.ingest.files['/ciclo.js'] = await readFile(trackerFile)
  stage.ingest.files['/ciclo.core.js'] = await readFile(trackerCoreFile)
  // What stands for the chunk of messages: it notes how it was started.
  stage.ingest.files['/ciclo.onsite.mjs'] = `
    export const startOnsite = ({ url, writeKey, visit, anonymousId, identityToken: token, locale }) => {
      const onsite = { url, writeKey, visit, id: anonymousId(), token, locale, stopped: false }
      window.onsite = onsite
      return { stop() { onsite.stopped = true } }
    }`
}
const onsiteOf = (tab: Awaited<ReturnType<typeof stage.visit>>) =>
  tab.evaluate(() => (window as unknown as { onsite?: Record<string, unknown> }).onsite)

test('under a policy of nonces and Trusted Types everything works, the chunk of messages too', async () => {
  await serve()
  stage.ingest.said.onsite = true
  const tab = await stage.visit('/nonce')
  await waitFor(() => expect(names()).toEqual(['page']))
  await tab.waitForFunction(() => 'onsite' in window)
  expect(await onsiteOf(tab)).toEqual({
    url: `${stage.ingest.origin}/v1/onsite`,
    writeKey: 'shop-write-key',
    visit: 1,
    id: stage.ingest.stored()[0]?.anonymousId,
    locale: 'en',
    stopped: false,
  })
  await tab.evaluate(() => window.ciclo.consent(false))
  await tab.waitForFunction(() => (window as unknown as { onsite: { stopped: boolean } }).onsite.stopped)
})

test('after a withdrawal, a new yes shows messages again', async () => {
  await serve()
  stage.ingest.said.onsite = true
  const tab = await stage.visit('/nonce')
  await tab.waitForFunction(() => 'onsite' in window)
  await tab.evaluate(() => {
    window.ciclo.consent(false)
    Reflect.deleteProperty(window, 'onsite')
    window.ciclo.consent(true)
    window.ciclo.identify('u1', {}, { identityToken: 'signed' })
  })
  await tab.waitForFunction(() => 'onsite' in window)
  expect(await onsiteOf(tab)).toMatchObject({ token: 'signed', stopped: false })
})

test('the chunk of messages is loaded only where there are any, and where the shop wants them', async () => {
  await serve()
  const scripts: string[] = []
  stage.context.on('request', (request) => scripts.push(new URL(request.url()).pathname))
  const tab = await stage.visit('/nonce')
  await waitFor(() => expect(names()).toEqual(['page']))
  stage.ingest.said.onsite = true
  await tab.goto(`${stage.shop.origin}/off`)
  await waitFor(() => expect(names()).toEqual(['page', 'page']))
  await tab.evaluate(() => window.ciclo.track('Done'))
  await waitFor(() => expect(names()).toContain('Done'))
  expect(scripts).not.toContain('/ciclo.onsite.mjs')
})

test('the loader keeps what is called before the script is there, and its second copy changes nothing', async () => {
  await serve()
  const tab = await stage.visit('/loader')
  await waitFor(() => expect(names()).toEqual(expect.arrayContaining(['page', 'Early', 'Twice'])))
  expect(names().filter((name) => name === 'page')).toHaveLength(1)
  await tab.evaluate(() => window.ciclo.track('Late'))
  await waitFor(() => expect(names()).toContain('Late'))
})

test('a script that is there twice counts once', async () => {
  const tab = await stage.visit('/twice')
  await tab.evaluate(() => window.ciclo.track('Done'))
  await waitFor(() => expect(names()).toEqual(['page', 'Done']))
})

test('the core records pages and calls, and watches nothing else', async () => {
  await serve()
  const tab = await stage.visit('/core')
  await tab.evaluate(() => {
    document.addEventListener('click', (event) => event.preventDefault())
    document.querySelector('a')?.click()
  })
  await tab.evaluate(() => window.ciclo.track('Done'))
  await waitFor(() => expect(names()).toEqual(['page', 'Done']))
})

const wrappers: { it: string; wrap: () => unknown }[] = [
  {
    it: 'throws',
    wrap: () =>
      Object.assign(window, {
        fetch: () => {
          throw new Error('wrapped')
        },
      }),
  },
  { it: 'answers nothing', wrap: () => Object.assign(window, { fetch: () => undefined }) },
  { it: 'never answers', wrap: () => Object.assign(window, { fetch: () => new Promise(() => undefined) }) },
]

test.each(wrappers)('a wrapped fetch that $it neither throws nor loses an event', async ({ wrap }) => {
  const tab = await stage.visit('/twice')
  await waitFor(() => expect(names()).toEqual(['page']))
  await tab.evaluate(wrap)
  await tab.evaluate(() => window.ciclo.track('Kept'))
  await tab.goto(`${stage.shop.origin}/off`)
  await waitFor(() => expect(names()).toEqual(['page', 'Kept', 'page']))
})

test('a wrapped fetch that reads along changes nothing', async () => {
  const tab = await stage.visit('/twice')
  await tab.evaluate(() => {
    const original = window.fetch
    Object.assign(window, {
      fetch: async (...values: Parameters<typeof fetch>) => (await original(...values)).clone(),
    })
  })
  await tab.evaluate(() => window.ciclo.track('Read'))
  await waitFor(() => expect(names()).toEqual(['page', 'Read']))
})
