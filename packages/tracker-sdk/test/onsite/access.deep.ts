import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { seriousProblems } from './support/seriousProblems.ts'
import { KINDS, shownMessage } from './support/shownMessage.ts'
import { callsOf, testWithOnsite } from './support/testWithOnsite.ts'

const stage = testWithOnsite()

const dark = { accent: '#6fd0c2', onAccent: '#0d2521', background: '#1b1f24', text: '#f2f2f0' }
const pale = { accent: '#ffe600', onAccent: '#ffffff', background: '#fefefe', text: '#dddddd' }

test.each(
  KINDS.flatMap((kind) =>
    [390, 1440].flatMap((width) => [
      [kind, width, 'light', pale] as const,
      [kind, width, 'dark', dark] as const,
    ]),
  ),
)('everybody can use a %s at %i px on a %s page', async (kind, width, style, colours) => {
  await stage.as({ viewport: { width, height: 780 } })
  const page = await stage.open([shownMessage(kind, { colours })], `/?style=${style}`)
  expect(await seriousProblems(page)).toEqual([])
  const submit = page.locator('ciclo-onsite form .b')
  if (!(await submit.count())) return
  await submit.click()
  expect(await page.locator('ciclo-onsite .e:not(:empty)').count()).toBeGreaterThan(0)
  expect(await seriousProblems(page)).toEqual([])
})

/** What has the focus: the words of the control, or of the page's element. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const outer = document.activeElement
    const element = outer?.shadowRoot?.activeElement ?? outer
    const input = element instanceof HTMLInputElement ? element.labels?.[0] : undefined
    return (
      input?.textContent ?? element?.getAttribute('aria-label') ?? element?.textContent?.trim().slice(0, 40)
    )
  })

const walk = async (page: Page, steps: number, key = 'Tab') => {
  const path = []
  for (let step = 0; step < steps; step++) {
    await page.keyboard.press(key)
    path.push(await focused(page))
  }
  return path
}

test.each(['signUp', 'contest'] as const)(
  'a %s in the centre takes the focus, keeps it, and gives it back',
  async (kind) => {
    const page = await stage.open([shownMessage(kind, { rules: { seconds: 3 } })], '/', (opened) =>
      opened.clock.install(),
    )
    await page.focus('#first')
    await page.clock.runFor(4_000)
    const dialog = page.getByRole('dialog', { name: shownMessage(kind).texts.title })
    expect(await dialog.getAttribute('aria-modal')).toBe('true')
    expect(await dialog.evaluate((element) => element.matches(':focus'))).toBe(true)
    const path = await walk(page, 18)
    expect(path[0]).toBe('Your e-mail')
    expect(path).toContain('Close')
    expect(path).not.toContain('First')
    expect(path).not.toContain('Elsewhere')
    expect(path.filter((place) => place === 'Your e-mail').length).toBeGreaterThan(1)
    expect(await walk(page, 18, 'Shift+Tab')).not.toContain('Elsewhere')
    await page.keyboard.press('Escape')
    expect(await page.locator('ciclo-onsite').count()).toBe(0)
    expect(await focused(page)).toBe('First')
    expect((await callsOf(page)).at(-1)).toEqual(['track', 'On-site Message Closed', { message: kind, kind }])
  },
)

test('a sign-up can be answered with the keyboard alone', async () => {
  const page = await stage.open([shownMessage('signUp')])
  await page.keyboard.press('Tab')
  await page.keyboard.type('ana@example.com')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await page.getByRole('status').waitFor()
  expect((await callsOf(page)).map(([call, event]) => (call === 'track' ? event : call))).toEqual([
    'On-site Message Shown',
    'identify',
    'Subscribed',
  ])
})

test('a survey can be answered with the keyboard alone, and gives the focus back', async () => {
  const page = await stage.open([shownMessage('survey')])
  await page.focus('#first')
  expect(await walk(page, 2)).toEqual(['Elsewhere', '0'])
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  expect((await callsOf(page)).at(-1)).toEqual(['track', 'Survey Answered', { survey: 'survey', score: 3 }])
  await page.keyboard.press('Escape')
  expect(await page.locator('ciclo-onsite').count()).toBe(0)
  expect(await focused(page)).toBe('Elsewhere')
})

test.each([
  ['popUp', ['Elsewhere', 'Copy', 'To the basket', 'Close']],
  ['bar', ['Elsewhere', 'Copy', 'See offers', 'Close']],
] as const)('a %s takes no focus, traps none, and closes by Escape only from inside', async (kind, path) => {
  const page = await stage.open([shownMessage(kind, { rules: { seconds: 3 } })], '/', (opened) =>
    opened.clock.install(),
  )
  await page.focus('#first')
  await page.clock.runFor(4_000)
  await page.getByRole('region', { name: shownMessage(kind).texts.title }).waitFor()
  expect(await focused(page)).toBe('First')
  await page.keyboard.press('Escape')
  expect(await page.locator('ciclo-onsite').count()).toBe(1)
  expect(await walk(page, 4)).toEqual(path)
  expect(await walk(page, 1)).not.toEqual(['Copy'])
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Escape')
  expect(await page.locator('ciclo-onsite').count()).toBe(0)
})

test("what is typed into a message does not press the shop's keys", async () => {
  const page = await stage.open([shownMessage('signUp')])
  await page.evaluate(() => document.addEventListener('keydown', () => (document.title = 'Search')))
  await page.getByLabel('Your e-mail').pressSequentially('/')
  expect(await page.title()).toBe('Page /')
})

test.each([
  ['reduce', 0],
  ['no-preference', 1],
] as const)('who prefers motion: %s, sees %i animations', async (reducedMotion, count) => {
  await stage.as({ reducedMotion })
  const page = await stage.open([shownMessage('popUp')])
  const animations = await page
    .locator('ciclo-onsite .c')
    .evaluate((element) => getComputedStyle(element).animationName !== 'none')
  expect(animations).toBe(count === 1)
})

const option = (label: string) => ({ value: label, label })
const longest = (letters: number) => `${'word '.repeat(letters / 20)}${'W'.repeat(letters / 2)}`
const wordy = {
  title: longest(120),
  text: longest(600),
  button: longest(60),
  clause: longest(2_000),
  consent: longest(600),
  low: longest(60),
  high: longest(60),
}
const long = [
  shownMessage('signUp', { texts: wordy }),
  shownMessage('popUp', { texts: wordy, code: 'W'.repeat(60) }),
  shownMessage('bar', { texts: wordy, code: 'W'.repeat(60) }),
  shownMessage('survey', {
    texts: wordy,
    scale: null,
    fields: [
      {
        name: 'how',
        type: 'choice',
        label: longest(120),
        required: true,
        options: [option(longest(80)), option('W'.repeat(80))],
      },
    ],
  }),
]

test.each(
  [...KINDS.map((kind) => shownMessage(kind)), ...long].flatMap((message) =>
    [320, 1440].map((width) => [message.kind, message.texts.title.slice(0, 12), width, message] as const),
  ),
)('a %s (%s) fits %i px, with targets of 44 px', async (_, _title, width, message) => {
  await stage.as({ viewport: { width, height: 640 } })
  const page = await stage.open([message])
  const found = await page.locator('ciclo-onsite .c').evaluate((card) => {
    const { left, right, top, bottom } = card.getBoundingClientRect()
    const isSmall = (target: Element) => {
      const { width: across, height } = target.getBoundingClientRect()
      return across < 44 || height < 44
    }
    const tags = (elements: Iterable<Element>) =>
      Array.from(elements, ({ outerHTML }) => outerHTML.slice(0, 60))
    const targets = [...card.querySelectorAll('button, a, .f > input, select, .g label')]
    const inner = [...card.querySelectorAll('.i, .i *')]
    return {
      isInside: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight,
      // Two pixels: letters may lean out of their box.
      cut: tags(
        inner.filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 2),
      ),
      small: tags(targets.filter(isSmall)),
    }
  })
  expect(found).toEqual({ isInside: true, cut: [], small: [] })
})

test('a language from right to left is laid out so', async () => {
  const page = await stage.open([
    shownMessage('popUp', { locale: 'ar', texts: { title: 'خصم عشرة بالمئة' } }),
  ])
  const closer = await page.locator('ciclo-onsite .x').boundingBox()
  const card = await page.locator('ciclo-onsite .c').boundingBox()
  expect(closer!.x - card!.x).toBeLessThan(20)
  expect(await page.locator('ciclo-onsite .c').getAttribute('lang')).toBe('ar')
})
