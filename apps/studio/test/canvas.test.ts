import { afterAll, beforeAll, expect, it } from 'vitest'
import { seriousProblems, settled } from './support/lookAt.ts'
import { openFilledStudio, type FilledStudio } from './support/openFilledStudio.ts'

let studio: FilledStudio
beforeAll(async () => {
  studio = await openFilledStudio({ customers: 5 })
})
afterAll(() => studio.stop())

const ask = async (
  path: string,
  init: { method?: string; headers?: Record<string, string>; body?: string } = {},
) => {
  const headers = { authorization: `Bearer ${studio.server.secretKey}`, ...init.headers }
  const response = await fetch(`${studio.server.url}${path}`, { ...init, headers })
  return (await response.json()) as Record<string, unknown>
}

it('A step that is added on the canvas is saved by itself, as the very journey that its YAML is', async () => {
  const page = await studio.open('/journeys/win-back')
  await page.locator('.react-flow__node').first().waitFor({ timeout: 30_000 })
  const boxes = await page.locator('.react-flow__node').count()
  await page.getByRole('button', { name: 'Add a step here' }).first().click()
  await page.getByRole('menuitem', { name: 'Pause' }).click()
  await expect.poll(() => page.locator('.react-flow__node').count(), { timeout: 15_000 }).toBe(boxes + 1)
  await expect
    .poll(async () => (await ask('/api/journeys/win-back'))['draft'], { timeout: 15_000 })
    .not.toBeNull()
  const { draft } = (await ask('/api/journeys/win-back')) as { draft: { hash: string } }
  const { files } = (await ask('/api/journeys/files')) as { files: { id: string; text: string }[] }
  const text = files.find(({ id }) => id === 'win-back')?.text ?? ''
  expect(text).toContain('kind: delay')
  const { journeys } = (await ask('/api/journeys/validate', {
    method: 'POST',
    headers: { 'content-type': 'application/yaml' },
    body: text,
  })) as { journeys: { hash: string }[] }
  expect(journeys[0]?.hash).toBe(draft.hash)

  // Lines are seen: a colour that cannot be read is none.
  const strokes = await page
    .locator('.react-flow__edge-path')
    .evaluateAll((lines) => lines.map((line) => getComputedStyle(line).stroke))
  expect(strokes.length).toBeGreaterThan(3)
  expect(strokes).not.toContain('none')

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => page.locator('.react-flow__node').count(), { timeout: 15_000 }).toBe(boxes)
  await settled(page)
  expect(await seriousProblems(page)).toEqual([])
  expect(studio.problems()).toEqual([])
  await page.close()
})

it('The list shows the same steps, and takes a new one by the keyboard', async () => {
  const page = await studio.open('/journeys/birthday?view=list')
  await settled(page)
  const add = page.getByRole('button', { name: 'Add a step here' })
  const before = await add.count()
  await add.first().focus()
  await page.keyboard.press('Enter')
  const pause = page.getByRole('menuitem', { name: 'Pause' })
  await pause.focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => add.count(), { timeout: 15_000 }).toBe(before + 1)
  await settled(page)
  expect(await seriousProblems(page)).toEqual([])
  await page.close()
})
