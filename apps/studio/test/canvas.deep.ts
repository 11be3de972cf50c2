import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { sixtySteps } from './support/sixtySteps.ts'
import { excessWidth, seriousProblems, settled } from './support/lookAt.ts'
import { openFilledStudio, type FilledStudio } from './support/openFilledStudio.ts'

type Json = Record<string, unknown>

/** Machines that test are slow. */
const eventually = (check: () => Promise<void> | void) => vi.waitFor(check, 20_000)

let studio: FilledStudio
beforeAll(async () => {
  studio = await openFilledStudio({ customers: 5 })
})
afterAll(() => studio.stop())

const ask = async (method: string, path: string, body?: unknown): Promise<Json> => {
  const response = await fetch(`${studio.server.url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${studio.server.secretKey}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (await response.json()) as Json
}
const pause = (id: string, days = 1) => ({ kind: 'delay', id, duration: `${days}d` })
const stored = async (id: string) => {
  const { draft } = (await ask('GET', `/journeys/${id}`)) as {
    draft: { definition: { steps: { id: string; kind: string }[] } }
  }
  return draft.definition.steps
}
const expectSteps = (id: string, ids: readonly string[]) =>
  eventually(async () => expect((await stored(id)).map((step) => step.id)).toEqual(ids))

async function draw(id: string, steps: readonly object[], search = ''): Promise<Page> {
  const trigger = { kind: 'event', name: 'Order Completed' }
  const put = await ask('PUT', `/journeys/${id}/draft`, {
    id,
    name: 'Drawn',
    trigger,
    reentry: { kind: 'always' },
    steps,
  })
  expect(put).toMatchObject({ id })
  return await open(id, search)
}
async function open(id: string, search = ''): Promise<Page> {
  const page = await studio.open(`/journeys/${id}${search}`)
  if (!search.includes('list')) await page.locator('[data-canvas="drawn"] [data-box]').first().waitFor()
  await settled(page)
  return page
}
const box = (page: Page, step: string) => page.locator(`[data-box="step:${step}"]`)
const middleOf = async (page: Page, selector: string) => {
  const place = await page.locator(selector).first().boundingBox()
  if (!place) throw new Error(`${selector} is not in sight, expected it to be drawn`)
  return { x: place.x + place.width / 2, y: place.y + place.height / 2 }
}
/** What has the focus, and what is said of it to who cannot see it. */
const focused = (page: Page) => page.evaluate<string | null>('document.activeElement.dataset.box ?? null')
const expectFocus = (page: Page, of: string) => eventually(async () => expect(await focused(page)).toBe(of))
const told = (page: Page, text: string | RegExp) => page.locator('[data-told]').getByText(text).waitFor()

/** Goes down an open menu to an item. */
async function walkTo(page: Page, item: string): Promise<void> {
  await page.locator('[data-add-menu] [role="menuitem"]:focus').waitFor()
  for (let presses = 0; presses < 20; presses += 1) {
    if ((await page.locator(':focus').textContent())?.startsWith(item)) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`The arrow keys do not lead to ${item}, expected it to be in the menu`)
}

const STEPS = [pause('first'), pause('second', 2), pause('third', 3)]

describe('On the canvas', () => {
  it('a step is dragged to another place, and stands there in the journey', async () => {
    const page = await draw('dragged', STEPS)
    const from = await middleOf(page, '[data-box="step:first"]')
    const to = await middleOf(page, '[data-add="way:second:next"]')
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 8 })
    await page.mouse.move(to.x, to.y, { steps: 8 })
    await page.locator('[data-add="way:second:next"][data-over]').waitFor()
    await page.mouse.up()
    await expectSteps('dragged', ['second', 'first', 'third'])
    // Dropped on nothing it goes back to where it was.
    await settled(page)
    const place = () =>
      page
        .locator('.react-flow__node[data-id="step:third"]')
        .evaluate((node: HTMLElement) => node.style.transform)
    const before = await place()
    const third = await middleOf(page, '[data-box="step:third"]')
    await page.mouse.move(third.x, third.y)
    await page.mouse.down()
    await page.mouse.move(third.x + 330, third.y + 10, { steps: 8 })
    expect(await place()).not.toBe(before)
    await page.mouse.up()
    await eventually(async () => expect(await place()).toBe(before))
    expect((await stored('dragged')).map(({ id }) => id)).toEqual(['second', 'first', 'third'])
    expect(studio.problems()).toEqual([])
    await page.close()
  })

  it('everything is done by keyboard alone: walk, open, add, move, copy, paste, delete, take back, find', async () => {
    const page = await draw('keyed', STEPS)
    await page.locator('[data-box="trigger"]').focus()
    await page.keyboard.press('ArrowDown')
    await expectFocus(page, 'step:first')
    await told(page, /Step 1 of 3\./)
    await page.keyboard.press('ArrowDown')
    await expectFocus(page, 'step:second')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await expectFocus(page, 'trigger')
    await page.keyboard.press('ArrowDown')

    await page.keyboard.press('Control+ArrowDown')
    await expectSteps('keyed', ['second', 'first', 'third'])
    await expectFocus(page, 'step:first')
    await page.keyboard.press('Control+z')
    await expectSteps('keyed', ['first', 'second', 'third'])
    await told(page, 'Undone')
    await page.keyboard.press('Control+Shift+z')
    await expectSteps('keyed', ['second', 'first', 'third'])
    await told(page, 'Done again')

    await page.keyboard.press('Control+c')
    await told(page, /^Copied/)
    await page.keyboard.press('Control+v')
    await expectSteps('keyed', ['second', 'first', 'first-2', 'third'])
    await expectFocus(page, 'step:first-2')
    await page.keyboard.press('Delete')
    await expectSteps('keyed', ['second', 'first', 'third'])
    await expectFocus(page, 'step:first')

    await page.keyboard.press('a')
    await walkTo(page, 'Give a coupon')
    await page.keyboard.press('Enter')
    await expectSteps('keyed', ['second', 'first', 'coupon', 'third'])
    await expectFocus(page, 'step:coupon')
    await page.keyboard.press('Enter')
    await eventually(async () =>
      expect(await page.evaluate('document.activeElement.closest("[data-form]") !== null')).toBe(true),
    )

    await box(page, 'coupon').focus()
    await page.keyboard.press('/')
    await page.getByRole('textbox', { name: 'Find a step' }).fill('thi')
    await page.keyboard.press('Enter')
    await page.locator('[data-box="step:third"][aria-current="step"]').waitFor()
    await page.locator('[data-form]').getByLabel('Id of the step').waitFor()
    expect(await page.locator('[data-form]').getByLabel('Id of the step').inputValue()).toBe('third')
    expect(await seriousProblems(page)).toEqual([])
    expect(studio.problems()).toEqual([])
    await page.close()
  })

  it('what is copied is pasted into another journey', async () => {
    await ask('PUT', '/journeys/copied-to/draft', {
      id: 'copied-to',
      name: 'Copied to',
      trigger: { kind: 'api' },
      reentry: { kind: 'always' },
      steps: [pause('own')],
    })
    const page = await draw('copied-from', [pause('brought', 9)])
    await box(page, 'brought').click()
    await page.keyboard.press('Control+c')
    await told(page, /^Copied/)
    await page.getByRole('link', { name: 'Journeys', exact: true }).first().click()
    await page.getByRole('link', { name: 'Copied to' }).click()
    await box(page, 'own').click()
    await page.keyboard.press('Control+v')
    await expectSteps('copied-to', ['own', 'brought'])
    await page.close()
  })

  it('steps whose ids mean something else elsewhere are selected and edited as any other', async () => {
    const page = await draw('odd', [pause('trigger', 4), pause('journey', 5)])
    const field = page.locator('[data-form]').getByLabel('Id of the step')
    for (const id of ['trigger', 'journey']) {
      await box(page, id).click()
      await page.locator('[data-form]').getByRole('heading', { name: 'Pause' }).waitFor()
      await eventually(async () => expect(await field.inputValue()).toBe(id))
      expect(await page.locator('[data-box][aria-current="step"]').count()).toBe(1)
      // Also when its address is opened.
      await page.reload()
      await eventually(async () => expect(await field.inputValue()).toBe(id))
    }
    await page.locator('[data-box="trigger"]').click()
    await page.locator('[data-form]').getByRole('heading', { name: 'What starts it' }).waitFor()
    await page.getByRole('button', { name: 'Goal and settings' }).click()
    await page.locator('[data-form]').getByRole('heading', { name: 'Goal and settings' }).waitFor()
    await page.close()
  })

  it('of sixty steps only the one that is dragged is drawn anew, and nothing is laid out meanwhile', async () => {
    await ask('PUT', '/journeys/sixty/draft', sixtySteps('sixty'))
    const page = await studio.open('/sign-in', { isNew: true })
    await page.addInitScript(`{
      window.asked = 0
      const post = Worker.prototype.postMessage
      Worker.prototype.postMessage = function (...told) {
        window.asked += 1
        return post.apply(this, told)
      }
    }`)
    await page.goto(`${studio.server.url}/journeys/sixty`)
    await box(page, 'split-1').waitFor()
    await settled(page)
    const asked = await page.evaluate<number>('window.asked')
    // It is the layout that is counted.
    expect(asked).toBeGreaterThan(0)
    const { x, y } = await middleOf(page, '[data-box="step:pause-1"]')
    await page.mouse.move(x, y)
    await page.mouse.down()
    // Where a drag begins, its box gets to the front.
    await page.mouse.move(x + 20, y + 20, { steps: 4 })
    await page.evaluate(`{
      window.changed = {}
      const note = (target) => {
        const node = target.closest('.react-flow__node, .react-flow__edge')
        const name = node?.dataset.id ?? target.closest('[data-add]')?.dataset.add ?? 'other'
        if (target.closest('.react-flow__viewport')) window.changed[name] = (window.changed[name] ?? 0) + 1
      }
      new MutationObserver((records) => records.forEach(({ target }) => note(target.closest ? target : target.parentElement)))
        .observe(document.querySelector('[data-canvas]'), { subtree: true, childList: true, attributes: true, characterData: true })
    }`)
    await page.mouse.move(x + 260, y + 20, { steps: 30 })
    await eventually(async () =>
      expect(await page.evaluate<number>('window.changed["step:pause-1"] ?? 0')).toBeGreaterThan(5),
    )
    const changed = await page.evaluate<Record<string, number>>('window.changed')
    const others = Object.keys(changed).filter((name) => name.startsWith('step:') && name !== 'step:pause-1')
    expect(others).toEqual([])
    expect(await page.evaluate<number>('window.asked')).toBe(asked)
    await page.keyboard.press('Escape')
    await page.mouse.up()
    await page.context().close()
  })
})

it('On a phone the list is usable: a step is added, its form filled, and nothing is wider than the window', async () => {
  await draw('phone', STEPS, '?view=list').then((page) => page.close())
  const page = await studio.open('/journeys/phone?view=list', { width: 390 })
  await settled(page)
  expect(await excessWidth(page)).toBeLessThanOrEqual(0)
  await page.getByRole('button', { name: 'Add a step here: at the beginning' }).click()
  await page.getByRole('menuitem', { name: 'Give a coupon' }).click()
  await expectSteps('phone', ['coupon', 'first', 'second', 'third'])
  const form = page.locator('[data-form]')
  await form.getByRole('heading', { name: 'Give a coupon' }).waitFor()
  const code = form.getByLabel('Code', { exact: true })
  await code.scrollIntoViewIfNeeded()
  await code.fill('PHONE-5')
  await eventually(async () =>
    expect((await stored('phone'))[0]).toMatchObject({ kind: 'coupon', from: { code: 'PHONE-5' } }),
  )
  await page
    .getByRole('button', { name: /^What can be done with/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Move down' }).click()
  await expectSteps('phone', ['first', 'coupon', 'second', 'third'])
  expect(await excessWidth(page)).toBeLessThanOrEqual(0)
  expect(await seriousProblems(page)).toEqual([])
  await page.close()
})
