import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { excessWidth, seriousProblems, settled } from './support/lookAt.ts'
import { openFilledStudio, type FilledStudio } from './support/openFilledStudio.ts'
import type { PageLook } from './support/openStudio.ts'

const DAY = 86_400_000

type Json = Record<string, unknown>

/** Machines that test are slow. */
const eventually = (check: () => Promise<void> | void) => vi.waitFor(check, 20_000)

let studio: FilledStudio

async function ask(method: string, path: string, body?: unknown): Promise<Json> {
  const response = await fetch(`${studio.server.url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${studio.server.secretKey}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { httpStatus: response.status, ...((await response.json()) as Json) }
}

const thanks = {
  kind: 'send',
  id: 'thanks',
  template: 'order-confirmation',
  purpose: 'transactional',
}
const more = { kind: 'send', id: 'more', template: 'welcome', purpose: 'marketing' }
const delay = (id: string, duration: string) => ({ kind: 'delay', id, duration })
const done = { kind: 'end', id: 'done' }

const journeyOf = (id: string, steps: readonly object[], rest: object = {}) => ({
  id,
  name: `Hello ${id}`,
  trigger: { kind: 'event', name: 'Order Completed' },
  reentry: { kind: 'always' },
  steps,
  ...rest,
})

const STEPS = [thanks, delay('two-days', '2d'), more, delay('rest', '20d'), done]

async function publish(id: string, steps: readonly object[] = STEPS): Promise<void> {
  expect(await ask('POST', '/journeys', journeyOf(id, steps))).toMatchObject({ httpStatus: 200 })
  expect(await ask('POST', `/journeys/${id}/publish`, {})).toMatchObject({ status: 'live' })
}

let orders = 0
/** The first of the shop's customers buy something now. */
const buy = (count: number) =>
  studio.server.api.send(
    Array.from({ length: count }, (_, place) => {
      orders += 1
      return {
        type: 'track',
        userId: `customer-${place + 1}`,
        event: 'Order Completed',
        messageId: `panels-${orders}`,
        timestamp: new Date(studio.server.api.now()).toISOString(),
        properties: { order_id: `panels-${orders}`, total: 20, currency: 'EUR' },
      }
    }),
  )

const open = async (path: string, look: PageLook = {}) => {
  const page = await studio.open(path, look)
  await settled(page)
  return page
}
const panelOf = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

beforeAll(async () => {
  studio = await openFilledStudio()
})
afterAll(() => studio.stop())

describe('The list of journeys', () => {
  it('begins an empty one by its name, and a copy that is called otherwise', async () => {
    const page = await open('/journeys')
    await page.getByRole('button', { name: 'New journey' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Ziaren do kawy: Łódź!')
    await dialog.getByText('it is called ziaren-do-kawy-lodz').waitFor()
    await dialog.getByRole('button', { name: 'Begin' }).click()
    await page.waitForURL('**/journeys/ziaren-do-kawy-lodz')
    expect(await ask('GET', '/journeys/ziaren-do-kawy-lodz')).toMatchObject({
      status: 'draft',
      draft: {
        definition: {
          name: 'Ziaren do kawy: Łódź!',
          trigger: { kind: 'api' },
          steps: [{ kind: 'end', id: 'done' }],
        },
      },
    })
    await page.goto(`${studio.server.url}/journeys`)
    await page.getByRole('button', { name: 'What to do with Win back' }).click()
    await page.getByRole('menuitem', { name: 'Copy' }).click()
    await dialog.getByRole('button', { name: 'Begin' }).click()
    await page.waitForURL('**/journeys/win-back-copy')
    const [copy, original] = await Promise.all([
      ask('GET', '/journeys/win-back-copy'),
      ask('GET', '/journeys/win-back'),
    ])
    const { definition } = original['current'] as { definition: Json }
    expect(copy['draft']).toMatchObject({
      definition: { ...definition, id: 'win-back-copy', name: 'Win back (copy)' },
    })
    await page.close()
  })

  it('reads a text, and says at which line it is none', async () => {
    const page = await open('/journeys')
    await page.getByRole('button', { name: 'New journey' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: 'From a text' }).click()
    const text = 'id: from-text\nname: From a text\ntrigger: { kind: api }\nreentry: { kind: always }\n'
    await dialog
      .getByRole('textbox', { name: 'The journey as text' })
      .fill(`${text}steps:\n  - { kind: dance, id: a }\n`)
    await dialog.getByRole('button', { name: 'Begin' }).click()
    await dialog.getByText(/^6: steps\.0/).waitFor()
    expect(await seriousProblems(page)).toEqual([])
    await dialog.locator('input[type="file"]').setInputFiles({
      name: 'from-text.yaml',
      mimeType: 'application/yaml',
      buffer: Buffer.from(`${text}steps:\n  - { kind: end, id: over }\n`),
    })
    await dialog.getByRole('button', { name: 'Begin' }).click()
    await page.waitForURL('**/journeys/from-text')
    await page.goto(`${studio.server.url}/journeys`)
    await page.getByRole('button', { name: 'What to do with From a text' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByText('the journey goes away with its draft').waitFor()
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('“From a text” is deleted.').waitFor()
    expect(await ask('GET', '/journeys/from-text')).toMatchObject({ httpStatus: 404 })
    await page.close()
  })

  it('pauses one, says what has become due when it is resumed, and archives it', async () => {
    await publish('stopped')
    await buy(3)
    const page = await open('/journeys')
    const menu = page.getByRole('button', { name: 'What to do with Hello stopped' })
    const dialog = page.getByRole('dialog')
    const choose = async (name: string) => {
      await menu.click()
      await page.getByRole('menuitem', { name }).click()
    }
    await choose('Pause')
    await dialog.getByText('3 people are in it now.').waitFor()
    await dialog.getByRole('button', { name: 'Pause' }).click()
    await page
      .getByRole('row', { name: /Hello stopped/ })
      .getByText('Paused')
      .waitFor()
    await studio.server.api.passTime(3 * DAY)
    await choose('Resume')
    await dialog.getByText(/3 people at “two-days”, the first since/).waitFor()
    expect(await seriousProblems(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Resume' }).click()
    await page.getByText('“Hello stopped” is live again. 3 people go on now.').waitFor()
    await choose('Archive')
    await dialog.getByRole('radio', { name: 'It ends for them now' }).click()
    await dialog.getByRole('button', { name: 'Archive' }).click()
    await page.getByText('“Hello stopped” is archived.').waitFor()
    expect(await ask('GET', '/journeys/stopped')).toMatchObject({ status: 'archived' })
    await page.getByText(/^Archived \d+$/).click()
    await page.getByRole('row', { name: /Hello stopped/ }).waitFor()
    expect(await page.getByRole('row').count()).toBe(2)
    await page.close()
  })

  it('finds one by its name, and lets an analyst change nothing', async () => {
    const page = await open('/journeys')
    await page.getByRole('searchbox', { name: 'Find a journey' }).fill('cart aband')
    await eventually(async () => expect(await page.getByRole('row').count()).toBe(2))
    await page.getByRole('searchbox', { name: 'Find a journey' }).fill('nothing of the kind')
    await page.getByText('No journey fits.').waitFor()
    await page.route('**/api/session', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...((await response.json()) as Json), role: 'analyst' } })
    })
    await page.goto(`${studio.server.url}/journeys`)
    await page.getByRole('link', { name: 'Win back', exact: true }).waitFor()
    expect(await page.getByRole('button', { name: /What to do|New journey/ }).count()).toBe(0)
    await page.close()
  })
})

describe('Beside the canvas', () => {
  it('stands how it is going, and who is at a step; a run is ended by hand', async () => {
    await publish('going')
    await buy(5)
    await studio.server.api.passTime(3 * DAY)
    const page = await open('/journeys/going?panel=live')
    const panel = panelOf(page, 'Live')
    await panel.getByRole('row', { name: /^rest/ }).waitFor()
    expect(
      await panel
        .getByRole('row', { name: /^thanks/ })
        .getByRole('cell')
        .allTextContents(),
    ).toEqual(['thanks5 mails sent', '5', '0', '0'])
    // On the canvas as well.
    await page.getByText('5 here now').first().waitFor()
    await panel.getByRole('button', { name: 'rest' }).click()
    await panel.getByRole('link').first().waitFor()
    expect(await panel.getByRole('link').count()).toBe(5)
    expect(await seriousProblems(page)).toEqual([])
    const name = (await panel.getByRole('link').first().textContent()) ?? ''
    await panel.getByRole('button', { name: `End it for ${name}` }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End run' }).click()
    await eventually(async () => expect(await panel.getByRole('link').count()).toBe(4))
    await panel.getByText('Ended here', { exact: true }).click()
    await panel.getByText(/Ended by hand/).waitFor()
    await page.close()
  })

  it('stands what has changed since a version, and the way back to it, which can be taken back', async () => {
    await publish('changing')
    const next = journeyOf('changing', [thanks, delay('three-days', '3d'), more, delay('rest', '21d'), done])
    await ask('PUT', '/journeys/changing/draft', next)
    const page = await open('/journeys/changing?panel=versions')
    const panel = panelOf(page, 'Versions')
    for (const text of ['three-days: is new', 'two-days: is gone', 'rest: How long: 20 days → 21 days'])
      await panel.getByText(text, { exact: true }).waitFor()
    expect(await seriousProblems(page)).toEqual([])
    await panel.getByRole('button', { name: 'Go back to version 1' }).click()
    await panel.getByText('There is no difference.').waitFor()
    const second = async (id: string) =>
      await eventually(async () =>
        expect(await ask('GET', '/journeys/changing')).toMatchObject({
          draft: { definition: { steps: [{}, { id }, {}, {}, {}] } },
        }),
      )
    await second('two-days')
    await page.getByRole('button', { name: 'Undo' }).click()
    await panel.getByText('three-days: is new', { exact: true }).waitFor()
    await second('three-days')
    await page.close()
  })

  it('stands who would have got what in the past, and what that changes', { timeout: 120_000 }, async () => {
    await publish('past')
    await buy(1)
    await ask('PUT', '/journeys/past/draft', journeyOf('past', [thanks, more, done]))
    const page = await open('/journeys/past?panel=backtest')
    const panel = panelOf(page, 'Back-test')
    await panel.getByRole('combobox', { name: 'Period' }).selectOption('365d')
    await panel.getByRole('button', { name: 'Run it' }).click()
    await panel.getByText('Who would get what').waitFor({ timeout: 60_000 })
    const response = await fetch(`${studio.server.url}/api/journeys/past/backtest`, {
      method: 'POST',
      headers: { authorization: `Bearer ${studio.server.secretKey}` },
      body: JSON.stringify({ since: '365d' }),
    })
    const lines = (await response.text()).trim().split('\n')
    const { result } = JSON.parse(lines.at(-1) ?? '') as {
      result: { runs: { started: number; customers: number }; mails: { asked: number; sent: number } }
    }
    expect(result.mails.sent).toBeGreaterThan(50)
    await panel
      .getByText(
        `${result.runs.customers} of 60 customers would have come in, and ${result.mails.sent} mails`,
      )
      .waitFor()
    await page.getByText(`${result.runs.started} would come`).first().waitFor()
    await panel.getByText('Compared with version 1, which is live').waitFor()
    expect(await seriousProblems(page)).toEqual([])
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      panel.getByRole('button', { name: 'Download as CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('past-backtest.csv')
    const rows = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
    expect(rows).toHaveLength(result.mails.asked + 1)
    // As many rows as are seen, however many there are.
    expect(await panel.getByRole('listitem').count()).toBeLessThan(30)
    // It stays while another panel is looked at; of a step that is chosen only the mails of that step are left.
    const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click()
    await tab('Live')
    await panelOf(page, 'Live').getByRole('button', { name: 'more' }).click()
    await tab('Back-test')
    await panel.getByText('Only of the step more.').waitFor()
    const mailsOf = rows.filter((row) => row.includes(',more,'))
    await panel.getByText(`${mailsOf.length} mails`, { exact: true }).waitFor()
    await tab('Versions')
    await page.getByRole('button', { name: 'Go back to version 1' }).click()
    await tab('Back-test')
    await panel.getByText('The journey has changed since then').waitFor()
    await page.close()
  })

  it('stands a try: time passes, things happen, mails are looked at, and all is taken back', async () => {
    await publish('tried')
    const page = await open('/journeys/tried?panel=try')
    const panel = panelOf(page, 'Try it')
    await panel.getByRole('textbox', { name: 'First name' }).fill('Zuzanna')
    await panel.getByLabel('It begins').fill('2026-03-02T10:00')
    expect(await seriousProblems(page)).toEqual([])
    await panel.getByRole('button', { name: 'Begin' }).click()
    await panel.getByText('Nothing yet.').waitFor()
    const act = async (name: RegExp) => {
      await panel.getByRole('button', { name: 'Do something' }).click()
      await page.getByRole('menuitem', { name }).click()
    }
    await act(/What starts it: Order Completed/)
    await panel.getByText('“Hello tried” begins.').waitFor()
    await page
      .getByText(/here since/)
      .first()
      .waitFor()
    await act(/Unsubscribes/)
    for (let days = 0; days < 3; days += 1) await panel.getByRole('button', { name: '+1 day' }).click()
    // Other journeys send it, too.
    const ours = panel.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'more' }) })
    await ours.getByText('E-mail “welcome”: is not sent').waitFor()
    const timeline = (await panel.getByRole('list').textContent()) ?? ''
    expect(timeline).toContain('E-mail “order-confirmation”: is sent.')
    expect(timeline).not.toContain('E-mail “welcome”: is sent.')
    expect(await seriousProblems(page)).toEqual([])
    await panel.getByRole('button', { name: 'Look at the mail welcome' }).first().click()
    const frame = page.getByRole('dialog').locator('iframe')
    expect(await frame.getAttribute('sandbox')).toBe('')
    await frame.contentFrame().locator('body').waitFor()
    await page.keyboard.press('Escape')
    for (let presses = 0; presses < 5; presses += 1)
      await panel.getByRole('button', { name: 'Step back' }).click()
    await panel.getByText('Nothing yet.').waitFor()
    expect(await panel.getByRole('button', { name: 'Step back' }).isDisabled()).toBe(true)
    // And with somebody whom the shop knows.
    await panel.getByRole('button', { name: 'Start over' }).click()
    await panel.getByText('One of your customers').click()
    await panel.getByRole('combobox', { name: 'Customer' }).fill('katarz')
    await page
      .getByRole('option', { name: /^Katarzyna Wiśniewska/ })
      .first()
      .click()
    await panel.getByRole('button', { name: 'Begin' }).click()
    await act(/Ask them into the journey/)
    await panel.getByText('“Hello tried” begins.').waitFor()
    await panel.getByText(/^Katarzyna Wiśniewska · katarzyna/).waitFor()
    await page.close()
  })

  it('fits a phone in the dark', async () => {
    for (const [name, heading] of [
      ['live', 'Live'],
      ['versions', 'Versions'],
      ['backtest', 'Back-test'],
      ['try', 'Try it'],
    ] as const) {
      const page = await open(`/journeys/going?panel=${name}`, { width: 390, scheme: 'dark' })
      await panelOf(page, heading).waitFor()
      await settled(page)
      expect([name, await seriousProblems(page)]).toEqual([name, []])
      expect([name, Math.max(0, await excessWidth(page))]).toEqual([name, 0])
      await page.close()
    }
  })
})

describe('Publishing', () => {
  const dialogOf = (page: Page) => page.getByRole('dialog')
  const openDialog = async (page: Page) => {
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    return dialogOf(page)
  }

  it('is kept from errors, which lead to their step', async () => {
    const wrong = journeyOf('wrong', [{ ...thanks, template: 'no-such-template' }, done])
    await ask('POST', '/journeys', wrong)
    const page = await open('/journeys/wrong')
    const dialog = await openDialog(page)
    await dialog.getByText('1 error is in the way').waitFor()
    expect(await dialog.getByRole('button', { name: 'Publish now' }).isDisabled()).toBe(true)
    expect(await seriousProblems(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Go to the step thanks' }).click()
    await page.waitForURL('**step=thanks**')
    await page.close()
  })

  it('moves those inside to the steps that are chosen, and leaves the others', async () => {
    await publish('moving')
    await buy(4)
    const next = journeyOf('moving', [thanks, delay('three-days', '3d'), more, delay('rest', '20d'), done])
    await ask('PUT', '/journeys/moving/draft', next)
    const page = await open('/journeys/moving')
    const dialog = await openDialog(page)
    await dialog.getByText('4 people are in it now').waitFor()
    await dialog.getByText('two-days: is gone').waitFor()
    await dialog.getByRole('radio', { name: 'They go on in the new version' }).click()
    await dialog.getByText('0 go on in the new version, 4 stay.').waitFor()
    await dialog.getByRole('combobox', { name: 'Where those at two-days go on' }).click()
    await page.getByRole('option', { name: 'three-days' }).click()
    await dialog.getByText('4 go on in the new version, 0 stay.').waitFor()
    expect(await seriousProblems(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Publish now' }).click()
    await dialog.getByText('Version 2 is live.').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await eventually(async () =>
      expect(await ask('GET', '/journeys/moving')).toMatchObject({
        versions: [{ running: 0 }, { status: 'live', running: 4 }],
        runs: [{ version: 2, step: 'three-days', runs: 4 }],
      }),
    )
    await openDialog(page)
    await dialog.getByText('There is nothing to publish').waitFor()
    await page.close()
  })

  it('publishes nothing that somebody has changed since it was looked at', async () => {
    await publish('raced')
    const next = (days: string) => journeyOf('raced', [thanks, delay('two-days', days), more, done])
    await ask('PUT', '/journeys/raced/draft', next('3d'))
    const page = await open('/journeys/raced')
    const dialog = await openDialog(page)
    await dialog.getByText('two-days: How long: 2 days → 3 days').waitFor()
    await ask('PUT', '/journeys/raced/draft', next('9d'))
    await dialog.getByRole('button', { name: 'Publish now' }).click()
    await dialog.getByText('Somebody has changed the journey meanwhile').waitFor()
    expect(await ask('GET', '/journeys/raced')).toMatchObject({ current: { version: 1 } })
    await dialog.getByRole('button', { name: 'Look again' }).click()
    await dialog.getByText('two-days: How long: 2 days → 9 days').waitFor()
    await dialog.getByRole('button', { name: 'Publish now' }).click()
    await dialog.getByText('Version 2 is live.').waitFor()
    await page.close()
  })

  it('stands beside what else can be done: the journey is paused, and a version over it begins paused', async () => {
    await publish('held')
    await ask('PUT', '/journeys/held/draft', journeyOf('held', [thanks, done]))
    const page = await open('/journeys/held')
    await page.getByRole('button', { name: 'What to do with Hello held' }).click()
    await page.getByRole('menuitem', { name: 'Pause' }).click()
    await dialogOf(page).getByRole('button', { name: 'Pause' }).click()
    await page.getByText('Paused', { exact: true }).waitFor()
    const dialog = await openDialog(page)
    await dialog.getByText('The version that is live now is paused').waitFor()
    await dialog.getByRole('button', { name: 'Publish now' }).click()
    await dialog.getByText('Version 2 is published, and paused').waitFor()
    expect(await ask('GET', '/journeys/held')).toMatchObject({ status: 'paused', current: { version: 2 } })
    await page.close()
  })

  it('lets those in who are there already, spread over days, if somebody wants it', async () => {
    const journey = journeyOf('opened', [thanks, delay('rest', '20d')], {
      trigger: { kind: 'transition', region: 'permission', to: 'subscribed' },
    })
    await ask('POST', '/journeys', journey)
    const page = await open('/journeys/opened')
    const dialog = await openDialog(page)
    await dialog
      .getByRole('checkbox', { name: /Also let in the \d+ customers who are there already/ })
      .click()
    await dialog.getByRole('textbox', { name: 'Spread over how many days' }).fill('0')
    await dialog.getByRole('button', { name: 'Publish now' }).click()
    await dialog.getByText('Those who are there already are being let in').waitFor()
    await studio.server.api.passTime(60_000)
    await eventually(async () => {
      const { versions } = (await ask('GET', '/journeys/opened')) as { versions: { running: number }[] }
      expect(versions[0]?.running).toBeGreaterThan(10)
    })
    await page.close()
  })

  it('has said nothing on the console but what the server refused', () => {
    const expected = /(404 \(Not Found\)|409 \(Conflict\)|422 \(Unprocessable)/
    expect(studio.problems().filter((problem) => !expected.test(problem))).toEqual([])
  })
})
