import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { excessWidth, seriousProblems, settled } from './support/lookAt.ts'
import {
  delay,
  done,
  journeyOf,
  more,
  thanks,
  openJourneyStudio,
  type JourneyStudio,
} from './support/openJourneyStudio.ts'

const DAY = 86_400_000

/** Machines that test are slow. */
const eventually = (check: () => Promise<void> | void) => vi.waitFor(check, 20_000)

let studio: JourneyStudio
beforeAll(async () => {
  studio = await openJourneyStudio()
})
afterAll(() => studio.stop())

const panelOf = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

describe('Beside the canvas', () => {
  it('stands how it is going, and who is at a step; a run is ended by hand', async () => {
    await studio.publish('going')
    await studio.buy(5)
    await studio.server.api.passTime(3 * DAY)
    const page = await studio.openSettled('/journeys/going?panel=live')
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
    await studio.publish('changing')
    const next = journeyOf('changing', [thanks, delay('three-days', '3d'), more, delay('rest', '21d'), done])
    await studio.ask('PUT', '/journeys/changing/draft', next)
    const page = await studio.openSettled('/journeys/changing?panel=versions')
    const panel = panelOf(page, 'Versions')
    for (const text of ['three-days: is new', 'two-days: is gone', 'rest: How long: 20 days → 21 days'])
      await panel.getByText(text, { exact: true }).waitFor()
    expect(await seriousProblems(page)).toEqual([])
    await panel.getByRole('button', { name: 'Go back to version 1' }).click()
    await panel.getByText('There is no difference.').waitFor()
    const second = async (id: string) =>
      await eventually(async () =>
        expect(await studio.ask('GET', '/journeys/changing')).toMatchObject({
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
    await studio.publish('past')
    await studio.buy(1)
    await studio.ask('PUT', '/journeys/past/draft', journeyOf('past', [thanks, more, done]))
    const page = await studio.openSettled('/journeys/past?panel=backtest')
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
    await studio.publish('tried')
    const page = await studio.openSettled('/journeys/tried?panel=try')
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
      const page = await studio.openSettled(`/journeys/going?panel=${name}`, { width: 390, scheme: 'dark' })
      await panelOf(page, heading).waitFor()
      await settled(page)
      expect([name, await seriousProblems(page)]).toEqual([name, []])
      expect([name, Math.max(0, await excessWidth(page))]).toEqual([name, 0])
      await page.close()
    }
  })
})

it('has said nothing on the console but what the server refused', () => {
  const expected = /(404 \(Not Found\)|409 \(Conflict\)|422 \(Unprocessable)/
  expect(studio.problems().filter((problem) => !expected.test(problem))).toEqual([])
})
