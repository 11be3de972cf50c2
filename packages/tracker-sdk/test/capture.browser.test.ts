import { expect, test } from 'vitest'
import { testWithBrowser } from './support/testWithBrowser.ts'
import { waitFor } from './support/waitFor.ts'

interface FormCase {
  it: string
  html: string
  /** What is expected of the `Subscribed` event; undefined when the form is none of our business. */
  text?: string | null
}

const email = '<input type="email" value="ana@example.com">'
const ticked = '<label><input type="checkbox" checked> Yes,\n please write   to me</label>'

const forms: FormCase[] = [
  { it: 'only an e-mail field', html: email, text: null },
  { it: 'a field named email', html: '<input name="contact[email]" value=" ana@example.com ">', text: null },
  {
    it: 'a field completed as email',
    html: '<input autocomplete="email" value="ana@example.com">',
    text: null,
  },
  { it: 'a ticked checkbox', html: email + ticked, text: 'Yes, please write to me' },
  { it: 'an unticked checkbox', html: `${email}<label><input type="checkbox"> Yes</label>` },
  {
    it: 'a marked and ticked checkbox besides others',
    html: `${email}<input type="checkbox"><input type="checkbox" data-ciclo-consent checked aria-label="I agree">`,
    text: 'I agree',
  },
  { it: 'other fields that hold no text', html: `${email}<select></select><input type="radio">`, text: null },
  { it: 'another text field', html: `${email}<input name="first-name" value="Ana">` },
  { it: 'another text field, marked', html: `${email}<input value="Ana"><!-- subscribe -->`, text: null },
  { it: 'a message, as contact forms have', html: `${email}<textarea></textarea>` },
  { it: 'a password', html: `${email}<input type="password"><!-- subscribe -->` },
  { it: 'a card field', html: `${email}<input autocomplete="cc-number"><!-- subscribe -->` },
  { it: 'a mark that says ignore', html: `${email}<!-- ignore -->` },
  { it: 'a hidden e-mail', html: '<input type="hidden" name="email" value="ana@example.com">' },
  { it: 'no address', html: '<input name="email" value="ana">' },
]

const readMark = (html: string) => /<!-- (\w+) -->/.exec(html)?.[1]

const page = (attributes: string) => `
  {{tracker data-key="shop-write-key" data-consent="granted" ${attributes}}}
  <a id="inside" href="#inside">Inside</a>
  <a id="outside" href="https://other.example/path?who=ana" target="elsewhere"> To <b>the
  others</b></a>
  <button id="marked" data-ciclo-event="Size Chosen" data-ciclo-size="L" data-ciclo-product-id="7"><b>L</b></button>
  ${forms
    .map(({ html }, index) => {
      const mark = readMark(html)
      return `<form id="form-${index}" ${mark ? `data-ciclo-form="${mark}"` : ''}>${html}<button>Send</button></form>`
    })
    .join('\n')}`

const stage = testWithBrowser({
  '/': page('data-pages="false"'),
  '/off': page('data-clicks="false" data-forms="false"'),
})

const submitAll = async (path: string) => {
  const tab = await stage.visit(path)
  await tab.evaluate(() => {
    // What many shops do: send the form themselves, and empty it.
    document.addEventListener('submit', (event) => {
      event.preventDefault()
      if (event.target instanceof HTMLFormElement) event.target.reset()
    })
    for (const form of document.forms) form.requestSubmit()
    window.ciclo.track('Done')
  })
  await waitFor(() => expect(stage.ingest.stored().map(({ event }) => event)).toContain('Done'))
}

test('forms are recorded as sign-ups only where they are one and the visitor agreed', async () => {
  await submitAll('/')
  const recorded = stage.ingest.stored().filter(({ event }) => event === 'Subscribed')
  const seen = forms.map(({ it }, index) => [
    it,
    recorded
      .filter(({ properties }) => properties?.formId === `form-${index}`)
      .map(({ properties }) => properties),
  ])
  const expected = forms.map(({ it, text }, index) => [
    it,
    text === undefined
      ? []
      : [
          {
            email: 'ana@example.com',
            method: 'form',
            formId: `form-${index}`,
            ...(text !== null && { text }),
          },
        ],
  ])
  expect(seen).toEqual(expected)
  const identified = stage.ingest.stored().filter(({ type }) => type === 'identify')
  expect(identified).toHaveLength(recorded.length)
  expect(identified[0]).toMatchObject({ traits: { email: 'ana@example.com' } })
})

test('clicks on marked elements and on links to elsewhere are recorded', async () => {
  const tab = await stage.visit('/')
  await stage.context.route('https://other.example/**', (route) => route.fulfill({ body: '' }))
  await tab.click('#inside')
  await tab.click('#marked b')
  await tab.click('#outside b')
  await tab.click('#outside', { button: 'middle' })
  await tab.click('#outside', { button: 'right' })
  const link = {
    event: 'Link Clicked',
    properties: { url: 'https://other.example/path', text: 'To the others' },
  }
  await waitFor(() => expect(stage.ingest.stored()).toHaveLength(3))
  expect(stage.ingest.stored()).toMatchObject([
    { event: 'Size Chosen', properties: { size: 'L', product_id: '7' } },
    link,
    link,
  ])
})

test('each capture can be switched off', async () => {
  await submitAll('/off')
  const tab = stage.context.pages()[0]!
  await tab.click('#marked')
  await tab.evaluate(() => window.ciclo.track('Last'))
  await waitFor(() =>
    expect(stage.ingest.stored().map(({ type, event }) => event ?? type)).toEqual(['page', 'Done', 'Last']),
  )
})

test.each([
  ['the Navigation API', true],
  ['the patched history', false],
])('a single-page application counts one view for each path, with %s', async (_, navigationApi) => {
  if (!navigationApi) await stage.context.addInitScript(() => Reflect.deleteProperty(window, 'navigation'))
  const tab = await stage.visit('/off')
  const go = (work: string) => tab.evaluate(`new Promise((done) => { ${work}; setTimeout(done, 20) })`)
  await go("history.pushState(null, '', '/first')")
  await go("history.replaceState(null, '', '/first?sort=price')")
  await go("history.pushState(null, '', '#part')")
  await go("history.pushState(null, '', '/redirect'); history.replaceState(null, '', '/second')")
  await go("history.replaceState(null, '', '/third'); document.title = 'The third'")
  await tab.goBack()
  await tab.waitForFunction(() => location.pathname === '/first')
  await waitFor(() => expect(stage.ingest.stored()).toHaveLength(5))
  const { origin } = stage.shop
  expect(
    stage.ingest.stored().map(({ type, properties }) => [type, properties?.path, properties?.referrer]),
  ).toEqual([
    ['page', '/off', ''],
    ['page', '/first', `${origin}/off`],
    ['page', '/second', `${origin}/first?sort=price#part`],
    ['page', '/third', `${origin}/second`],
    ['page', '/first', `${origin}/third`],
  ])
  expect(stage.ingest.stored()[3]).toMatchObject({ properties: { title: 'The third' } })
})
