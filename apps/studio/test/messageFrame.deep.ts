import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { SHOWN_MAIL_POLICY, shownMail } from '../../server/src/mail/shownMail.ts'
import { openBrowser } from '../../server/test/support/openVisitor.ts'

/** What is in a mail, and what is clicked in it: each tries to reach `/told`, to leave, or to change the page around it. */
const ATTACKS: readonly [name: string, body: string, clicked?: string][] = [
  ['a script', '<script>fetch("/told");top.document.title="told"</script>'],
  ['a script of another file', '<script src="/told"></script>'],
  ['an image that fails', '<img src="data:," onerror="fetch(\'/told\');parent.document.title=\'told\'">'],
  ['a drawing that loads', '<svg onload="fetch(\'/told\')"><rect width="9" height="9"/></svg>'],
  ['a refresh', '<meta http-equiv="refresh" content="0;url=/told">'],
  ['a form', '<form action="/told" method="post"><button id="x">go</button></form>', '#x'],
  ['a form without an action', '<form><input name="q"><button id="x">go</button></form>', '#x'],
  ['a link of javascript', '<a id="x" href="javascript:fetch(\'/told\')">go</a>', '#x'],
  ['a link of the whole window', '<a id="x" target="_top" href="/told">go</a>', '#x'],
  ['a link of a new window', '<a id="x" target="_blank" href="/told">go</a>', '#x'],
  ['a link of its own frame', '<a id="x" target="_self" href="/told">go</a>', '#x'],
  ['a plain link', '<a id="x" href="/told">go</a>', '#x'],
  ['a frame', '<iframe src="/told"></iframe>'],
  ['an object', '<object data="/told"></object><embed src="/told">'],
  ['a style sheet', '<link rel="stylesheet" href="/told"><style>@import "/told";</style>'],
  ['a base of its own', '<base href="/told/" target="_top"><a id="x" href="/told">go</a>', '#x'],
  ['a sound', '<audio src="/told" autoplay></audio><video src="/told" autoplay muted></video>'],
  ['a link that pings', '<a id="x" href="#here" ping="/told">go</a>', '#x'],
]

let server: Server
let browser: Browser
let url: string
let mail = ''
let told: string[] = []

beforeAll(async () => {
  server = createServer(({ url: path = '' }, response) => {
    if (path.startsWith('/told')) told.push(path)
    response.setHeader('content-type', 'text/html; charset=utf-8')
    if (path === '/mail') response.setHeader('content-security-policy', SHOWN_MAIL_POLICY)
    const frame = '<title>studio</title><iframe sandbox="" src="/mail" width="600" height="400"></iframe>'
    response.end(path === '/mail' ? mail : frame)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await new Promise((resolve) => server.close(resolve))
})
beforeEach(() => {
  told = []
})

const pageOf = (body: string) =>
  `<!doctype html><html><head><title>Mail</title></head><body>${body}</body></html>`

it.each(ATTACKS)('In a mail that is shown, %s does nothing', async (_name, body, clicked) => {
  mail = shownMail(pageOf(`<p>Read me</p>${body}<p id="end">The end</p>`), 'light')
  const page = await browser.newPage()
  await page.goto(url, { waitUntil: 'networkidle' })
  const frame = page.frameLocator('iframe')
  await frame.locator('#end').waitFor()
  if (clicked !== undefined) await frame.locator(clicked).click()
  // What the click has asked for would have come before this.
  await page.evaluate("fetch('/seen').then((answer) => answer.text())")
  expect(told).toEqual([])
  expect(await page.title()).toBe('studio')
  expect(page.url()).toBe(url)
  expect(browser.contexts().flatMap((context) => context.pages())).toHaveLength(1)
  await frame.locator('#end').waitFor()
  await page.close()
})

it('Without the frame, and its policy, the same would be told: the table can fail', async () => {
  mail = pageOf('<script>fetch("/told")</script>')
  const page = await browser.newPage()
  await page.route('**/mail', async (route) => {
    const response = await route.fetch()
    const { 'content-security-policy': _policy, ...headers } = response.headers()
    await route.fulfill({ response, headers })
  })
  const asked = page.waitForRequest('**/told')
  await page.goto(`${url}mail`)
  expect((await asked).url()).toBe(`${url}told`)
  await page.close()
})

it.each([
  ['light', '(prefers-color-scheme: dark)', '(max-width: 0)'],
  ['dark', '(prefers-color-scheme: dark)', '(min-width: 0)'],
  ['light', '( Prefers-Color-Scheme:light )', '(min-width: 0)'],
] as const)('Shown %s, a mail is asked %s as a reader would be', (scheme, asked, expected) => {
  expect(shownMail(pageOf(`<style>@media ${asked} { p { color: red } }</style>`), scheme)).toContain(
    `@media ${expected} {`,
  )
})
