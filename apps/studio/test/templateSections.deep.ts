import { afterAll, beforeAll, expect, it } from 'vitest'
import { excessWidth, seriousProblems, settled } from './support/lookAt.ts'
import { openFilledStudio, type FilledStudio } from './support/openFilledStudio.ts'

let studio: FilledStudio
beforeAll(async () => {
  studio = await openFilledStudio({ customers: 5 })
})
afterAll(() => studio.stop())

it('A text that is changed where it stands changes its string, and nothing of the MJML', async () => {
  const read = async () => {
    const response = await fetch(`${studio.server.url}/api/templates/welcome`, {
      headers: { authorization: `Bearer ${studio.server.secretKey}` },
    })
    return (await response.json()) as {
      of: string
      source: { mjml: string; strings: Record<string, Record<string, string>> }
    }
  }
  const before = await read()
  const page = await studio.open('/templates/welcome?view=sections')
  await settled(page)
  const text = page.getByText('It is lovely to have you with us.').first()
  await text.click()
  await page.keyboard.press('End')
  await page.keyboard.type(' So good!')
  await expect.poll(async () => (await read()).of, { timeout: 20_000 }).toBe('draft')
  await expect
    .poll(async () => JSON.stringify((await read()).source.strings['en']), { timeout: 20_000 })
    .toContain('So good!')
  const after = await read()
  expect(after.source.mjml).toBe(before.source.mjml)
  expect(after.source.strings['pl']).toEqual(before.source.strings['pl'])
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 })
    await settled(page)
    expect(await seriousProblems(page)).toEqual([])
    expect(await excessWidth(page)).toBeLessThanOrEqual(0)
  }
  await page.close()
})
