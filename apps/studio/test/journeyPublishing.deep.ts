import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { seriousProblems } from './support/lookAt.ts'
import {
  delay,
  done,
  journeyOf,
  more,
  thanks,
  openJourneyStudio,
  type JourneyStudio,
} from './support/openJourneyStudio.ts'

/** Machines that test are slow. */
const eventually = (check: () => Promise<void> | void) => vi.waitFor(check, 20_000)

let studio: JourneyStudio
beforeAll(async () => {
  studio = await openJourneyStudio()
})
afterAll(() => studio.stop())

describe('Publishing', () => {
  const dialogOf = (page: Page) => page.getByRole('dialog')
  const openDialog = async (page: Page) => {
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    return dialogOf(page)
  }

  it('is kept from errors, which lead to their step', async () => {
    const wrong = journeyOf('wrong', [{ ...thanks, template: 'no-such-template' }, done])
    await studio.ask('POST', '/journeys', wrong)
    const page = await studio.openSettled('/journeys/wrong')
    const dialog = await openDialog(page)
    await dialog.getByText('1 error is in the way').waitFor()
    await dialog.getByText(/There is no published template “no-such-template”/).waitFor()
    expect(await dialog.getByRole('button', { name: 'Publish now' }).isDisabled()).toBe(true)
    expect(await seriousProblems(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Go to the step thanks' }).click()
    await page.waitForURL('**step=thanks**')
    await page.close()
  })

  it('moves those inside to the steps that are chosen, and leaves the others', async () => {
    await studio.publish('moving')
    await studio.buy(4)
    const next = journeyOf('moving', [thanks, delay('three-days', '3d'), more, delay('rest', '20d'), done])
    await studio.ask('PUT', '/journeys/moving/draft', next)
    const page = await studio.openSettled('/journeys/moving')
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
      expect(await studio.ask('GET', '/journeys/moving')).toMatchObject({
        versions: [{ running: 0 }, { status: 'live', running: 4 }],
        runs: [{ version: 2, step: 'three-days', runs: 4 }],
      }),
    )
    await openDialog(page)
    await dialog.getByText('There is nothing to publish').waitFor()
    await page.close()
  })

  it('publishes nothing that somebody has changed since it was looked at', async () => {
    await studio.publish('raced')
    const next = (days: string) => journeyOf('raced', [thanks, delay('two-days', days), more, done])
    await studio.ask('PUT', '/journeys/raced/draft', next('3d'))
    const page = await studio.openSettled('/journeys/raced')
    const dialog = await openDialog(page)
    await dialog.getByText('two-days: How long: 2 days → 3 days').waitFor()
    await studio.ask('PUT', '/journeys/raced/draft', next('9d'))
    await dialog.getByRole('button', { name: 'Publish now' }).click()
    await dialog.getByText('Somebody has changed the journey meanwhile').waitFor()
    expect(await studio.ask('GET', '/journeys/raced')).toMatchObject({ current: { version: 1 } })
    await dialog.getByRole('button', { name: 'Look again' }).click()
    await dialog.getByText('two-days: How long: 2 days → 9 days').waitFor()
    await dialog.getByRole('button', { name: 'Publish now' }).click()
    await dialog.getByText('Version 2 is live.').waitFor()
    await page.close()
  })

  it('stands beside what else can be done: the journey is paused, and a version over it begins paused', async () => {
    await studio.publish('held')
    await studio.ask('PUT', '/journeys/held/draft', journeyOf('held', [thanks, done]))
    const page = await studio.openSettled('/journeys/held')
    await page.getByRole('button', { name: 'What to do with Hello held' }).click()
    await page.getByRole('menuitem', { name: 'Pause' }).click()
    await dialogOf(page).getByRole('button', { name: 'Pause' }).click()
    await page.getByText('Paused', { exact: true }).waitFor()
    const dialog = await openDialog(page)
    await dialog.getByText('The version that is live now is paused').waitFor()
    await dialog.getByRole('button', { name: 'Publish now' }).click()
    await dialog.getByText('Version 2 is published, and paused').waitFor()
    expect(await studio.ask('GET', '/journeys/held')).toMatchObject({
      status: 'paused',
      current: { version: 2 },
    })
    await page.close()
  })

  it('lets those in who are there already, spread over days, if somebody wants it', async () => {
    const journey = journeyOf('opened', [thanks, delay('rest', '20d')], {
      trigger: { kind: 'transition', region: 'permission', to: 'subscribed' },
    })
    await studio.ask('POST', '/journeys', journey)
    const page = await studio.openSettled('/journeys/opened')
    const dialog = await openDialog(page)
    await dialog
      .getByRole('checkbox', { name: /Also let in the \d+ customers who are there already/ })
      .click()
    await dialog.getByRole('textbox', { name: 'Spread over how many days' }).fill('0')
    await dialog.getByRole('button', { name: 'Publish now' }).click()
    await dialog.getByText('Those who are there already are being let in').waitFor()
    await studio.server.api.passTime(60_000)
    await eventually(async () => {
      const { versions } = (await studio.ask('GET', '/journeys/opened')) as {
        versions: { running: number }[]
      }
      expect(versions[0]?.running).toBeGreaterThan(10)
    })
    await page.close()
  })
})

it('has said nothing on the console but what the server refused', () => {
  const expected = /(404 \(Not Found\)|409 \(Conflict\)|422 \(Unprocessable)/
  expect(studio.problems().filter((problem) => !expected.test(problem))).toEqual([])
})
