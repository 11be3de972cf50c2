import { afterAll, beforeAll, expect, it } from 'vitest'
import { excessWidth, lookAs, seriousProblems, settled } from './support/lookAt.ts'
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

it('What is recommended is made when somebody asks, shown with its reason, and put into a mail as a section', async () => {
  const { server } = studio
  const bought = (userId: string, daysAgo: number, ...products: string[]) => ({
    type: 'track',
    event: 'Order Completed',
    userId,
    timestamp: new Date(server.api.now() - daysAgo * 86_400_000).toISOString(),
    properties: {
      order_id: `${userId}-${daysAgo}`,
      total: 20,
      currency: 'EUR',
      products: products.map((id) => ({ product_id: id, name: `The ${id}`, price: 10, quantity: 1 })),
    },
  })
  const pairs = Array.from({ length: 4 }, (_, place) => bought(`pair-${place}`, 9 - place, 'mug', 'saucer'))
  const others = Array.from({ length: 5 }, (_, place) => bought(`other-${place}`, 4, 'teapot'))
  await server.api.send([
    { type: 'identify', userId: 'mug-1', traits: { email: 'mug.lover@example.com' } },
    bought('mug-1', 2, 'mug'),
    ...pairs,
    ...others,
  ])
  const { id } = await server.api.customerWith({ userId: 'mug-1' })

  const settings = await studio.open('/settings/recommendations')
  await settings.getByRole('button', { name: 'Make them anew' }).click()
  await settings.getByText(/^Last made: .* Made of \d+ lines of orders\.$/).waitFor()
  await settings.getByRole('link', { name: 'The mug', exact: true }).click()
  await settings.getByText('Bought together by 4 of 5 customers').first().waitFor()
  await settings.getByRole('heading', { name: 'The mug' }).waitFor()

  const customer = await studio.open(`/customers/${id}`)
  const panel = customer.getByRole('region', { name: 'What we would recommend' })
  await panel.getByText('Bought together by 4 of 5 customers').waitFor()
  await panel.getByRole('combobox').selectOption({ label: 'What they looked at and did not buy' })
  await panel.getByText('They have looked at nothing that they have not bought.').waitFor()

  const page = await studio.open('/templates/at-risk-help?view=sections')
  const mail = page.frameLocator('iframe[data-newest="true"]')
  await page.getByRole('button', { name: 'Add a section', exact: true }).click()
  await page.getByRole('button', { name: /^Recommended products/ }).click()
  await mail.getByRole('heading', { name: 'We also recommend' }).waitFor()
  await mail.getByText('Bought together by 41 customers').waitFor()
  await page.getByRole('combobox', { name: 'With the data of' }).fill('mug.lover')
  await page.getByRole('option', { name: /mug\.lover/ }).click()
  await mail.getByText('The saucer').waitFor()
  await mail.getByText('Bought together by 4 customers').waitFor()
  await page.getByRole('switch', { name: /^With the reason/ }).click({ force: true })
  await mail.getByText('Bought together by 4 customers').waitFor({ state: 'detached' })
  for (const one of [settings, page]) {
    await lookAs(one, { width: 390, scheme: 'dark' })
    expect(await seriousProblems(one)).toEqual([])
    expect(await excessWidth(one)).toBeLessThanOrEqual(0)
    await one.close()
  }
  expect(studio.problems()).toEqual([])
})
