import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { takeOffered, tabTo } from './support/keyboard.ts'
import { seriousProblems, settled } from './support/lookAt.ts'
import { delay, done, journeyOf, more, thanks } from './support/openJourneyStudio.ts'
import { openFilledStudio, type FilledStudio } from './support/openFilledStudio.ts'

let studio: FilledStudio
beforeAll(async () => {
  studio = await openFilledStudio({ customers: 5 })
})
afterAll(() => studio.stop())

const eventually = (check: () => Promise<void>) => vi.waitFor(check, 20_000)
const ask = async (method: string, path: string, body?: object) => {
  const response = await fetch(`${studio.server.url}/api/journeys${path}`, {
    method,
    headers: { authorization: `Bearer ${studio.server.secretKey}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (await response.json()) as Record<string, unknown>
}
const choose = async (page: Page, label: string, option: string) => {
  await tabTo(page, page.getByRole('combobox', { name: label, exact: true }))
  await page.keyboard.press('ArrowDown')
  // What is chosen so far is marked a moment after the list has opened.
  await page.locator('[role="option"][data-combobox-selected]').waitFor()
  await takeOffered(page, 'option', option)
}

it('A journey is begun, built, checked and published in the list with the keyboard alone', async () => {
  const page = await studio.open('/journeys')
  await tabTo(page, page.getByRole('button', { name: 'New journey' }))
  await page.keyboard.press('Enter')
  const name = page.getByRole('dialog').getByRole('textbox', { name: 'Name' })
  await tabTo(page, name)
  await page.keyboard.type('Left behind')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/journeys/left-behind')
  await tabTo(page, page.getByRole('radio', { name: 'Canvas' }))
  await page.keyboard.press('ArrowRight')

  const list = page.getByRole('group', { name: 'The journey as a list' })
  await tabTo(page, list.getByRole('button', { name: /^Only when it is asked for/ }))
  // Enter opens the form, at its first field.
  await page.keyboard.press('Enter')
  await choose(page, 'Starts when', 'Something happens (an event)')
  await choose(page, 'One run for each', 'Cart')
  await choose(page, 'May somebody come in again?', 'Some time after it began')

  await tabTo(page, list.getByRole('button', { name: /^“Product Added” happens/ }), 'Shift+Tab')
  await page.keyboard.press('a')
  await takeOffered(page, 'menuitem', 'Wait for something')
  const limit = page.getByRole('group', { name: 'At most' })
  await tabTo(page, limit.getByRole('textbox', { name: 'How long' }))
  await page.keyboard.press('Control+A')
  await page.keyboard.type('4')
  await choose(page, 'Unit of time', 'hours')

  await tabTo(page, list.getByRole('button', { name: /not within 4 hours, after wait$/ }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await takeOffered(page, 'menuitem', 'Send an e-mail')
  await tabTo(page, page.getByRole('combobox', { name: 'Template', exact: true }))
  await page.keyboard.press('Control+A')
  await page.keyboard.type('cart-remind')
  await takeOffered(page, 'option', 'cart-reminder')

  await tabTo(page, page.getByRole('button', { name: 'Goal and settings' }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('radio', { name: 'No goal' }))
  await page.keyboard.press('ArrowRight')
  await page.getByText('Nothing to complain about').waitFor()

  // What is there is walked through, copied, deleted and brought back.
  const mail = list.getByRole('button', { name: /^Send “cart-reminder”/ })
  await tabTo(page, list.getByRole('button', { name: /^“Product Added” happens/ }), 'Shift+Tab')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await tabTo(page, mail)
  await page.keyboard.press('Delete')
  await mail.waitFor({ state: 'detached' })
  await page.keyboard.press('Control+Z')
  await mail.waitFor()
  await settled(page)
  expect(await seriousProblems(page)).toEqual([])

  await tabTo(page, page.getByRole('button', { name: 'Publish', exact: true }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await tabTo(page, dialog.getByRole('button', { name: 'Publish now' }))
  await page.keyboard.press('Enter')
  await dialog.getByText('Version 1 is live.').waitFor()
  await eventually(async () =>
    expect(await ask('GET', '/left-behind')).toMatchObject({
      status: 'live',
      current: {
        definition: {
          trigger: { kind: 'event', name: 'Product Added' },
          key: 'cart',
          steps: [
            { kind: 'wait', id: 'wait', timeout: 4 * 3_600_000, next: 'done' },
            { kind: 'send', id: 'mail', template: 'cart-reminder' },
            { kind: 'end', id: 'done' },
          ],
        },
      },
    }),
  )
  expect(studio.problems()).toEqual([])
  await page.close()
}, 120_000)

it.each([
  ['list', '?view=list'],
  ['canvas', ''],
])('In the %s a key is about the step that has the focus, and what comes has it then', async (id, search) => {
  const steps = [more, delay('seven-days', '7d'), thanks, done]
  expect(await ask('POST', '', journeyOf(`keys-${id}`, steps))).toMatchObject({ version: 1 })
  const page = await studio.open(`/journeys/keys-${id}${search}`)
  const box = (name: string) => page.locator(`[data-box="${name}"]`)
  const focused = async (name: string) => {
    await box(name).waitFor()
    await eventually(async () =>
      expect(await page.evaluate<string>('document.activeElement.dataset.box')).toBe(name),
    )
  }
  await tabTo(page, box('trigger'))
  // Somebody changes their mind about adding a step.
  await page.keyboard.press('a')
  await page.getByRole('menuitem', { name: 'Pause' }).waitFor()
  await page.keyboard.press('Escape')
  await focused('trigger')
  for (const name of ['step:more', 'step:seven-days']) {
    await page.keyboard.press('ArrowDown')
    await focused(name)
  }
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Control+v')
  await focused('step:seven-days-2')
  await page.keyboard.press('Delete')
  await box('step:seven-days-2').waitFor({ state: 'detached' })
  await focused('step:seven-days')
  await page.keyboard.press('Control+ArrowUp')
  await page.locator('[data-told]').filter({ hasText: 'Moved: Wait 7 days' }).waitFor({ state: 'attached' })
  await settled(page)
  await focused('step:seven-days')
  await page.keyboard.press('ArrowDown')
  await focused('step:more')
  expect(studio.problems()).toEqual([])
  await page.close()
})
