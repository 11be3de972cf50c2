import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { startSmtpCatcher, type SmtpCatcher } from '../../server/test/support/startSmtpCatcher.ts'
import { fillHostile, type HostileShop } from './support/fillHostile.ts'
import { HOSTILE_NAMES, HOSTILE_TEXTS, type HostileName } from './support/hostileTexts.ts'
import { excessWidth, headed, settled } from './support/lookAt.ts'
import { openDetails } from './support/openDetails.ts'
import { openStudio, type OpenedStudio } from './support/openStudio.ts'
import { isTab, PAGES } from './support/pages.ts'

const HOUR = 3_600_000
/** Where the mail of a template is shown, by a policy of its own. */
const SHOWN = '/api/templates/shown'
/**
 * What the browser says where that policy, or the sandbox, has kept a mail from something, and where the server cannot
 * render a template: both are meant to.
 */
const MEANT = [
  /^Failed to load resource: the server responded with a status of 422 /,
  /^Blocked script execution in '(?:\S+\/api\/templates\/shown|about:srcdoc)' because the document's frame is sandboxed/,
  /^Loading the stylesheet '[^']*' violates [^"]*"style-src 'unsafe-inline'"/,
]

/** What is followed from the links of other pages; editors have their own walk. */
const FOLLOWED = /^\/(customers|segments|messages|settings)\/./

/** The editors of what holds the text at this place; the first campaign and on-site message are among the pages. */
const editorsOf = (place: number): readonly string[] => [
  `/templates/hostile-${place}?view=strings`,
  `/templates/hostile-mjml-${place}`,
  ...(place === 0 ? [] : [`/onsite/hostile-${place}`, `/campaigns/hostile-${place}`]),
  `/journeys/hostile-${place}`,
]

/** Of these texts all that can be unfolded in an editor is, in every tab: some 30 seconds each. */
const UNFOLDED: readonly HostileName[] = ['image', 'breakout']

export interface StoredXssOptions {
  /** The names of the pages that are looked at: all of them, if left out. */
  pages?: readonly string[]
  /** Which of the hostile texts are written everywhere: all of them, if left out. */
  texts?: readonly HostileName[]
  /** Of pages that look alike, so many are followed from the links of others. */
  alike: number
  /** How many of the hostile customers have their page opened. */
  customers: number
  /** Whether every text is looked at in every editor. */
  editors: boolean
}

/** A shop full of hostile texts, and somebody who looks at all of it: nothing of them may run. */
export function storedXssContract({
  pages,
  texts = HOSTILE_NAMES,
  alike: most,
  customers,
  editors,
}: StoredXssOptions): void {
  const looked = PAGES.filter(({ name }) => pages === undefined || pages.includes(name))
  let studio: OpenedStudio
  let smtp: SmtpCatcher
  let shop: HostileShop
  /** What has run, and where. */
  const ran: string[] = []
  /** Which pages are wider than their window: all of them, each with what makes it so. */
  const tooWide: string[] = []
  /** So many of what the console has said were looked at. */
  let told = 0
  /** Where a page has called to that is not ours. */
  const strangers: string[] = []

  beforeAll(async () => {
    smtp = await startSmtpCatcher()
    const refusal = `550 5.1.1 ${HOSTILE_TEXTS.image} ${HOSTILE_TEXTS.script}`
    for (const place of texts.keys())
      smtp.answer(
        `hostile-${place}@example.com`,
        Array.from({ length: 20 }, () => ({ at: 'RCPT TO' as const, reply: refusal })),
      )
    studio = await openStudio({ environment: { SMTP_URL: smtp.url } })
    shop = await fillHostile(studio.server, texts)
    await studio.server.api.passTime(HOUR)
  }, 180_000)
  afterAll(async () => {
    await studio.stop()
    await smtp.stop()
  })

  /** A tab in which nothing of the shop's texts may come to life. */
  async function watch(width: number): Promise<Page> {
    const page = await studio.open('/sign-in', { width, isNew: true })
    await page.context().exposeBinding('__ran', (_source, name: string) => {
      ran.push(`${name} at ${page.url()}`)
    })
    page.on('dialog', (dialog) => {
      ran.push(`a dialog at ${page.url()}: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url())
      if (protocol.startsWith('http') && origin !== studio.server.url) strangers.push(request.url())
    })
    page.on('requestfailed', (request) => {
      // It never left the browser.
      const isRefused = request.failure()?.errorText === 'csp' && request.frame().url().endsWith(SHOWN)
      if (isRefused) strangers.splice(strangers.indexOf(request.url()), 1)
    })
    return page
  }

  /** The element that reaches furthest to the right without one within it that does, too. */
  const widestOf = (page: Page) =>
    page.evaluate<string>(`(() => {
      const right = (element) => element.getBoundingClientRect().right
      const wide = [...document.querySelectorAll('main *')].filter((element) => right(element) > innerWidth + 1)
      const inner = wide.find((element) => ![...element.children].some((child) => right(child) > innerWidth + 1))
      return inner ? inner.outerHTML.slice(0, 160) : 'nothing in main'
    })()`)

  async function expectHarmless(page: Page): Promise<void> {
    expect(ran).toEqual([])
    expect(strangers).toEqual([])
    // What was found on another page is that one's.
    const problems = studio.problems().slice(told)
    told += problems.length
    const unmeant = problems.filter((problem) => MEANT.every((meant) => !meant.test(problem)))
    expect(unmeant, page.url()).toEqual([])
    const excess = await excessWidth(page)
    if (excess > 0) tooWide.push(`${page.url()}: ${excess} pixels, by ${await widestOf(page)}`)
    // As the browser understands them.
    const hrefs = await page.evaluate<string[]>('[...document.links].map((link) => link.href)')
    expect(hrefs.filter((href) => !/^(https?|mailto):/.test(href))).toEqual([])
  }

  const pathsOf = () =>
    looked.map(({ path }) =>
      path({ ...studio, users: [], customerId: shop.customerIds[0] ?? '', messageId: shop.messageId }),
    )

  describe('A shop full of hostile texts', () => {
    it('has taken most of them in, and failed at none', () => {
      expect(shop.faults).toEqual([])
      expect(shop.customerIds).toHaveLength(texts.length + 1)
      const kinds = new Set(shop.stored.map((where) => where.split(' ').slice(0, 1).join(' ')))
      for (const kind of [
        'secret',
        'public',
        'segment',
        'journey',
        'campaign',
        'template',
        'sender',
        'onsite',
        'suppression',
        'codes',
        'settings',
        'consent',
      ])
        expect(kinds).toContain(kind)
    })

    /** Opens these pages and all that can be opened there, and so many of the pages they link to. */
    async function walk(page: Page, paths: readonly string[]): Promise<void> {
      const queue = [...paths]
      const seen = new Set<string>()
      const alike = new Map<string, number>()
      for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
        if (seen.has(path)) continue
        seen.add(path)
        await page.goto(`${studio.server.url}${path}`)
        await headed(page)
        await settled(page)
        await openDetails(page, () => expectHarmless(page))
        const links = await page.locator('main a[href^="/"]').all()
        for (const link of links) {
          const next = ((await link.getAttribute('href')) ?? '').replace(/[?#].*$/, '')
          const kind = next.split('/').slice(0, 2).join('/')
          if (!FOLLOWED.test(next) || seen.has(next)) continue
          const count = alike.get(kind) ?? 0
          if (count >= most) continue
          alike.set(kind, count + 1)
          queue.push(next)
        }
      }
    }

    let desk: Page | undefined
    it(
      'shows every page and all that can be opened there without running any',
      { timeout: 400_000 },
      async () => {
        desk = await watch(1440)
        await walk(
          desk,
          // All tabs of a page are opened on that page.
          pathsOf().filter((path) => !isTab(path)),
        )
        expect(tooWide).toEqual([])
      },
    )

    it('shows every customer without running any', { timeout: 400_000 }, async () => {
      tooWide.length = 0
      desk ??= await watch(1440)
      await walk(
        desk,
        shop.customerIds.slice(0, customers).map((id) => `/customers/${id}`),
      )
      expect(tooWide).toEqual([])
    })

    it.each(editors ? [...texts.entries()] : [])(
      'shows what holds text %i, %s, in every editor without running it',
      { timeout: 120_000 },
      async (place, name) => {
        tooWide.length = 0
        const page = (desk ??= await watch(1440))
        for (const path of editorsOf(place)) {
          await page.goto(`${studio.server.url}${path}`)
          await headed(page)
          await settled(page)
          if (UNFOLDED.includes(name)) await openDetails(page, () => expectHarmless(page))
          else await expectHarmless(page)
        }
        expect(tooWide).toEqual([])
      },
    )

    let phone: Page | undefined
    it.each(looked.map(({ name }, place) => [name, place] as const))(
      'fits a phone: %s',
      async (_name, place) => {
        tooWide.length = 0
        const page = (phone ??= await watch(390))
        await page.goto(`${studio.server.url}${pathsOf()[place]}`)
        await headed(page)
        await settled(page)
        await expectHarmless(page)
        expect(tooWide).toEqual([])
      },
    )
  })
}
