import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { ShopWindow } from './support/createOnsiteShop.ts'
import { shownMessage } from './support/shownMessage.ts'
import { callsOf, decided, testWithOnsite } from './support/testWithOnsite.ts'

const stage = testWithOnsite()

const always = { days: 0, most: null }
const card = 'ciclo-onsite .c'
const isShown = (page: Page) => page.locator(card).isVisible()
const navigate = (page: Page, path: string) =>
  page.evaluate((to) => (globalThis as unknown as ShopWindow).shop.navigate(to), path)
const stored = (page: Page) =>
  page.evaluate(() => JSON.parse(localStorage.getItem('ciclo.onsite') ?? 'null') as unknown)

test('the server is asked once for each page load, without a preflight', async () => {
  const page = await stage.open([shownMessage('popUp', { rules: { pages: ['/cart'] } })])
  await navigate(page, '/cart')
  await page.locator(card).waitFor()
  expect(stage.shop.requests).toEqual([
    {
      contentType: 'text/plain;charset=UTF-8',
      body: { writeKey: 'shop-write-key', anonymousId: 'visitor-1', locale: 'en-US' },
    },
  ])
})

test.each([
  ['an error', 503, []],
  ['something else than messages', 200, 'nonsense' as unknown as []],
])('%s of the server shows nothing and breaks nothing', async (_, status, messages) => {
  stage.shop.state.status = status
  stage.shop.state.messages = messages
  const page = await stage.context.newPage()
  await page.clock.install()
  const warnings: string[] = []
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()))
  await page.goto(stage.shop.origin)
  await expect.poll(() => warnings).toHaveLength(1)
  await page.clock.runFor(5_000)
  expect(warnings).toEqual([expect.stringContaining('ciclo: ')])
  expect(await page.locator('ciclo-onsite').count()).toBe(0)
})

test('a message waits for its seconds', async () => {
  const page = await stage.open([shownMessage('popUp', { rules: { seconds: 10 } })], '/', (opened) =>
    opened.clock.install(),
  )
  await page.clock.runFor(8_000)
  expect(await isShown(page)).toBe(false)
  await page.clock.runFor(3_000)
  expect(await isShown(page)).toBe(true)
})

test('a message waits for its part of the page to be scrolled, and scrolling back changes nothing', async () => {
  const page = await stage.open(
    [shownMessage('popUp', { rules: { scroll: 60, seconds: 5 } })],
    '/',
    (opened) => opened.clock.install(),
  )
  const scrollTo = (part: number) =>
    page.evaluate((to) => {
      window.scrollTo(0, (document.documentElement.scrollHeight - innerHeight) * to)
      dispatchEvent(new Event('scroll'))
    }, part)
  await scrollTo(0.5)
  await page.clock.runFor(6_000)
  expect(await isShown(page)).toBe(false)
  await scrollTo(0.7)
  expect(await isShown(page)).toBe(true)

  await page.evaluate(() => localStorage.clear())
  await page.reload()
  await decided(page)
  await scrollTo(0.7)
  await scrollTo(0)
  expect(await isShown(page)).toBe(false)
  await page.clock.runFor(6_000)
  expect(await isShown(page)).toBe(true)
})

test('a message waits for the pointer to leave at the top, and only there', async () => {
  const page = await stage.open([shownMessage('popUp', { rules: { leaving: true } })])
  await page.mouse.move(50, 400)
  await page.mouse.move(-5, 400)
  expect(await isShown(page)).toBe(false)
  await page.mouse.move(50, 400)
  await page.mouse.move(50, -5)
  await page.locator(card).waitFor()
})

test('a finger never leaves', async () => {
  await stage.as({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 780 } })
  const page = await stage.open([shownMessage('popUp', { rules: { leaving: true } })])
  await page.evaluate(() =>
    document.documentElement.dispatchEvent(new MouseEvent('mouseleave', { clientX: 50, clientY: -1 })),
  )
  expect(await isShown(page)).toBe(false)
})

test('another page of the same load is decided anew, and takes off what is not for it', async () => {
  const page = await stage.open([
    shownMessage('popUp', { rules: { pages: ['/'], notPages: ['/cart'] }, frequency: always }),
    shownMessage('bar', { rules: { pages: ['/offers*'] } }),
  ])
  await page.locator(`${card}.corner`).waitFor()
  await navigate(page, '/cart')
  expect(await page.locator('ciclo-onsite').count()).toBe(0)
  await navigate(page, '/offers/1')
  await page.locator(`${card}.top`).waitFor()
  await navigate(page, '/offers/2')
  expect(await page.locator(card).count()).toBe(1)
  expect((await callsOf(page)).map(([, event]) => event)).toEqual([
    'On-site Message Shown',
    'On-site Message Shown',
  ])
})

test('a shop that puts another body in place takes the message along, and may show another', async () => {
  const page = await stage.open([shownMessage('popUp', { frequency: always })])
  await page.locator(card).waitFor()
  await page.evaluate(() => (document.body = document.createElement('body')))
  expect(await page.locator(card).count()).toBe(0)
  await navigate(page, '/next')
  await page.locator(card).waitFor()
})

test('one message at a time, and no second one on the same page after it was closed', async () => {
  const page = await stage.open(
    [shownMessage('popUp', { frequency: always }), shownMessage('bar')],
    '/',
    (opened) => opened.clock.install(),
  )
  expect(await page.locator('ciclo-onsite').count()).toBe(1)
  await page.click(`${card} .x`)
  await page.clock.runFor(5_000)
  // A page view that is told late, or twice.
  await navigate(page, '/')
  expect(await page.locator('ciclo-onsite').count()).toBe(0)
})

test('a page that nobody looks at shows nothing until somebody does', async () => {
  const page = await stage.open([shownMessage('popUp')], '/', async (opened) => {
    await opened.clock.install()
    await opened.addInitScript(() => {
      let isHidden = true
      Object.defineProperty(document, 'hidden', { get: () => isHidden })
      addEventListener('look', () => (isHidden = false))
    })
  })
  await page.clock.runFor(3_000)
  expect(await isShown(page)).toBe(false)
  await page.evaluate(() => dispatchEvent(new Event('look')))
  await page.clock.runFor(1_000)
  expect(await isShown(page)).toBe(true)
})

test('what was seen is remembered over page loads, as often as the frequency says', async () => {
  const page = await stage.open([shownMessage('popUp', { frequency: { days: 0, most: 2 } })])
  expect(await isShown(page)).toBe(true)
  await page.reload()
  await decided(page)
  expect(await isShown(page)).toBe(true)
  await page.reload()
  await decided(page)
  expect(await isShown(page)).toBe(false)
  expect(await stored(page)).toEqual({
    popUp: { times: 2, last: expect.any(Number) as number, answered: false },
  })
})

test('a message rests for its days', async () => {
  const page = await stage.open(
    [shownMessage('popUp', { frequency: { days: 2, most: null } })],
    '/',
    (opened) => opened.clock.install({ time: '2026-11-23T12:00:00Z' }),
  )
  expect(await isShown(page)).toBe(true)
  for (const [time, expected] of [
    ['2026-11-25T11:00:00Z', false],
    ['2026-11-25T13:00:00Z', true],
  ] as const) {
    await page.clock.setSystemTime(time)
    await page.reload()
    await decided(page)
    expect(await isShown(page)).toBe(expected)
  }
})

test.each([
  [
    'disabled',
    () =>
      Object.defineProperty(globalThis, 'localStorage', {
        get: () => {
          throw new Error('no')
        },
      }),
  ],
  [
    'full',
    () => {
      Storage.prototype.setItem = () => {
        throw new Error('full')
      }
    },
  ],
])('where storage is %s, a message is shown once for each page load', async (_, break_) => {
  const page = await stage.open([shownMessage('popUp', { frequency: always })], '/', (opened) =>
    opened.addInitScript(break_),
  )
  expect(await isShown(page)).toBe(true)
  await page.click(`${card} .x`)
  await navigate(page, '/other')
  expect(await isShown(page)).toBe(false)
  await page.reload()
  await decided(page)
  expect(await isShown(page)).toBe(true)
})

test('nonsense in the storage is no hindrance, and a long history is cut', async () => {
  const page = await stage.open([shownMessage('popUp')], '/', (opened) =>
    opened.addInitScript(() => {
      const many = Object.fromEntries(
        Array.from({ length: 80 }, (_, place) => [
          `m${place}`,
          { times: 1, last: place + 1, answered: false },
        ]),
      )
      if (location.search) localStorage.setItem('ciclo.onsite', '["x", null')
      else localStorage.setItem('ciclo.onsite', JSON.stringify({ ...many, broken: null }))
    }),
  )
  expect(await isShown(page)).toBe(true)
  const kept = Object.keys((await stored(page)) as object)
  expect(kept).toHaveLength(50)
  expect(kept).toContain('popUp')
  expect(kept).not.toContain('m0')
  await page.goto(`${stage.shop.origin}/?broken`)
  await decided(page)
  expect(await isShown(page)).toBe(true)
})

test('a second start while one runs does nothing', async () => {
  const page = await stage.open([shownMessage('popUp')])
  await page.evaluate(async () => {
    const second = await (globalThis as unknown as ShopWindow).shop.start()
    second.stop()
  })
  expect(stage.shop.requests).toHaveLength(1)
  expect(await isShown(page)).toBe(true)
})

test('stopping leaves a clean device, and lets it start again', async () => {
  const page = await stage.open([shownMessage('popUp', { frequency: always })], '/', (opened) =>
    opened.clock.install(),
  )
  await page.evaluate(async () => (await (globalThis as unknown as ShopWindow).shop.started).stop())
  const left = () =>
    page.evaluate(() => ({
      hosts: document.querySelectorAll('ciclo-onsite').length,
      keys: Object.keys(localStorage),
      listeners: (globalThis as unknown as ShopWindow).shop.listeners.size,
    }))
  expect(await left()).toEqual({ hosts: 0, keys: [], listeners: 0 })
  await page.evaluate(() => (globalThis as unknown as ShopWindow).shop.start())
  await page.locator(card).waitFor()
})

test('nothing comes after stopping, however long one waits and whatever one does', async () => {
  const page = await stage.open([shownMessage('popUp', { rules: { seconds: 5 } })], '/', (opened) =>
    opened.clock.install(),
  )
  await page.evaluate(async () => (await (globalThis as unknown as ShopWindow).shop.started).stop())
  await page.clock.runFor(10_000)
  await page.evaluate(() => {
    dispatchEvent(new Event('scroll'))
    document.documentElement.dispatchEvent(new MouseEvent('mouseleave', { clientY: -1 }))
  })
  expect(await page.locator('ciclo-onsite').count()).toBe(0)
  expect(await stored(page)).toBe(null)
})

test('hostile words stay words, and a hostile link is none', async () => {
  const evil = '<img src=x onerror="document.title=`run`"><script>document.title="run"</script>'
  const page = await stage.open([
    shownMessage('popUp', {
      texts: { title: evil, text: evil, button: evil, close: evil },
      code: '<b>evil</b>',
      link: 'javascript:document.title="run"',
      colours: {
        accent: 'url(//evil.example/a)',
        onAccent: '#fff;position:static',
        background: 'url(//evil.example/b)',
        text: '}*{display:none}',
      },
    }),
  ])
  expect(await page.locator('h2').textContent()).toBe(evil)
  expect(await page.locator('ciclo-onsite :is(img, script, a, .c b)').count()).toBe(0)
  await page.click(`${card} .b`)
  expect(await page.title()).toBe('Page /')
})

test("the shop's style does not reach a message, nor a message the shop", async () => {
  const page = await stage.open([shownMessage('popUp')])
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(
      'body > * { display: none !important; color: red !important } ciclo-onsite { opacity: 0; transform: scale(0) }',
    )
    document.adoptedStyleSheets = [sheet]
  })
  const looks = await page.locator(card).evaluate((element) => {
    const host = (element.getRootNode() as ShadowRoot).host
    return { color: getComputedStyle(element).color, opacity: getComputedStyle(host).opacity }
  })
  expect(looks).toEqual({ color: 'rgb(29, 35, 39)', opacity: '1' })
  expect(await isShown(page)).toBe(true)
})
