import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { seriousProblems } from './support/lookAt.ts'
import { openJourneyStudio, type JourneyStudio } from './support/openJourneyStudio.ts'

const DAY = 86_400_000

type Json = Record<string, unknown>

/** Machines that test are slow. */
const eventually = (check: () => Promise<void> | void) => vi.waitFor(check, 20_000)

let studio: JourneyStudio
beforeAll(async () => {
  studio = await openJourneyStudio()
})
afterAll(() => studio.stop())

describe('The list of journeys', () => {
  it('begins an empty one by its name, and a copy that is called otherwise', async () => {
    const page = await studio.openSettled('/journeys')
    await page.getByRole('button', { name: 'New journey' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Ziaren do kawy: Łódź!')
    await dialog.getByText('it is called ziaren-do-kawy-lodz').waitFor()
    await dialog.getByRole('button', { name: 'Begin' }).click()
    await page.waitForURL('**/journeys/ziaren-do-kawy-lodz')
    expect(await studio.ask('GET', '/journeys/ziaren-do-kawy-lodz')).toMatchObject({
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
      studio.ask('GET', '/journeys/win-back-copy'),
      studio.ask('GET', '/journeys/win-back'),
    ])
    const { definition } = original['current'] as { definition: Json }
    expect(copy['draft']).toMatchObject({
      definition: { ...definition, id: 'win-back-copy', name: 'Win back (copy)' },
    })
    await page.close()
  })

  it('reads a text, and says at which line it is none', async () => {
    const page = await studio.openSettled('/journeys')
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
    expect(await studio.ask('GET', '/journeys/from-text')).toMatchObject({ httpStatus: 404 })
    await page.close()
  })

  it('pauses one, says what has become due when it is resumed, and archives it', async () => {
    await studio.publish('stopped')
    await studio.buy(3)
    const page = await studio.openSettled('/journeys')
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
    expect(await studio.ask('GET', '/journeys/stopped')).toMatchObject({ status: 'archived' })
    await page.getByText(/^Archived \d+$/).click()
    await page.getByRole('row', { name: /Hello stopped/ }).waitFor()
    expect(await page.getByRole('row').count()).toBe(2)
    // What it was can still be looked at, and be brought back.
    await page.getByRole('link', { name: 'Hello stopped' }).click()
    await page.getByRole('button', { name: /^more Send “welcome”/ }).waitFor()
    await choose('Bring back as a draft')
    await page.getByText(/“Hello stopped” is a draft again/).waitFor()
    await page.getByText('Draft', { exact: true }).waitFor()
    expect(await studio.ask('GET', '/journeys/stopped')).toMatchObject({
      status: 'draft',
      draft: { version: 2, definition: { steps: [{}, { id: 'two-days' }, {}, {}, {}] } },
    })
    // Its versions would stay, were the draft deleted.
    await menu.click()
    await page.getByRole('menuitem', { name: 'Delete the draft' }).waitFor()
    await page.close()
  })

  it('finds one by its name, and lets an analyst change nothing', async () => {
    const page = await studio.openSettled('/journeys')
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

it('has said nothing on the console but what the server refused', () => {
  const expected = /(404 \(Not Found\)|409 \(Conflict\)|422 \(Unprocessable)/
  expect(studio.problems().filter((problem) => !expected.test(problem))).toEqual([])
})
