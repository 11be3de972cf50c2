import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { excessWidth, lookAs, seriousProblems, settled } from './support/lookAt.ts'
import { openJourneyStudio, type JourneyStudio } from './support/openJourneyStudio.ts'

type Json = Record<string, unknown>

const HOUR = 3_600_000

let studio: JourneyStudio
beforeAll(async () => {
  studio = await openJourneyStudio()
})
afterAll(() => studio.stop())

/** Machines that test are slow. */
const eventually = (check: () => Promise<void>) => vi.waitFor(check, 20_000)
const saved = (page: Page) => page.locator('[data-draft="saved"]').waitFor()
const stored = async (id: string) => (await studio.ask('GET', `/campaigns/${id}`))['definition'] as Json
const buyers = { rule: { kind: 'event', name: 'Order Completed', atLeast: 1 } }
const save = (id: string, rest: object = {}) =>
  studio.ask('PUT', `/campaigns/${id}`, {
    name: `Hello ${id}`,
    audience: buyers,
    template: 'win-back',
    ...rest,
  })
const choose = async (page: Page, field: string, option: string) => {
  await page.getByRole('combobox', { name: field, exact: true }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}
/** What one line of a table says beside its name. */
const figureOf = (page: Page, name: string) =>
  page.getByRole('row', { name: new RegExp(`^${name}`) }).getByRole('cell')

describe('Campaigns in the studio', () => {
  it(
    'a marketer writes one with two subjects, sees who would get it, sends it, and sees what became of everybody',
    {
      timeout: 120_000,
    },
    async () => {
      const page = await studio.openSettled('/campaigns')
      await page.getByRole('link', { name: 'Spring sale' }).waitFor()
      await page.getByRole('button', { name: 'New campaign' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox', { name: 'Name' }).fill('Świąteczna wyprzedaż')
      await choose(page, 'Template', 'win-back')
      await dialog.getByText('swiateczna-wyprzedaz').waitFor()
      expect(await seriousProblems(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Create the draft' }).click()
      await page.getByRole('heading', { level: 1, name: 'Świąteczna wyprzedaż' }).waitFor()
      expect(await stored('swiateczna-wyprzedaz')).toMatchObject({
        audience: { rule: { kind: 'lifecycle', region: 'permission', states: ['subscribed'] } },
        schedule: { kind: 'now' },
      })

      // Buyers in place of subscribers: some of them are skipped.
      await page.getByRole('button', { name: 'Change the rule' }).click()
      const rule = page.getByRole('dialog', { name: 'A rule of its own' })
      await rule.getByRole('button', { name: 'Done' }).waitFor()
      await rule.getByRole('button', { name: 'Done' }).click()
      await studio.ask('PUT', '/campaigns/swiateczna-wyprzedaz', {
        ...(await stored('swiateczna-wyprzedaz')),
        audience: buyers,
      })
      await page.reload()
      await page.getByText(/“Order Completed” at least 1/).waitFor()

      await page.getByRole('textbox', { name: 'Subject, English' }).fill('Come back')
      await page.getByRole('button', { name: 'Compare variants' }).click()
      const second = page.getByRole('group', { name: 'Variant b' })
      await second
        .getByRole('textbox', { name: 'Subject, English' })
        .fill('Two days left, {{ customer.firstName }}')
      const weight = second.getByRole('textbox', { name: 'Weight' })
      await weight.fill('3')
      await second.getByText('75% of the audience').waitFor()
      await page.getByRole('radiogroup', { name: 'Variant' }).getByText('b', { exact: true }).click()
      await page.getByText('Two days left, Zofia').waitFor()
      await saved(page)
      await page.getByText('Nothing is in the way.').waitFor()
      await page
        .getByText('41 customers get it')
        .or(page.getByText(/customers get it/))
        .first()
        .waitFor()
      expect(await stored('swiateczna-wyprzedaz')).toMatchObject({
        strings: { en: { subject: 'Come back' } },
        variants: [
          { id: 'a', weight: 1 },
          { id: 'b', weight: 3, strings: { en: { subject: 'Two days left, {{ customer.firstName }}' } } },
        ],
      })
      expect(await seriousProblems(page)).toEqual([])
      await lookAs(page, { width: 390, scheme: 'dark' })
      expect(await seriousProblems(page)).toEqual([])
      expect(await excessWidth(page)).toBeLessThanOrEqual(0)
      await lookAs(page, { width: 1440, scheme: 'light' })

      await page.getByRole('button', { name: 'Send …' }).click()
      const ask = page.getByRole('dialog', { name: 'Send “Świąteczna wyprzedaż”?' })
      await ask.getByText(/34 customers get it/).waitFor()
      await ask.getByText('At once').waitFor()
      expect(await seriousProblems(page)).toEqual([])
      await ask.getByRole('button', { name: 'Send it' }).click()
      await page.getByRole('tab', { name: 'The audience' }).waitFor()
      await studio.server.api.passTime(HOUR)
      await page.getByText('41 of 41 are settled').waitFor()
      expect(await figureOf(page, 'Sent').first().textContent()).toBe('34')
      expect(await figureOf(page, 'Skipped').first().textContent()).toBe('7')
      await page.getByText('Not enough data yet: it takes 30 people in each and 10 clicks in both.').waitFor()

      await page.getByRole('tab', { name: 'The audience' }).click()
      await choose(page, 'State', 'Skipped')
      await choose(page, 'Reason', 'The customer has unsubscribed.')
      await eventually(async () =>
        expect(await page.getByRole('row').allTextContents()).toEqual([
          expect.stringContaining('Customer'),
          expect.stringContaining('The customer has unsubscribed.'),
          expect.stringContaining('The customer has unsubscribed.'),
        ]),
      )
      expect(await seriousProblems(page)).toEqual([])
      await page.getByRole('tab', { name: 'Report' }).click()
      await page.getByText('Credited orders').or(page.getByText('Orders')).first().waitFor()
      await page.getByRole('tab', { name: 'How it was set up' }).click()
      await page.getByText('a, b').waitFor()
      await lookAs(page, { width: 390, scheme: 'dark' })
      expect(await excessWidth(page)).toBeLessThanOrEqual(0)
      await page.close()
    },
  )

  it('one that is at work is paused, goes on and is cancelled, each after a question', async () => {
    await save('steps', { schedule: { kind: 'local', time: '03:15' } })
    expect(await studio.ask('POST', '/campaigns/steps/start')).toMatchObject({ httpStatus: 200 })
    await studio.server.api.passTime(60_000)
    const page = await studio.openSettled('/campaigns/steps')
    for (const [button, status] of [
      ['Pause', 'Paused'],
      ['Resume', 'Sending'],
      ['Cancel the campaign', 'Cancelled'],
    ] as const) {
      await page.getByRole('button', { name: button }).click()
      await page.getByRole('dialog').getByRole('button', { name: button }).click()
      await page.locator('main header, main').getByText(status, { exact: true }).first().waitFor()
    }
    expect(await page.getByRole('button', { name: /^(Pause|Resume|Cancel)/ }).count()).toBe(0)
    expect(await studio.ask('GET', '/campaigns/steps')).toMatchObject({ status: 'cancelled' })
    await page.close()
  })

  it('says what is in the way where it is, and does not send before it is mended', async () => {
    await save('wrong', { template: 'order-confirmation', topic: 'gone' })
    const page = await studio.openSettled('/campaigns/wrong')
    await page.getByText('This is in the way').waitFor()
    await page.getByText('There is no topic gone among the settings').first().waitFor()
    expect(await page.getByRole('button', { name: 'Send …' }).isDisabled()).toBe(true)
    await choose(page, 'Topic', 'No topic')
    await choose(page, 'Template', 'win-back')
    await page.getByText('Nothing is in the way.').waitFor()
    expect(await page.getByRole('button', { name: 'Send …' }).isDisabled()).toBe(false)
    await page.close()
  })

  it('is sent as it was looked at, and never over what somebody else has changed meanwhile', async () => {
    await save('two')
    const page = await studio.openSettled('/campaigns/two')
    await page.getByText('Nothing is in the way.').waitFor()
    await page.getByRole('button', { name: 'Send …' }).click()
    await save('two', { name: 'Theirs' })
    await page.getByRole('button', { name: 'Send it' }).click()
    await page.getByText('Somebody has changed it since you looked. Look again, then send.').waitFor()
    expect(await studio.ask('GET', '/campaigns/two')).toMatchObject({ status: 'draft' })
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).last().click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Mine')
    await page.getByRole('alert').getByText('Name').waitFor()
    await page.getByRole('button', { name: 'Keep mine' }).click()
    await eventually(async () => expect(await stored('two')).toMatchObject({ name: 'Mine' }))
    await page.getByRole('button', { name: 'Undo' }).click()
    await eventually(async () => expect((await stored('two'))['name']).not.toBe('Mine'))
    await page.close()
  })

  it('is found, duplicated and deleted in the list, and an analyst changes nothing', async () => {
    await save('kept')
    const page = await studio.openSettled('/campaigns')
    await page.getByRole('searchbox', { name: 'Find a campaign' }).fill('hello kept')
    await eventually(async () => expect(await page.getByRole('row').count()).toBe(2))
    await page.getByRole('button', { name: 'What to do with Hello kept' }).click()
    await page.getByRole('menuitem', { name: 'Duplicate' }).click()
    await page.getByRole('button', { name: 'Create the draft' }).click()
    await page.getByRole('heading', { level: 1, name: 'Hello kept (copy)' }).waitFor()
    const { name: _name, ...original } = await stored('kept')
    expect(await stored('hello-kept-copy')).toMatchObject(original)
    await page.getByRole('button', { name: 'What to do with Hello kept (copy)' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('“Hello kept (copy)” is deleted.').waitFor()
    expect(await studio.ask('GET', '/campaigns/hello-kept-copy')).toMatchObject({ httpStatus: 404 })

    await page.route('**/api/session', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...((await response.json()) as Json), role: 'analyst' } })
    })
    await page.goto(`${studio.server.url}/campaigns/kept`)
    await page.getByText('You can look at campaigns.').waitFor()
    await settled(page)
    expect(await page.getByRole('button', { name: /Send …|Undo|What to do|Compare/ }).count()).toBe(0)
    await page.getByRole('textbox', { name: 'Name', exact: true }).press('x')
    expect(await stored('kept')).toMatchObject({ name: 'Hello kept' })
    await page.close()
  })

  it('has said nothing on the console', () => {
    // A draft that is gone, and one that somebody else has changed, are answers, too.
    expect(studio.problems().filter((problem) => !/status of 4(04|09|12)/.test(problem))).toEqual([])
  })
})
