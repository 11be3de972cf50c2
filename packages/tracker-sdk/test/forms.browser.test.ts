import { expect, test } from 'vitest'
import { testWithBrowser } from './support/testWithBrowser.ts'
import { waitFor } from './support/waitFor.ts'

// What a page's own script does with forms; the policy of the shop allows scripts of its own host.
const stage = testWithBrowser({
  '/': '{{tracker data-key="shop-write-key" data-consent="granted" data-pages="false"}}<div id="host"></div>',
})

interface FormCase {
  it: string
  /** Puts the form on the page, in the page. */
  put: () => void
  subscribed: boolean
}

const cases: FormCase[] = [
  {
    it: 'a form in a shadow root',
    put: () => {
      const root = document.querySelector('#host')?.attachShadow({ mode: 'open' })
      const form = document.createElement('form')
      form.append(document.createElement('input'), document.createElement('button'))
      Object.assign(form.firstElementChild ?? {}, { type: 'email', name: 'email' })
      form.addEventListener('submit', (event) => event.preventDefault())
      root?.append(form)
    },
    subscribed: true,
  },
  {
    it: 'a form in a shadow root within another',
    put: () => {
      const outer = document.querySelector('#host')?.attachShadow({ mode: 'open' })
      const inner = document.createElement('div')
      outer?.append(inner)
      const form = document.createElement('form')
      form.append(document.createElement('input'), document.createElement('button'))
      Object.assign(form.firstElementChild ?? {}, { type: 'email', name: 'email' })
      form.addEventListener('submit', (event) => event.preventDefault())
      inner.attachShadow({ mode: 'open' }).append(form)
    },
    subscribed: true,
  },
  {
    it: 'a form that is marked, whose button sends it by a script',
    put: () => {
      const form = document.createElement('form')
      form.setAttribute('data-ciclo-form', 'subscribe')
      form.append(document.createElement('input'), document.createElement('button'))
      Object.assign(form.firstElementChild ?? {}, { type: 'email', name: 'email' })
      Object.assign(form.lastElementChild ?? {}, { type: 'button' })
      document.body.append(form)
    },
    subscribed: true,
  },
  {
    it: 'a form that is not marked, whose button does something else',
    put: () => {
      const form = document.createElement('form')
      form.append(document.createElement('input'), document.createElement('button'))
      Object.assign(form.firstElementChild ?? {}, { type: 'email', name: 'email' })
      Object.assign(form.lastElementChild ?? {}, { type: 'button' })
      document.body.append(form)
    },
    subscribed: false,
  },
  {
    it: 'a form that the browser finds incomplete',
    put: () => {
      const form = document.createElement('form')
      form.append(document.createElement('input'), document.createElement('button'))
      Object.assign(form.firstElementChild ?? {}, { type: 'email', name: 'email', pattern: 'nobody' })
      document.body.append(form)
    },
    subscribed: false,
  },
]

test.each(cases)('$it', async ({ put, subscribed }) => {
  const tab = await stage.visit('/')
  await tab.evaluate(put)
  await tab.locator('input').pressSequentially('ana@example.com')
  await tab.evaluate(() => window.ciclo.track('Typed'))
  await tab.locator('button').click()
  await tab.evaluate(() => window.ciclo.track('Pressed'))
  const names = ['Typed', ...(subscribed ? ['identify', 'Subscribed'] : []), 'Pressed']
  await waitFor(() => expect(stage.ingest.stored().map(({ type, event }) => event ?? type)).toEqual(names))
})
