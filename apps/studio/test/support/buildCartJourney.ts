import type { Page } from 'playwright-core'

const choose = async (page: Page, label: string, option: string) => {
  await page.getByRole('combobox', { name: label, exact: true }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** Begins a journey of this name, which is empty, and opens its canvas. */
export async function beginJourney(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New journey' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await dialog.getByRole('button', { name: 'Begin' }).click()
  await page.getByRole('button', { name: 'Starts Only when it is asked for' }).waitFor()
}

/** Draws the journey of a cart that is left: it waits four hours for the order, and sends a mail if none comes. */
export async function drawCartJourney(page: Page): Promise<void> {
  await choose(page, 'Starts when', 'Something happens (an event)')
  await page.getByRole('combobox', { name: 'Event', exact: true }).fill('Product Added')
  await choose(page, 'One run for each', 'Cart')
  await choose(page, 'May somebody come in again?', 'Some time after it began')

  await page.getByRole('button', { name: 'Add a step here: at the beginning' }).click()
  await page.getByRole('menuitem', { name: 'Wait for something' }).click()
  await page.getByRole('heading', { name: 'Wait for something' }).waitFor()
  const limit = page.getByRole('group', { name: 'At most' })
  await limit.getByRole('textbox', { name: 'How long' }).fill('4')
  await limit.getByRole('combobox', { name: 'Unit of time' }).click()
  await page.getByRole('option', { name: 'hours' }).click()

  await page.getByRole('button', { name: 'Add a step here: not within 4 hours, after wait' }).click()
  await page.getByRole('menuitem', { name: 'Send an e-mail' }).click()
  await page.getByRole('heading', { name: 'Send an e-mail' }).waitFor()

  await page.getByRole('button', { name: 'Goal and settings' }).click()
  await page.getByText('This is the goal').click()
  await page.getByRole('group', { name: 'Within' }).waitFor()
  await page.getByText('Nothing to complain about').waitFor()
}
