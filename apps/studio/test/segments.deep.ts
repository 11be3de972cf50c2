import { readFile } from 'node:fs/promises'
import { SegmentRuleSchema } from '@ciclo/engine'
import fc from 'fast-check'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ruleArbitrary } from '../../server/test/segments/segmentArbitraries.ts'
import { excessWidth, seriousProblems, settled } from './support/lookAt.ts'
import { openFilledStudio, type FilledStudio } from './support/openFilledStudio.ts'
import type { PageLook } from './support/openStudio.ts'

const DAY = 86_400_000
const SEED = Number(process.env['SEED'] ?? 20_261_122)

type Json = Record<string, unknown>

let studio: FilledStudio
beforeAll(async () => {
  studio = await openFilledStudio()
  const { api } = studio.server
  // Great spenders who have not been seen for longer and longer, and half of them click all the same.
  const spenders = Array.from({ length: 12 }, (_, place) => `spender-${place}`)
  const said = (userId: string, ago: number, event: Json) => ({
    userId,
    timestamp: new Date(api.now() - ago * DAY).toISOString(),
    messageId: `${userId}-${ago}-${String(event['event'] ?? event['type'])}`,
    ...event,
  })
  await api.send(
    spenders.flatMap((userId, place) => [
      said(userId, 300, {
        type: 'identify',
        traits: { firstName: 'Spender', lastName: String(place), plan: 'gold' },
      }),
      ...[250, 20 + 15 * place].map((ago) =>
        said(userId, ago, {
          type: 'track',
          event: 'Order Completed',
          properties: { order_id: `${userId}-${ago}`, total: 700, currency: 'EUR' },
        }),
      ),
      ...(place % 2 === 0 ? [said(userId, 5, { type: 'track', event: 'Email Link Clicked' })] : []),
    ]),
  )
  await api.passTime(1_000)
})
afterAll(() => studio.stop())

async function ask(method: string, path: string, body?: unknown): Promise<Json & { status?: unknown }> {
  const response = await fetch(`${studio.server.url}/api/segments${path}`, {
    method,
    headers: { authorization: `Bearer ${studio.server.secretKey}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (await response.json()) as Json
}
const put = async (id: string, rule: unknown, name = id) => {
  expect(await ask('PUT', `/${id}`, { name, rule })).toMatchObject({ id })
}
const open = async (path: string, look: PageLook = {}) => {
  const page = await studio.open(path, look)
  await settled(page)
  return page
}
const addField = (page: Page) => page.getByRole('combobox', { name: 'Add a condition' }).last()
const figureOf = (page: Page) => page.getByRole('region', { name: 'Right now' }).locator('.figure').first()
const countOf = async (page: Page) => Number.parseInt((await figureOf(page).textContent()) ?? '', 10)

/** Machines that test are slow. */
const eventually = (check: () => Promise<void> | void) => vi.waitFor(check, 20_000)

/** What has the focus, as who cannot see it is told. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    const labelled = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined
    return (element?.getAttribute('aria-label') ?? labelled ?? element?.textContent ?? '').replace(/ \*$/, '')
  })
/** Goes on with the Tab key until something is reached: by keyboard alone, as everything here. */
async function tabTo(page: Page, name: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press(key)
    if ((await focused(page)).trim() === name) return
  }
  throw new Error(`${name} is not reached by the Tab key`)
}
const add = async (page: Page, words: string) => {
  await tabTo(page, 'Add a condition')
  await page.keyboard.type(words)
  await page.keyboard.press('Enter')
}

describe('The page of a segment', () => {
  it('lets a marketer build VIPs at risk who clicked in 30 days by keyboard alone, and shows the same people in the list', async () => {
    const page = await open('/segments')
    await tabTo(page, 'New segment')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'New segment' }).waitFor()
    await tabTo(page, 'Name')
    await page.keyboard.type('VIPs at risk who clicked')
    expect(await page.getByLabel('Id', { exact: true }).inputValue()).toBe('vips-at-risk-who-clicked')
    await add(page, 'Value')
    await eventually(async () => expect(await focused(page)).toBe('Which part of the lifecycle'))
    await add(page, 'Stage')
    await eventually(async () => expect(await focused(page)).toBe('Which part of the lifecycle'))
    await tabTo(page, 'States')
    for (const state of ['At risk', 'Lapsed', 'Lost']) {
      await page.keyboard.type(state)
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
    }
    await page.keyboard.press('Escape')
    await add(page, 'Clicked')
    await eventually(async () => expect(await focused(page)).toBe('What happened'))
    const expected = (await studio.server.api.customers())
      .filter(
        ({ lifecycle, traits }) =>
          lifecycle.value === 'vip' &&
          ['atRisk', 'lapsed', 'lost'].includes(lifecycle.stage) &&
          Number(traits['lastName']) % 2 === 0,
      )
      .map(({ id }) => id)
      .toSorted()
    expect(expected.length).toBeGreaterThan(1)
    await eventually(async () => expect(await countOf(page)).toBe(expected.length))
    // Where they come from: how many each condition leaves.
    await page.getByText(`${expected.length} left`).waitFor()
    await page
      .getByText(
        /^Value is VIP · Stage is At risk, Lapsed, or Lost · did “Email Link Clicked” at least 1 × in the last 30 days$/,
      )
      .first()
      .waitFor()
    await page.keyboard.press('Control+s')
    await page.waitForURL('**/segments/vips-at-risk-who-clicked')
    expect(await ask('GET', '/vips-at-risk-who-clicked')).toMatchObject({
      name: 'VIPs at risk who clicked',
      rule: {
        kind: 'and',
        rules: [
          { kind: 'lifecycle', region: 'value', states: ['vip'] },
          { kind: 'lifecycle', region: 'stage', states: ['atRisk', 'lapsed', 'lost'] },
          { kind: 'event', name: 'Email Link Clicked', atLeast: 1, within: 30 * DAY },
        ],
      },
    })
    await studio.server.api.passTime(1_000)
    expect(await ask('GET', '/vips-at-risk-who-clicked')).toMatchObject({
      status: 'live',
      customers: expected.length,
    })
    const list = await open('/customers?segment=vips-at-risk-who-clicked')
    const links = list.locator('tbody a[href^="/customers/"]')
    await eventually(async () => expect(await links.count()).toBe(expected.length))
    const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
    expect(hrefs.map((href) => href.slice('/customers/'.length)).toSorted()).toEqual(expected)
    await list.close()
    await page.close()
  }, 120_000)

  it(`saves what was made by the API as it was, whatever it is (seed ${SEED})`, async () => {
    const rules = fc.sample(ruleArbitrary, { seed: SEED, numRuns: 60 })
    // As many at once as a rule may have parts.
    const bundles: unknown[] = [0, 1].map((part) =>
      rules.slice(part * 20, part * 20 + 20).reduce<{ kind: string; rules: unknown[] }>(
        (bundle, rule) => {
          const more = { ...bundle, rules: [...bundle.rules, rule] }
          return SegmentRuleSchema.safeParse(more).success ? more : bundle
        },
        { kind: 'or', rules: [{ kind: 'reachable' }] },
      ),
    )
    for (const [place, rule] of bundles.entries()) {
      const id = `generated-${place}`
      await put(id, rule)
      const { rule: before } = await ask('GET', `/${id}`)
      const page = await open(`/segments/${id}`)
      await page.getByLabel('Name').first().fill('Opened and saved')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('“Opened and saved” is saved.').waitFor()
      expect(await ask('GET', `/${id}`)).toMatchObject({ name: 'Opened and saved', rule: before })
      expect(JSON.stringify((await ask('GET', `/${id}`))['rule'])).toBe(JSON.stringify(before))
      await ask('DELETE', `/${id}`)
      await page.close()
    }
  }, 120_000)

  it('marks what is not complete at its own field with the words of the server, and saves nothing', async () => {
    const page = await open('/segments/new')
    await page.getByLabel('Name').first().fill('Not complete')
    await addField(page).click()
    await page.getByRole('option', { name: 'A trait' }).click()
    const path = page.getByRole('combobox', { name: 'Which detail' })
    await path.waitFor()
    expect(await path.getAttribute('aria-invalid')).not.toBe('true')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Some conditions are not complete yet').waitFor()
    await eventually(async () => expect(await path.getAttribute('aria-invalid')).toBe('true'))
    const why = page.locator(`[id="${await path.getAttribute('aria-errormessage')}"]`)
    expect(await why.textContent()).toMatch(/path: .*(>=1|at least 1)/i)
    expect(await ask('GET', '/not-complete')).toMatchObject({ status: 404 })
    // What the shop has seen is suggested, and with it the condition is complete.
    await path.fill('pl')
    await page.getByRole('option', { name: 'plan' }).click()
    await page.getByRole('combobox', { name: 'Value', exact: true }).click()
    await page.getByRole('option', { name: 'gold' }).click()
    await eventually(async () => expect(await countOf(page)).toBe(12))
    expect(await path.getAttribute('aria-invalid')).not.toBe('true')
    await page.close()
  })

  it('suggests the events and properties that the shop has sent', async () => {
    const page = await open('/segments/new')
    await addField(page).click()
    await page.getByRole('option', { name: 'Any other event' }).click()
    await page.getByRole('combobox', { name: 'Name of the event' }).click()
    await page.getByRole('option', { name: 'Product Viewed' }).click()
    await page.getByRole('button', { name: 'Narrow down' }).click()
    await page.getByRole('combobox', { name: 'Which detail' }).fill('na')
    await page.getByRole('option', { name: 'name', exact: true }).click()
    await page.getByRole('combobox', { name: 'Value', exact: true }).click()
    await page.getByRole('option', { name: 'Huila, washed' }).click()
    await page.getByRole('combobox', { name: 'When' }).click()
    await page.getByRole('option', { name: 'at any time' }).click()
    await eventually(async () => expect(await countOf(page)).toBeGreaterThan(0))
    await page.close()
  })

  it('takes back and does again, moves and removes by keyboard, and keeps the focus', async () => {
    const page = await open('/segments/new?example=boughtOnce')
    const conditions = () =>
      page
        .locator('[role="group"][aria-label^="Condition"]')
        .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))
    const [first = '', second = ''] = (await conditions()).map(String)
    expect([first, second]).toEqual([
      'Condition: number of orders is 1',
      'Condition: the last order was at least 60 days ago',
    ])
    await tabTo(page, 'Which figure')
    await page.keyboard.press('Alt+ArrowDown')
    await eventually(async () => expect(await conditions()).toEqual([second, first]))
    expect(await focused(page)).toBe('Which figure')
    await page.keyboard.press('Control+z')
    await eventually(async () => expect(await conditions()).toEqual([first, second]))
    await page.keyboard.press('Control+Shift+z')
    await eventually(async () => expect(await conditions()).toEqual([second, first]))
    await tabTo(page, 'What to do with this condition')
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Remove' }).focus()
    await page.keyboard.press('Enter')
    await eventually(async () => expect(await conditions()).toEqual([second]))
    await eventually(async () => expect(await focused(page)).toBe('Since what'))
    await page.keyboard.press('Control+z')
    await eventually(async () => expect(await conditions()).toEqual([second, first]))
    await page.close()
  })

  it('warns of a rule that nobody is in, that everybody is in, and that contradicts itself', async () => {
    const stage = (state: string) => ({ kind: 'lifecycle', region: 'stage', states: [state] })
    await put('contrary', { kind: 'and', rules: [stage('new'), stage('lost')] })
    await put('nobody', { kind: 'trait', path: ['plan'], condition: { operator: 'is', value: 'platinum' } })
    await put('everybody', {
      kind: 'not',
      rule: { kind: 'trait', path: ['plan'], condition: { operator: 'is', value: 'platinum' } },
    })
    for (const [id, warning] of [
      ['contrary', '“Stage is New” and “Stage is Lost” exclude each other'],
      ['nobody', 'Nobody is in it.'],
      ['everybody', 'Everybody is in it'],
    ] as const) {
      const page = await open(`/segments/${id}`)
      await page.getByText(warning).waitFor()
      expect(await seriousProblems(page)).toEqual([])
      await page.close()
      await ask('DELETE', `/${id}`)
    }
  })

  it('asks before changes are lost', async () => {
    const page = await open('/segments/new?example=neverBought')
    await addField(page).click()
    await page.getByRole('option', { name: 'Can be reached by e-mail' }).click()
    const asked: string[] = []
    page.on('dialog', (dialog) => {
      asked.push(dialog.message())
      void dialog.dismiss()
    })
    await page.getByRole('link', { name: 'Messages', exact: true }).click()
    await eventually(() => expect(asked).toEqual(['You have changes that are not saved. Leave them?']))
    expect(page.url()).toContain('/segments/new')
    await page.close()
  })

  it('can be used on a phone, with the count in sight', async () => {
    const page = await open('/segments/new?example=neverBought', { width: 390, scheme: 'dark' })
    await figureOf(page).waitFor()
    expect(await seriousProblems(page)).toEqual([])
    expect(await excessWidth(page)).toBeLessThanOrEqual(0)
    const count = await figureOf(page).textContent()
    expect(await page.locator('[aria-hidden] > * > .figure').last().textContent()).toBe(count)
    await page.close()
  })
})

describe('The list of segments', () => {
  const gold = { kind: 'trait', path: ['plan'], condition: { operator: 'is', value: 'gold' } }

  it('begins with an example at one press', async () => {
    const page = await open('/segments')
    await page.getByRole('link', { name: 'Begin with this: Bought once, 60 days ago' }).click()
    await page.getByRole('heading', { level: 1, name: 'Bought once, 60 days ago' }).waitFor()
    await figureOf(page).waitFor()
    expect(await page.getByRole('button', { name: 'Save' }).isEnabled()).toBe(true)
    await page.close()
  })

  it('shows what each means, copies, exports and deletes', async () => {
    await put('gold', gold, 'The gold ones')
    await studio.server.api.passTime(1_000)
    expect(await ask('GET', '/gold')).toMatchObject({ status: 'live' })
    const page = await open('/segments')
    const row = page.getByRole('row', { name: /The gold ones/ })
    expect(await row.textContent()).toContain('plan is “gold”')
    expect(await row.getByRole('cell').nth(1).textContent()).toBe('12')
    const menu = page.getByRole('button', { name: 'What to do with The gold ones', exact: true })
    await menu.click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Export as CSV' }).click(),
    ])
    expect((await readFile(await download.path(), 'utf8')).trim().split('\r\n')).toHaveLength(13)
    await page.reload()
    await menu.click()
    await page.getByRole('menuitem', { name: 'Copy' }).click()
    await page.getByRole('heading', { level: 1, name: 'The gold ones (copy)' }).waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL('**/segments/the-gold-ones-copy')
    expect(await ask('GET', '/the-gold-ones-copy')).toMatchObject({ rule: gold })
    await page.goto(`${studio.server.url}/segments`)
    await menu.click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('“The gold ones” is deleted.').waitFor()
    expect(await ask('GET', '/gold')).toMatchObject({ status: 404 })
    await page.close()
  })

  it('lets an analyst look at all, and change nothing', async () => {
    await put('looked-at', gold, 'Looked at')
    const page = await open('/segments')
    await page.route('**/api/session', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...((await response.json()) as Json), role: 'analyst' } })
    })
    await page.goto(`${studio.server.url}/segments`)
    await page.getByRole('link', { name: 'Looked at' }).click()
    await eventually(async () => expect(await countOf(page)).toBe(12))
    await page.getByText('plan is “gold”', { exact: true }).first().waitFor()
    expect(await page.getByRole('textbox').count()).toBe(0)
    for (const name of ['Save', 'Undo', 'New segment'])
      expect(await page.getByRole('button', { name }).count()).toBe(0)
    expect(await seriousProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'What to do with Looked at' }).click()
    expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Show in customers'])
    await page.close()
  })

  it('has said nothing on the console but that the server refused what was not complete', () => {
    expect(studio.problems().filter((problem) => !problem.includes('400 (Bad Request)'))).toEqual([])
  })
})
