import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../server/src/store/openStore.ts'
import { seriousProblems } from './support/lookAt.ts'
import { openFilledStudio, type FilledStudio } from './support/openFilledStudio.ts'

let studio: FilledStudio
beforeAll(async () => {
  studio = await openFilledStudio()
})
afterAll(() => studio.stop())

describe('A file', () => {
  const header = 'Email,Customer ID,First Name,Accepts Email Marketing,Created At\n'
  const rows = Array.from({ length: 5_000 }, (_, place) =>
    place % 1_000 === 7
      ? `not an address,,Nobody,maybe,2024-01-01`
      : `imported.${place}@example.com,imp-${place},"Ana, ""the ${place}""",${place % 2 === 0 ? 'yes' : 'no'},2024-01-0${(place % 9) + 1}`,
  )

  it(
    'of 5,000 customers is looked at, then taken in, and nobody is mailed',
    { timeout: 120_000 },
    async () => {
      const problems = studio.problems().length
      const page = await studio.open('/settings/data')
      await page.locator('input[type="file"]').setInputFiles({
        name: 'customers.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(`\uFEFF${header}${rows.join('\r\n')}\r\n`),
      })
      // The columns are guessed.
      expect(await page.getByLabel('Column for: E-mail').inputValue()).toBe('0')
      expect(await page.getByLabel('Column for: Subscribed (yes or no)').inputValue()).toBe('3')
      expect(await page.getByRole('button', { name: 'Import', exact: true }).isDisabled()).toBe(true)
      await page.getByRole('button', { name: 'Check the file' }).click()
      await page.getByText('4,995 of 5,000 rows can be imported, 5 would be refused').waitFor()
      await page
        .getByRole('cell', { name: /email: given "not an address", expected an address/ })
        .first()
        .waitFor()
      await expect(studio.server.api.customerWith({ userId: 'imp-4' })).rejects.toThrow('0 customers')
      await page.getByRole('button', { name: 'Import', exact: true }).click()
      await page
        .getByText('Done. customers.csv: 4,995 taken in, 0 known already, 5 refused.')
        .waitFor({ timeout: 100_000 })
      const yes = await studio.server.api.customerWith({ userId: 'imp-4' })
      expect(yes).toMatchObject({ email: 'imported.4@example.com', lifecycle: { permission: 'subscribed' } })
      expect((await studio.server.api.customer(yes.id)).traits).toMatchObject({ firstName: 'Ana, "the 4"' })
      const no = await studio.server.api.customerWith({ email: 'imported.4999@example.com' })
      expect(no).toMatchObject({ lifecycle: { permission: 'unsubscribed' } })
      expect(await studio.server.api.messages(yes.id)).toEqual([])
      expect(await studio.server.api.messages(no.id)).toEqual([])
      // The same file once more is the same customers.
      await page.getByRole('button', { name: 'Check the file' }).click()
      await page.getByText('4,995 of 5,000 rows can be imported').waitFor()
      await page.getByRole('button', { name: 'Import', exact: true }).click()
      await page
        .getByText('Done. customers.csv: 0 taken in, 4,995 known already, 5 refused.')
        .waitFor({ timeout: 100_000 })
      expect(studio.problems().slice(problems)).toEqual([])
      await page.close()
    },
  )

  it('that does not say whose its rows are cannot be imported', async () => {
    const page = await studio.open('/settings/data')
    await page.getByRole('radiogroup').getByText('Orders', { exact: true }).click()
    await page.locator('input[type="file"]').setInputFiles({
      name: 'orders.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('Number;When\n1;2024-01-01\n'),
    })
    await page.getByText('Choose a column for: Order number, Date, Total.').waitFor()
    expect(await page.getByRole('button', { name: 'Check the file' }).isDisabled()).toBe(true)
    await page.close()
  })
})

describe('A person', () => {
  it('is erased after it was said what that removes', async () => {
    const { email } = (await studio.server.api.customer(studio.customerId)) as { email: string }
    const page = await studio.open('/settings/data')
    await page.getByLabel('E-mail to forget').fill(email)
    await page.getByRole('button', { name: 'See what is stored' }).click()
    await page.getByText('Customers found: 1').waitFor()
    await page.getByLabel('I understand').check()
    await page.getByRole('button', { name: 'Erase for good' }).click()
    await page.getByText('Erased. The address is remembered only').waitFor()
    expect(await studio.server.api.customersWith({ email })).toEqual([])
    await page.close()
  })
})

describe('What could not be applied', () => {
  it('is seen with its reason, tried again, dropped, and its customer released', async () => {
    const userId = 'customer-2'
    const { api, folder } = studio.server
    const customer = await api.customerWith({ userId })
    const store = await openStore(`file:${folder}/ciclo.db`)
    await store.write(async (tx) => {
      const { customers } = tx.tables
      const row = (await tx.select().from(customers)).find(({ id }) => id === customer.id)
      if (!row) throw new Error('There is no such customer')
      await tx
        .insert(customers)
        .values(row)
        .onConflictDoUpdate({
          target: [customers.workspaceId, customers.id],
          set: { parked: 'RangeError: a test' },
        })
    })
    await store.close()
    await api.send(
      ['Parked First', 'Parked Second'].map((event) => ({ type: 'track', event, userId, messageId: event })),
    )
    const page = await studio.open('/settings/data')
    await page.getByText('Parked First').waitFor()
    await page.getByRole('button', { name: 'Try again: Parked First' }).click()
    await page.getByText('It failed again, and stays here with its new reason.').waitFor()
    await page.getByRole('button', { name: 'Try everything again' }).click()
    await page.getByText('Applied: 0. Failed again: 2.').waitFor()
    await page.getByRole('button', { name: 'Drop: Parked Second' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Drop', exact: true }).click()
    await page.getByText('Parked Second').waitFor({ state: 'detached' })
    expect(await seriousProblems(page)).toEqual([])

    await page.getByRole('link', { name: 'See the customer' }).click()
    const note = page.getByRole('alert').filter({ hasText: 'This customer is parked' })
    await note.getByText('RangeError: a test').waitFor()
    await note.getByRole('button', { name: 'Try again' }).click()
    await note.waitFor({ state: 'detached' })
    await page.goto(`${studio.server.url}/settings/data`)
    await page.getByText('Nothing is set aside.').waitFor()
    await page.close()
  })
})
