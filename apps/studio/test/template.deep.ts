import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { excessWidth, seriousProblems, settled } from './support/lookAt.ts'
import { openFilledStudio, type FilledStudio } from './support/openFilledStudio.ts'

type Json = Record<string, unknown>

let studio: FilledStudio
/** Another site: what is in a mail may reach it by no way but a picture. */
let stranger: Server
let strangerUrl: string
let told: string[] = []

beforeAll(async () => {
  stranger = createServer(({ url = '' }, response) => {
    told.push(url)
    response.end()
  })
  await new Promise<void>((resolve) => {
    stranger.listen(0, '127.0.0.1', resolve)
  })
  strangerUrl = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`
  studio = await openFilledStudio()
})
afterAll(async () => {
  await studio.stop()
  await new Promise((resolve) => stranger.close(resolve))
})

async function ask(method: string, path: string, body?: unknown): Promise<Json> {
  const response = await fetch(`${studio.server.url}/api/templates${path}`, {
    method,
    headers: { authorization: `Bearer ${studio.server.secretKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (await response.json()) as Json
}
const mjmlOf = (body: string) =>
  `<mjml>\n<mj-body>\n<mj-section><mj-column>\n${body}\n<mj-text><a href="{{ urls.unsubscribe }}">{{ 'leave' | t }}</a></mj-text>\n</mj-column></mj-section>\n</mj-body>\n</mjml>`
const SAID = { subject: 'News', preheader: 'Have a look', leave: 'Unsubscribe' }
const put = async (name: string, body: string, strings: Json = { en: SAID }) =>
  expect(await ask('PUT', `/${name}/draft`, { mjml: mjmlOf(body), strings })).toMatchObject({ name })
const open = async (path: string) => {
  const page = await studio.open(path)
  await settled(page)
  return page
}
const eventually = (check: () => Promise<void> | void) => vi.waitFor(check, 20_000)
const code = (page: Page) => page.getByRole('textbox', { name: 'MJML of the template' })
const mail = (page: Page) => page.frameLocator('iframe[data-newest="true"]')
/** Whatever the machine's keyboard, the page takes this for the usual one. */
const saved = (page: Page) => page.locator('[data-draft="saved"]').waitFor()

describe('A template', () => {
  it('is begun, written as code and as texts, seen, published, changed and brought back', async () => {
    const page = await open('/templates')
    await page.getByRole('button', { name: 'New template' }).click()
    await page.getByLabel('Name', { exact: false }).first().fill('Spring sale')
    await page.getByText('It will be called spring-sale.').waitFor()
    await page.getByRole('button', { name: 'Create' }).click()
    await page.waitForURL('**/templates/spring-sale')
    await mail(page).getByText('What customers should know stands here.').waitFor()

    await page.getByRole('tab', { name: 'Texts' }).click()
    const text = page.getByRole('textbox', { name: 'text, English' })
    await text.fill('Everything is in bloom.')
    await mail(page).getByText('Everything is in bloom.').waitFor()
    await saved(page)
    await page.getByRole('button', { name: 'Undo' }).click()
    expect(await text.inputValue()).toBe('What customers should know stands here.')
    await page.getByRole('button', { name: 'Redo' }).click()
    // Emptied it is missing, and said to be.
    const spanish = page.getByRole('textbox', { name: 'text, Spanish' })
    await spanish.fill('')
    await page.getByText('Missing: the other language is shown').waitFor()
    await spanish.fill('Todo está en flor.')
    await text.focus()
    await page.keyboard.press('Alt+ArrowUp')
    expect(await page.evaluate<string>('document.activeElement.getAttribute("aria-label")')).toBe(
      'heading, English',
    )
    await saved(page)

    await page.getByRole('button', { name: 'Publish' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('No journey or campaign sends it yet.').waitFor()
    await dialog.getByRole('button', { name: 'Publish' }).click()
    await page.getByText('Version 1 is published').waitFor()
    await page.getByText('E-mails are made of version 1.').waitFor()

    await page.getByRole('tab', { name: 'Code' }).click()
    await code(page).click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('End')
    await page.keyboard.insertText('<!-- mine -->')
    await saved(page)
    await page.getByRole('tab', { name: 'Versions' }).click()
    await page.locator('[data-difference]').getByText('<!-- mine -->').waitFor()
    expect(await seriousProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Bring this version back' }).click()
    await page.getByText('The draft says what version 1 says').waitFor()
    await page.getByText('Nothing is different.').waitFor()
    const { source } = (await ask('GET', '/spring-sale')) as { source: { mjml: string; strings: Json } }
    expect(source.mjml).not.toContain('mine')
    expect(source.strings).toMatchObject({ es: { text: 'Todo está en flor.' } })
    expect(studio.problems()).toEqual([])
    await page.close()
  }, 120_000)

  it('leads from what is wrong to its line and to its text, and is not published with it', async () => {
    await put('faulty', "<mj-text>{{ nobody.knows }}{{ 'gone' | t }}</mj-text>")
    const page = await open('/templates/faulty')
    const checks = page.getByRole('region', { name: 'Checks' })
    await checks
      .getByRole('button', { name: /text “gone”/ })
      .first()
      .click()
    await eventually(async () =>
      expect(await page.evaluate<string>('document.activeElement.getAttribute("aria-label")')).toBe(
        'gone, English',
      ),
    )
    await checks
      .getByRole('button', { name: /line \d/ })
      .first()
      .click()
    await eventually(async () =>
      expect(await page.evaluate<string>('document.activeElement.getAttribute("aria-label")')).toBe(
        'MJML of the template',
      ),
    )
    await page.getByRole('button', { name: 'Publish' }).click()
    await page
      .getByRole('dialog')
      .getByText(/have to be mended first|has to be mended first/)
      .waitFor()
    expect(await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true)
    await page.close()
  })

  it('suggests tags, attributes, names and keys where they may stand', async () => {
    await put('suggested', '<mj-text>Hi</mj-text>')
    const page = await open('/templates/suggested?view=code')
    const found: string[] = []
    const suggested = async (written: string, expected: string) => {
      await code(page).click()
      await page.keyboard.press('Control+Home')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('End')
      await page.keyboard.press('Enter')
      await page.keyboard.type(written)
      await page.getByRole('option', { name: expected, exact: true }).first().waitFor()
      found.push(expected)
      await page.keyboard.press('Escape')
    }
    await suggested('<mj-sec', 'mj-section')
    await suggested('<mj-section full', 'full-width')
    await suggested('{{ customer.', 'customer.firstName')
    await suggested("{{ 'lea", 'leave')
    expect(found).toEqual(['mj-section', 'full-width', 'customer.firstName', 'leave'])
    await page.close()
  })

  it('made of HTML from elsewhere keeps it as it was, without its scripts', async () => {
    const page = await open('/templates')
    await page.getByRole('button', { name: 'New template' }).click()
    await page.getByLabel('Name', { exact: false }).first().fill('From elsewhere')
    await page.getByRole('radio', { name: 'HTML from elsewhere' }).click()
    await page
      .getByRole('textbox', { name: 'Or paste the HTML here' })
      .fill(
        '<html><head><title>Old news</title><style>.x { color: red }</style></head><body><table class="x"><tr><td>A table of old</td></tr></table><script>alert(1)</script></body></html>',
      )
    await page.getByRole('button', { name: 'Create' }).click()
    await page.waitForURL('**/templates/from-elsewhere')
    await mail(page).getByText('A table of old').waitFor()
    const { source } = (await ask('GET', '/from-elsewhere')) as {
      source: { mjml: string; strings: Record<string, Json> }
    }
    expect(source.mjml).toContain('<table class="x">')
    expect(source.mjml).toContain('.x { color: red }')
    expect(source.mjml).not.toContain('alert(1)')
    expect(source.strings['en']?.['subject']).toBe('Old news')
    expect(await ask('POST', '/from-elsewhere/publish')).toMatchObject({ version: 1 })
    await page.close()
  })

  it('shows an image of the library that was uploaded just now, with its description', async () => {
    await put('pictured', '<mj-text>Hi</mj-text>')
    const page = await open('/templates/pictured?view=code')
    await code(page).click()
    await page.keyboard.press('Control+Home')
    for (let line = 0; line < 3; line += 1) await page.keyboard.press('ArrowDown')
    await page.getByRole('button', { name: 'Insert an image' }).click()
    const dialog = page.getByRole('dialog', { name: 'Images' })
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    const file = dialog.locator('input[type="file"]')
    await file.setInputFiles({
      name: 'drawing.svg',
      mimeType: 'image/svg+xml',
      buffer: Buffer.from('<svg/>'),
    })
    await dialog.getByText(/This is no picture that e-mails can show/).waitFor()
    await file.setInputFiles({ name: 'Bean.png', mimeType: 'image/png', buffer: png })
    await dialog.getByRole('form', { name: 'Bean' }).waitFor()
    const use = dialog.getByRole('button', { name: 'Use this image' })
    expect(await use.isDisabled()).toBe(true)
    await dialog.getByRole('textbox', { name: 'Description' }).fill('A "bean"')
    expect(await seriousProblems(page)).toEqual([])
    await use.click()
    await saved(page)
    await eventually(async () => {
      const { source } = (await ask('GET', '/pictured')) as { source: { mjml: string } }
      expect(source.mjml).toMatch(/<mj-image src="http[^"]+\/images\/[^"]+" alt="A &quot;bean&quot;"/)
    })
    await page.close()
  })
})

/** What is in a template, and what is clicked in its preview: each tries to do something. */
const ATTACKS: readonly [name: string, body: () => string][] = [
  ['a script', () => `<script>fetch("${strangerUrl}/told");top.document.title="told"</script>`],
  ['an image that fails', () => '<img src="data:," alt="x" onerror="parent.document.title=\'told\'">'],
  ['a refresh', () => `<meta http-equiv="refresh" content="0;url=${strangerUrl}/told">`],
  ['a style sheet', () => `<link rel="stylesheet" href="${strangerUrl}/told">`],
  ['an import of styles', () => `<style>@import "${strangerUrl}/told";</style>`],
  ['a frame', () => `<iframe src="${strangerUrl}/told"></iframe>`],
  [
    'a form',
    () => `<form action="${strangerUrl}/told" method="post"><button id="x" type="submit">go</button></form>`,
  ],
  [
    'a link of the whole window',
    () => `<a id="x" style="font-size:16px" target="_top" href="${strangerUrl}/told">go</a>`,
  ],
]

describe('In the preview of a template', () => {
  it.each(ATTACKS)('%s does nothing', async (_name, body) => {
    await put('attack', `<mj-raw>${body()}<p id="end" style="font-size:16px">The end</p></mj-raw>`)
    told = []
    const page = await open('/templates/attack')
    const title = await page.title()
    const frame = mail(page)
    await frame.locator('#end').waitFor()
    const clicked = frame.locator('#x')
    if ((await clicked.count()) > 0) await clicked.click()
    // What it has asked for would have come before this.
    await page.evaluate("fetch('/healthz').then((answer) => answer.text())")
    expect(told).toEqual([])
    expect(await page.title()).toBe(title)
    expect(new URL(page.url()).pathname).toBe('/templates/attack')
    await frame.locator('#end').waitFor()
    await page.close()
  })

  it('a picture is shown: what the others do not reach is there', async () => {
    await put(
      'attack',
      `<mj-raw><img src="${strangerUrl}/told" alt="x"><p id="end" style="font-size:16px">The end</p></mj-raw>`,
    )
    told = []
    const page = await open('/templates/attack')
    await mail(page).locator('#end').waitFor()
    await eventually(() => expect(told).toContain('/told'))
    await page.close()
  })

  it('going back leads to the page before, however often it was renewed', async () => {
    await put('renewed', '<mj-text>Once</mj-text>')
    const page = await open('/templates')
    await page.getByRole('link', { name: 'renewed', exact: true }).click()
    await page.getByRole('tab', { name: 'Code' }).click()
    await mail(page).getByText('Once').waitFor()
    for (const word of ['Twice', 'Thrice']) {
      await code(page).click()
      await page.keyboard.press('Control+Home')
      for (let line = 0; line < 3; line += 1) await page.keyboard.press('ArrowDown')
      await page.keyboard.insertText(`<mj-text>${word}</mj-text>`)
      await mail(page).getByText(word).waitFor()
    }
    await page.goBack()
    await page.waitForURL('**/templates')
    await page.getByRole('heading', { level: 1, name: 'Templates' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/templates')
    await page.close()
  })
})

it('A template of 90 KB is typed into without lag: the time from each key to what is seen', async () => {
  const line =
    '<mj-text css-class="body" padding="0 48px 18px">Some words that a mail says to {{ shop.name }}</mj-text>\n'
  await put('large', line.repeat(Math.ceil(90_000 / line.length)))
  const page = await open('/templates/large?view=code')
  await code(page).waitFor()
  await page.evaluate(`(() => {
    window.times = []
    document.addEventListener('keydown', () => {
      const start = performance.now()
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => window.times.push(performance.now() - start)
        channel.port2.postMessage(null)
      })
    }, true)
  })()`)
  await code(page).click()
  await page.keyboard.press('Control+Home')
  for (let step = 0; step < 6; step += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  await page.evaluate('window.times.length = 0')
  const words = 'The quick brown fox jumps over the lazy dog, and does it again. '.repeat(3)
  await page.keyboard.type(words, { delay: 25 })
  await eventually(async () =>
    expect(await page.evaluate<number>('window.times.length')).toBeGreaterThanOrEqual(words.length),
  )
  const times = (await page.evaluate<number[]>('window.times')).toSorted((one, other) => one - other)
  const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(1)
  process.stdout.write(
    `template: a key in 90 KB is seen after ${at(0.5)} ms (median), ${at(0.95)} ms (95 %)\n`,
  )
  await saved(page)
  const { source } = (await ask('GET', '/large')) as { source: { mjml: string } }
  expect(source.mjml).toContain(words.trim())
  await page.close()
}, 120_000)

it('On a phone its pages are as wide as the window', async () => {
  const page = await open('/templates/welcome')
  await page.setViewportSize({ width: 390, height: 844 })
  await settled(page)
  expect(await excessWidth(page)).toBeLessThanOrEqual(0)
  await page.close()
})
