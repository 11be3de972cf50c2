import { strToU8, zipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../server/src/store/openStore.ts'
import { excessWidth, lookAs, seriousProblems } from './support/lookAt.ts'
import { openFilledStudio, type FilledStudio } from './support/openFilledStudio.ts'

let studio: FilledStudio
beforeAll(async () => {
  studio = await openFilledStudio()
})
afterAll(() => studio.stop())

const otherTables = (page: Page) => page.getByRole('region', { name: 'Import any other table' })

describe('The exports of another system', () => {
  const file = (name: string, bytes: Uint8Array) => ({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(bytes),
  })
  const OPT_IN = 'Email Address,First Name,MEMBER_RATING,OPTIN_TIME'
  const audience = zipSync({
    'subscribed_members.csv': strToU8(
      `${OPT_IN}\nyes@moved.example,Yes,4,2024-05-01 09:00:00\nno@moved.example,No,4,2024-05-01 09:00:00\nnobody,,1,\n`,
    ),
    'unsubscribed_members.csv': strToU8(
      `${OPT_IN},UNSUB_TIME\nno@moved.example,No,2,2023-05-01 09:00:00,2024-06-02 08:00:00\n`,
    ),
    'cleaned_members.csv': strToU8(
      `${OPT_IN},CLEAN_TIME\ngone@moved.example,,1,2023-05-01 09:00:00,2024-06-02 08:00:00\n`,
    ),
  })
  // ł and ż are of windows-1250 here.
  const orders = Buffer.from(
    [
      'Name,Email,Financial Status,Created at,Total,Currency,Lineitem quantity,Lineitem name,Id',
      '#1,yes@moved.example,paid,2024-05-03 10:00:00 +0000,30.00,EUR,1,Mas\u00B3o z \u00BF\u00F3\u00B3wi,9001',
      '#1,,,,,,2,Oil,',
      '#2,yes@moved.example,paid,2024-06-03 10:00:00 +0000,12.50,EUR,1,Oil,9002',
    ].join('\n'),
    'latin1',
  )

  it('are known, looked at, and moved in with what they say of orders held against it', async () => {
    const problems = studio.problems().length
    const page = await studio.open('/settings/data')
    const panel = page.getByRole('region', { name: 'Move in from another system' })
    await panel
      .locator('input[type="file"]')
      .setInputFiles([
        file('orders.csv', orders),
        file('audience.zip', audience),
        file('notes.csv', strToU8('a,b\n1,2\n')),
      ])
    const chosen = panel.getByRole('table', { name: 'Chosen files' })
    await chosen.getByText('Orders of Shopify').waitFor()
    expect(await chosen.getByRole('row').allTextContents()).toEqual([
      expect.stringContaining('What it is') as string,
      expect.stringMatching(/cleaned_members.csvCleaned contacts of Mailchimp/) as string,
      expect.stringMatching(/^subscribed_members.csvSubscribed contacts/) as string,
      expect.stringMatching(/^unsubscribed_members.csvUnsubscribed contacts/) as string,
      expect.stringMatching(/^orders.csvOrders of Shopify.*Masło z żółwi/) as string,
      expect.stringMatching(/^notes.csvNo export that is known.*The nearest is/) as string,
    ])
    expect(await seriousProblems(page)).toEqual([])
    const go = panel.getByRole('button', { name: 'Move in', exact: true })
    expect(await go.isDisabled()).toBe(true)
    await panel.getByRole('button', { name: 'Check the files' }).click()
    await panel.getByText('Checked. Nothing is stored yet.').waitFor()
    await panel.getByRole('cell', { name: 'email: given "nobody", expected an address' }).waitFor()
    expect(await studio.server.api.customersWith({ email: 'yes@moved.example' })).toEqual([])
    await go.click()
    await panel.getByText('Moved in.', { exact: true }).waitFor()
    const months = panel.getByRole('table', { name: 'Orders by month' })
    const may = months.getByRole('row').filter({ hasText: '2024-05' })
    expect(await may.getByRole('cell').allTextContents()).toEqual(
      expect.arrayContaining(['2024-05', '€30.00', expect.stringMatching(/^(The same|Differs)$/)]),
    )
    await panel.getByRole('table', { name: 'Moved in before' }).getByRole('row').nth(4).waitFor()
    const moved = await studio.server.api.customerWith({ email: 'yes@moved.example' })
    expect(moved).toMatchObject({ lifecycle: { permission: 'subscribed' }, orders: { count: 2 } })
    const no = await studio.server.api.customerWith({ email: 'no@moved.example' })
    expect(no).toMatchObject({ lifecycle: { permission: 'unsubscribed' } })
    expect(await studio.server.api.messages(moved.id)).toEqual([])
    const saved = page.waitForEvent('download')
    await panel.getByRole('button', { name: 'Download as CSV' }).click()
    expect((await saved).suggestedFilename()).toBe('refused.csv')
    await lookAs(page, { width: 390, scheme: 'light' })
    expect(await excessWidth(page)).toBe(0)
    expect(await seriousProblems(page)).toEqual([])
    expect(studio.problems().slice(problems)).toEqual([])
    await page.close()
  })
})

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
      await otherTables(page)
        .locator('input[type="file"]')
        .setInputFiles({
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
    await otherTables(page)
      .locator('input[type="file"]')
      .setInputFiles({
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
